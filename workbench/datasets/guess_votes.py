"""What the rows say of a relation that is guessed: how many bear it out, and how many of them tell anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from workbench.audit.cells import HUNDRED, NIL, Interval

LEAST_ROWS: Final = 2


@dataclass(frozen=True)
class Column:
    """A column of amounts: its cells' intervals in one unit, whether they are percentages, and its rows that vote.

    A total repeats what is wrong in the rows above it: the rows that are totals have no vote.
    """

    name: str
    place: int
    intervals: tuple[Interval | None, ...]
    percent: bool
    voters: tuple[int, ...]

    @property
    def words(self) -> str:
        """The heading with spaces for underscores."""
        return self.name.replace("_", " ")


Combine = Callable[[Sequence[Interval]], Interval | None]


@dataclass(frozen=True)
class Vote:
    """How many rows could bear a relation out, how many do, and how many of these have more than one part."""

    tried: int
    held: int
    telling: int

    def carried(self, least: int = LEAST_ROWS) -> bool:
        """Whether most of the rows bear the relation out."""
        return self.tried >= 1 and self.held * 2 > self.tried and self.telling >= min(least, self.tried)


def vote(column: Column, parts: Sequence[Column], combine: Combine, *, sizes: bool = False) -> Vote:
    """Count the rows that print the column and its parts, and those that bear a relation out.

    A blank part counts as nil in a sum, and a row in which only one part is printed proves nothing of the others.
    """
    held = tried = telling = 0
    for row in column.voters:
        printed = column.intervals[row]
        terms = [part.intervals[row] for part in parts]
        stated = [term for term in terms if term is not None]
        if printed is None or not stated or (len(stated) < len(terms) and combine is not add):
            continue
        found = combine([NIL if term is None else term for term in terms])
        if found is None:
            continue
        meets = found.meets(size(printed) if sizes else printed)
        tried += 1
        held += meets
        telling += meets and sum(term.high != 0 for term in stated) > 1
    return Vote(tried, held, telling)


def add(terms: Sequence[Interval]) -> Interval:
    """Return the sum."""
    return Interval(sum((one.low for one in terms), Decimal(0)), sum((one.high for one in terms), Decimal(0)))


def less(terms: Sequence[Interval]) -> Interval:
    """Return the first less the second."""
    return Interval(terms[0].low - terms[1].high, terms[0].high - terms[1].low)


def apart(terms: Sequence[Interval]) -> Interval:
    """Return how far two numbers stand apart."""
    low, high = terms[0].low - terms[1].high, terms[0].high - terms[1].low
    return size(Interval(low, high))


def size(interval: Interval) -> Interval:
    """Return a number without its sign."""
    if interval.low >= 0:
        return interval
    if interval.high <= 0:
        return Interval(-interval.high, -interval.low)
    return Interval(Decimal(0), max(-interval.low, interval.high))


def quotient(terms: Sequence[Interval]) -> Interval | None:
    """Return the first divided by the second; None where that is not above nil."""
    top, base = terms
    if base.low <= 0:
        return None
    corners = [one / other for one in top for other in base]
    return Interval(min(corners), max(corners))


def per_cent(terms: Sequence[Interval]) -> Interval | None:
    """Return the first as a percentage of the second."""
    found = quotient(terms)
    return None if found is None else Interval(HUNDRED * found.low, HUNDRED * found.high)
