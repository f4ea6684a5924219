"""Charts of scenarios: plain JSON, with words that say what they show."""

import json

import pytest

import workbench as wb
from workbench.scenarios.ensembles import Uniform
from workbench.views import scenarios as charts

OPM = "five-hundred-million-for-the-prime-minister"
EXTRA = {"extra.amount": Uniform(low=1e8, high=1e9)}


def drawn(name):
    if name == "moves":
        return charts.moves_chart(wb.compare("kdsp2-every-county-qualifies", "ten-counties-fail"))
    if name == "fan":
        return charts.fan_chart(wb.ensemble(OPM, 500, inputs=EXTRA), "coverage")
    if name == "tornado":
        return charts.tornado_chart(wb.sensitivity(OPM, "gap", inputs=EXTRA, draws=64))
    return charts.regret_chart(wb.robustness({"a": OPM, "b": OPM}, "gap", inputs=EXTRA, draws=100))


@pytest.mark.parametrize("name", ["moves", "fan", "tornado", "regret"])
def test_a_chart_is_plain_json_that_says_what_it_shows(name):
    found = drawn(name)
    assert len(found.says) > 40
    assert json.loads(json.dumps(dict(found.figure), allow_nan=False)) == dict(found.figure)


def test_the_moves_are_the_comparisons_own_in_millions():
    (trace,) = drawn("moves").figure["data"]
    assert trace["x"][0] == pytest.approx(-276.595745, abs=1e-5)
    assert len(trace["x"]) == charts.MOST_BARS
    assert "37 gain (blue) and 10 lose (red)" in drawn("moves").says
