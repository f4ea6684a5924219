"""Audit a data package: its fiscal figures, and the other tables for which it names a layout."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from workbench.audit import Audit, audit_cells, read_figures
from workbench.audit.cells import Cell, Relation, Term
from workbench.datasets.grid import find_grid
from workbench.datasets.layout import Layout, read_layout
from workbench.datasets.sheet import Sheet
from workbench.datasets.tabular import missing_columns, tabulate
from workbench.errors import Fault, InputError
from workbench.results import SOURCE_COLUMNS, source_table

if TYPE_CHECKING:
    from workbench.datasets.package import Package

LAYOUTS = "audit"
"""The key of the descriptor's own property under which tables are given their layouts."""


def audit_package(package: Package) -> Audit:
    """Audit all figures of a package and every table that has a layout; where it has neither, the notes say so."""
    layouts = package.descriptor.workbench.get(LAYOUTS, {})
    cells: list[Cell] = []
    relations: list[Relation] = []
    sources: list[pd.DataFrame] = []
    if package.figure_resources:
        cells, relations = read_figures(package.figures)
        sources.append(package.figures.reindex(columns=list(SOURCE_COLUMNS)))
    for name, layout in layouts.items():
        table = package.table(name)
        of_table = _read(name, table, read_layout(layout), package.name)
        start = len(cells)
        cells.extend(of_table[0])
        relations.extend(shifted(relation, start) for relation in of_table[1])
        sources.append(table.reindex(columns=list(SOURCE_COLUMNS)))
    result = audit_cells(cells, relations, sources=source_table(*sources), parameters={"package": package.name})
    if cells:
        return result
    note = "No table of this package has figures that add up to others, so nothing was checked."
    return replace(result, notes=(note, *result.notes))


def shifted(relation: Relation, by: int) -> Relation:
    """Return a relation between cells that stand further down in a longer list."""
    terms = tuple(Term(term.cell + by, term.sign) for term in relation.terms)
    return replace(relation, target=relation.target + by, terms=terms)


def _read(name: str, table: pd.DataFrame, layout: Layout, package: str) -> tuple[list[Cell], list[Relation]]:
    body = [["" if pd.isna(cell) else str(cell) for cell in row] for row in table.itertuples(index=False)]
    grid = find_grid(Sheet(package, name, [list(map(str, table.columns)), *body]), layout.columns, heading_row=1)
    if grid is None:
        raise InputError(Fault(what="holds no table", file=package, sheet=name))
    faults = missing_columns(grid, layout)
    if faults:
        raise InputError(faults, summary=f"The layout of '{name}' does not fit")
    read = tabulate(grid, layout)
    if read.faults:
        raise InputError(read.faults, summary=f"'{name}' of '{package}' cannot be audited")
    return read.cells, read.relations
