"""Audit figures or cells: build the relations, run every check, gather the findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.audit.book import Book
from workbench.audit.cells import Cell, Relation
from workbench.audit.checks import failed_relations, unreadable_cells
from workbench.audit.figures import as_records, cells_of
from workbench.audit.patterns import duplicated_subtotals, unit_slips
from workbench.audit.relations import relations_of
from workbench.audit.restatement import restatement
from workbench.audit.result import Audit, cells_frame, findings_frame
from workbench.results import SOURCE_COLUMNS, source_table


def audit(figures: pd.DataFrame, *, parameters: Mapping[str, Any] | None = None) -> Audit:
    """Re-add every printed total of some figures, and recompute every printed difference and ratio.

    Parameters
    ----------
    figures : DataFrame
        Rows of the one table. Needed: ``table``, ``row``, ``line``, ``stage``, ``financial_year``, ``amount``,
        ``unit``; with ``printed`` the tolerance follows from the printed decimals, with ``parent`` rows are added to
        their totals, and the other columns of the one table say what can be compared with what.
    parameters : mapping, optional
        What the figures were asked for, to be kept with the result.

    Returns
    -------
    Audit

    Raises
    ------
    InputError
        Where a needed column is missing.
    """
    cells, relations = read_figures(figures)
    named = figures.reindex(columns=list(SOURCE_COLUMNS))
    return audit_cells(cells, relations, sources=source_table(named), parameters=parameters)


def read_figures(figures: pd.DataFrame) -> tuple[list[Cell], list[Relation]]:
    """Return the cells of some figures, in their order, and everything that they must satisfy."""
    records = as_records(figures)
    cells = cells_of(records)
    return cells, [*relations_of(records), *restatement(records, cells)]


def audit_cells(
    cells: Sequence[Cell],
    relations: Sequence[Relation],
    *,
    sources: pd.DataFrame | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Audit:
    """Check cells against what they must satisfy.

    Parameters
    ----------
    cells : sequence of Cell
    relations : sequence of Relation
        They name cells by their place in ``cells``.
    sources : DataFrame, optional
        ``source``, ``locator`` and ``mark`` of the cells.
    parameters : mapping, optional
        To be kept with the result.
    """
    book, duplicates = duplicated_subtotals(Book.of(cells, relations))
    findings = [*failed_relations(book), *duplicates, *unit_slips(book), *unreadable_cells(book)]
    return Audit(
        parameters=dict(parameters or {}),
        sources=pd.DataFrame(columns=list(SOURCE_COLUMNS), dtype="str") if sources is None else sources,
        findings=findings_frame(findings, cells),
        cells=cells_frame(book, findings),
        notes=_notes(book),
    )


def _notes(book: Book) -> tuple[str, ...]:
    notes = []
    nil = sorted({table for _, table in book.bounds.blanks_are_nil})
    if nil:
        notes.append(
            f"Blanks are read as nil in {', '.join(nil)}: there, printed totals equal what is printed without them. "
            "In other tables a blank is unknown, and what it enters is not checked."
        )
    return tuple(notes)
