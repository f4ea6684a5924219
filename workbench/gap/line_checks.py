"""What the cells of a ledger's line must hold, and the words for a cell that does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Literal

from workbench.errors import Fault, InputError, suggestion
from workbench.fiscal import UNITS, FiscalYear, parse_number
from workbench.fiscal.units import size_as_written
from workbench.gap.layouts import Layout
from workbench.gap.stage_names import KNOWN_STAGES

YearIs = Literal["start", "end"]

Wrong = tuple[str, str]
"""What is wrong with a cell, and how to mend it."""

Check = Callable[[str], Wrong | None]

PLAIN_NUMBER = r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$"
"""A number that every database reads, in words that every database understands."""

LARGEST = 1e18
"""Of any unit; what is larger, or without end, is no sum of money."""

UNKNOWN = ("", "nan")
"""What a database takes for an amount that is not known, beside its own blank."""

_PLAIN_NUMBER = re.compile(PLAIN_NUMBER)
_PLAIN_YEAR = re.compile(r"\s*(\d{4})(?:\.0+)?\s*")


def checks_of(layout: Layout, columns: Collection[str]) -> dict[str, Check]:
    """Return the check of each column that a sum over a ledger needs, by column; a blank comes to it as ""."""
    checks: dict[str, Check] = {layout.year: year_fault, **dict.fromkeys(layout.amounts, amount_fault)}
    if layout.unit is not None:
        checks[layout.unit] = unit_fault
    if tells_known_stages(layout):
        checks[str(layout.stage)] = stage_fault
    return {column: check for column, check in checks.items() if column in columns}


def tells_known_stages(layout: Layout) -> bool:
    """Say whether the ledger's words for the stages must be the workbench's, for it has no other words for them."""
    return layout.stage is not None and not layout.stage_names


def amount_fault(text: str) -> Wrong | None:
    """Say why a cell is no amount; a blank is one that is not known."""
    if _PLAIN_NUMBER.match(text):
        return None if abs(float(text)) <= LARGEST else ("is larger than any sum of money", "look for digits too many")
    if text.casefold() in UNKNOWN:
        return None
    try:
        number = parse_number(text)
    except InputError as refusal:
        return refusal.faults[0].what, "write it like 1234.5, or leave it blank where it is unknown"
    remedy = "leave it blank where it is unknown" if number is None else f"write it as {number}"
    return "is no plain number", remedy


@lru_cache(maxsize=1024)
def year_fault(text: str) -> Wrong | None:
    """Say why a cell is no financial year; a calendar year alone is one, for ``year_is`` says which."""
    if not text.strip():
        return "is blank", "every line needs its financial year"
    try:
        FiscalYear(int(plain[1]) if (plain := _PLAIN_YEAR.fullmatch(text)) else text)
    except InputError as refusal:
        return refusal.faults[0].what, str(refusal.faults[0].remedy)
    return None


@lru_cache(maxsize=1024)
def unit_fault(text: str) -> Wrong | None:
    """Say why a cell is no unit of money."""
    if size_as_written(text) is not None:
        return None
    return "is no unit of money" if text.strip() else "is blank", suggestion(text, list(UNITS))


@lru_cache(maxsize=1024)
def stage_fault(text: str) -> Wrong | None:
    """Say why a cell is no stage of the budget."""
    if text in KNOWN_STAGES:
        return None
    what = "is no stage" if text.strip() else "is blank"
    return f"{what}, so that no sum would hold the line", suggestion(text, KNOWN_STAGES)


def plain_year(text: str) -> bool:
    """Say whether a financial year is written as one calendar year, ``2015``."""
    return _PLAIN_YEAR.fullmatch(text) is not None


def financial_year(text: str, year_is: YearIs) -> str:
    """Return a financial year as the workbench writes it; ``year_is`` says which of its two years ``2015`` is."""
    plain = _PLAIN_YEAR.fullmatch(text)
    return str(FiscalYear(text) if plain is None else FiscalYear(int(plain[1]) - (year_is == "end")))


def which_year(text: str, file: str, column: str) -> Fault:
    """Return the fault of a calendar year that may be either of two financial years."""
    remedy = "say year_is='start' or year_is='end' (--year-is): whether 2015 is 2015/16 or 2014/15"
    what = "may be the first or the second year of a financial year"
    return Fault(what=what, value=text, file=file, column=column, remedy=remedy)
