"""What a page shows, as plain data, so that a dashboard, a brief and a test speak of the same figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from workbench.results import SOURCE_COLUMNS, Result
from workbench.views.numbers import number
from workbench.views.picture import Picture

Tone = Literal["plain", "short", "surplus"]
Cell = str | int | float | None
"""A cell as a value: None is unknown."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One headline figure.

    Attributes
    ----------
    label, value, unit : str
        ``Gap``, ``1,247``, ``KES million``.
    note : str
        What a reader must know with it; may be empty.
    tone : str
        ``short`` for money that is lacking, ``surplus`` for money to spare.
    """

    label: str
    value: str
    unit: str
    note: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table for people.

    Attributes
    ----------
    key : str
        The column's name in the data.
    title : str
        Its heading, with the unit where it has one.
    decimals : int or None
        Decimals of a number; None for a text.
    printed : bool
        Whether it is a text that stands for a number, as a document prints it, and is set like one.
    """

    key: str
    title: str
    decimals: int | None = None
    printed: bool = False

    @property
    def numeric(self) -> bool:
        """Whether it is set like numbers, to the right."""
        return self.decimals is not None or self.printed


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table for people.

    Attributes
    ----------
    caption : str
        What it holds, with the unit.
    columns : tuple of Column
        What is shown, in order.
    rows : tuple of tuple of str
        Cells ready to be shown; unknown is an empty text.
    total_rows : frozenset of int
        Positions of the rows that are totals.
    values : tuple of tuple of str, float, int or None
        The same cells as values, to be sorted by and to be copied into a spreadsheet; unknown is None. Where none are
        given they are the texts.
    picks : tuple of str or None
        By row, the name under which a result explains it; None where it cannot be asked about. Empty where nothing
        was said about this.
    marks : tuple of str
        By row, its mark: ``certain``, ``one source``, ``inferred``, ``illustrative``. Empty where nothing was said.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total_rows: frozenset[int] = frozenset()
    values: tuple[tuple[Cell, ...], ...] = ()
    picks: tuple[str | None, ...] = ()
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.values:
            object.__setattr__(self, "values", self.rows)


@dataclass(frozen=True, kw_only=True, eq=False)
class PageContent:
    """A page for one choice of its controls; it is equal to itself alone, so that what is drawn of it can be kept.

    Attributes
    ----------
    finding : str
        The title: a sentence that states what was found.
    lead : str
        One sentence below it that says of what, when and in which unit.
    cards : tuple of Card
        The headline figures.
    picture : Picture
    grid : Grid
    sources : DataFrame
        ``source``, ``locator``, ``mark``.
    findings, notes : tuple of str
        Whole sentences.
    illustrative : bool
        Whether something it stands on is illustrative.
    document : str
        HTML, escaped, of a whole printed table to be shown below the grid; empty where there is none.
    scenario : str
        The question of the scenario that is shown; empty where the figures are as published.
    result : Result or None
        What it was made of, for files; None where there is none.
    explain : callable or None
        Takes one of the grid's ``picks`` and says why that line is what it is.
    """

    finding: str
    lead: str
    cards: tuple[Card, ...]
    picture: Picture
    grid: Grid
    sources: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(SOURCE_COLUMNS)))
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    illustrative: bool = False
    document: str = ""
    scenario: str = ""
    result: Result | None = None
    explain: Callable[[str], str] | None = None


def grid(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    caption: str,
    *,
    totals: Sequence[int] = (),
    order: str | None = None,
    pick: str | None = None,
    mark: str | None = None,
) -> Grid:
    """Build a table for people from a table of data.

    Parameters
    ----------
    frame : DataFrame
        One row a row.
    columns : sequence of Column
        What to show, in order.
    caption : str
        What it holds, with the unit.
    totals : sequence of int
        Positions of the rows that are totals.
    order : str, optional
        A column to sort by, the largest first; unknown comes last.
    pick, mark : str, optional
        Columns that hold the names under which lines are explained, blank where they are not, and their marks.
    """
    shown = frame if order is None else frame.sort_values(order, ascending=False, kind="stable")
    read = {column.key: _values(shown[column.key], column) for column in columns}
    rows = list(zip(*(read[column.key] for column in columns), strict=True))
    built = grid_of(columns, rows, caption, totals=totals)
    picks = tuple(None if pd.isna(name) else str(name) for name in shown[pick]) if pick else ()
    marks = tuple("" if pd.isna(one) else str(one) for one in shown[mark]) if mark else ()
    return replace(built, picks=picks, marks=marks)


def grid_of(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], caption: str, *, totals: Sequence[int] = ()
) -> Grid:
    """Build a table for people from rows of values; see :func:`grid`."""
    values = tuple(tuple(None if _unknown(cell) else cell for cell in row) for row in rows)
    texts = tuple(tuple(map(_cell, row, columns)) for row in values)
    return Grid(
        caption=caption, columns=tuple(columns), rows=texts, total_rows=frozenset(totals), values=values,
    )  # fmt: skip


def source_sentences(result: Result) -> pd.DataFrame:
    """Return a result's sources, each once, those with no document named left out."""
    return result.sources.loc[result.sources["source"].notna(), list(SOURCE_COLUMNS)].drop_duplicates(ignore_index=True)


def _values(cells: pd.Series[Any], column: Column) -> list[Cell]:
    """Return a column's cells as Python's own numbers and texts."""
    if column.decimals is None:
        return [None if pd.isna(cell) else str(cell) for cell in cells]
    return [None if pd.isna(cell) else cell.item() if hasattr(cell, "item") else cell for cell in cells.tolist()]


def _unknown(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def _cell(value: Cell, column: Column) -> str:
    if value is None:
        return ""
    return str(value) if column.decimals is None else number(value, column.decimals)
