"""Guess which columns are the sum, the difference or the ratio of others: only what most of the rows bear out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations
from typing import Final

from workbench.audit.cells import HUNDRED, Interval
from workbench.datasets.grid import Grid
from workbench.datasets.layout import DerivedColumn

SAMPLE: Final = 200
WIDEST = 40
LEAST_ROWS = 2

DEMAND = re.compile(r"requirement|required|request|need|demand|resource bid", re.IGNORECASE)
CLASSES = (("recurrent", re.compile(r"\brec(urrent|\.)?\b", re.IGNORECASE)),
            ("development", re.compile(r"\bdev(elopment|t|\.)?\b", re.IGNORECASE)),
            ("total", re.compile(r"\btotal\b|\bgross\b", re.IGNORECASE)))  # fmt: skip
_DIFFERENCE = re.compile(
    r"variance|deficit|surplus|difference|shortfall|balance|\bgap\b|deviation|change", re.IGNORECASE
)
_SUM = re.compile(r"total|gross|\bsum\b|\ball\b", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column of amounts: its cells' intervals in one unit, and whether they are percentages."""

    name: str
    place: int
    intervals: tuple[Interval | None, ...]
    percent: bool


def derived_columns(grid: Grid, columns: Sequence[Column], total_rows: Sequence[int]) -> Iterator[DerivedColumn]:
    """Yield every column that is made of others, with those."""
    for column in columns[:WIDEST]:
        others = [one for one in columns[:WIDEST] if one is not column]
        plain = [one for one in others if not one.percent]
        words = column.name.replace("_", " ")
        if column.percent:
            ratio = _ratio_of(column, plain)
            share = None if ratio else _share_of(grid, column, plain, total_rows)
            if ratio:
                yield DerivedColumn(column=column.name, ratio=(ratio[0].name, ratio[1].name))
            elif share:
                yield DerivedColumn(column=column.name, share_of_total=share.name)
        elif _DIFFERENCE.search(words):
            pair = _difference_of(column, plain, words)
            if pair:
                yield DerivedColumn(column=column.name, difference=(pair[0].name, pair[1].name))
        elif _SUM.search(words):
            parts = _sum_of(column, plain)
            if parts:
                yield DerivedColumn(column=column.name, sum=tuple(part.name for part in parts))


def _sum_of(column: Column, others: Sequence[Column]) -> Sequence[Column] | None:
    for parts in (_same_words(column, others), *_neighbours(column, others)):
        if len(parts) > 1 and _borne_out(column, parts, _add):
            return parts
    return None


def _same_words(column: Column, others: Sequence[Column]) -> list[Column]:
    """Return the columns named alike but for recurrent and development in the place of total."""
    stem = _without_class(column.name)
    named = [
        one
        for one in others
        if _without_class(one.name) == stem and _class_of(one.name) in ("recurrent", "development")
    ]
    return named if len(named) == 2 else []


def _without_class(name: str) -> str:
    words = name.replace("_", " ")
    for _, pattern in CLASSES:
        words = pattern.sub("", words)
    return re.sub(r"\W+", " ", words).strip().casefold()


def _class_of(name: str) -> str | None:
    return next((one for one, pattern in CLASSES if pattern.search(name.replace("_", " "))), None)


def _neighbours(column: Column, others: Sequence[Column]) -> Iterator[list[Column]]:
    """Yield runs of columns right before, then right after: the longest first, down to two."""
    before = [one for one in others if one.place < column.place]
    after = [one for one in others if one.place > column.place]
    for length in range(min(12, len(before)), 1, -1):
        yield before[-length:]
    for length in range(min(12, len(after)), 1, -1):
        yield after[:length]


def _difference_of(column: Column, others: Sequence[Column], words: str) -> tuple[Column, Column] | None:
    """Return minuend and subtrahend: the size must be borne out; words settle the sign, then most of the rows."""
    near = sorted(others, key=lambda one: abs(one.place - column.place))[:8]
    for one, other in permutations(near, 2):
        if one.place < other.place and _borne_out(column, (one, other), _apart, sizes=True):
            first = other, one
            if re.search(r"deficit|shortfall|\bgap\b|balance", words, re.IGNORECASE):
                first = (other, one) if DEMAND.search(other.name) else (one, other)
            elif re.search("surplus", words, re.IGNORECASE):
                first = (one, other) if DEMAND.search(other.name) else (other, one)
            elif not _borne_out(column, first, _less) and _borne_out(column, (one, other), _less):
                first = one, other
            return first
    return None


def _ratio_of(column: Column, others: Sequence[Column]) -> tuple[Column, Column] | None:
    near = sorted(others, key=lambda one: abs(one.place - column.place))[:12]
    for combine in (_per_cent, _quotient):
        for pair in permutations(near, 2):
            if _borne_out(column, pair, combine, least=3):
                return pair
    return None


def _share_of(grid: Grid, column: Column, others: Sequence[Column], total_rows: Sequence[int]) -> Column | None:
    sample = list(grid.body[:SAMPLE])
    places = [sample.index(row) for row in total_rows if row in sample]
    if not places:
        return None
    for one in others:
        total = one.intervals[places[-1]]
        if total is None or total.low <= 0:
            continue
        constant = Column(one.name, one.place, tuple(total for _ in one.intervals), percent=False)
        if any(_borne_out(column, (one, constant), combine, least=3) for combine in (_per_cent, _quotient)):
            return one
    return None


Combine = Callable[[Sequence[Interval]], Interval | None]


def _borne_out(
    column: Column, parts: Sequence[Column], combine: Combine, *, least: int = LEAST_ROWS, sizes: bool = False
) -> bool:
    """Whether most of the rows that print the column and its parts bear a relation out.

    A blank part counts as nil here, and a row in which only one part is printed proves nothing of the others.
    """
    held = tried = telling = 0
    for row, printed in enumerate(column.intervals):
        terms = [part.intervals[row] for part in parts]
        stated = [term for term in terms if term is not None]
        if printed is None or not stated:
            continue
        if len(stated) < len(terms) and combine is not _add:
            continue
        nil = Interval(Decimal(0), Decimal(0))
        found = combine([nil if term is None else term for term in terms])
        if found is None:
            continue
        target = _size(printed) if sizes else printed
        tried += 1
        held += found.meets(target)
        telling += found.meets(target) and sum(term.high != 0 for term in stated) > 1
    return tried >= 1 and held * 2 > tried and telling >= min(least, max(1, tried))


def _add(terms: Sequence[Interval]) -> Interval | None:
    return Interval(sum((one.low for one in terms), Decimal(0)), sum((one.high for one in terms), Decimal(0)))


def _less(terms: Sequence[Interval]) -> Interval | None:
    return Interval(terms[0].low - terms[1].high, terms[0].high - terms[1].low)


def _apart(terms: Sequence[Interval]) -> Interval | None:
    low, high = terms[0].low - terms[1].high, terms[0].high - terms[1].low
    return _size(Interval(low, high))


def _size(interval: Interval) -> Interval:
    if interval.low >= 0:
        return interval
    if interval.high <= 0:
        return Interval(-interval.high, -interval.low)
    return Interval(Decimal(0), max(-interval.low, interval.high))


def _quotient(terms: Sequence[Interval]) -> Interval | None:
    top, base = terms
    if base.low <= 0:
        return None
    corners = [one / other for one in top for other in base]
    return Interval(min(corners), max(corners))


def _per_cent(terms: Sequence[Interval]) -> Interval | None:
    found = _quotient(terms)
    return None if found is None else Interval(HUNDRED * found.low, HUNDRED * found.high)
