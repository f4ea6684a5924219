"""Audit anybody's table: a CSV or Excel file, by a layout or by a guess at one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbench.audit import Audit, audit_cells
from workbench.audit.cells import Cell, Relation
from workbench.datasets.grid import Grid, find_grid
from workbench.datasets.guess import guess_layout
from workbench.datasets.layout import Layout, read_layout
from workbench.datasets.limits import read_bytes
from workbench.datasets.package_audit import shifted
from workbench.datasets.sheet import Sheet
from workbench.datasets.spreadsheet import sheets_of
from workbench.datasets.tabular import Tabular, missing_columns, tabulate
from workbench.errors import Fault, InputError


@dataclass(frozen=True)
class ReadTable:
    """A table of a file with the layout by which it was read."""

    grid: Grid
    layout: Layout
    read: Tabular
    report: tuple[str, ...] = ()


def audit_file(path: str | os.PathLike[str], layout: str | os.PathLike[str] | Layout | None = None) -> Audit:
    """Audit the tables of a CSV or Excel file.

    Parameters
    ----------
    path : str or path
    layout : str, path or Layout, optional
        The name of a shipped layout (``programmes``), a YAML file, or a layout; guessed where none is given, and
        then the result's notes say what was guessed.

    Returns
    -------
    Audit
        Rows are those that a spreadsheet shows.

    Raises
    ------
    InputError
        With every fault of the file, where it cannot be read.
    UnknownNameError
        For an unknown layout.
    """
    return audit_bytes(read_bytes(path), Path(path).name, layout)


def audit_bytes(content: bytes, file: str, layout: str | os.PathLike[str] | Layout | None = None) -> Audit:
    """Audit the tables of a file's bytes, such as an upload; as :func:`audit_file`."""
    chosen = layout if isinstance(layout, Layout) or layout is None else read_layout(layout)
    sheets = sheets_of(content, file)
    tables = read_tables(sheets, chosen)
    cells, relations = _together(tables)
    notes = [*(note for sheet in sheets for note in sheet.notes), *_reports(tables)]
    name = (
        "guessed" if chosen is None else (os.fspath(layout) if isinstance(layout, (str, os.PathLike)) else chosen.title)
    )
    result = audit_cells(cells, relations, sources=_sources(cells), parameters={"file": file, "layout": name})
    return replace(result, notes=(*notes, *result.notes))


def read_tables(sheets: Sequence[Sheet], layout: Layout | None) -> list[ReadTable]:
    """Read the tables of some sheets.

    Raises
    ------
    InputError
        With every fault of every sheet.
    """
    tables, faults = _by_layout(sheets, layout) if layout is not None else _by_guess(sheets)
    faults = [*faults, *(fault for table in tables for fault in table.read.faults)]
    if faults:
        count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
        raise InputError(faults, summary=f"{sheets[0].file} cannot be audited: {count}")
    return tables


def _by_layout(sheets: Sequence[Sheet], layout: Layout) -> tuple[list[ReadTable], list[Fault]]:
    chosen = [sheet for sheet in sheets if layout.sheet in (None, sheet.name)]
    if not chosen:
        names = ", ".join(sheet.name for sheet in sheets)
        what = f"has no visible sheet '{layout.sheet}'"
        return [], [Fault(what=what, file=sheets[0].file, remedy=f"its sheets are {names}")]
    tables: list[ReadTable] = []
    missing: list[list[Fault]] = []
    for sheet in chosen:
        grid = find_grid(sheet, layout.columns, layout.heading_row)
        faults = _without_table(sheet) if grid is None else missing_columns(grid, layout)
        if grid is None or faults:
            missing.append(faults)
        else:
            tables.append(ReadTable(grid, layout, tabulate(grid, layout)))
    if tables:
        filled = [table for table in tables if table.read.cells]
        return tables, [] if filled else [_no_rows(tables[0].grid.sheet)]
    return [], min(missing, key=len)


def _by_guess(sheets: Sequence[Sheet]) -> tuple[list[ReadTable], list[Fault]]:
    tables = []
    for sheet in sheets:
        grid = find_grid(sheet)
        guess = None if grid is None else guess_layout(grid)
        if grid is not None and guess is not None:
            tables.append(ReadTable(grid, guess.layout, tabulate(grid, guess.layout), guess.report))
    if not tables:
        return [], [fault for sheet in sheets for fault in _without_table(sheet)]
    return tables, []


def _without_table(sheet: Sheet) -> list[Fault]:
    remedy = "a table has a heading with a name a column, and rows with amounts below it"
    return [Fault(what="holds no table of amounts", file=sheet.file, sheet=sheet.sheet, remedy=remedy)]


def _no_rows(sheet: Sheet) -> Fault:
    remedy = "rows with amounts are expected below the heading"
    return Fault(what="has a heading and no rows", file=sheet.file, sheet=sheet.sheet, remedy=remedy)


def _together(tables: Sequence[ReadTable]) -> tuple[list[Cell], list[Relation]]:
    cells: list[Cell] = []
    relations: list[Relation] = []
    for table in tables:
        start = len(cells)
        cells.extend(table.read.cells)
        relations.extend(shifted(relation, start) for relation in table.read.relations)
    return cells, relations


def _reports(tables: Sequence[ReadTable]) -> list[str]:
    several = len(tables) > 1
    return [
        f"Sheet {table.grid.sheet.name}: {line}" if several else line for table in tables for line in table.report
    ]  # fmt: skip


def _sources(cells: Sequence[Cell]) -> pd.DataFrame:
    rows = [{"source": cell.source, "locator": cell.locator, "mark": "one source"} for cell in cells]
    return pd.DataFrame(rows, columns=["source", "locator", "mark"]).drop_duplicates(ignore_index=True)
