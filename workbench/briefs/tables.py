"""Tables for export: plain cells, and cells that a spreadsheet works out again from others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pandas as pd

Kind = Literal["text", "money", "share", "number", "count"]

HEADER_ROW: Final = 5
"""The line of a sheet, from 1, on which its headings stand; the data begin below."""


@dataclass(frozen=True)
class Formula:
    """A cell that a spreadsheet works out.

    Attributes
    ----------
    text : str
        The formula in Excel's English notation, with its equals sign.
    value : float, str or None
        What the package makes of it: what is shown until a program recalculates. None is unknown.
    decimals : int, optional
        As shown, where they are others than its column's.
    """

    text: str
    value: float | str | None
    decimals: int | None = None


Cell = str | int | float | bool | Formula | None


@dataclass(frozen=True, kw_only=True)
class Field:
    """A column of an exported table.

    Attributes
    ----------
    name : str
        Its name for programs: ``funding_ratio``.
    title : str
        Its heading for people, with the unit.
    kind : str
        ``text``; ``money`` in KES; ``share``, a fraction of one shown as per cent; ``number``; ``count``.
    decimals : int
        Of a ``number`` or a ``share``, as shown.
    description : str
        What it holds, for other systems.
    """

    name: str
    title: str
    kind: Kind = "text"
    decimals: int = 1
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of an export.

    Attributes
    ----------
    name : str
        Its name for programs, small letters: ``results``.
    sheet : str
        The sheet it stands on.
    caption : str
        What it holds, in one sentence.
    fields : tuple of Field
        Its columns.
    rows : tuple of tuple
        Cells; None is unknown and stays blank.
    totals : frozenset of int
        Positions of the rows that are totals.
    """

    name: str
    sheet: str
    caption: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: frozenset[int] = frozenset()

    def place(self, field: str) -> int:
        """Return a column's position by its name."""
        return [one.name for one in self.fields].index(field)

    def cell(self, field: str, row: int) -> str:
        """Return the address of a cell on its own sheet: ``D6`` is the first row's."""
        return f"{letters(self.place(field))}{HEADER_ROW + 1 + row}"

    def cell_elsewhere(self, field: str, row: int) -> str:
        """Return the address of a cell as other sheets write it: ``Results!D6``."""
        return f"{_quoted(self.sheet)}!{self.cell(field, row)}"

    def span(self, field: str, count: int) -> str:
        """Return the address of a column's first rows, one at least, on its own sheet: ``$D$6:$D$20``."""
        letter = letters(self.place(field))
        return f"${letter}${HEADER_ROW + 1}:${letter}${HEADER_ROW + max(count, 1)}"

    def column(self, field: str, count: int | None = None) -> str:
        """Return the address of a column's data, or of its first rows, as other sheets write it."""
        return f"{_quoted(self.sheet)}!{self.span(field, len(self.rows) if count is None else count)}"

    def values(self) -> pd.DataFrame:
        """Return the table with figures where formulas stand; unknown is missing."""
        return pd.DataFrame({field.name: self._values_of(place, field) for place, field in enumerate(self.fields)})

    def _values_of(self, place: int, field: Field) -> pd.Series[Any]:
        known = pd.Series([plain(row[place]) for row in self.rows], dtype=_DTYPES[field.kind])
        # Whole shillings are written as whole numbers.
        whole = field.kind == "money" and (known.dropna() % 1 == 0).all()
        return known.astype("Int64") if whole else known


_DTYPES: Final[dict[Kind, Any]] = {
    "text": "object", "money": "float64", "share": "float64", "number": "float64", "count": "Int64",
}  # fmt: skip


def plain(cell: Cell) -> str | float | None:
    """Return what a cell shows: of a formula its figure; unknown is None."""
    value = cell.value if isinstance(cell, Formula) else cell
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None or value == "" or value != value else value


def rows_of(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[tuple[Cell, ...], ...]:
    """Return some columns of a data frame as rows of plain cells, unknown as None."""
    plain_frame = frame[list(columns)].astype(object)
    known = plain_frame.where(plain_frame.notna(), None)
    return tuple(tuple(_python(cell) for cell in row) for row in known.itertuples(index=False, name=None))


def letters(position: int) -> str:
    """Return a column's letters by its position from 0.

    Examples
    --------
    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name


def unknown_unless(known: str, formula: str) -> str:
    """Return a formula that stays blank unless a condition holds."""
    return f'=IF({known},{formula},"")'


def difference(first: str, second: str) -> str:
    """Return the formula of a difference that is blank where either side is."""
    return unknown_unless(f"COUNT({first},{second})=2", f"{first}-{second}")


def ratio(part: str, whole: str) -> str:
    """Return the formula of a ratio that is blank where a side is, or where the whole is not above nothing."""
    # IF is lazy where AND is not: a blank must not be compared with a number.
    return f'=IF(COUNT({part},{whole})=2,IF({whole}>0,{part}/{whole},""),"")'


def _python(cell: Any) -> Cell:  # noqa: ANN401 - whatever a table holds
    value: Cell = cell.item() if hasattr(cell, "item") else cell
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def _quoted(sheet: str) -> str:
    return sheet if sheet.isalnum() else "'" + sheet.replace("'", "''") + "'"
