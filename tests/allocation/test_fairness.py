"""Measures of inequality by hand, and labelled comparisons."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.allocation import fairness
from workbench.errors import InputError, LabelError

AMOUNTS = st.lists(st.integers(0, 1000), min_size=2, max_size=8).filter(any)


def test_gini_by_hand():
    assert fairness.gini([1, 2], weights=[1, 3]) == pytest.approx(3 / 28, abs=1e-15)
    assert fairness.gini([0, 0, 0, 4]) == 0.75
    assert fairness.gini([[1, 1], [0, 1]]).tolist() == [0.0, 0.5]
    assert np.isnan(fairness.gini([0, 0]))


@given(AMOUNTS, st.data())
def test_gini_from_its_definition(values, data):
    weights = np.array(data.draw(st.lists(st.integers(1, 9), min_size=len(values), max_size=len(values))), float)
    x = np.array(values, float)
    gaps = (weights[:, None] * weights * np.abs(x[:, None] - x)).sum()
    mean = (weights * x).sum() / weights.sum()
    assert fairness.gini(values, weights) == pytest.approx(gaps / (2 * weights.sum() ** 2 * mean), abs=1e-12)


@given(AMOUNTS, st.integers(2, 4))
def test_a_weight_is_so_many_people(values, copies):
    repeated = np.repeat(values, copies)
    weights = [copies] * len(values)
    for measure in (fairness.gini, fairness.theil, fairness.hoover):
        assert measure(values, weights) == pytest.approx(measure(repeated), abs=1e-12)
    assert fairness.atkinson(values, 0.5, weights) == pytest.approx(fairness.atkinson(repeated, 0.5), abs=1e-12)


def test_other_measures_by_hand():
    assert fairness.theil([0, 1]) == pytest.approx(np.log(2))
    assert fairness.theil([3, 3]) == pytest.approx(0)
    assert fairness.atkinson([1, 4], 1) == pytest.approx(1 - 2 / 2.5)
    assert fairness.atkinson([1, 4], 0.5) == pytest.approx(1 - 1.5**2 / 2.5)
    assert fairness.atkinson([1, 4], 2) == pytest.approx(1 - 1.6 / 2.5)
    assert fairness.atkinson([0, 4], 2) == 1
    assert fairness.atkinson([0, 4], 0.5) == pytest.approx(0.5)
    for undefined in (fairness.atkinson([0, 0], 1), fairness.atkinson([0, 0], 0.5), fairness.theil([0, 0])):
        assert np.isnan(undefined)
    assert fairness.hoover([1, 3]) == 0.25
    assert fairness.herfindahl([1, 1, 2]) == 0.375
    assert fairness.effective_number([5, 5, 5, 5]) == pytest.approx(4)


@given(AMOUNTS)
def test_gini_is_twice_the_area_above_the_lorenz_curve(values):
    people, amounts = fairness.lorenz_curve(values)
    assert (people[0], amounts[0]) == (0, 0)
    assert (people[-1], amounts[-1]) == (1, 1)
    area = np.trapezoid(amounts, people)
    assert fairness.gini(values) == pytest.approx(1 - 2 * area, abs=1e-12)


def test_measures_refuse_the_unknown():
    for values in ([1, -1], [1, float("nan")], [], 3):
        with pytest.raises(InputError):
            fairness.gini(values)
    with pytest.raises(InputError, match="weights"):
        fairness.gini([1, 2], weights=[0, 0])
    with pytest.raises(InputError, match="do not fit"):
        fairness.theil([1, 2], weights=[1, 2, 3])
    with pytest.raises(InputError, match="aversion"):
        fairness.atkinson([1, 2], 0)


def test_by_label():
    awards = pd.Series({"Lamu": 100, "Turkana": 900})
    people = pd.Series({"Turkana": 300, "Lamu": 50})
    assert fairness.per_head(awards, people).to_dict() == {"Lamu": 2, "Turkana": 3}
    poor = fairness.per_poor_person(awards, people, pd.Series({"Lamu": 0.5, "Turkana": 0.0}))
    assert poor["Lamu"] == 4
    assert np.isnan(poor["Turkana"])
    assert fairness.coverage(awards, pd.Series({"Lamu": 400, "Turkana": 900})).tolist() == [0.25, 1]
    with pytest.raises(LabelError, match="did you mean 'Lamu'"):
        fairness.per_head(awards, pd.Series({"Turkana": 300, "Lammu": 50}))
    with pytest.raises(InputError, match="between 0 and 1"):
        fairness.per_poor_person(awards, people, pd.Series({"Lamu": 50, "Turkana": 10}))
    with pytest.raises(InputError, match="population is unknown"):
        fairness.per_head(awards, pd.Series({"Turkana": 300, "Lamu": None}))


def test_winners_and_losers():
    table = fairness.winners_and_losers(pd.Series({"a": 5, "b": 9, "c": 4}), pd.Series({"a": 6, "b": 6, "c": 4}))
    assert table.index.tolist() == ["b", "c", "a"]
    assert table["outcome"].tolist() == ["wins", "unchanged", "loses"]
    assert table["change"].tolist() == [3, 0, -1]
    assert table.loc["b", "relative"] == 0.5
    with pytest.raises(InputError, match="unknown"):
        fairness.winners_and_losers(pd.Series({"a": 5}), pd.Series({"a": None}))
