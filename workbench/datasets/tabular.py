"""Turn a table and its layout into cells and what they must satisfy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.audit.cells import Cell, Relation
from workbench.datasets.amounts import base_unit, has_digit, read_amount, unit_in, year_in
from workbench.datasets.grid import Grid
from workbench.datasets.layout import AmountColumn, Layout
from workbench.datasets.table_relations import Numbers, relate
from workbench.datasets.table_rows import Row, place_of, table_rows
from workbench.errors import Fault, suggestion
from workbench.fiscal import UNITS

COUNT = "count"
"""The unit of what is counted, posts or people: it is never rounded."""


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


@dataclass(frozen=True)
class _Column:
    """What all cells of a column have in common."""

    amount: AmountColumn
    place: int
    heading: str
    unit: str
    financial_year: str | None


def _column(amount: AmountColumn, grid: Grid, layout: Layout) -> _Column:
    place = place_of(grid, amount.column)
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
