"""What can be wrong with a crosswalk's codes: each check yields its faults, so that all are told in one pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
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


def unknown_plan_codes(rows: Iterable[Row], known: Collection[str]) -> Iterator[Fault]:
    """Yield plan codes that no plan sector has; ``unlinked`` is always allowed."""
    allowed = [*known, UNLINKED]
    yield from _unknown("plan_code", [(row.plan_code, row.row) for row in rows], allowed)


def unknown_budget_codes(rows: Iterable[Row], known: Collection[str]) -> Iterator[Fault]:
    """Yield budget codes that no budget line has."""
    yield from _unknown("budget_code", [(row.budget_code, row.row) for row in rows], list(known))


def lines_without_rows(rows: Iterable[Row], budget_codes: Collection[str]) -> Iterator[Fault]:
    """Yield budget lines that no row names: their money would be lost."""
    named = {row.budget_code for row in rows}
    remedy = f"add rows for it; list what is deliberately left out under '{UNLINKED}'"
    for code in budget_codes:
        if code not in named:
            what = "is in the budget, and in no row of the crosswalk"
            yield Fault(what=what, column="budget_code", value=code, remedy=remedy)


def numbers(rows: Sequence[int]) -> str:
    """Name rows in a message, the first few where they are many."""
    named = ", ".join(map(str, rows[:NAMED_ROWS]))
    return named + (f" and {len(rows) - NAMED_ROWS} more" if len(rows) > NAMED_ROWS else "")


def _unknown(column: str, used: Iterable[tuple[str, int]], known: Sequence[str]) -> Iterator[Fault]:
    allowed = {*known, ""}  # A blank code has been told as such.
    places: dict[str, list[int]] = {}
    for code, row in used:
        if code not in allowed:
            places.setdefault(code, []).append(row)
    for code, (first, *others) in places.items():
        what = f"is no known {column.replace('_', ' ')}" + (f", in rows {numbers(others)} too" if others else "")
        yield Fault(what=what, row=first, column=column, value=code, remedy=suggestion(code, known))
