"""A table as the browser gets it, and what it answers to whatever the browser sends."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import UnknownNameError
from workbench.panels.table import Table
from workbench.views import text
from workbench.views.content import Column, Grid, grid_of

COLUMNS = [Column(key="line", title="Line"), Column(key="amount", title="Amount, KES million", decimals=0)]
ROWS = [("Roads", 3161.7), ("Schools", None), ("Whole", 3161.7)]


@pytest.fixture
def asked() -> list[int]:
    return []


@pytest.fixture
def table(asked) -> Table:
    def why(row: int) -> str:
        asked.append(row)
        return f"Line {row} is what it is."

    return Table(COLUMNS, ROWS, on_pick=why, caption="Some lines", totals=[2])


def test_figures_are_written_for_people_and_kept_raw_for_copying(table):
    assert table.grid["rows"] == (("Roads", "3,162"), ("Schools", ""), ("Whole", "3,162"))
    assert table.grid["values"] == (("Roads", 3161.7), ("Schools", None), ("Whole", 3161.7))
    assert [column["number"] for column in table.grid["columns"]] == [False, True]
    assert table.grid["totals"] == [2]
    json.dumps(table.grid, allow_nan=False)


def test_unknown_is_blank_and_never_nought():
    shown = Table(COLUMNS, [("Roads", float("nan"))]).shown
    assert (shown.rows, shown.values) == ((("Roads", ""),), (("Roads", None),))


def test_a_line_that_is_asked_about_is_explained_and_a_total_is_not(table, asked):
    table.pick(0, 0)
    assert table.why == {"row": 0, "turn": 0, "title": "Roads", "words": "Line 0 is what it is."}
    table.pick(2, 0)
    assert asked == [0]
    assert table.grid["picks"] == [True, True, False]


@given(row=st.one_of(st.integers(), st.floats(), st.text(), st.none(), st.booleans(), st.lists(st.integers())))
def test_whatever_the_browser_sends_only_a_line_that_is_shown_is_explained(row):
    asked: list[int] = []
    table = Table(COLUMNS, ROWS, on_pick=lambda place: asked.append(place) or "", totals=[2])
    table._handle_custom_msg({"kind": "pick", "row": row, "turn": 0}, [])
    assert asked == ([row] if type(row) is int and row in (0, 1) else [])


@pytest.mark.parametrize("message", [None, "pick", [], {}, {"kind": "pick"}, {"kind": "drop", "row": 0, "turn": 0}])
def test_a_broken_message_is_passed_over(table, asked, message):
    table._handle_custom_msg(message, [])
    assert (asked, table.why) == ([], {})


def test_a_line_of_the_table_before_is_not_taken_for_one_of_the_table_now(table, asked):
    table.show(grid_of(COLUMNS, ROWS[:1], "Other lines"), table._on_pick)
    table.pick(0, 0)
    assert asked == []
    table.pick(0, 1)
    assert asked == [0]


def test_picks_say_which_lines_can_be_asked_about(asked):
    shown = Grid(caption="c", columns=tuple(COLUMNS), rows=(("a", "1"), ("b", "2")), picks=("a", None))
    table = Table()
    table.show(shown, lambda row: asked.append(row) or "because")
    table.pick(1, 1)
    table.pick(0, 1)
    assert asked == [0]
    table.show(shown, None)
    assert table.grid["picks"] == [False, False]


def test_a_refusal_is_said_in_words_and_a_fault_of_ours_in_one_sentence(caplog):
    def refuse(row: int) -> str:
        if row:
            raise ZeroDivisionError("secret details")
        raise UnknownNameError("'Rods' is no known line")

    table = Table(COLUMNS, ROWS, on_pick=refuse)
    table.pick(0, 0)
    assert table.why["words"] == "'Rods' is no known line"
    table.pick(1, 0)
    assert table.why["words"] == text.ERRORS["unexpected"]


def test_only_what_is_in_doubt_has_a_badge():
    marks = ("certain", "one source", "inferred", "illustrative", "")
    rows = tuple((mark,) for mark in marks)
    table = Table()
    table.show(Grid(caption="c", columns=(COLUMNS[0],), rows=rows, marks=marks))
    assert [mark and mark["kind"] for mark in table.grid["marks"]] == [None, None, "inferred", "illustrative", None]


def test_the_same_table_is_not_sent_twice(table):
    sent = table.grid
    table.show(table.shown, table._on_pick)
    assert table.grid is sent
