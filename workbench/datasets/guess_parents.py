"""Find the subtotals that stand above their items without saying so: a programme over its sub-programmes.

The numbers must say it twice: the rows right below add up to the row, and the total adds up such rows alone. Codes
(0101 over SP 1.1) and indentation tell the levels where a figure is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from typing import Final, NamedTuple

from workbench.audit.cells import Interval
from workbench.datasets.amounts import read_amount
from workbench.datasets.grid import Grid
from workbench.datasets.layout import ParentRow, TotalRows

LONGEST: Final = 40
"""How many rows one such subtotal may have."""
_CODE = re.compile(r"[A-Za-z]{0,4}\.?\s*\d[\d.]*")

Line = Sequence[Interval | None]


class _Votes(NamedTuple):
    """In how many columns a sum holds, of those that can tell."""

    held: int
    tried: int

    @property
    def borne_out(self) -> bool:
        return self.held >= 1 and self.held * 2 >= self.tried


def parent_rows(
    grid: Grid, amounts: Sequence[int], labels: Sequence[int], total_rows: Sequence[int], aside: Set[int] = frozenset()
) -> Iterator[ParentRow]:
    """Yield the rows that add up the rows right below them, under totals that would not foot otherwise.

    Parameters
    ----------
    grid : Grid
    amounts, labels : sequence of int
        Places of the columns of amounts (no percentages), and of those that name a row.
    total_rows : sequence of int
        The rows known to be totals, which stand below what they add up.
    aside : set of int
        Rows that are no terms of any sum.
    """
    block: list[int] = []
    totals = set(total_rows)
    for row in grid.body:
        if row in aside:
            continue
        line = _line(grid, row, amounts)
        if row in totals:
            yield from _parents_in(grid, block, row, amounts, labels)
            block = []
        elif any(one is not None for one in line):
            block.append(row)


def unlabelled_total(grid: Grid, amounts: Sequence[int], texts: Sequence[int]) -> tuple[TotalRows, ...]:
    """Return the last row as the total where it alone has no name and the rows above it add up to it."""
    nameless = [row for row in grid.body if not any(grid.text(row, place) for place in texts)]
    if not texts or len(grid.body) < 3 or nameless != [grid.body[-1]]:
        return ()
    lines = [_line(grid, row, amounts) for row in grid.body]
    votes = _votes(lines[-1], lines[:-1])
    return (TotalRows(equals="", level=1),) if votes.borne_out else ()


def _parents_in(
    grid: Grid, block: Sequence[int], total: int, amounts: Sequence[int], labels: Sequence[int]
) -> Iterator[ParentRow]:
    lines = [_line(grid, row, amounts) for row in block]
    printed = _line(grid, total, amounts)
    if len(block) < 3 or _votes(printed, lines).borne_out:
        return
    for spans in (_by_words(grid, block, labels), _by_numbers(lines)):
        covered = {place for first, last in spans for place in range(first + 1, last + 1)}
        top = [line for place, line in enumerate(lines) if place not in covered]
        if spans and _votes(printed, top).borne_out and _mostly_add_up(lines, spans):
            for first, last in spans:
                yield ParentRow(row=block[first] + 1, through=block[last] + 1)
            return


def _mostly_add_up(lines: Sequence[Line], spans: Sequence[tuple[int, int]]) -> bool:
    votes = [_votes(lines[first], lines[first + 1 : last + 1]) for first, last in spans]
    return _Votes(sum(one.held for one in votes), sum(one.tried for one in votes)).borne_out


def _by_words(grid: Grid, block: Sequence[int], labels: Sequence[int]) -> list[tuple[int, int]]:
    """Return the parents with their last rows where codes or indentation tell two levels, the upper one first."""
    for shape in (_shape_of_code, _indented):
        shapes = [next((found for place in labels if (found := shape(grid, row, place))), "") for row in block]
        if len(set(shapes)) != 2 or "" in shapes:
            continue
        starts = [place for place, one in enumerate(shapes) if one == shapes[0]]
        ends = [*(start - 1 for start in starts[1:]), len(block) - 1]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]
    return []


def _shape_of_code(grid: Grid, row: int, place: int) -> str:
    found = _CODE.match(grid.text(row, place))
    return re.sub(r"\d+", lambda digits: "9" if len(digits[0]) < 3 else "999", found[0].rstrip(". ")) if found else ""


def _indented(grid: Grid, row: int, place: int) -> str:
    text = grid.sheet.cell(row, place)
    return str(len(text) - len(text.lstrip()) + 1) if text.strip() else ""


def _by_numbers(lines: Sequence[Line]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(lines):
        last = _last_child(lines, place)
        if last is not None:
            spans.append((place, last))
        place = place + 1 if last is None else last + 1
    return spans


def _last_child(lines: Sequence[Line], parent: int) -> int | None:
    """Return the last of the rows below that add up to a row in the most columns; one row alone must equal it."""
    best, most = None, 0
    for last in range(parent + 1, min(parent + LONGEST, len(lines) - 1) + 1):
        votes = _votes(lines[parent], lines[parent + 1 : last + 1])
        enough = votes.borne_out if last > parent + 1 else votes.held == votes.tried
        if enough and votes.held >= most and votes.held:
            best, most = last, votes.held
    return best


def _votes(target: Line, terms: Sequence[Line]) -> _Votes:
    held = tried = 0
    for column, printed in enumerate(target):
        known = [one for line in terms if (one := line[column]) is not None]
        if printed is None or not known or printed.low <= 0 <= printed.high:
            continue
        tried += 1
        added = Interval(sum((one.low for one in known), Decimal(0)), sum((one.high for one in known), Decimal(0)))
        held += added.meets(printed)
    return _Votes(held, tried)


def _line(grid: Grid, row: int, amounts: Sequence[int]) -> Line:
    readings = [read_amount(grid.text(row, place)).reading for place in amounts]
    return [None if one.value is None else Interval(one.value - one.half, one.value + one.half) for one in readings]
