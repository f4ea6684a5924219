"""The shipped formulas against sums done by hand, and inputs that the user supplies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as drawn_with
from hypothesis import strategies as st

from workbench.allocation import RULES
from workbench.errors import InputError
from workbench.grants import grants, load_design
from workbench.grants.facts import county_names_by_code, county_table, known_variables, published_shares
from workbench.grants.scores import MET, Scores
from workbench.grants.shares import per_county_awards


def everybody(score: float = 50.0) -> Scores:
    return Scores("everybody", (MET,) * 47, np.full(47, score))


def test_half_by_equitable_share_and_half_equally() -> None:
    # Budget Policy Statement 2016: 50 percent by the equitable-share formula and 50 percent equally.
    shares, _ = published_shares("2016/17")
    expected = 1e9 / 47 + 1e9 * shares / shares.sum()
    result = grants("kdsp1", "2016/17", settings={"level_1.pool": 2_000_000_000})
    assert result.awarded == 2_000_000_000
    assert np.abs(result.awards.to_numpy() - expected).max() < 1


def test_the_index_of_kdsp1_is_share_times_score() -> None:
    shares, _ = published_shares("2016/17")
    points = np.linspace(40, 90, 47)
    scored = Scores("line", (MET,) * 47, points)
    for settings, factor in (
        ({}, points),
        ({"level_2.curve.kind": "threshold", "level_2.curve.threshold": 60}, np.maximum(points - 60, 0)),
        ({"level_2.curve.kind": "power", "level_2.curve.exponent": 3}, points**3),
    ):
        result = grants("kdsp1", "2018/19", scores=scored, settings={**settings, "level_2.pool": 4e9})
        expected = 4e9 * shares * factor / (shares * factor).sum()
        assert np.abs(result.awards.to_numpy() - expected).max() < 1.001
        assert result.awarded == 4_000_000_000


def test_37_counties_do_not_fit_into_13_billion_and_any_rule_shares_it_alike() -> None:
    states = (MET,) * 37 + ("unknown",) * 10
    scored = Scores("37", states, np.full(47, np.nan))
    alone = per_county_awards(13_000_000_000, 352_500_000, np.array([state == MET for state in states]))
    for rule in RULES:
        if rule == "concede_and_divide":
            continue  # for two claimants only
        result = grants("kdsp2", "2025/26", scores=scored, settings={"level_2.rule": rule})
        np.testing.assert_array_equal(result.level("level_2").awards, alone)
    assert alone.sum() == 13_000_000_000
    with pytest.raises(InputError, match="talmud"):
        grants("kdsp2", settings={"level_2.rule": "talmut"})


def test_a_cap_is_shared_again_until_nothing_moves() -> None:
    free = grants("kdsp1", "2016/17", settings={"level_1.pool": 2e9})
    held = grants("kdsp1", "2016/17", settings={"level_1.pool": 2e9, "level_1.cap": 50_000_000, "level_1.floor": 40e6})
    assert held.awarded == 2_000_000_000
    assert held.awards.max() == 50_000_000
    assert held.awards.min() == 40_000_000
    between = (held.awards > 40_000_001) & (held.awards < 49_999_999)
    ratio = held.awards[between] / free.awards[between]
    assert between.sum() > 3
    assert ratio.max() - ratio.min() < 1e-6


def test_caps_too_low_for_the_pool_leave_money_over() -> None:
    result = grants("equal-share", settings={"level_1.cap": 1_000_000})
    assert (result.awarded, result.unallocated) == (47_000_000, 13_000_000_000 - 47_000_000)


def test_the_fourth_basis_shares_what_is_known_and_says_what_is_missing() -> None:
    result = grants("revenue-fourth-basis")
    assert result.pool == 415_000_000_000
    twelve = result.level("level_2")
    assert twelve.awarded == 4_460_000_000
    assert int((twelve.awards > 0).sum()) == 12
    facts = county_table()
    population = facts["population_2019"].to_numpy(float)
    area = facts["area_km2"].to_numpy(float)
    expected = 23_115_000_000 * (0.45 * population / population.sum() + 0.35 / 47 + 0.08 * area / area.sum())
    assert np.abs(result.level("level_3").awards - expected).max() < 1
    assert result.incomplete
    assert result.summary().startswith("Incomplete")
    missing = result.table.set_index("county")["missing"]
    assert missing["Lamu"] == "equitable_share_2024_25, poverty_index"
    assert missing["Turkana"] == "poverty_index"
    assert result.level("level_1").awards[22] == 13_213_283_350


def test_supplied_figures_complete_the_fourth_basis() -> None:
    names = county_names_by_code()
    printed, _ = published_shares("2025/26")
    supplied = pd.DataFrame({"county": names, "equitable_share_2024_25": printed - 590_000_000, "poverty_index": 1})
    result = grants("revenue-fourth-basis", supplied=supplied)
    assert not result.incomplete
    assert result.level("level_3").unallocated == 0
    assert result.level("level_1").awards.tolist() == (printed - 590_000_000).astype(int).tolist()
    assert not result.illustrative


def test_an_old_rate_stands_in_only_when_asked_and_is_marked() -> None:
    result = grants("revenue-fourth-basis", illustrative=True)
    assert result.level("level_3").unallocated == 0
    assert result.illustrative
    assert not grants("revenue-fourth-basis").illustrative


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("poverty_index", -1, "less than 0"), ("poverty_index", "much", "no number"), ("poverti_index", 1, "poverty_index"),
     ("equitable_share_2024_25", "US$ 3", "shillings")],
)  # fmt: skip
def test_supplied_figures_are_checked(column: str, value: object, said: str) -> None:
    table = pd.DataFrame({"county": county_names_by_code(), column: value})
    with pytest.raises(InputError, match=said):
        grants("revenue-fourth-basis", supplied=table)


def test_a_design_without_inputs_takes_none() -> None:
    with pytest.raises(InputError, match="needs no figures"):
        grants("kdsp2", supplied=pd.DataFrame({"county": county_names_by_code(), "x": 1}))


def test_a_least_score_is_a_gate(scores: Scores) -> None:
    data = load_design("kdsp2").model_dump()
    data["levels"]["level_2"]["gates"]["good_score"] = {
        "description": "The score is at least 60", "least_score": 60, "without_form": "unknown",
        "reference": "a test", "locator": "made up", "mark": "illustrative",
    }  # fmt: skip
    design = type(load_design("kdsp2")).model_validate(data)
    result = grants(design, scores=scores)
    paid = result.table.query("level_2 > 0")
    assert (paid["score"] >= 60).all()
    assert 0 < len(paid) < (result.table["conditions"] == "met").sum()


def test_money_that_nobody_qualifies_for_is_reported() -> None:
    result = grants("kdsp1", "2018/19", scores=everybody(0.0))
    assert (result.awarded, result.unallocated) == (0, 4_000_000_000)
    assert any("stays unallocated" in note for note in result.notes)


def test_a_county_without_the_score_that_counts_does_not_qualify() -> None:
    unscored = everybody().with_score(22, float("nan"))
    kdsp1, kdsp2 = (grants(design, scores=unscored).table.set_index("county") for design in ("kdsp1", "kdsp2"))
    assert not kdsp1.loc["Turkana", "qualified"]
    assert kdsp2.loc["Turkana", "qualified"]
    assert kdsp1["qualified"].sum() == 46


def test_poor_people_are_rate_times_census() -> None:
    # kdsp.md section 4: Turkana 87.5 percent; the census counted 926,976.
    poor = known_variables(load_design("kdsp2"), "2025/26")["poor_people_2009"]
    assert poor.values[22] == pytest.approx(0.875 * 926_976)
    assert poor.mark == "illustrative"


INDEXES = ("health_index", "agriculture_index", "urban_index", "poverty_index", "roads_index")


def test_no_county_of_the_third_basis_gets_less_than_in_2019_20() -> None:
    # kdsp.md section 3.1: no county below its 2019/20 allocation; the figures by county are made up here.
    names, population = county_names_by_code(), county_table()["population_2019"].to_numpy(float)
    before = np.floor(316.5e9 * population / population.sum()) - 1
    before[22] += 3_000_000_001  # much more than its indexes give Turkana, and an odd number of shillings
    before[46] -= 3_000_000_000
    supplied = pd.DataFrame({"county": names, "equitable_share_2019_20": before, **dict.fromkeys(INDEXES, 1)})
    result = grants("revenue-third-basis", "2022/23", supplied=supplied)
    assert not result.incomplete
    assert (result.awards.to_numpy() >= before).all()
    level = result.level("level_2")
    lifted = np.flatnonzero(level.payable == level.floors)
    assert 0 < len(lifted) < 47
    assert (result.awards.to_numpy()[lifted] - before[lifted]).max() <= 1
    assert level.awarded == level.pool == 211_750_000_000
    free = np.setdiff1d(np.arange(47), lifted)
    ratio = (level.awards[free] / level.given[free].astype(float)).astype(float)
    assert ratio.max() - ratio.min() < 1e-6
    assert ratio.max() < 1, "the others give up in proportion"
    assert f"decides what {len(lifted)} of 47 counties get" in " ".join(result.notes)
    assert "the county's own floor (No county gets less than in 2019/20" in result.explain(names[lifted[0]]).text


def test_the_floor_of_the_third_basis_waits_until_all_is_known() -> None:
    result = grants("revenue-third-basis")
    assert result.level("level_2").floors is None
    assert "is not applied, for figures are missing" in " ".join(result.notes)


@given(st.integers(0, 5_000_000_000), st.sampled_from([1, 1_000, 1_000_000]))
@drawn_with(max_examples=20)
def test_awards_are_multiples_of_what_they_are_rounded_to(pool: int, step: int) -> None:
    result = grants("kdsp1", "2016/17", settings={"level_1.pool": pool, "level_1.rounding": step})
    exact_result = grants("kdsp1", "2016/17", settings={"level_1.pool": pool})
    assert (result.awards % step == 0).all()
    assert result.unallocated == pool % step
    assert (result.awards - exact_result.awards).abs().max() <= step


def test_rounding_has_its_source_and_is_told_in_the_path() -> None:
    plain = grants("kdsp1", "2017/18").terms.set_index("name")
    assert plain.loc["level_1.rounding", ["value", "unit", "mark"]].tolist() == [1, "KES", "certain"]
    stepped = grants("kdsp1", "2017/18", settings={"level_1.rounding": 1000})
    assert "in steps of 1,000, by largest remainder" in stepped.explain("Turkana").text
    for wrong in (0, 1.5, "2e9", "x"):
        with pytest.raises(InputError, match="rounding"):
            grants("kdsp1", "2017/18", settings={"level_1.rounding": wrong})
