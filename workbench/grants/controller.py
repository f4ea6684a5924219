"""One county's grants as the Controller of Budget prints them, out and back in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from workbench.errors import Fault, InputError, WorkbenchError
from workbench.fiscal import parse_money
from workbench.grants.model import GrantsResult
from workbench.grants.printed import Printed, PrintedSource, read_printed

CONTROLLER_COLUMNS: Final = (
    "S/No",
    "Revenue (Category)",
    "Annual Budget Allocation (in Kshs)",
    "Actual Receipts (in Kshs.)",
    "Actual Receipts as Percentage of Annual Allocation (%)",
)
"""The headings of the Controller of Budget's county tables, as printed."""

_NUMBER, _CATEGORY, _ALLOCATION, _RECEIPTS, _PERCENT = range(5)
_BEGINS: Final = ("s/no", "revenue", "annual budget", "actual receipts (", "actual receipts as")
_TOTALS: Final = re.compile(r"^(?:sub|grand)[\s-]*total\b", re.IGNORECASE)
_SUPPORT: Final = re.compile(r"kdsp|ksdp|devolution support pro", re.IGNORECASE)
_SECOND: Final = re.compile(r"\bsecond\b|\b(?:kdsp|ksdp|programme|program|project)\W*(?:ii|2)\b", re.IGNORECASE)
_LEVEL: Final = re.compile(r"\blevel\W*([12])\b", re.IGNORECASE)


def grant_named(text: str) -> tuple[str, str]:
    """Return the design and the level that a printed name of a grant means, each blank where it does not say.

    Examples
    --------
    >>> grant_named("Second Kenya Devolution Support Programme (KSDP II)")
    ('kdsp2', '')
    >>> grant_named("IDA (WB) Credit - KDSP Level 1 Grant")
    ('kdsp1', 'level_1')
    >>> grant_named("Road Maintenance Fuel Levy")
    ('', '')
    """
    if not _SUPPORT.search(text):
        return "", ""
    level = _LEVEL.search(text)
    return "kdsp2" if _SECOND.search(text) else "kdsp1", f"level_{level[1]}" if level else ""


def controller_table(result: GrantsResult, county: str) -> pd.DataFrame:
    """Return one county's grants as the Controller of Budget prints them.

    What was received is not the model's to know: those cells are blank.
    """
    path = result.explain(county)
    place = result.inputs.names.index(path.county)
    lines: list[tuple[object, ...]] = [("B", "Additional Allocations", None, None, None)]
    paying = [level for level in result.levels if level.terms.pool is not None]
    programme = result.design.title.removesuffix(", grants to counties")
    for number, level in enumerate(paying, start=1):
        name = f"{programme}: {level.terms.level.title}"
        lines.append((str(number), name, int(level.awards[place]), None, None))
    lines.append((None, "Sub Total", path.award, None, None))
    return pd.DataFrame(lines, columns=list(CONTROLLER_COLUMNS)).astype({CONTROLLER_COLUMNS[_ALLOCATION]: "Int64"})


@dataclass(frozen=True)
class ControllerTable:
    """A county's printed table, read.

    Attributes
    ----------
    rows : DataFrame
        ``section, category, allocation, receipts`` (KES; NaN is blank in print, 0 is a printed dash) and the ``design``
        and ``level`` of the grants that the workbench knows, blank for the others. Totals are left out.
    findings : tuple of Fault
        Where a printed total is not what its rows add up to.
    """

    rows: pd.DataFrame
    findings: tuple[Fault, ...]


def is_controller_table(source: PrintedSource) -> bool:
    """Return whether a file holds the Controller of Budget's headings."""
    return _heading(read_printed(source, _is_heading).rows) is not None


def read_controller(source: PrintedSource) -> ControllerTable:
    """Read a county's table: sections, grants in any of their printed spellings, totals to be re-added.

    Parameters
    ----------
    source : path or sheets
        CSV or Excel with the Controller of Budget's headings.

    Raises
    ------
    InputError
        With every cell that is no amount, or for a file without the headings.
    """
    table = read_printed(source, _is_heading).even()
    found = _heading(table.rows)
    if found is None:
        remedy = f"keep the headings: {', '.join(CONTROLLER_COLUMNS)}"
        raise InputError(table.fault("has no table of the Controller of Budget", remedy=remedy))
    head, places = found
    section, added, grand = "", [0.0, 0.0], [0.0, 0.0]
    rows: list[tuple[object, ...]] = []
    faults: list[Fault] = []
    findings: list[Fault] = []
    for number, cut in enumerate(table.rows[head + 1 :], start=head + 2):
        line = [*cut, ""]
        name = line[places[_CATEGORY]] or next((cell for cell in line if _TOTALS.match(cell)), "")
        if not name:
            continue
        amounts = []
        for column in (_ALLOCATION, _RECEIPTS):
            text = line[places[column]]
            try:
                amounts.append(parse_money(text))
            except WorkbenchError as refused:
                amounts.append(None)
                first, heading = refused.faults[0], CONTROLLER_COLUMNS[column]
                faults.append(table.fault(first.what, row=number, column=heading, value=text, remedy=first.remedy))
        if _TOTALS.match(name):
            whole = grand if name.casefold().startswith("grand") else added
            findings += _total_findings(amounts, whole, (table, number, name))
            added = [0.0, 0.0]
        elif all(amount is None for amount in amounts) and not line[places[_NUMBER]].isdigit():
            section = name
        else:
            rows.append((section, name, *amounts, *grant_named(name)))
            for one, amount in enumerate(amounts):
                added[one] += amount or 0.0
                grand[one] += amount or 0.0
    if faults:
        raise InputError(faults, summary=f"{table.file} has {len(faults)} fault{'s' * (len(faults) > 1)}")
    columns = ["section", "category", "allocation", "receipts", "design", "level"]
    grants = pd.DataFrame(rows, columns=columns).astype({"allocation": "float64", "receipts": "float64"})
    return ControllerTable(grants, tuple(findings))


def _heading(cells: Sequence[Sequence[str]]) -> tuple[int, tuple[int, ...]] | None:
    """Return the row of the headings and the place of each of the five; the blank after the last where one lacks."""
    return next(((row, _places(line)) for row, line in enumerate(cells) if _is_heading(line)), None)


def _is_heading(line: Sequence[str]) -> bool:
    places = _places(line)
    return places[_CATEGORY] >= 0 and places[_ALLOCATION] >= 0


def _places(line: Sequence[str]) -> tuple[int, ...]:
    folded = [" ".join(cell.casefold().split()) for cell in line]
    return tuple(next((at for at, cell in enumerate(folded) if cell.startswith(start)), -1) for start in _BEGINS)


def _total_findings(
    printed: Sequence[float | None], added: Sequence[float], where: tuple[Printed, int, str]
) -> list[Fault]:
    table, row, name = where
    return [
        table.fault(f"is the printed {name}, but the rows add up to {total:,.0f}", row=row,
                    column=CONTROLLER_COLUMNS[column], value=f"{amount:,.0f}")
        for column, amount, total in zip((_ALLOCATION, _RECEIPTS), printed, added, strict=True)
        if amount is not None and abs(amount - total) >= 0.5
    ]  # fmt: skip
