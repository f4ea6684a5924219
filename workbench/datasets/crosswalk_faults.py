"""What can be wrong with a crosswalk: each check yields its faults, so that all are told in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from workbench.errors import Fault, nearest, suggestion

UNLINKED = "unlinked"
"""The plan code of what is deliberately left out."""

TOLERANCE = 2e-6
"""How far the shares of a line may be from 1: what six printed decimals can miss."""

NAMED_ROWS = 6
"""How many rows a message names before it says how many more there are."""


class Row(NamedTuple):
    """One row of a crosswalk; ``sound`` tells whether all its cells could be read."""

    row: int
    budget_code: str
    plan_code: str
    share: float
    reason: str
    mark: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    sound: bool

    @property
    def start(self) -> dt.date:
        """The first day, the first there is where open."""
        return self.valid_from or dt.date.min

    @property
    def end(self) -> dt.date:
        """The last day, the last there is where open."""
        return self.valid_to or dt.date.max

    def holds(self, day: dt.date) -> bool:
        """Tell whether the row holds on a day."""
        return self.start <= day <= self.end


def unknown_plan_codes(rows: Iterable[Row], known: Collection[str], file: str) -> Iterator[Fault]:
    """Yield plan codes that no plan sector has; ``unlinked`` is always allowed."""
    allowed = [*known, UNLINKED]
    yield from _unknown("plan_code", [(row.plan_code, row.row) for row in rows], allowed, file)


def unknown_budget_codes(rows: Iterable[Row], known: Collection[str], file: str) -> Iterator[Fault]:
    """Yield budget codes that no budget line has."""
    yield from _unknown("budget_code", [(row.budget_code, row.row) for row in rows], list(known), file)


def lines_without_rows(rows: Iterable[Row], budget_codes: Collection[str], file: str) -> Iterator[Fault]:
    """Yield budget lines that no row names: their money would be lost."""
    named = {row.budget_code for row in rows}
    # A misspelt code is told once, at its own row; the line that it was meant for is not told again.
    meant = {nearest(code, budget_codes) for code in named - {*budget_codes, ""}}
    remedy = f"add rows for it; list what is deliberately left out under '{UNLINKED}'"
    for code in budget_codes:
        if code not in named and code not in meant:
            what = "is in the budget, and in no row of the crosswalk"
            yield Fault(what=what, file=file, column="budget_code", value=code, remedy=remedy)


def line_faults(rows: Sequence[Row], file: str) -> Iterator[Fault]:
    """Yield what is wrong within the rows of one budget line: repeats, overlaps, shares that do not add to 1.

    Where a cell could not be read, what it would have said is not known, and nothing more is told of the line.
    """
    if not all(row.sound for row in rows):
        return
    by_plan = groupby(sorted(rows, key=lambda row: (row.plan_code, row.start, row.row)), lambda row: row.plan_code)
    doubled = [fault for _, links in by_plan for fault in _doubled(list(links), file)]
    yield from doubled or _wrong_sums(rows, file)


def numbers(rows: Sequence[int]) -> str:
    """Name rows in a message, the first few where they are many."""
    named = ", ".join(map(str, rows[:NAMED_ROWS]))
    return named + (f" and {len(rows) - NAMED_ROWS} more" if len(rows) > NAMED_ROWS else "")


def _unknown(column: str, used: Iterable[tuple[str, int]], known: Sequence[str], file: str) -> Iterator[Fault]:
    allowed = {*known, ""}  # A blank code has been told as such.
    places: dict[str, list[int]] = {}
    for code, row in used:
        if code not in allowed:
            places.setdefault(code, []).append(row)
    for code, (first, *others) in places.items():
        what = f"is no known {column.replace('_', ' ')}" + (f", in rows {numbers(others)} too" if others else "")
        yield Fault(what=what, file=file, row=first, column=column, value=code, remedy=suggestion(code, known))


def _doubled(links: Sequence[Row], file: str) -> Iterator[Fault]:
    for before, after in pairwise(links):
        if after.start > before.end:
            continue
        value = f"{after.budget_code}, {after.plan_code}"
        if (before.start, before.end) == (after.start, after.end):
            yield Fault(what=f"repeats row {before.row}", file=file, row=after.row, column="budget_code, plan_code",
                        value=value, remedy="take one of the two out, or add their shares in one row")  # fmt: skip
        else:
            yield Fault(what=f"overlaps the dates of row {before.row}", file=file, row=after.row,
                        column="valid_from, valid_to", value=value,
                        remedy="end the one row on the day before the other starts")  # fmt: skip


def _wrong_sums(rows: Sequence[Row], file: str) -> Iterator[Fault]:
    days = {row.start for row in rows} | {row.end + dt.timedelta(days=1) for row in rows if row.end < dt.date.max}
    told: set[tuple[int, ...]] = set()
    for day in sorted(days):
        held = [row for row in rows if row.holds(day)]
        total = sum(row.share for row in held)
        places = tuple(row.row for row in held)
        if held and abs(total - 1) > TOLERANCE and places not in told:
            told.add(places)
            missing = f"{1 - total:.6g} is missing; list what is deliberately left out under '{UNLINKED}'"
            what = f"has shares that add to {total:.6g}, not to 1, in row{'s' * (len(places) > 1)} {numbers(places)}"
            yield Fault(what=what, file=file, row=places[0], column="share", value=held[0].budget_code,
                        remedy=missing if total < 1 else f"{total - 1:.6g} is too much")  # fmt: skip
