"""Comparisons: the inputs first, any run as the baseline, and what cannot be compared."""

import pytest

import workbench as wb
from workbench.errors import InputError


@pytest.fixture(scope="module")
def runs():
    return [wb.run(name) for name in ("kdsp2-every-county-qualifies", "ten-counties-fail", "shilling-at-160")]


def test_the_inputs_that_differ_are_told_and_no_others(runs):
    found = wb.compare(*runs)
    inputs = found.inputs.set_index("input")
    assert len(inputs) == 11
    assert list(inputs.loc["fx.kes_per_usd"])[1:] == [pytest.approx(130.5555555555556)] * 2 + [160]
    assert inputs.loc["conditions.Mombasa", "ten-counties-fail"] == "not met"
    assert next(iter(found.tables)) == "inputs"


def test_winners_and_losers_add_up_to_nothing_where_the_pool_is_the_same(runs):
    found = wb.compare(*runs)
    won, lost = found.winners("ten-counties-fail"), found.losers("ten-counties-fail")
    assert (len(won), len(lost)) == (37, 10)
    assert won["change"].sum() + lost["change"].sum() == 0
    assert set(lost["change"]) <= {-276_595_744.0, -276_595_745.0}
    assert found.changes["shilling-at-160"].empty


def test_any_run_may_be_the_baseline(runs):
    found = wb.compare(*runs, baseline=1)
    assert found.baseline == "ten-counties-fail"
    assert len(found.losers("kdsp2-every-county-qualifies")) == 37
    there, back = wb.compare(runs[0], runs[1]), wb.compare(runs[1], runs[0])
    one, other = (c.changes[c.names[1]].set_index("label")["change"] for c in (there, back))
    assert (one + other == 0).all()


def test_the_headline_has_each_run_and_its_change(runs):
    headline = wb.compare(*runs).headline.set_index("figure")
    assert len(headline) == 4
    assert headline.loc["Short of what the formula gives", "change in ten-counties-fail"] == 42_500_000 - 3_567_500_000


def test_runs_of_other_models_and_other_years_are_refused_with_the_reason(runs, write):
    with pytest.raises(InputError, match=r"is a run of the model gap, and .* one of grants"):
        wb.compare(runs[0], "cut-by-rule")
    other = write("name: own\nquestion: What?\nmodel: grants\nbase: kdsp2\nchanges:\n  year: 2024/25\n")
    with pytest.raises(InputError, match=r"is about 2024/25, and .* about 2025/26"):
        wb.compare(runs[0], other)
    with pytest.raises(InputError, match="two runs at least"):
        wb.compare(runs[0])


def test_two_runs_of_one_scenario_are_told_apart(runs):
    found = wb.compare(runs[0], runs[0])
    assert found.names == ("kdsp2-every-county-qualifies (1)", "kdsp2-every-county-qualifies (2)")
    assert found.inputs.empty
    assert "no headline figure moves" in found.summary()
