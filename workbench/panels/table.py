"""A table that a viewer can sort, copy into a spreadsheet, and ask why a line is what it is.

The whole table travels as one message and is drawn in the browser, which also sorts it: no cell is a widget. A row's
number comes back from the browser when a line is asked about, and is checked here: it may be any.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import anywidget
from traitlets import Dict

from workbench.panels.chart import STATIC
from workbench.panels.guard import guarded
from workbench.views import text
from workbench.views.content import Cell, Column, Grid, grid_of

WORDS: Final = {**text.TABLE, "empty": text.PAGE["empty"]}


class Table(anywidget.AnyWidget):
    """A table for people.

    Parameters
    ----------
    columns : sequence of Column
        What is shown, in order; the first column names the line.
    rows : sequence of sequence of str, float, int or None
        The cells as values, not as texts: numbers are written with their column's decimals, and copied as they are.
        None and NaN are unknown and stay blank.
    on_pick : callable, optional
        Takes a row's position in ``rows`` and returns the words that say why the line is what it is. A
        :class:`~workbench.errors.WorkbenchError` that it raises is shown in words.
    caption : str
        What the table holds, with the unit.
    totals : sequence of int
        Positions of the rows that are totals: they stay last, however the table is sorted.
    """

    _esm = (STATIC / "table.mjs").read_text(encoding="utf-8")

    grid = Dict().tag(sync=True)
    why = Dict().tag(sync=True)
    words = Dict(WORDS).tag(sync=True)

    def __init__(
        self,
        columns: Sequence[Column] = (),
        rows: Sequence[Sequence[Cell]] = (),
        *,
        on_pick: Callable[[int], str] | None = None,
        caption: str = "",
        totals: Sequence[int] = (),
    ) -> None:
        self._on_pick = on_pick
        self._shown = grid_of(columns, rows, caption, totals=totals)
        self._turn = 0
        super().__init__(grid=self._message())
        self.on_msg(_picked)

    @property
    def shown(self) -> Grid:
        """The table as it is shown now."""
        return self._shown

    def show(self, grid: Grid, on_pick: Callable[[int], str] | None = None) -> None:
        """Show another table in this place; what was said about a line before goes with it.

        Parameters
        ----------
        grid : Grid
            A table whose ``picks`` are empty lets every line but the totals be asked about, if ``on_pick`` is given.
        on_pick : callable, optional
            As for the table itself.
        """
        if grid is self._shown and on_pick is self._on_pick:
            return
        self._on_pick = on_pick
        self._shown = grid
        self._turn += 1
        self.grid = self._message()

    def pick(self, row: object, turn: object) -> None:
        """Say why a line is what it is.

        Parameters
        ----------
        row, turn : object
            What the browser sent: a row's position, and the number of the table in which it was seen. Anything that
            names no line of the table shown now is passed over.
        """
        answer = self._on_pick
        if answer is None or turn != self._turn or type(row) is not int or not 0 <= row < len(self._shown.rows):
            return
        if not self._askable()[row]:
            return
        told: list[str] = []
        guarded(lambda: told.append(answer(row)), told.append)
        self.why = {"row": row, "turn": self._turn, "title": self._shown.rows[row][0], "words": "\n".join(told)}

    def _askable(self) -> list[bool]:
        if self._on_pick is None:
            return [False] * len(self._shown.rows)
        if self._shown.picks:
            return [pick is not None for pick in self._shown.picks]
        return [place not in self._shown.total_rows for place in range(len(self._shown.rows))]

    def _message(self) -> dict[str, Any]:
        """Return the table as plain data for the browser."""
        shown = self._shown
        return {
            "turn": self._turn,
            "caption": shown.caption,
            "columns": [
                {"key": column.key, "title": column.title, "number": column.numeric} for column in shown.columns
            ],
            "rows": shown.rows,
            "values": shown.values,
            "totals": sorted(shown.total_rows),
            "picks": self._askable(),
            "marks": [_badge(mark) for mark in shown.marks] or [None] * len(shown.rows),
        }


def _badge(mark: str) -> Mapping[str, str] | None:
    """Return what is shown beside a line for its mark; nothing for what is certain or has one source."""
    return {"kind": mark, "shown": text.MARKS[mark]} if mark in text.MARKS else None


def _picked(table: Table, message: object, _buffers: object) -> None:
    if isinstance(message, dict) and message.get("kind") == "pick":
        table.pick(message.get("row"), message.get("turn"))
