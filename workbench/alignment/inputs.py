"""Read a plan list and a budget as they come from a user or from a data package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from workbench.datasets.crosswalk import UNLINKED
from workbench.datasets.user_table import Columns, Tabular, read_cells, read_decimal
from workbench.errors import Fault, InputError, suggestion, unknown_name
from workbench.fiscal import UNITS, FiscalYear

PLAN_COLUMNS = Columns(("plan_code", "label", "amount", "unit"), ("parent", "source", "locator", "mark"))
BUDGET_COLUMNS = Columns(
    ("budget_code", "label", "sector", "amount", "unit"),
    ("financial_year", "stage", "source", "locator", "mark"),
)
DEFAULT_STAGE = "revised"
"""The stage that is taken where a budget has several and none is asked for."""


@dataclass(frozen=True, eq=False)
class Budget:
    """The lines of one budget: one financial year, one stage.

    Attributes
    ----------
    lines : DataFrame
        ``budget_code``, ``label``, ``sector``, ``amount`` (float64, KES), ``shillings`` (int64, whole KES),
        ``source``, ``locator``, ``mark``.
    financial_year : FiscalYear or None
        None where the budget names none and none was asked for.
    stage : str or None
        The same.
    known_codes : tuple of str
        The codes of all years and stages of the file: a crosswalk may speak of any of them.
    """

    lines: pd.DataFrame
    financial_year: FiscalYear | None
    stage: str | None
    known_codes: tuple[str, ...]


def read_plan(table: Tabular) -> pd.DataFrame:
    """Read a plan list.

    Returns
    -------
    DataFrame
        ``plan_code``, ``label``, ``parent``, ``amount`` (float64, KES; NaN is unknown), ``source``, ``locator``,
        ``mark``, in the order of the file.

    Raises
    ------
    InputError
        With every fault at once.
    """
    records, file = read_cells(table, PLAN_COLUMNS, kind="plan")
    faults: list[Fault] = []
    first: dict[str, int] = {}
    rows = []
    for number, cells in records.items():
        tell = _teller(faults, file, number, cells)
        code = cells["plan_code"]
        if not code:
            tell("plan_code", "is blank", "every plan sector needs a code")
        elif code == UNLINKED:
            tell("plan_code", "is kept for what is left out of a plan", "give this plan sector another code")
        elif first.setdefault(code, number) != number:
            tell("plan_code", f"repeats row {first[code]}", "every plan sector needs a code of its own")
        amount = _amount(cells, tell, blank_allowed=True)
        named: dict[str, object] = {
            "plan_code": code,
            "label": cells["label"] or code,
            "parent": cells.get("parent", ""),
        }
        kes = float("nan") if amount is None else float(amount)
        rows.append({**named, "amount": kes, **_origin(cells, file, number)})
    _refuse(faults, f"The plan {file}")
    return pd.DataFrame(rows)


def read_budget(table: Tabular, financial_year: FiscalYear | None = None, stage: str | None = None) -> Budget:
    """Read a budget and choose one financial year and one stage of it.

    Parameters
    ----------
    table : path or DataFrame
        Columns ``budget_code, label, sector, amount, unit``; ``financial_year`` and ``stage`` where there are several.
    financial_year, stage : optional
        What to choose. A budget with one year needs none; one with several stages gives ``revised`` unless asked.

    Raises
    ------
    InputError
        With every fault at once, or where several years are there and none is chosen.
    UnknownNameError
        Where the year or stage is not there, with those that are.
    """
    records, file = read_cells(table, BUDGET_COLUMNS, kind="budget")
    faults: list[Fault] = []
    first: dict[tuple[str, ...], int] = {}
    rows = [_budget_row(number, cells, file, faults, first) for number, cells in records.items()]
    _refuse(faults, f"The budget {file}")
    lines = pd.DataFrame(rows)
    known_codes = tuple(dict.fromkeys(lines["budget_code"]))
    year_text = _choose(lines, "financial_year", str(financial_year) if financial_year else None, None, file)
    lines = lines[lines["financial_year"].isin({year_text, ""})] if year_text else lines
    stage = _choose(lines, "stage", stage, DEFAULT_STAGE, file)
    lines = lines[lines["stage"].isin({stage, ""})] if stage else lines
    chosen = lines.drop(columns=["financial_year", "stage"]).reset_index(drop=True)
    return Budget(chosen, FiscalYear(year_text) if year_text else None, stage or None, known_codes)


def _budget_row(
    number: int, cells: Mapping[str, str], file: str, faults: list[Fault], first: dict[tuple[str, ...], int]
) -> dict[str, object]:
    tell = _teller(faults, file, number, cells)
    for column in ("budget_code", "sector"):
        if not cells[column]:
            tell(column, "is blank", "every budget line needs one")
    year = cells.get("financial_year", "")
    if year:
        try:
            year = str(FiscalYear(year))
        except InputError as error:
            tell("financial_year", error.faults[0].what, error.faults[0].remedy or "")
    key = (cells["budget_code"], year, cells.get("stage", ""))
    if cells["budget_code"] and first.setdefault(key, number) != number:
        tell("budget_code", f"repeats row {first[key]}", "one row a line, financial year and stage: add them up")
    amount = _amount(cells, tell, blank_allowed=False) or Decimal(0)
    return {"budget_code": cells["budget_code"], "label": cells["label"] or cells["budget_code"],
            "sector": cells["sector"], "amount": float(amount), "shillings": int(amount.to_integral_value()),
            "financial_year": year, "stage": cells.get("stage", ""), **_origin(cells, file, number)}  # fmt: skip


def _choose(lines: pd.DataFrame, column: str, asked: str | None, default: str | None, file: str) -> str | None:
    there = sorted(set(lines[column]) - {""})
    if asked is None:
        if len(there) <= 1:
            return there[0] if there else None
        if default in there:
            return default
        what = f"holds several values of {column}, and none is asked for"
        raise InputError(Fault(what=what, file=file, remedy=f"choose one of {', '.join(there)}"))
    if there and asked not in there:
        raise unknown_name(f"{column.replace('_', ' ')} of this budget", asked, there, file=file)
    return asked


def _amount(cells: Mapping[str, str], tell: Callable[[str, str, str], None], *, blank_allowed: bool) -> Decimal | None:
    unit = cells["unit"]
    try:
        number = read_decimal(cells["amount"])
    except InputError as error:
        tell("amount", error.faults[0].what, error.faults[0].remedy or "write a number, such as 1234.5")
        return None
    if number is None:
        if not blank_allowed:
            tell(
                "amount", "is blank, and unknown is not zero", "give the amount, write - for nil, or leave the line out"
            )
        return None
    if unit not in UNITS:
        tell("unit", "is no known unit", suggestion(unit, list(UNITS)))
        return None
    if number < 0:
        tell("amount", "is negative", "shares of money need amounts of zero or more: give gross amounts")
        return None
    return number * UNITS[unit]


def _origin(cells: Mapping[str, str], file: str, number: int) -> dict[str, str]:
    return {"source": cells.get("source") or file, "locator": cells.get("locator") or f"row {number}",
            "mark": cells.get("mark") or "one source"}  # fmt: skip


def _teller(faults: list[Fault], file: str, row: int, cells: Mapping[str, str]) -> Callable[[str, str, str], None]:
    def tell(column: str, what: str, remedy: str) -> None:
        faults.append(Fault(what=what, file=file, row=row, column=column, value=cells[column] or None, remedy=remedy))

    return tell


def _refuse(faults: list[Fault], subject: str) -> None:
    if faults:
        raise InputError(faults, summary=f"{subject} has {len(faults)} fault{'s' if len(faults) > 1 else ''}")
