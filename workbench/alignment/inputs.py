"""Read a plan list and a budget as they come from a user or from a data package."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from workbench.alignment.gathering import Gathering, subject_of
from workbench.datasets.check_figures import LARGEST
from workbench.datasets.crosswalk import UNLINKED
from workbench.datasets.user_table import Columns, Tabular, UserTable, read_cells, read_decimal
from workbench.errors import Fault, InputError, UnknownNameError, suggestion
from workbench.fiscal import UNITS, FiscalYear
from workbench.fiscal.units import size_as_written

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
        ``budget_code``, ``label``, ``sector``, ``amount`` (float64, KES, cents included), ``source``, ``locator``,
        ``mark``.
    financial_year : FiscalYear or None
        None where the budget names none and none was asked for.
    stage : str or None
        The same.
    known_codes : tuple of str
        The codes of all years and stages of the file: a crosswalk may speak of any of them.
    chosen : bool
        Whether one year and one stage could be chosen; where not, the lines are those of all of them.
    """

    lines: pd.DataFrame
    financial_year: FiscalYear | None
    stage: str | None
    known_codes: tuple[str, ...]
    chosen: bool = True


def gather_plan(table: Tabular, gathering: Gathering) -> pd.DataFrame | None:
    """Read a plan list, its faults kept for later.

    Returns
    -------
    DataFrame or None
        ``plan_code``, ``label``, ``parent``, ``amount`` (float64, KES; NaN is unknown), ``source``, ``locator``,
        ``mark``, in the order of the file; None where its shape cannot be read.
    """
    read = gathering.attempt(lambda: read_cells(table, PLAN_COLUMNS, kind="plan"))
    if read is None:
        return None
    faults: list[Fault] = []
    first: dict[str, int] = {}
    rows = [_plan_row(number, read, faults, first) for number in read.records]
    gathering.add(faults, subject_of("plan", read.file))
    return pd.DataFrame(rows)


def _plan_row(number: int, table: UserTable, faults: list[Fault], first: dict[str, int]) -> dict[str, object]:
    cells, tell = table.records[number], _teller(faults, table, number)
    code = cells["plan_code"]
    if not code:
        tell("plan_code", "is blank", "every plan sector needs a code")
    elif code == UNLINKED:
        tell("plan_code", "is kept for what is left out of a plan", "give this plan sector another code")
    elif first.setdefault(code, number) != number:
        tell("plan_code", f"repeats row {first[code]}", "every plan sector needs a code of its own")
    amount = _amount(cells, tell, blank_allowed=True)
    kes = float("nan") if amount is None else float(amount)
    named: dict[str, object] = {"plan_code": code, "label": cells["label"] or code, "parent": cells.get("parent", "")}
    return {**named, "amount": kes, **_origin(table, number)}


def gather_budget(
    table: Tabular, gathering: Gathering, financial_year: FiscalYear | None = None, stage: str | None = None
) -> Budget | None:
    """Read a budget and choose one financial year and one stage of it, the faults kept for later.

    Where the year or the stage cannot be chosen, the lines of all of them are returned: a crosswalk can be checked
    against their codes all the same.

    Parameters
    ----------
    table : path or DataFrame
        Columns ``budget_code, label, sector, amount, unit``; ``financial_year`` and ``stage`` where there are several.
    gathering : Gathering
        Where the faults go: a year or stage that is not there is told with those that are.
    financial_year, stage : optional
        What to choose. A budget with one year needs none; one with several stages gives ``revised`` unless asked.

    Returns
    -------
    Budget or None
        None where its shape cannot be read.
    """
    read = gathering.attempt(lambda: read_cells(table, BUDGET_COLUMNS, kind="budget"))
    if read is None:
        return None
    faults: list[Fault] = []
    first: dict[tuple[str, ...], int] = {}
    rows = [_budget_row(number, read, faults, first) for number in read.records]
    faults += [*_blanks(read, "financial_year"), *_blanks(read, "stage")]
    gathering.add(faults, subject_of("budget", read.file))
    lines = pd.DataFrame(rows)
    known_codes = tuple(code for code in dict.fromkeys(lines["budget_code"]) if code)
    years = set(lines["financial_year"]) - {""}
    choosing = Gathering()
    if any(fault.column == "financial_year" for fault in faults):
        return Budget(lines, None, None, known_codes, chosen=False)
    asked = str(financial_year) if financial_year else None
    year = choosing.attempt(lambda: _choose(years, "financial_year", asked, None, read))
    lines = lines[lines["financial_year"] == year] if year in years else lines
    stages = set(lines["stage"]) - {""}
    held = choosing.attempt(lambda: _choose(stages, "stage", stage, DEFAULT_STAGE, read))
    lines = lines[lines["stage"] == held] if held in stages else lines
    gathering.take(choosing)
    kept = lines.drop(columns=["financial_year", "stage"]).reset_index(drop=True)
    return Budget(kept, FiscalYear(year) if year else None, held or None, known_codes, choosing.sound)


def _budget_row(
    number: int, table: UserTable, faults: list[Fault], first: dict[tuple[str, ...], int]
) -> dict[str, object]:
    cells, tell = table.records[number], _teller(faults, table, number)
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
            "sector": cells["sector"], "amount": float(amount), "financial_year": year,
            "stage": cells.get("stage", ""), **_origin(table, number)}  # fmt: skip


def _blanks(table: UserTable, column: str) -> list[Fault]:
    """Tell of rows that name no year or stage where others do: they might be counted in every one, or in none."""
    blank = [number for number, cells in table.records.items() if not cells.get(column)]
    if len(blank) == len(table.records):
        return []
    remedy = "name it in every row, or in none"
    return [table.fault("is blank, though other rows name one", row=row, column=column, remedy=remedy) for row in blank]


def _choose(found: set[str], column: str, asked: str | None, default: str | None, table: UserTable) -> str | None:
    there = sorted(found)
    if asked is None:
        if len(there) <= 1:
            return there[0] if there else None
        if default in there:
            return default
        what = f"holds several values of {column}, and none is asked for"
        raise InputError(table.fault(what, remedy=f"choose one of {', '.join(there)}"))
    if there and asked not in there:
        what = f"is no known {column.replace('_', ' ')} of this budget"
        raise UnknownNameError(table.fault(what, value=asked, remedy=suggestion(asked, there)))
    return asked


def _amount(cells: Mapping[str, str], tell: Callable[[str, str, str], None], *, blank_allowed: bool) -> Decimal | None:
    size = size_as_written(cells["unit"])
    before = cells["amount"]
    try:
        number = read_decimal(before)
    except InputError as error:
        tell("amount", error.faults[0].what, error.faults[0].remedy or "write a number, such as 1234.5")
        number = Decimal(0)
    if number is None and not blank_allowed:
        tell("amount", "is blank, and unknown is not zero", "give the amount, write - for nil, or leave the line out")
    if size is None and (before or not blank_allowed):
        tell("unit", "is no known unit", suggestion(cells["unit"], list(UNITS)))
    if number is None or size is None:
        return None
    if number < 0:
        tell("amount", "is negative", "shares of money need amounts of zero or more: give gross amounts")
    elif number * size > Decimal(LARGEST):
        tell("amount", f"is more than KSh {LARGEST:,.0f}", "look for digits too many, or for a wrong unit")
    else:
        return number * size
    return None


def _origin(table: UserTable, number: int) -> dict[str, str]:
    cells = table.records[number]
    where = cells.get("locator") or table.locator(f"row {number}")
    return {"source": cells.get("source") or table.file, "locator": where,
            "mark": cells.get("mark") or "one source"}  # fmt: skip


def _teller(faults: list[Fault], table: UserTable, row: int) -> Callable[[str, str, str], None]:
    cells = table.records[row]

    def tell(column: str, what: str, remedy: str) -> None:
        faults.append(table.fault(what, row=row, column=column, value=cells[column] or None, remedy=remedy))

    return tell
