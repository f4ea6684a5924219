"""The rows of a table by its layout: what each is, and which total adds up which rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from workbench.datasets.grid import Grid
from workbench.datasets.layout import Layout

MATCHED = 200
"""So much of a label a layout's pattern is held against."""

_TABLE = re.compile(r"\btable\s+(\d+[\w.]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A row of the body: where it stands, its label, printed table, group and section, its level (0 for an item).

    ``through`` is the last of the rows right below that a row adds up, where it stands above them.
    """

    number: int
    label: str
    table: str
    group: tuple[str, ...]
    section: int
    level: int
    line: str
    through: int | None = None


def table_rows(grid: Grid, layout: Layout) -> list[Row]:
    """Return the body's rows that hold an amount, with their labels, groups and levels."""
    labels = [place for name in layout.label if (place := grid.column_of(name)) is not None]
    group = [place for name in layout.group if (place := grid.column_of(name)) is not None]
    amounts = [place_of(grid, amount.column) for amount in layout.amounts]
    table = grid.column_of(layout.table) if layout.table else None
    name = _name_in(grid.titles) or grid.sheet.name or PurePath(grid.sheet.file).stem
    differences = {one.row.casefold() for one in layout.differences}
    parents = {one.row - 1: one.through - 1 for one in layout.parents}
    memos = {one.casefold() for one in layout.memos}
    highest = max((one.level for one in layout.totals), default=0)
    rows = []
    section = 0
    for number in grid.body:
        if not any(grid.text(number, place) for place in amounts):
            section += 1
            continue
        label = next((text for place in labels if (text := grid.text(number, place))), "")
        level = _level(grid, number, label, layout)
        line = "total" if level and level == highest else "subtotal" if level or number in parents else "item"
        if label.casefold() in differences:
            line = "difference"
        elif label.casefold() in memos:
            line = "memo"
        rows.append(
            Row(
                number, label, (grid.text(number, table) if table is not None else "") or name,
                tuple(grid.text(number, place) for place in group), section, level, line, parents.get(number),
            )
        )  # fmt: skip
    return rows


Nested = Sequence[tuple[Row, list[Row]]]


def nest(rows: Sequence[Row], *, above: bool = False, sections: bool = False) -> Nested:
    """Return every total with the rows that it adds up, by the levels and the order of the rows."""
    found: list[tuple[Row, list[Row]]] = []
    by_group: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.line not in ("difference", "memo"):
            by_group[row.group].append(row)
    for whole_group in by_group.values():
        of_group = list(_without_children(whole_group, found))
        ordered = list(reversed(of_group)) if above else of_group
        open_rows: list[Row] = []
        for row in ordered:
            if row.level:
                children = _covered(open_rows, row, sections=sections)
                kept = len(open_rows) - len(children)
                if children:
                    found.append((row, sorted(children, key=lambda child: child.number)))
                open_rows = open_rows[:kept]
            open_rows.append(row)
    return found


def _without_children(rows: Sequence[Row], found: list[tuple[Row, list[Row]]]) -> Iterator[Row]:
    """Yield the rows that no parent right above them adds up; tell the parents with those that they add up."""
    last = -1
    for place, row in enumerate(rows):
        if row.through is not None and row.number > last:
            last = row.through
            children = [one for one in rows[place + 1 :] if one.number <= last]
            if children:
                found.append((row, children))
            yield row
        elif row.number > last:
            yield row


def _covered(open_rows: Sequence[Row], total: Row, *, sections: bool) -> list[Row]:
    """Return the last rows that a total adds up; of totals alike, the last adds up the others."""
    level = total.level
    start = len(open_rows)
    own = total.section if sections and level == 1 else None
    while start and open_rows[start - 1].level < level and own in (None, open_rows[start - 1].section):
        start -= 1
    if start < len(open_rows):
        return list(open_rows[start:])
    alike = [row for row in open_rows if row.level == level]
    return list(open_rows) if len(alike) == len(open_rows) and len(alike) > 1 else []


def _name_in(titles: Sequence[str]) -> str | None:
    """Return the label of a printed table that a title gives: Table 8.1.0."""
    found = [match[1].rstrip(".:") for title in reversed(titles) if (match := _TABLE.search(title))]
    return found[0] if found else None


def _level(grid: Grid, number: int, label: str, layout: Layout) -> int:
    for rule in layout.totals:
        place = grid.column_of(rule.column) if rule.column else None
        text = grid.text(number, place) if place is not None else label
        if rule.equals is not None and text.casefold() == rule.equals.casefold():
            return rule.level
        if rule.matches is not None and re.search(rule.matches, text[:MATCHED], re.IGNORECASE):
            return rule.level
    return 0


def place_of(grid: Grid, column: str) -> int:
    """Return the place of a column that the layout names and the table has."""
    place = grid.column_of(column)
    if place is None:
        raise KeyError(f"the table has no column '{column}'")
    return place
