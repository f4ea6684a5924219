"""Find the table in a sheet: titles above it, its heading of one or more rows, its body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.datasets.amounts import looks_numeric
from workbench.datasets.sheet import Sheet, tidy

HEADING_ROWS = 5
SEARCHED = 60
_PLAIN_YEAR = re.compile(r"(?:19|20)\d{2}")
_ORDINAL = re.compile(r"\(?\d{1,2}\)?")


@dataclass(frozen=True)
class Grid:
    """A table in a sheet.

    Attributes
    ----------
    sheet : Sheet
    titles : tuple of str
        What stands above the heading.
    headings : tuple of str
        One a column, rows of a heading joined; each is unlike the others.
    body : tuple of int
        The rows below the heading that hold anything, repeated headings left out; counted from 0.
    """

    sheet: Sheet
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    body: tuple[int, ...]

    def text(self, row: int, column: int) -> str:
        """Return a cell of the body, its runs of blanks as one."""
        return tidy(self.sheet.cell(row, column))

    def column_of(self, heading: str) -> int | None:
        """Return the place of a column, letter case, blanks and underscores aside, or None."""
        return self._places.get(heading_key(heading))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {heading_key(name): place for place, name in reversed(list(enumerate(self.headings)))}


def heading_key(heading: str) -> str:
    """Reduce a heading to what tells it from others."""
    return re.sub(r"[\s_]+", " ", heading).strip().casefold()


def find_grid(sheet: Sheet, wanted: Iterable[str] = (), heading_row: int | None = None) -> Grid | None:
    """Find the table of a sheet.

    Parameters
    ----------
    sheet : Sheet
    wanted : iterable of str
        Columns that a layout names: the heading is the row that has most of them.
    heading_row : int, optional
        The heading's row as the spreadsheet counts, where a layout says it.

    Returns
    -------
    Grid or None
        None where the sheet has no table.
    """
    keys = {heading_key(one) for one in wanted}
    if heading_row is not None:
        top = bottom = heading_row - 1
    elif keys:
        counts = [len(keys & {heading_key(cell) for cell in row}) for row in sheet.rows[:SEARCHED]]
        bottom = max(range(len(counts)), key=lambda number: (counts[number], -number), default=0)
        top = bottom
        if counts and counts[bottom] == 0:
            found = _heading_rows(sheet)
            if found is None:
                return None
            top, bottom = found
    else:
        found = _heading_rows(sheet)
        if found is None:
            return None
        top, bottom = found
    headings = _joined(sheet, top, bottom)
    titles = tuple(" ".join(filter(None, map(tidy, row))) for row in sheet.rows[:top] if any(row))
    body = tuple(
        number for number in range(bottom + 1, len(sheet.rows))
        if any(sheet.rows[number]) and not _repeats(sheet, number, bottom)
    )  # fmt: skip
    return Grid(sheet, titles, headings, body)


def is_figure(text: str) -> bool:
    """Whether a cell of a body row is a number and no year."""
    plain = tidy(text)
    return looks_numeric(plain) and not _PLAIN_YEAR.fullmatch(plain)


def _heading_rows(sheet: Sheet) -> tuple[int, int] | None:
    first = next((number for number in range(len(sheet.rows)) if _is_body(sheet, number)), None)
    if first is None:
        return None
    bottom = first - 1
    while bottom >= 0 and sum(map(bool, sheet.rows[bottom])) < 2:
        bottom -= 1
    if bottom < 0:
        return (-1, -1)
    top = bottom
    while top > 0 and bottom - top < HEADING_ROWS and _continues(sheet, top - 1, top):
        top -= 1
    return top, bottom


def _is_body(sheet: Sheet, number: int) -> bool:
    row = sheet.rows[number]
    figures = [cell for cell in row if is_figure(cell)]
    filled = [cell for cell in row if cell]
    if not figures or len(filled) < 2:
        return False
    return not _is_numbering(filled)


def _is_numbering(filled: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 or (1), (2), (3)."""
    if len(filled) < 3 or not all(_ORDINAL.fullmatch(tidy(cell)) for cell in filled):
        return False
    numbers = [int(re.sub(r"\D", "", cell)) for cell in filled]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _continues(sheet: Sheet, above: int, below: int) -> bool:
    """Whether a row belongs to the heading below it: it names groups of columns and no title."""
    row = sheet.rows[above]
    filled = [place for place, cell in enumerate(row) if cell]
    if not filled or any(is_figure(cell) for cell in row):
        return False
    width = len([cell for cell in sheet.rows[below] if cell])
    spans = [merge for merge in sheet.merged if merge[0] <= above <= merge[2]]
    if any(merge[3] - merge[1] + 1 >= max(width, 2) and merge[1] == 0 for merge in spans):
        return False
    return len(filled) >= 2 or any(place > 0 for place in filled)


def _joined(sheet: Sheet, top: int, bottom: int) -> tuple[str, ...]:
    width = sheet.width
    if top < 0:
        return tuple(f"column {place + 1}" for place in range(width))
    lines = [_filled(sheet, number, bottom) for number in range(top, bottom + 1)]
    names: list[str] = []
    for place in range(width):
        parts = dict.fromkeys(line[place] for line in lines if line[place] and not _ORDINAL.fullmatch(line[place]))
        name = " ".join(parts) or f"column {place + 1}"
        names.append(name if name not in names else f"{name} ({place + 1})")
    return tuple(names)


def _filled(sheet: Sheet, number: int, bottom: int) -> list[str]:
    """Return a row of a heading with each name over all the columns that it spans."""
    cells = [tidy(sheet.cell(number, place)) for place in range(sheet.width)]
    covered = [merge for merge in sheet.merged if merge[0] <= number <= merge[2]]
    for first_row, left, _, right in covered:
        text = tidy(sheet.cell(first_row, left))
        for place in range(left, min(right + 1, len(cells))):
            cells[place] = cells[place] or text
    if covered or number == bottom:
        return cells
    # A CSV has no merged cells: a name stands over its own column and the unnamed ones after it.
    last = ""
    for place, text in enumerate(cells):
        last = text or last
        below = any(sheet.cell(lower, place) for lower in range(number + 1, bottom + 1))
        if not text and below and place > 0:
            cells[place] = last
    return cells


def _repeats(sheet: Sheet, number: int, bottom: int) -> bool:
    """Whether a row prints the heading again, as tables do on a new page, or numbers the columns."""
    row = [tidy(cell) for cell in sheet.rows[number]]
    heading = [tidy(cell) for cell in sheet.rows[bottom]] if bottom >= 0 else []
    filled = [cell for cell in row if cell]
    same = sum(cell == name for cell, name in zip(row, heading, strict=False) if cell)
    return (same >= 2 and same * 2 > len(filled)) or _is_numbering(filled)
