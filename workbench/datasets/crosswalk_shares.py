"""Whether the shares of a budget line add to 1 on every day: repeats, dates that overlap, shares that are wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import isnan

from workbench.datasets.crosswalk_faults import NAMED_ROWS, TOLERANCE, UNLINKED, Row, numbers
from workbench.errors import Fault

DATES = "valid_from, valid_to"
END_THE_ONE = "end the one row on the day before the other starts"


def line_faults(rows: Sequence[Row]) -> Iterator[Fault]:
    """Yield what is wrong within the rows of one budget line: repeats, overlaps, shares that do not add to 1.

    Where a code or a date could not be read, nothing more can be told of the line; where a share could not, nothing of
    the sum. A sum that is wrong only because a row stands twice is not told beside the repeat.
    """
    if not all(row.sound for row in rows):
        return
    by_plan = groupby(sorted(rows, key=lambda row: (row.plan_code, row.start, row.row)), lambda row: row.plan_code)
    doubled = [pair for _, links in by_plan for pair in _doubled(list(links))]
    yield from (_doubled_fault(before, after) for before, after in doubled)
    if not any(isnan(row.share) for row in rows):
        yield from _wrong_sums(rows, doubled)


def _doubled(links: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield pairs of rows, the earlier first, that give one plan code the same part of a line on some day."""
    latest = links[0]
    for after in links[1:]:
        if after.start <= latest.end:
            yield latest, after
        latest = max(latest, after, key=lambda row: row.end)


def _doubled_fault(before: Row, after: Row) -> Fault:
    value = f"{after.budget_code}, {after.plan_code}"
    if (before.start, before.end) == (after.start, after.end):
        return Fault(what=f"repeats row {before.row}", row=after.row, column="budget_code, plan_code", value=value,
                     remedy="take one of the two out, or add their shares in one row")  # fmt: skip
    return Fault(what=f"overlaps the dates of row {before.row}", row=after.row, column=DATES, value=value,
                 remedy=END_THE_ONE)  # fmt: skip


def _wrong_sums(rows: Sequence[Row], doubled: Sequence[tuple[Row, Row]]) -> Iterator[Fault]:
    starts = {row.start for row in rows} | {row.end + dt.timedelta(days=1) for row in rows if row.end < dt.date.max}
    days = sorted(starts)
    told: set[tuple[int, ...]] = set()
    for day, after in zip(days, [*days[1:], None], strict=True):
        held = [row for row in rows if row.holds(day)]
        places = tuple(row.row for row in held)
        if held and places not in told and not _adds_to_one(held, doubled):
            told.add(places)
            yield _overlap_fault(held, (day, after)) or _sum_fault(held)


def _sum_fault(held: Sequence[Row]) -> Fault:
    total = sum(row.share for row in held)
    missing = f"{1 - total:.6g} is missing; list what is deliberately left out under '{UNLINKED}'"
    what = f"has shares that add to {total:.6g}, not to 1, in {_named(held)}"
    return Fault(what=what, row=held[0].row, column="share", value=held[0].budget_code,
                 remedy=missing if total < 1 else f"{total - 1:.6g} is too much")  # fmt: skip


def _overlap_fault(held: Sequence[Row], time: tuple[dt.date, dt.date | None]) -> Fault | None:
    """Tell of rows that hold beside each other too early or too late: without the one or the other all would add to 1.

    Parameters
    ----------
    held : sequence of Row
        The rows of a line that hold on the same days, whose shares do not add to 1.
    time : (date, date or None)
        Their first day, and the day after their last.
    """
    later = _right_without([[row for row in held if row.start >= day] for day in {row.start for row in held}], held)
    earlier = _right_without([[row for row in held if row.end <= day] for day in {row.end for row in held}], held)
    if not (later or earlier):
        return None
    # A row whose dates lie within another's both came later and ends earlier: it overlaps the others.
    within = later and earlier and not {row.row for row in later}.isdisjoint(row.row for row in earlier)
    if within or not (later and earlier):
        apart = later or earlier
        rest = [row for row in held if row not in apart]
        later, earlier = (apart, rest) if later else (rest, apart)
    total = sum(row.share for row in held)
    what = (f"has dates that overlap, those of {_coded(earlier)} and of {_coded(later)}: {_when(*time)} the line's "
            f"shares add to {total:.6g}")  # fmt: skip
    return Fault(what=what, row=later[0].row, column=DATES, value=held[0].budget_code, remedy=END_THE_ONE)


def _right_without(parts: Sequence[Sequence[Row]], held: Sequence[Row]) -> list[Row]:
    """Return the least part of some rows without which the shares of the others add to 1; none where there is none."""
    total = sum(row.share for row in held)
    found = [list(part) for part in parts if abs(total - sum(row.share for row in part) - 1) <= TOLERANCE]
    return min(found, key=len, default=[])


def _named(rows: Sequence[Row]) -> str:
    return f"row{'s' * (len(rows) > 1)} {numbers([row.row for row in rows])}"


def _coded(rows: Sequence[Row]) -> str:
    codes = list(dict.fromkeys(row.plan_code for row in rows))
    named = ", ".join(codes[:NAMED_ROWS]) + (f" and {len(codes) - NAMED_ROWS} more" if len(codes) > NAMED_ROWS else "")
    return f"{_named(rows)} ({named})"


def _when(first: dt.date, after: dt.date | None) -> str:
    since = f"from {first} " if first > dt.date.min else ""
    return f"{since}to {after - dt.timedelta(days=1)}" if after else f"{since}on".strip()


def _adds_to_one(held: Sequence[Row], doubled: Sequence[tuple[Row, Row]]) -> bool:
    """Tell whether shares add to 1: all of them, or those that are left when one row of every double is taken out."""
    left_out: tuple[set[int], ...] = (set(), {after.row for _, after in doubled}, {before.row for before, _ in doubled})
    for taken_out in left_out:
        if abs(sum(row.share for row in held if row.row not in taken_out) - 1) <= TOLERANCE:
            return True
    return False
