"""Designs tested by running them again: points, ranks, gaming, dollars, years, winners."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.errors import InputError
from workbench.grants import grants, load_design
from workbench.grants.compare import by_person, compare, evenness, lorenz
from workbench.grants.facts import county_table
from workbench.grants.probes import dollars_and_shillings, gaming, rank_stability, worth_of_a_point
from workbench.grants.scores import MET, Scores
from workbench.grants.tranches import tranches


def test_a_point_is_worth_nothing_where_the_grant_is_flat(scores: Scores) -> None:
    worth = worth_of_a_point(grants("kdsp2", scores=scores))
    assert (worth["per_point"].dropna() == 0).all()


def test_a_point_is_worth_what_the_next_award_is_more(scores: Scores) -> None:
    result = grants("kdsp1", scores=scores)
    worth = worth_of_a_point(result, 2.0).set_index("county")
    paid = result.table.query("level_2 > 0")["county"].iloc[3]
    place = list(result.inputs.names).index(paid)
    again = result.again(scores=scores.with_score(place, scores.scores[place] + 2))
    assert worth.loc[paid, "per_point"] == (again.awards[paid] - result.awards[paid]) / 2 > 0
    unknown = worth[worth["score"].isna()]
    assert len(unknown) == 3
    assert unknown["award_with_more"].isna().all()


def test_no_county_gains_by_less_under_a_shipped_design(scores: Scores) -> None:
    for design in ("kdsp1", "kdsp2"):
        assert gaming(grants(design, scores=scores)).empty


def test_gaming_is_found_where_there_is_some(scores: Scores) -> None:
    # A cheat needs a falling curve, which no design can say; so a run is made to answer wrongly.
    result = grants("kdsp1", scores=scores)

    class Perverse(type(result)):  # type: ignore[misc]
        def again(self, *, scores: Scores, settings: None = None) -> object:
            flipped = Scores(scores.name, scores.conditions, 100 - scores.scores)
            return grants("kdsp1", scores=flipped)

    perverse = Perverse(**vars(grants("kdsp1", scores=Scores("x", scores.conditions, 100 - scores.scores))))
    object.__setattr__(perverse, "scores", scores)
    found = gaming(perverse)
    assert not found.empty
    assert (found["gain"] > 0).all()


def test_ranks_move_with_uncertain_scores_only_where_scores_count(scores: Scores) -> None:
    flat = rank_stability(grants("kdsp2", scores=scores), draws=200)
    assert (flat["moves"] == 0).all()
    steep = rank_stability(grants("kdsp1", scores=scores), draws=200)
    assert steep["moves"].max() > 0.1
    assert (steep["rank_low"] <= steep["rank_high"]).all()
    ordered = steep.sort_values("rank")
    assert ordered["rank"].iloc[0] == 1
    assert ordered["award"].is_monotonic_decreasing
    assert set(steep.loc[steep["award"] == 0, "rank"]) == {int((steep["award"] > 0).sum()) + 1}
    still = rank_stability(grants("kdsp1", scores=scores), draws=20, points=0.0)
    assert (still["moves"] == 0).all()
    assert rank_stability(grants("kdsp1", scores=scores), draws=50).equals(
        rank_stability(grants("kdsp1", scores=scores), draws=50)
    )


def test_a_run_without_scores_has_none_to_change() -> None:
    with pytest.raises(InputError, match="score form"):
        gaming(grants("kdsp2", "2025/26"))


def test_dollars_and_shillings(scores: Scores) -> None:
    table = dollars_and_shillings(grants("kdsp2", scores=scores), [100, 160], [13e9])
    assert table["per_county"].tolist() == [270_000_000, 432_000_000]
    assert table["counties_in_full"].tolist() == [48, 30]
    assert table["qualify"].tolist() == [30, 30]
    assert table["awarded"].tolist() == [30 * 270_000_000, 30 * 432_000_000]
    assert table["pool_usd"].tolist() == [130e6, 81.25e6]
    with pytest.raises(InputError, match="dollars"):
        dollars_and_shillings(grants("equal-share"), [100], [1e9], level="level_1")


def test_four_years_hold_what_was_last_published(scores: Scores) -> None:
    table = tranches(grants("kdsp2", "2024/25", scores=scores), 4, inflation=0.05).table
    level_1 = table[table["level"] == "level_1"].reset_index(drop=True)
    assert level_1["awarded"].tolist() == [1_762_500_000] + [1_656_750_000] * 3
    assert level_1["basis"].tolist() == ["as published", "as published", "held at 2025/26", "held at 2025/26"]
    assert level_1["awarded_real"].iloc[3] == pytest.approx(1_656_750_000 / 1.05**3)
    level_2 = table[table["level"] == "level_2"].reset_index(drop=True)
    assert level_2["pool"].tolist() == [0, 13_000_000_000, 13_000_000_000, 13_000_000_000]
    assert level_2["basis"].iloc[0] == "no pool published"


def test_what_is_left_is_carried_over_where_the_design_says_so(scores: Scores) -> None:
    first = grants("kdsp2", "2025/26", scores=scores, settings={"level_2.carry_over": True})
    table = tranches(first, 3).table.query("level == 'level_2'").reset_index(drop=True)
    left = 13_000_000_000 - 30 * 352_500_000
    assert table["unallocated"].tolist() == [left, left + left, left + left + left]
    assert table["carried_in"].tolist() == [0, left, 2 * left]
    assert (table["pool"] == 13_000_000_000 + table["carried_in"]).all()
    with pytest.raises(InputError, match="number of years"):
        tranches(first, 0)
    with pytest.raises(InputError, match="not among the years"):
        tranches(first, 2, settings={"2031/32": {"level_2.pool": 1}})


def test_winners_and_losers_add_up(scores: Scores) -> None:
    run, base = grants("kdsp2", scores=scores), grants("equal-share")
    found = compare(run, base)
    assert found.table["change"].sum() == run.awarded - base.awarded
    assert found.table["county"].tolist() == list(run.inputs.names)
    assert set(found.table["outcome"]) == {"wins", "loses"}
    assert any("pools differ" in note for note in found.notes)
    assert "30 counties win" in found.summary()
    assert compare(base, base).table["change"].abs().sum() == 0


def test_money_by_head_is_award_over_census() -> None:
    result = grants("equal-share")
    people = by_person(result).set_index("county")
    population = county_table().set_index("name")["population_2019"]
    assert people.loc["Lamu", "per_head"] == pytest.approx(result.awards["Lamu"] / population["Lamu"])
    turkana = people.loc["Turkana"]
    assert turkana["poor_people_2009"] == pytest.approx(0.875 * population["Turkana"])
    assert turkana["per_poor_person"] == pytest.approx(turkana["per_head"] / 0.875)


def test_equal_shares_are_even_by_county_and_uneven_by_head() -> None:
    measures = evenness(grants("equal-share")).set_index("measure")["value"]
    assert measures["Gini by county"] == pytest.approx(0, abs=1e-6)
    assert 0.2 < measures["Gini by head"] < 0.5
    curve = lorenz(grants("equal-share"))
    assert curve.iloc[[0, -1]].to_numpy().ravel() == pytest.approx([0, 0, 1, 1])
    assert (np.diff(curve["money"]) >= 0).all()
    # The Gini is twice the area between the curve and the diagonal.
    area = np.trapezoid(curve["money"], curve["people"])
    assert measures["Gini by head"] == pytest.approx(1 - 2 * area)


def test_nothing_awarded_has_no_evenness() -> None:
    assert evenness(grants("equal-share", settings={"level_1.pool": 0}))["value"].isna().all()


def test_everybody_alike_under_kdsp1_and_a_flat_curve_is_by_share() -> None:
    flat = grants("kdsp1", scores=Scores("x", (MET,) * 47, np.full(47, 70.0)), settings={"level_2.pool": 4e9})
    curved = flat.again(settings={"level_2.curve.kind": "power", "level_2.curve.exponent": 0})
    assert flat.awards.equals(curved.awards)
    assert load_design("kdsp1").levels["level_2"].scored
