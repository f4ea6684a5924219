"""Guess which columns are the sum, the difference or the ratio of others: only what most of the rows bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Final

from workbench.datasets.grid import Grid
from workbench.datasets.guess_headings import by_headings, same_words, twins
from workbench.datasets.guess_votes import Column, add, apart, less, per_cent, quotient, vote
from workbench.datasets.heading_words import AIA, DEMAND, DIFFERENCE, NET, SUM
from workbench.datasets.layout import DerivedColumn

SAMPLE: Final = 200
WIDEST = 40


def derived_columns(grid: Grid, columns: Sequence[Column], total_rows: Sequence[int]) -> list[DerivedColumn]:
    """Return every column that is made of others, with those: by most of the rows, or else by the headings."""
    shown = columns[:WIDEST]
    found = []
    for column in shown:
        plain = [one for one in shown if one is not column and not one.percent]
        made = _by_numbers(grid, column, plain, total_rows) or by_headings(column, plain)
        if made is not None:
            found.append(made)
    order = {column.name: place for place, column in enumerate(shown)}
    return sorted([*found, *twins(found, shown)], key=lambda one: order[one.column])


def _by_numbers(grid: Grid, column: Column, plain: Sequence[Column], total_rows: Sequence[int]) -> DerivedColumn | None:
    if column.percent:
        ratio = _ratio_of(column, plain)
        if ratio:
            return DerivedColumn(column=column.name, ratio=(ratio[0].name, ratio[1].name))
        share = _share_of(grid, column, plain, total_rows)
        return DerivedColumn(column=column.name, share_of_total=share.name) if share else None
    if DIFFERENCE.search(column.words):
        pair = _difference_of(column, plain, column.words)
        return DerivedColumn(column=column.name, difference=(pair[0].name, pair[1].name)) if pair else None
    if SUM.search(column.words):
        parts = _sum_of(column, plain)
        return DerivedColumn(column=column.name, sum=tuple(part.name for part in parts)) if parts else None
    return None


def _sum_of(column: Column, others: Sequence[Column]) -> Sequence[Column] | None:
    for parts in (same_words(column, others), *_neighbours(column, others)):
        if any(NET.search(part.words) for part in parts) and any(AIA.search(part.words) for part in parts):
            continue  # gross, A-I-A, net: the net is what is reckoned
        if len(parts) > 1 and vote(column, parts, add).carried():
            return parts
    return None


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
        if one.place < other.place and vote(column, (one, other), apart, sizes=True).carried():
            first = other, one
            if re.search(r"deficit|shortfall|\bgap\b|balance", words, re.IGNORECASE):
                first = (other, one) if DEMAND.search(other.name) else (one, other)
            elif re.search("surplus", words, re.IGNORECASE):
                first = (one, other) if DEMAND.search(other.name) else (other, one)
            elif not vote(column, first, less).carried() and vote(column, (one, other), less).carried():
                first = one, other
            return first
    return None


def _ratio_of(column: Column, others: Sequence[Column]) -> tuple[Column, Column] | None:
    near = sorted(others, key=lambda one: abs(one.place - column.place))[:12]
    for combine in (per_cent, quotient):
        for pair in permutations(near, 2):
            if vote(column, pair, combine).carried():
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
        constant = Column(one.name, one.place, tuple(total for _ in one.intervals), percent=False, voters=())
        if any(vote(column, (one, constant), combine).carried() for combine in (per_cent, quotient)):
            return one
    return None
