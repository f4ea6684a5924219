"""What can be wrong with a crosswalk: each check yields its faults, so that all are told in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from math import isnan
from typing import NamedTuple

from workbench.errors import Fault, suggestion

UNLINKED = "unlinked"
"""The plan code of what is deliberately left out."""

TOLERANCE = 2e-6
"""How far the shares of a line may be from 1: what six printed decimals can miss."""

NAMED_ROWS = 6
"""How many rows a message names before it says how many more there are."""


class Row(NamedTuple):
    """One row of a crosswalk.

    ``share`` is NaN where it could not be read; ``sound`` tells whether the codes and dates could be.
    """

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
    remedy = f"add rows for it; list what is deliberately left out under '{UNLINKED}'"
    for code in budget_codes:
        if code not in named:
            what = "is in the budget, and in no row of the crosswalk"
            yield Fault(what=what, file=file, column="budget_code", value=code, remedy=remedy)


def line_faults(rows: Sequence[Row], file: str) -> Iterator[Fault]:
    """Yield what is wrong within the rows of one budget line: repeats, overlaps, shares that do not add to 1.

    Where a code or a date could not be read, nothing more can be told of the line; where a share could not, nothing of
    the sum. A sum that is wrong only because a row stands twice is not told beside the repeat.
    """
    if not all(row.sound for row in rows):
        return
    by_plan = groupby(sorted(rows, key=lambda row: (row.plan_code, row.start, row.row)), lambda row: row.plan_code)
    doubled = [pair for _, links in by_plan for pair in _doubled(list(links))]
    yield from (_doubled_fault(before, after, file) for before, after in doubled)
    if not any(isnan(row.share) for row in rows):
        yield from _wrong_sums(rows, doubled, file)


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


def _doubled(links: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield pairs of rows, the earlier first, that give one plan code the same part of a line on some day."""
    latest = links[0]
    for after in links[1:]:
        if after.start <= latest.end:
            yield latest, after
        latest = max(latest, after, key=lambda row: row.end)


def _doubled_fault(before: Row, after: Row, file: str) -> Fault:
    value = f"{after.budget_code}, {after.plan_code}"
    if (before.start, before.end) == (after.start, after.end):
        return Fault(what=f"repeats row {before.row}", file=file, row=after.row, column="budget_code, plan_code",
                     value=value, remedy="take one of the two out, or add their shares in one row")  # fmt: skip
    return Fault(what=f"overlaps the dates of row {before.row}", file=file, row=after.row,
                 column="valid_from, valid_to", value=value,
                 remedy="end the one row on the day before the other starts")  # fmt: skip


def _wrong_sums(rows: Sequence[Row], doubled: Sequence[tuple[Row, Row]], file: str) -> Iterator[Fault]:
    days = {row.start for row in rows} | {row.end + dt.timedelta(days=1) for row in rows if row.end < dt.date.max}
    told: set[tuple[int, ...]] = set()
    for day in sorted(days):
        held = [row for row in rows if row.holds(day)]
        total = sum(row.share for row in held)
        places = tuple(row.row for row in held)
        if held and places not in told and not _adds_to_one(held, doubled):
            told.add(places)
            missing = f"{1 - total:.6g} is missing; list what is deliberately left out under '{UNLINKED}'"
            what = f"has shares that add to {total:.6g}, not to 1, in row{'s' * (len(places) > 1)} {numbers(places)}"
            yield Fault(what=what, file=file, row=places[0], column="share", value=held[0].budget_code,
                        remedy=missing if total < 1 else f"{total - 1:.6g} is too much")  # fmt: skip


def _adds_to_one(held: Sequence[Row], doubled: Sequence[tuple[Row, Row]]) -> bool:
    """Tell whether shares add to 1: all of them, or those that are left when one row of every double is taken out."""
    left_out: tuple[set[int], ...] = (set(), {after.row for _, after in doubled}, {before.row for before, _ in doubled})
    for taken_out in left_out:
        if abs(sum(row.share for row in held if row.row not in taken_out) - 1) <= TOLERANCE:
            return True
    return False
