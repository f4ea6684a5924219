"""The lines of a gap that lack money, as claims and requests that the engine can share out to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbench.errors import Fault, InputError, unknown_name
from workbench.fiscal import FiscalYear
from workbench.gap.amounts import money
from workbench.gap.frames import rows, total
from workbench.gap.near import name_of
from workbench.gap.overlap import OVERLAP

if TYPE_CHECKING:
    from workbench.gap.result import Gap


def lines_of_year(gap: Gap, financial_year: str | FiscalYear | None) -> pd.DataFrame:
    """Return the lines of one year with ``line``, a name that is unique among them.

    Raises
    ------
    InputError
        Where the gap spans several years and none is named.
    """
    years = gap.financial_years
    if financial_year is None and len(years) != 1:
        raise InputError(Fault(what="the gap spans several years", remedy=f"name one of {', '.join(years)}"))
    year = years[0] if financial_year is None else str(FiscalYear(financial_year))
    if year not in years:
        raise unknown_name("financial year of this gap", year, years)
    lines = gap.lines[gap.lines["financial_year"] == year].reset_index(drop=True)
    names = pd.Series([name_of(line) for line in rows(lines)], dtype="str")
    for key in ("economic_class", "vote", "sector"):
        twice = names.duplicated(keep=False)
        names = names.where(~twice, names + ", " + lines[key].astype("str"))
    return lines.assign(line=names)


def payable_lines(gap: Gap, financial_year: str | FiscalYear | None) -> pd.DataFrame:
    """Return the lines of one year as :func:`lines_of_year` does, to be paid.

    Raises
    ------
    InputError
        Where some may hold the same money, which would then be paid twice.
    """
    lines = lines_of_year(gap, financial_year)
    year = str(lines["financial_year"].iloc[0])
    if year in gap.comparison.overlapping_years:
        remedy = "keep one level of them, such as the votes: figures[figures['programme'].isna()]"
        raise InputError(Fault(what=f"lines {OVERLAP} and would be paid twice", value=year, remedy=remedy))
    return lines


def deficits_of(lines: pd.DataFrame) -> pd.Series:
    """Return what each line in deficit lacks, KES by line; surpluses and unknown gaps claim nothing."""
    short = lines[lines["kind"] == "deficit"]
    if short.empty:
        raise InputError(Fault(what="no line is in deficit: there is nothing to close"))
    return pd.Series(short["gap"].to_numpy(), index=pd.Index(short["line"], name="line"), name="deficit")


def claims_of_items(items: pd.DataFrame) -> pd.Series:
    """Return the items that a document lists for its deficit as claims, KES by printed label.

    Parameters
    ----------
    items : DataFrame
        Rows of the one table; the lines called ``item`` are taken.
    """
    from workbench.gap.sides import prepare

    side = prepare(items, "items")
    side = side[side["line"] == "item"]
    if side.empty:
        raise InputError(Fault(what="there are no items among these figures"))
    return pd.Series(side["kes"].to_numpy(), index=pd.Index(side["label"], name="line"), name="deficit")


def notes_of(lines: pd.DataFrame) -> tuple[str, ...]:
    """Say what the lines in surplus hold and which gaps are unknown."""
    notes = []
    over, unknown = lines[lines["kind"] == "surplus"], lines[lines["kind"] == "unknown"]
    if len(over):
        spare = money(-total(over["gap"]))
        notes.append(f"{spare} more than required stands in {', '.join(over['line'])}; it is not moved.")
    if len(unknown):
        notes.append(f"Nothing is claimed for lines whose gap is unknown: {', '.join(unknown['line'])}.")
    return tuple(notes)
