"""Requests of a user's own as a scenario: met to the shilling, changed by name, drawn over, refused in words."""

from __future__ import annotations

import numpy as np
import pytest

import workbench as wb
from workbench.errors import InputError, UnknownNameError
from workbench.scenarios import load_scenario, open_store, read_record, reproduce
from workbench.scenarios.models import Given, NotDrawnError, find_model
from workbench.scenarios.models.requests_met import Met
from workbench.scenarios.without import without_changes

FORM = """programme,economic_class,financial_year,amount,unit,floor,ceiling,weight,source
Roads,total,2024/25,400,KES million,,,,
Water No. 2,total,2024/25,300,KES million,,,,"Plan, p. 3"
Health,development,2024/25,120.5,KES million,,,,
Roads,total,2025/26,1,KES billion,,,,
"""
SCENARIO = """name: our-asks
question: What do 500 million do?
model: requests
base: requests
changes:
  request_form: asks.csv
  envelope: KSh 500 million
"""


@pytest.fixture
def asks(tmp_path):
    """Write a scenario beside its form, with further changes."""

    def written(more: str = "", form: str = FORM, name: str = "ours.yaml"):
        (tmp_path / "asks.csv").write_text(form, encoding="utf-8")
        (tmp_path / name).write_text(SCENARIO + more, encoding="utf-8")
        return tmp_path / name

    return written


def awards(run) -> dict[str, int]:
    return dict(zip(run.table["line"], run.table["award"], strict=True))


def test_the_first_year_is_met_to_the_shilling(asks):
    # 500 of 820.5 million in proportion; the last shilling goes to the largest remainder.
    run = wb.run(asks())
    assert awards(run) == {"Roads": 243_753_809, "Water No. 2": 182_815_356, "Health / development": 73_430_835}
    assert run.financial_year == "2024/25"
    figures = run.headline.set_index("name")["value"]
    assert (figures["requested"], figures["envelope"], figures["gap"]) == (820_500_000, 500_000_000, 320_500_000)
    assert "Water No. 2 gets KSh 182,815,356." in run.explain("Water No. 2")
    assert list(run.sources["locator"]) == ["row 2", "row 3; after Plan, p. 3", "row 4"]
    assert set(run.sources["source"]) == {"Brought by the user: asks.csv"}
    assert run.record.content["files"] == {"asks.csv": FORM}


def test_every_figure_has_a_name_and_a_change_is_the_scenarios_own(asks):
    known = load_scenario(asks()).parameters
    assert known["requests.Water No 2.2024/25"].value == 300_000_000
    assert known["requests.Roads.2025/26"].value == 1_000_000_000
    run = wb.run(asks("  requests.roads.2024/25: -50%\n  floors.health development.2024/25: 100_000_000\n"))
    assert run.table["request"].tolist() == [200_000_000, 300_000_000, 120_500_000]
    assert awards(run)["Health / development"] == 100_000_000
    assert sum(awards(run).values()) == 500_000_000
    marks = dict(zip(run.sources["source"], run.sources["mark"], strict=True))
    assert marks == {"Brought by the user: asks.csv": "one source", "set by the scenario": "illustrative"}


def test_another_year_and_rule_are_choices(asks):
    other = wb.run(asks("  year: 2025/26\n"))
    assert awards(other) == {"Roads": 500_000_000}
    equal = wb.run(asks("  rule: constrained equal awards\n"))
    assert awards(equal)["Health / development"] == 120_500_000
    before = wb.run(without_changes(equal.scenario))
    assert before.table["award"].tolist() == [400_000_000, 300_000_000, 120_500_000], "all that is asked for"


def test_the_base_has_as_much_as_can_be_used_and_an_envelope_is_always_named(asks):
    known = load_scenario(asks("  ceilings.Roads.2024/25: 100_000_000\n")).parameters
    assert known["envelope"].value == 820_500_000
    limited = FORM.replace("2024/25,400,KES million,,", "2024/25,400,KES million,,100")
    assert load_scenario(asks(form=limited)).parameters["envelope"].value == 520_500_000
    assert load_scenario(asks("  year: 2025-26\n")).parameters["envelope"].value == 1_000_000_000
    path = asks()
    path.write_text(path.read_text(encoding="utf-8").replace("KSh 500 million", "-50%"), encoding="utf-8")
    assert wb.run(path).table["award"].sum() == 410_250_000


def test_a_kept_run_reproduces_from_its_record_alone(asks, tmp_path):
    path = asks()
    with open_store(tmp_path / "runs.sqlite3", user="Wanjiku") as store:
        run = wb.run(path, store=store, name="our asks")
        (tmp_path / "asks.csv").unlink()
        path.unlink()
        record = store.record("our asks")
    assert reproduce(record).byte_for_byte
    record.write(tmp_path / "record.json")
    assert reproduce(read_record(tmp_path / "record.json")).identical
    assert record.illustrative, "an envelope that somebody names is published nowhere"
    assert run.record.content_hash == record.content_hash


def test_forms_that_differ_are_told_as_inputs_that_differ(asks):
    before = wb.run(asks())
    after = wb.run(asks(form=FORM.replace("300,KES", "350,KES")))
    compared = wb.compare(before, after)
    assert list(compared.inputs["input"]) == ["file asks.csv"]
    assert compared.winners()["label"].tolist() == ["Water No. 2"]
    assert compared.losers()["label"].tolist() == ["Roads", "Health / development"]


@pytest.mark.parametrize(
    ("more", "form", "words"),
    [
        ("", FORM.replace("120.5", "twelve").replace("Roads,total,2024", "Total,total,2024"), "2 mistakes"),
        ("  year: 2029/30\n", FORM, "did you mean '2025/26'?"),
        ("  requests.Rods.2024/25: 1\n", FORM, "requests.Roads.2024/25"),
        ("  rule: concede_and_divide\n", FORM, "is not allowed here"),
        ("  envelope: 1 billion\n", FORM, "is set twice"),
    ],
)
def test_what_is_wrong_is_told_at_once(asks, more, form, words):
    with pytest.raises((InputError, UnknownNameError)) as refused:
        load_scenario(asks(more, form))
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "has no requests of its own"),
        ({"request_form": "asks.csv"}, "envelope"),
        ({"request_form": "asks.csv", "envelope": 10**9}, "more than all claims together"),
        ({"request_form": "asks.csv", "envelope": 1, "floors.Roads.2024/25": 5e8}, "above its claim"),
        ({"request_form": "asks.csv", "envelope": 1, "weights.Roads.2024/25": 0}, "is no weight"),
    ],
)
def test_a_run_that_cannot_be_is_refused(values, words):
    with pytest.raises(InputError, match=words):
        find_model("requests").run(Given("requests", values, {"asks.csv": FORM}))


def test_lines_that_would_share_a_name_are_told_apart_by_their_row():
    twins = FORM.replace("Water No. 2", "Ro.ads")
    known = find_model("requests").parameters(Given("requests", {"request_form": "f.csv"}, {"f.csv": twins}))
    names = [name for name in known if name.startswith("requests.") and name.endswith("2024/25")]
    assert names == ["requests.Roads row 2.2024/25", "requests.Roads row 3.2024/25",
                     "requests.Health / development.2024/25"]  # fmt: skip


def test_a_form_without_requests_for_the_year_is_refused():
    requests = find_model("requests").run(Given("requests", {"request_form": "f", "envelope": 1}, {"f": FORM})).result
    assert isinstance(requests, Met)
    unknown = FORM.replace("300,", ",")
    with pytest.raises(InputError, match="is not known, and an unknown request") as refused:
        find_model("requests").run(Given("requests", {"request_form": "f", "envelope": 1}, {"f": unknown}))
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, "amount")]


def test_draws_are_what_runs_give(asks):
    loaded = load_scenario(asks())
    model = find_model("requests")
    drawn = {"envelope": np.array([1e8, 5e8, 9e9]), "requests.Roads.2024/25": np.array([4e8, 1e8, 0.0])}
    core = model.core(loaded.given, drawn)
    found = core.evaluate(drawn, 3)
    for place in (0, 1):
        values = {**loaded.given.values, **{name: float(one[place]) for name, one in drawn.items()}}
        result = model.run(Given("requests", values, loaded.files)).result
        assert np.abs(found["award"][place] - result.allocation.awards.to_numpy()).max() <= 1
        assert found["gap"][place] == result.gap
        assert found["lowest_coverage"][place] == pytest.approx(result.lowest_coverage, abs=1e-8)
    assert found["left"].tolist() == [0, 0, 9e9 - 420.5e6]
    assert np.isnan(found["coverage"][2, 0]), "nothing asked for is no coverage"
    assert (found["gap"][2], found["lowest_coverage"][2]) == (0, 1)


def test_an_ensemble_of_requests_runs_and_what_cannot_be_drawn_is_refused(asks):
    spread = {"envelope": {"distribution": "uniform", "low": 4e8, "high": 6e8}}
    drawn = wb.ensemble(asks(), draws=1_000, inputs=spread, seed=1)
    assert drawn.illustrative
    model = find_model("requests")
    loaded = load_scenario(asks())
    with pytest.raises(NotDrawnError, match=r"requests\.LINE"):
        model.core(loaded.given, ["rule"])
    limited = load_scenario(asks("  floors.Roads.2024/25: 1\n"))
    with pytest.raises(InputError, match="have floors or ceilings"):
        model.core(limited.given, ["envelope"])


def test_only_years_that_are_asked_for_are_in_a_series(asks):
    loaded = load_scenario(asks())
    model = find_model("requests")
    years = model.in_years(loaded.given, ["2024/25", "2025/26"])
    assert [model.run(one.given).financial_year for one in years] == ["2024/25", "2025/26"]
    with pytest.raises(InputError, match="is a year without figures"):
        model.in_years(loaded.given, ["2030/31"])
