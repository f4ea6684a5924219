"""Guess which rows are one row less another: a deficit, a surplus, a net total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from workbench.audit.cells import Interval
from workbench.datasets.grid import Grid
from workbench.datasets.guess_votes import Column, apart, less, size
from workbench.datasets.heading_words import AIA, DEMAND, GRANT, GROSS, NET
from workbench.datasets.layout import DifferenceRow

NEAR: Final = 4
"""Rows that are no totals are tried only from so near: of many small numbers some pair always fits."""

_MADE = re.compile(r"^(net )?(deficit|surplus|shortfall|funding gap|gap|variance|difference)\b", re.IGNORECASE)
_NET_TOTAL = re.compile(r"^net(\s+\w+)?(\s*totals?)?\s*[:.]?$|^totals?,? \(?net\)?$", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    label: str
    numbers: tuple[Interval | None, ...]
    total: bool


def difference_rows(
    grid: Grid, labels: Sequence[int], columns: Sequence[Column], total_rows: Sequence[int]
) -> list[DifferenceRow]:
    """Return the rows that are one earlier row less another, each name once.

    Two totals are preferred to other rows. The size of the difference must be borne out by a column; only a gross
    total with its appropriations in aid, and a requirement with its allocation, decide by their names. A name that
    stands for different pairs in one table is left out.
    """
    found: dict[str, set[DifferenceRow]] = {}
    earlier: list[_Line] = []
    for line in _lines(grid, labels, columns, set(total_rows)):
        made, net = _MADE.match(line.label), _NET_TOTAL.match(line.label)
        pair = _net_of(earlier) if net else _pair_of(line, earlier) if made else None
        if pair is not None:
            row = DifferenceRow(row=line.label, of=(pair[0].label, pair[1].label))
            found.setdefault(line.label.casefold(), set()).add(row)
        if not made:
            earlier.append(line)
    return [next(iter(rows)) for rows in found.values() if len(rows) == 1]


def _lines(grid: Grid, labels: Sequence[int], columns: Sequence[Column], totals: set[int]) -> Iterator[_Line]:
    money = [column for column in columns if not column.percent]
    sampled = len(money[0].intervals) if money else 0
    for place, row in enumerate(grid.body[:sampled]):
        label = next((text for at in labels if (text := grid.text(row, at))), "")
        numbers = tuple(column.intervals[place] for column in money)
        if label and any(number is not None for number in numbers):
            yield _Line(label, numbers, row in totals)


def _net_of(earlier: Sequence[_Line]) -> tuple[_Line, _Line] | None:
    """Return the last gross total and the appropriations in aid after it."""
    for place in range(len(earlier) - 1, -1, -1):
        if NET.search(earlier[place].label):
            return None
        if GROSS.search(earlier[place].label):
            aid = [line for line in earlier[place + 1 :] if AIA.search(line.label)]
            return (earlier[place], aid[0]) if len(aid) == 1 and len(earlier) - place == 2 else None
    return None


def _pair_of(line: _Line, earlier: Sequence[_Line]) -> tuple[_Line, _Line] | None:
    totals = [one for one in earlier if one.total][-NEAR:]
    near = list(earlier[-NEAR:])
    for rows in (totals, near):
        pairs = [(first, second) for first, second in combinations(rows, 2) if first.label != second.label]
        # the last pair first, so that of pairs alike the nearest is taken
        best = max(reversed(pairs), key=lambda pair: _borne_out(line, pair), default=None)
        if best is not None and _borne_out(line, best):
            return _ordered(line, best)
    last = earlier[-2:]
    demands, grants = ([one for one in last if word.search(one.label)] for word in (DEMAND, GRANT))
    named = len(demands) == len(grants) == 1 and demands != grants
    return _ordered(line, (last[0], last[1])) if named else None


def _ordered(line: _Line, pair: tuple[_Line, _Line]) -> tuple[_Line, _Line]:
    """Say which is taken from which: words settle it where one row is a demand, or else most of the columns."""
    first, second = pair
    surplus, deficit = (re.search(word, line.label, re.IGNORECASE) for word in ("surplus", "deficit|shortfall|gap"))
    demanded = [one for one in pair if DEMAND.search(one.label)]
    if len(demanded) == 1 and bool(surplus) != bool(deficit):
        other = second if demanded[0] is first else first
        return (demanded[0], other) if deficit else (other, demanded[0])
    return (second, first) if _held(line, (second, first)) > _held(line, pair) else pair


def _held(line: _Line, pair: tuple[_Line, _Line]) -> int:
    return sum(less((one, other)).meets(printed) for printed, one, other in _printed(line, pair))


def _borne_out(line: _Line, pair: tuple[_Line, _Line]) -> int:
    return sum(apart((one, other)).meets(size(printed)) for printed, one, other in _printed(line, pair))


def _printed(line: _Line, pair: tuple[_Line, _Line]) -> Iterator[tuple[Interval, Interval, Interval]]:
    for printed, one, other in zip(line.numbers, pair[0].numbers, pair[1].numbers, strict=True):
        if printed is not None and one is not None and other is not None:
            yield printed, one, other
