"""What is edited is held in Python: a change is taken whole or not at all, whatever a browser sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.panels.grid import LONGEST_CELL, EditColumn, EditGrid
from workbench.views.own_faults import WrongCell

COLUMNS = (EditColumn(title="Programme", required=True), EditColumn(title="Amount", number=True))
ROWS = (("Roads", "10"), ("Water", ""))


class Seen:
    """A table whose changes are counted."""

    def __init__(self, most: int = 4) -> None:
        self.calls = 0
        self.grid = EditGrid(self.changed)
        self.grid.show(COLUMNS, ROWS, caption="Requests", first_row=2, most=most)

    def changed(self) -> None:
        self.calls += 1
        self.grid.mark([WrongCell(0, 1, "is no number")] if not self.grid.rows[0][1].isdigit() else [])

    def say(self, changes, turn=None) -> None:
        turn = self.grid.sheet["turn"] if turn is None else turn
        self.grid._handle_custom_msg({"kind": "cells", "turn": turn, "changes": changes}, [])


def test_the_table_travels_with_its_numbers_and_columns():
    sheet = Seen().grid.sheet
    assert sheet["rows"] == [["Roads", "10"], ["Water", ""]]
    assert (sheet["first"], sheet["most"], sheet["caption"]) == (2, 4, "Requests")
    assert [column["title"] for column in sheet["columns"]] == ["Programme", "Amount"]


def test_a_change_is_taken_and_judged_and_the_browsers_table_is_left_alone():
    seen = Seen()
    sheet = seen.grid.sheet
    seen.say([[0, 1, " ten  million "]])
    assert seen.grid.rows == (("Roads", "ten million"), ("Water", ""))
    assert seen.grid.wrong == [[0, 1, "is no number"]]
    seen.say([[0, 1, "12"]])
    assert seen.grid.wrong == []
    assert seen.calls == 2
    assert seen.grid.sheet is sheet, "a table drawn anew would lose the place where somebody types"


def test_a_block_adds_the_rows_that_it_needs():
    seen = Seen()
    seen.say([[1, 0, "Water"], [1, 1, "5"], [3, 0, "Health"]])
    assert seen.grid.rows == (("Roads", "10"), ("Water", "5"), ("", ""), ("Health", ""))


@pytest.mark.parametrize(
    "changes",
    [
        None, [], "cells", [[0, 0]], [[0, 0, "x", 1]], [[0, 2, "x"]], [[-1, 0, "x"]], [[4, 0, "x"]], [[0, -1, "x"]],
        [["0", 0, "x"]], [[0, 0, 5]], [[0, 0, None]], [[True, 0, "x"]], [[0, 0, "x" * (LONGEST_CELL + 1)]],
        [[0, 0, "good"], [9, 9, "bad"]], [[0, 0, "x"]] * 10_001, {"0": 1}, [{}],
    ],
)  # fmt: skip
def test_what_names_no_cell_is_refused_whole_and_the_table_shown_anew(changes):
    seen = Seen()
    turn = seen.grid.sheet["turn"]
    seen.say(changes)
    assert seen.grid.rows == ROWS
    assert "the table stands as it was before" in seen.grid.told
    assert seen.grid.sheet["turn"] == turn + 1
    seen.say([[0, 1, "11"]])
    assert seen.grid.told == ""
    assert seen.grid.rows[0] == ("Roads", "11")


def test_a_change_of_another_table_is_passed_over():
    seen = Seen()
    old = seen.grid.sheet["turn"]
    seen.grid.show(COLUMNS, [("Health", "1")], caption="Other")
    seen.say([[0, 1, "99"]], turn=old)
    assert seen.grid.rows == (("Health", "1"),)


def test_what_the_browser_makes_of_the_traits_changes_nothing_here():
    seen = Seen()
    seen.grid.sheet = {"turn": 1, "rows": [["forged", "1"]], "most": 10**9}
    assert seen.grid.rows == ROWS


def test_too_much_to_edit_is_refused_in_words():
    grid = EditGrid(lambda: None)
    with pytest.raises(InputError, match=r"'5' are too many rows: at most 4"):
        grid.show(COLUMNS, [("a", "")] * 5, caption="", most=4)
    with pytest.raises(InputError, match=r"row 3: .* is longer than 500 signs"):
        grid.show(COLUMNS, [("a", ""), ("b" * 501, "")], caption="", first_row=2)


def test_a_checker_that_breaks_is_said_in_one_plain_sentence():
    def broken() -> None:
        raise ZeroDivisionError("secret")

    grid = EditGrid(broken)
    grid.show(COLUMNS, ROWS, caption="")
    grid._handle_custom_msg({"kind": "cells", "turn": grid.sheet["turn"], "changes": [[0, 0, "x"]]}, [])
    assert grid.told
    assert "secret" not in grid.told


@given(st.lists(st.tuples(st.integers(-2, 6), st.integers(-2, 3), st.text(max_size=5)), min_size=1, max_size=6))
def test_the_table_is_the_changes_or_what_it_was(changes):
    seen = Seen()
    seen.say([list(change) for change in changes])
    legal = all(0 <= row < 4 and 0 <= column < 2 for row, column, _ in changes)
    if not legal:
        assert seen.grid.rows == ROWS
        return
    rows = {(row, column): cell for row, line in enumerate(ROWS) for column, cell in enumerate(line)}
    for row, column, cell in changes:
        rows[row, column] = "".join(sign for sign in " ".join(cell.split()) if sign.isprintable())
    height = max(2, *(row + 1 for row, _, _ in changes)) if changes else 2
    assert seen.grid.rows == tuple(tuple(rows.get((row, column), "") for column in range(2)) for row in range(height))
