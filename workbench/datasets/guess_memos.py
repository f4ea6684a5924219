"""Find the rows that no sum adds up: parts shown for information, and sums carried from page to page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.datasets.grid import Grid

_PART = re.compile(r"^\W*(of[\s-]+which|o/w|memo(randum)?)\b", re.IGNORECASE)
_CARRIED = re.compile(r"\b(c/f(wd)?|c/d|carried (forward|down|over))\b", re.IGNORECASE)
_BROUGHT = re.compile(r"\b(b/f(wd)?|b/d|brought (forward|down|over))\b", re.IGNORECASE)


def label_of(grid: Grid, row: int, labels: Sequence[int]) -> str:
    """Return what names a row: the first filled one of the columns of labels."""
    return next((text for place in labels if (text := grid.text(row, place))), "")


def memo_labels(grid: Grid, labels: Sequence[int]) -> tuple[str, ...]:
    """Return the labels of rows that no sum adds up.

    A sum brought forward that nothing was carried to, and one carried forward that nothing takes up, are figures of
    their own: an opening and a closing balance.
    """
    named = dict.fromkeys(label_of(grid, row, labels) for row in grid.body)
    carried = [one for one in named if _CARRIED.search(one)]
    brought = [one for one in named if _BROUGHT.search(one)]
    pages = {*carried, *brought} if carried and brought and _carried_first(grid, labels) else set()
    return tuple(one for one in named if _PART.search(one) or one in pages)


def _carried_first(grid: Grid, labels: Sequence[int]) -> bool:
    """Whether what is brought forward follows right upon what is carried forward, as over a page."""
    rows = [label_of(grid, row, labels) for row in grid.body]
    return any(
        _CARRIED.search(one) and _BROUGHT.search(next_one) for one, next_one in zip(rows, rows[1:], strict=False)
    )
