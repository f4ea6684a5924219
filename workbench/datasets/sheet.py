"""A sheet as text: the cells of a CSV or of one sheet of a workbook, as they would be printed."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_DECIMALS = re.compile(r"\.(0+)")
SIGNIFICANT = 15
"""A spreadsheet stores some 15 significant digits: what comes after them is noise of binary numbers."""


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet.

    Attributes
    ----------
    file, name : str
        The file's name, and the sheet's; a CSV's only sheet has no name.
    rows : sequence of sequence of str
        Text by row and column, blank for an empty cell. ``rows[0]`` is the row that a spreadsheet calls 1.
    merged : sequence of tuple
        Merged ranges as (first row, first column, last row, last column), counted from 0.
    notes : tuple of str
        What the reader did that a user should know.
    """

    file: str
    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def sheet(self) -> str | None:
        """The sheet's name, or None for a CSV: what a fault names."""
        return self.name or None

    @property
    def width(self) -> int:
        """How many columns the longest row has."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> str:
        """Return one cell, blank where the row is shorter."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if 0 <= column < len(cells) else ""


def tidy(text: str) -> str:
    """Return text with its runs of blanks, line breaks included, as single spaces."""
    return _SPACES.sub(" ", text).strip()


def printed_number(value: float | Decimal, number_format: str = "General") -> str:
    """Write a stored number as a sheet would print it, without losing a digit that is stored.

    Parameters
    ----------
    value : number
    number_format : str
        The cell's format: its decimals are kept (``0.00`` prints 71314.3 as 71314.30), and a percentage is printed
        as one.
    """
    exact = value if isinstance(value, Decimal) else Decimal(f"{value:.{SIGNIFICANT}g}")
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    positive = number_format.split(";", maxsplit=1)[0]
    percent = "%" in positive
    shown = _DECIMALS.search(positive)
    places = len(shown[1]) if shown else 0
    scaled = (exact * 100 if percent else exact).normalize()
    stored = max(0, -int(scaled.as_tuple().exponent))
    return f"{scaled:.{max(places, stored)}f}" + ("%" if percent else "")
