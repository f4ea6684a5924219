"""A table that a viewer edits: he types, pastes a block from a spreadsheet, and sees beside each cell what is wrong.

The browser shows and edits a copy. What counts is held here, where every change that arrives is checked before it is
taken: its table, its place, its length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import anywidget
from traitlets import Dict, List, Unicode

from workbench.datasets.sheet import tidy
from workbench.errors import Fault, InputError
from workbench.panels.chart import STATIC
from workbench.panels.guard import guarded
from workbench.views import text_own
from workbench.views.own_faults import WrongCell

WORDS: Final = text_own.GRID
MOST_ROWS: Final = 500
LONGEST_CELL: Final = 500
MOST_CHANGES: Final = 10_000


@dataclass(frozen=True, kw_only=True)
class EditColumn:
    """A column of the table.

    Attributes
    ----------
    title : str
        Its heading.
    help : str
        What a cell may hold, shown while one is edited.
    number : bool
        Whether it holds numbers.
    required : bool
        Whether each filled row needs it.
    width : int
        In characters.
    """

    title: str
    help: str = ""
    number: bool = False
    required: bool = False
    width: int = 14


class EditGrid(anywidget.AnyWidget):
    """A table to be edited.

    Parameters
    ----------
    changed : callable
        Called after cells were changed; reads :attr:`rows`, and may mark what is wrong with them.
    """

    _esm = (STATIC / "grid.mjs").read_text(encoding="utf-8")
    _css = (STATIC / "grid.css").read_text(encoding="utf-8")

    words = Dict(WORDS).tag(sync=True)
    sheet = Dict().tag(sync=True)
    wrong = List().tag(sync=True)
    told = Unicode().tag(sync=True)

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self._on_change = changed
        self._columns: tuple[EditColumn, ...] = ()
        self._rows: list[list[str]] = []
        self._caption = ""
        self._first_row = 1
        self._most = MOST_ROWS
        self._turn = 0
        self.on_msg(_heard)
        self.add_class("wb-edit-place")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The cells as they stand now, a text each; blank is unknown."""
        return tuple(map(tuple, self._rows))

    def show(
        self,
        columns: Sequence[EditColumn],
        rows: Sequence[Sequence[str]],
        *,
        caption: str,
        first_row: int = 1,
        most: int = MOST_ROWS,
    ) -> None:
        """Show a table in the place of the one before.

        Parameters
        ----------
        columns : sequence of EditColumn
        rows : sequence of sequence of str
            A cell for each column.
        caption : str
            What the table holds.
        first_row : int
            The number that the first row is called by.
        most : int
            Rows that it may have.

        Raises
        ------
        InputError
            For more rows than that, and for a cell that is too long.
        """
        if len(rows) > most:
            what = f"are too many rows: at most {most:,} can be edited here"
            raise InputError(
                Fault(what=what, value=f"{len(rows):,}", remedy="leave out what is not needed, or split the file")
            )
        long = [(place, cell) for place, row in enumerate(rows) for cell in row if len(cell) > LONGEST_CELL]
        if long:
            what = f"is longer than {LONGEST_CELL} signs"
            raise InputError(Fault(what=what, row=first_row + place, value=f"{cell[:40]}…") for place, cell in long)
        self._columns, self._rows = tuple(columns), [list(row) for row in rows]
        self._caption, self._first_row, self._most = caption, first_row, most
        self.told = ""
        self._redraw()

    def mark(self, wrong: Sequence[WrongCell]) -> None:
        """Show what is wrong, beside its cell and in the list below the table."""
        self.wrong = [[one.row, one.column, one.words] for one in wrong]

    def change(self, turn: object, changes: object) -> None:
        """Take changes that a browser sends; all of them or none.

        Parameters
        ----------
        turn : object
            The number of the table that it shows; changes of another are passed over.
        changes : object
            A list of row, column and text; rows below the last are added.

        Raises
        ------
        InputError
            Where one of them names no cell, or holds no text of a cell's length.
        """
        if turn != self._turn:
            return
        if not isinstance(changes, list) or not 0 < len(changes) <= MOST_CHANGES:
            raise self._refusal()
        taken = [self._checked(change) for change in changes]
        last = max(row for row, _, _ in taken)
        while len(self._rows) <= last:
            self._rows.append([""] * len(self._columns))
        for row, column, cell in taken:
            self._rows[row][column] = cell
        self._on_change()

    def again(self) -> None:
        """Have the browser show the table as it stands here."""
        self._redraw()

    def _checked(self, change: object) -> tuple[int, int, str]:
        if not isinstance(change, list) or len(change) != 3:
            raise self._refusal()
        row, column, cell = change
        if type(row) is not int or type(column) is not int or not isinstance(cell, str):
            raise self._refusal()
        if not (0 <= row < self._most and 0 <= column < len(self._columns)) or len(cell) > LONGEST_CELL:
            raise self._refusal()
        return row, column, "".join(sign for sign in tidy(cell) if sign.isprintable())

    def _refusal(self) -> InputError:
        remedy = WORDS["refused_remedy"].format(cell=LONGEST_CELL, most=self._most)
        return InputError(Fault(what=WORDS["refused"], value="What was written", remedy=remedy))

    def _redraw(self) -> None:
        self._turn += 1
        with self.hold_sync():
            self.wrong = []
            self.sheet = {
                "turn": self._turn,
                "caption": self._caption,
                "first": self._first_row,
                "most": self._most,
                "columns": [vars(column) for column in self._columns],
                "rows": [list(row) for row in self._rows],
            }


def _heard(grid: EditGrid, message: Any, _buffers: object) -> None:  # noqa: ANN401 - whatever a browser sends
    if not isinstance(message, dict) or message.get("kind") != "cells":
        return
    told: list[str] = []
    if not guarded(lambda: grid.change(message.get("turn"), message.get("changes")), told.append):
        grid.again()
        guarded(grid._on_change, told.append)  # noqa: SLF001 - this module's own; what was wrong is marked anew
    grid.told = "\n".join(told)
