from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from workbench.results import MARKS, Result, illustrative_notes, mark_fault, records, source_table


@dataclass(frozen=True, kw_only=True, eq=False)
class Sum(Result):
    shown: pd.DataFrame

    @property
    def table(self):
        return self.shown

    def summary(self):
        return "A sum."


def sources(*marks):
    return pd.DataFrame({"source": ["report"] * len(marks), "locator": [f"p. {m}" for m in marks], "mark": marks})


def test_each_source_is_listed_once_in_order():
    listed = source_table(sources("certain", "inferred"), sources("inferred"), sources())
    assert listed["mark"].tolist() == ["certain", "inferred"]
    assert source_table().columns.tolist() == ["source", "locator", "mark"]


@pytest.mark.parametrize(("marks", "said"), [(["certain"], False), (["certain", "illustrative"], True), ([], False)])
def test_whatever_stands_on_an_illustrative_figure_says_so(marks, said):
    result = Sum(parameters={}, sources=sources(*marks), shown=pd.DataFrame({"a": [1.0]}))
    assert result.illustrative is said
    assert ("Illustrative" in result._repr_html_()) is said


def test_the_unknown_is_shown_blank_and_the_labels_are_escaped():
    result = Sum(parameters={}, sources=sources("certain"), shown=pd.DataFrame({"<b>": [np.nan, 1.5]}))
    page = result._repr_html_()
    assert "NaN" not in page
    assert "<b>" not in page


def test_records_are_plain_and_the_unknown_is_none():
    frame = pd.DataFrame({"n": pd.array([1, None], dtype="Int64"), "x": [0.5, np.nan], "t": ["a", None]})
    assert records(frame) == [{"n": 1, "x": 0.5, "t": "a"}, {"n": None, "x": None, "t": None}]
    assert type(records(frame)[0]["n"]) is int


def test_a_mark_that_is_none_is_told_with_the_nearest_right_one():
    assert [mark_fault(mark) for mark in MARKS] == [None] * 4
    assert "did you mean 'illustrative'?" in str(mark_fault("Illustrative", file="pay.csv", row=3))
    assert mark_fault(None) is not None


def test_what_is_illustrative_is_named_in_a_sentence():
    named = pd.concat([sources("certain"), sources("illustrative").assign(source=["made up"])])
    assert illustrative_notes(named) == ("Illustrative, no published figure: made up.",)
    assert illustrative_notes(sources("illustrative").assign(source="")) == ("Illustrative, no published figure.",)
    assert illustrative_notes(sources("certain", "inferred")) == ()
