"""Where in a table that is edited the faults of an input stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from workbench.datasets.form_reading import FilledForm
from workbench.errors import Fault, WorkbenchError


@dataclass(frozen=True)
class WrongCell:
    """Something to mend: the position of a cell, both counted from 0, and the words; no position is none cell's own."""

    row: int | None
    column: int | None
    words: str


def wrong_cells(faults: Iterable[Fault], headings: Sequence[str], first_row: int, rows: int) -> list[WrongCell]:
    """Place faults in a table.

    Parameters
    ----------
    faults : iterable of Fault
        With the row that a spreadsheet shows, and the column's name; of several columns (``vote, programme``) the
        first that the table has is marked.
    headings : sequence of str
        The table's columns.
    first_row : int
        The number of the table's first row.
    rows : int
        How many it has.
    """
    return [_placed(fault, headings, first_row, rows) for fault in faults]


def _placed(fault: Fault, headings: Sequence[str], first_row: int, rows: int) -> WrongCell:
    row = None if fault.row is None else fault.row - first_row
    words = str(replace(fault, file=None, sheet=None, row=None, column=None))
    if row is None or not 0 <= row < rows:
        return WrongCell(None, None, words)
    named = [part.strip() for part in (fault.column or "").split(",")]
    column = next((headings.index(name) for name in named if name in headings), 0)
    return WrongCell(row, column, words)


def at_its_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return a form's table with its rows where a reader counts them from 2: blank rows stand for those left out.

    A reader's messages then speak of the form's own rows, those within its sentences too.
    """
    last = int(table.index.max()) if len(table) else 1
    return table.reindex(range(2, last + 1)).reset_index(drop=True)


def in_the_form(refused: WorkbenchError, form: FilledForm) -> list[Fault]:
    """Return the faults of a table that was taken out of a form, by the form's name."""
    return [replace(fault, file=form.file, sheet=form.sheet) for fault in refused.faults]
