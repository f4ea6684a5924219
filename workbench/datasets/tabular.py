"""Turn a table and its layout into cells and what they must satisfy."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from workbench.audit.cells import HUNDRED, Cell, Relation, Term
from workbench.datasets.amounts import base_unit, has_digit, read_amount, unit_in, year_in
from workbench.datasets.counties import find_county
from workbench.datasets.grid import Grid
from workbench.datasets.layout import AmountColumn, DerivedColumn, Layout
from workbench.errors import Fault, suggestion
from workbench.fiscal import UNITS

COUNTIES_MAKE_SHARES = 5
"""From so many rows named after counties on, a total is the envelope of shares."""


_TABLE = re.compile(r"\btable\s+(\d+[\w.]*)", re.IGNORECASE)

MATCHED = 200
"""So much of a label a layout's pattern is held against."""

COUNT = "count"
"""The unit of what is counted, posts or people: it is never rounded."""


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


@dataclass(frozen=True)
class Tabular:
    """A table's cells and relations, and what cannot be read in it."""

    cells: list[Cell]
    relations: list[Relation]
    faults: list[Fault]


def missing_columns(grid: Grid, layout: Layout) -> list[Fault]:
    """Return a fault for every column that the layout names and the table lacks."""
    return [
        Fault(what="is missing from the heading", file=grid.sheet.file, sheet=grid.sheet.sheet, column=name,
              remedy=suggestion(name, list(grid.headings)))
        for name in layout.columns
        if grid.column_of(name) is None
    ]  # fmt: skip


def tabulate(grid: Grid, layout: Layout) -> Tabular:
    """Read a table's cells by its layout, and build what they must satisfy.

    The layout's columns must be there: see :func:`missing_columns`.
    """
    rows = table_rows(grid, layout)
    cells, number_of, faults = read_cells(grid, layout, rows)
    return Tabular(cells, relate(rows, layout, number_of, cells), faults)


Numbers = Mapping[tuple[int, str], int]
"""The place of each cell in the list of cells, by its row in the sheet and its column."""


def read_cells(grid: Grid, layout: Layout, rows: Sequence[Row]) -> tuple[list[Cell], Numbers, list[Fault]]:
    """Read the amounts of some rows, with every fault."""
    cells: list[Cell] = []
    faults: list[Fault] = []
    number_of: dict[tuple[int, str], int] = {}
    columns = [_column(amount, grid, layout) for amount in layout.amounts]
    for row in rows:
        for column in columns:
            cell, fault = _cell(row, column, grid, layout)
            number_of[row.number, column.amount.column] = len(cells)
            cells.append(cell)
            faults.extend([fault] if fault else [])
    return cells, number_of, faults


def relate(rows: Sequence[Row], layout: Layout, number_of: Numbers, cells: Sequence[Cell]) -> list[Relation]:
    """Return everything that a table's cells must satisfy."""
    nested = nest(rows, above=layout.totals_stand == "above", sections=layout.sections)
    ratios = {one.column for one in layout.derived if one.ratio or one.share_of_total}
    return [
        *_footing(nested, [one.column for one in layout.amounts if one.column not in ratios], number_of),
        *_derived(rows, nested, layout, number_of, cells),
        *_differences(rows, layout, number_of),
    ]


def table_rows(grid: Grid, layout: Layout) -> list[Row]:
    """Return the body's rows that hold an amount, with their labels, groups and levels."""
    labels = [place for name in layout.label if (place := grid.column_of(name)) is not None]
    group = [place for name in layout.group if (place := grid.column_of(name)) is not None]
    amounts = [_place(grid, amount.column) for amount in layout.amounts]
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


def _place(grid: Grid, column: str) -> int:
    place = grid.column_of(column)
    if place is None:
        raise KeyError(f"the table has no column '{column}'")
    return place


@dataclass(frozen=True)
class _Column:
    """What all cells of a column have in common."""

    amount: AmountColumn
    place: int
    heading: str
    unit: str
    financial_year: str | None


def _column(amount: AmountColumn, grid: Grid, layout: Layout) -> _Column:
    place = _place(grid, amount.column)
    heading = grid.headings[place]
    year = amount.financial_year or layout.financial_year or year_in(heading) or _year_around(grid)
    return _Column(amount, place, heading, _unit(amount, heading, grid, layout), year)


def _cell(row: Row, column: _Column, grid: Grid, layout: Layout) -> tuple[Cell, Fault | None]:
    text = grid.text(row.number, column.place)
    amount, heading = column.amount, column.heading
    read = read_amount(text)
    unit = read.unit or column.unit
    reading = read.reading
    fault = None
    if reading.state == "unreadable" and not has_digit(text):
        fault = Fault(what="is no amount", file=grid.sheet.file, sheet=grid.sheet.sheet, row=row.number + 1,
                      column=heading, value=text[:80],
                      remedy="a number such as 1,234.50, (44) for a negative, - for nil, or a blank")  # fmt: skip
    size = Decimal(UNITS.get(unit, 1))
    half = Decimal(0) if unit == COUNT else reading.half * size
    cell = Cell(
        table=row.table, row=_printed_row(row, grid, layout), label=row.label, column=heading, printed=text,
        state=reading.state, value=None if reading.value is None else reading.value * size, half=half, size=size,
        unit=unit, line="ratio" if base_unit(unit) == "percent" and row.line == "item" else row.line,
        financial_year=column.financial_year, stage=amount.stage, basis=amount.basis,
        economic_class=amount.economic_class, resource=grid.sheet.name,
        source=_text_of(layout.source, row, grid) or grid.sheet.file,
        locator=_text_of(layout.locator, row, grid) or f"row {row.number + 1}",
    )  # fmt: skip
    return cell, fault


def _printed_row(row: Row, grid: Grid, layout: Layout) -> int:
    text = _text_of(layout.row, row, grid)
    return int(text) if text.isdecimal() and len(text) < 10 else row.number + 1


def _text_of(column: str | None, row: Row, grid: Grid) -> str:
    place = grid.column_of(column) if column else None
    return grid.text(row.number, place) if place is not None else ""


def _unit(amount: AmountColumn, heading: str, grid: Grid, layout: Layout) -> str:
    named = amount.unit or unit_in(heading) or layout.unit
    if named:
        return named
    return next((unit for title in reversed(grid.titles) if (unit := unit_in(title)) and unit != "percent"), "")


def _year_around(grid: Grid) -> str | None:
    places = (*reversed(grid.titles), grid.sheet.name, grid.sheet.file)
    years = [year for place in places if (year := year_in(place))]
    return years[0] if years else None


def _footing(nested: Nested, columns: Sequence[str], number_of: Numbers) -> Iterator[Relation]:
    for total, children in nested:
        counties = sum(find_county(child.label) is not None for child in children)
        check = "envelope" if counties >= min(COUNTIES_MAKE_SHARES, len(children)) and counties > 1 else "footing"
        for column in columns:
            terms = tuple(Term(number_of[child.number, column]) for child in children)
            yield Relation(check=check, target=number_of[total.number, column], terms=terms)


def _derived(
    rows: Sequence[Row], nested: Nested, layout: Layout, number_of: Numbers, cells: Sequence[Cell]
) -> Iterator[Relation]:
    totals = {child.number: total for total, children in nested for child in children}
    for row in rows:
        if row.line == "difference":
            continue
        for derived in layout.derived:
            relation = _derive(derived, row, totals.get(row.number), number_of, cells)
            if relation is not None:
                yield relation


def _derive(
    derived: DerivedColumn, row: Row, total: Row | None, number_of: Numbers, cells: Sequence[Cell]
) -> Relation | None:
    target = number_of[row.number, derived.column]
    if derived.sum is not None:
        terms = tuple(Term(number_of[row.number, column]) for column in derived.sum)
        return Relation(check="cross-footing", target=target, terms=terms)
    if derived.difference is not None:
        minuend, subtrahend = (number_of[row.number, column] for column in derived.difference)
        return Relation(check="difference", target=target, terms=(Term(minuend), Term(subtrahend, -1)))
    scale = HUNDRED if cells[target].unit == "percent" else Decimal(1)
    if derived.ratio is not None:
        top, base = (number_of[row.number, column] for column in derived.ratio)
    elif total is not None and derived.share_of_total is not None:
        top, base = number_of[row.number, derived.share_of_total], number_of[total.number, derived.share_of_total]
    else:
        return None
    return Relation(check="ratio", target=target, terms=(Term(top), Term(base)), kind="ratio", scale=scale)


def _differences(rows: Sequence[Row], layout: Layout, number_of: Numbers) -> Iterator[Relation]:
    ratios = {one.column for one in layout.derived if one.ratio or one.share_of_total}
    for rule in layout.differences:
        for place, row in enumerate(rows):
            if row.label.casefold() != rule.row.casefold():
                continue
            before = {one.label.casefold(): one for one in rows[:place] if one.group == row.group}
            minuend, subtrahend = (before.get(name.casefold()) for name in rule.of)
            if minuend is None or subtrahend is None:
                continue
            for amount in layout.amounts:
                if amount.column in ratios:
                    continue
                terms = (Term(number_of[minuend.number, amount.column]),
                         Term(number_of[subtrahend.number, amount.column], -1))  # fmt: skip
                yield Relation(check="difference", target=number_of[row.number, amount.column], terms=terms)
