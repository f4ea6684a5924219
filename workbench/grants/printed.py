"""A table as somebody printed or filled it in: the sheet of a file that has its heading, as tidy texts."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from workbench.datasets.place import Place
from workbench.datasets.safe_text import without_apostrophe
from workbench.datasets.sheet import Sheet, tidy
from workbench.datasets.spreadsheet import read_sheets

PrintedSource = str | os.PathLike[str] | Sequence[Sheet]
"""A CSV or Excel file, or the sheets that were read from one."""


@dataclass(frozen=True, kw_only=True)
class Printed(Place):
    """A sheet and where it stands.

    Attributes
    ----------
    rows : list of list of str
        Tidy texts; ``rows[0]`` is the row that a spreadsheet calls 1.
    """

    rows: list[list[str]]

    def even(self) -> Printed:
        """Return the sheet with all rows of one width."""
        width = max((len(row) for row in self.rows), default=0)
        return replace(self, rows=[row + [""] * (width - len(row)) for row in self.rows])


def read_printed(
    source: PrintedSource, is_heading: Callable[[Sequence[str]], bool], within: int | None = None
) -> Printed:
    """Return the first sheet of a file that has a heading within its first rows, the first of all where none has.

    Raises
    ------
    InputError
        Where the file cannot be read.
    """
    sheets = read_sheets(source) if isinstance(source, str | os.PathLike) else source
    tables = [
        Printed(file=sheet.file, sheet=sheet.sheet,
                rows=[[without_apostrophe(tidy(cell)) for cell in row] for row in sheet.rows])
        for sheet in sheets
    ]  # fmt: skip
    return next((table for table in tables if any(map(is_heading, table.rows[:within]))), tables[0])
