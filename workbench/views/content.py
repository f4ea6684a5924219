"""What a page shows, as plain data, so that a dashboard, a brief and a test speak of the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from workbench.results import SOURCE_COLUMNS, Result
from workbench.views.numbers import number
from workbench.views.picture import Picture

Tone = Literal["plain", "short", "surplus"]


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
    """

    key: str
    title: str
    decimals: int | None = None


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
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class PageContent:
    """A page for one choice of its controls.

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


def grid(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    caption: str,
    *,
    totals: Sequence[int] = (),
    order: str | None = None,
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
    """
    shown = frame if order is None else frame.sort_values(order, ascending=False, kind="stable")
    rows = tuple(tuple(_cell(record[column.key], column) for column in columns) for record in _records(shown))
    return Grid(caption=caption, columns=tuple(columns), rows=rows, total_rows=frozenset(totals))


def source_sentences(result: Result) -> pd.DataFrame:
    """Return a result's sources, each once, those with no document named left out."""
    return result.sources.loc[result.sources["source"].notna(), list(SOURCE_COLUMNS)].drop_duplicates(ignore_index=True)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in record.items()} for record in frame.to_dict("records")]


def _cell(value: Any, column: Column) -> str:  # noqa: ANN401 - whatever a table holds
    if column.decimals is not None:
        return number(value, column.decimals)
    return "" if pd.isna(value) else str(value)
