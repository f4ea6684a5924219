"""Promises that hold for every design, year and input: the sum, own-score monotonicity, gates before scores."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.grants import design_names, grants, load_design
from workbench.grants.batch import Draws, level_draws
from workbench.grants.facts import COUNTIES, county_names_by_code
from workbench.grants.scores import MET, NOT_MET, UNKNOWN, Scores

NAMES = county_names_by_code()
POINTS = st.one_of(
    st.floats(0, 100), st.integers(0, 100).map(float), st.sampled_from([0.0, 50.0, 100.0]), st.just(float("nan"))
)
POOLS = st.one_of(st.integers(0, 200), st.integers(0, 20_000_000_000))


@st.composite
def assessments(draw: Any) -> Scores:
    states = draw(st.lists(st.sampled_from([MET, MET, NOT_MET, UNKNOWN]), min_size=COUNTIES, max_size=COUNTIES))
    points = draw(st.lists(POINTS, min_size=COUNTIES, max_size=COUNTIES))
    return Scores("drawn", tuple(states), np.array(points))


@st.composite
def runs(draw: Any) -> dict[str, Any]:
    name = draw(st.sampled_from(design_names()))
    design = load_design(name)
    given: dict[str, Any] = {}
    for key, level in design.levels.items():
        if draw(st.booleans()):
            given[f"{key}.pool"] = draw(POOLS)
        if level.parts and draw(st.booleans()):
            given[f"{key}.cap"] = draw(st.integers(0, 2_000_000_000))
        if level.parts and draw(st.booleans()):
            given[f"{key}.floor"] = draw(st.integers(0, given.get(f"{key}.cap", 100_000_000)))
        if level.scored:
            given[f"{key}.curve.kind"] = draw(st.sampled_from(["linear", "threshold", "power"]))
            given[f"{key}.curve.threshold"] = draw(st.sampled_from([0.0, 35.0, 70.0]))
            given[f"{key}.curve.exponent"] = draw(st.sampled_from([0.0, 0.5, 1.0, 3.0]))
    year = draw(st.sampled_from(design.years))
    return {"design": name, "financial_year": year, "settings": given, "scores": draw(st.none() | assessments())}


@given(runs())
@settings(max_examples=60)
def test_awards_and_what_is_unallocated_add_up_to_the_pool(run: dict[str, Any]) -> None:
    result = grants(**run)
    assert result.awards.dtype == np.int64
    assert (result.table[[level.name for level in result.levels]] >= 0).all(axis=None)
    assert int(result.awards.sum()) == result.awarded
    assert result.awarded + result.unallocated == result.pool
    for level in result.levels:
        assert 0 <= level.awarded <= level.pool
        assert not level.awards[~level.qualifies].any()


@given(assessments(), st.integers(0, COUNTIES - 1), st.floats(0, 100), st.sampled_from(["kdsp1", "kdsp2"]), POOLS,
       st.sampled_from([("linear", 0, 1), ("threshold", 70, 1), ("power", 0, 4), ("power", 0, 0)]))  # fmt: skip
@settings(max_examples=60)
def test_a_higher_score_never_lowers_ones_own_award(
    scores: Scores, place: int, higher: float, design: str, pool: int, curve: tuple[str, float, float]
) -> None:
    before = scores.scores[place]
    low, high = sorted([0.0 if np.isnan(before) else float(before), higher])
    given: dict[str, Any] = {"level_2.pool": pool}
    if design == "kdsp1":
        given |= dict(
            zip(("level_2.curve.kind", "level_2.curve.threshold", "level_2.curve.exponent"), curve, strict=True)
        )
    awards = [
        grants(design, scores=scores.with_score(place, points), settings=given).awards.iloc[place]
        for points in (low, high)
    ]
    assert awards[0] <= awards[1]


@given(
    assessments(),
    st.integers(0, COUNTIES - 1),
    st.sampled_from(["kdsp1", "kdsp2"]),
    st.sampled_from([NOT_MET, UNKNOWN]),
)
@settings(max_examples=30)
def test_a_closed_gate_beats_the_best_score(scores: Scores, place: int, design: str, state: str) -> None:
    shut = scores.with_score(place, 100.0).with_condition(place, state)
    result = grants(design, scores=shut)
    assert result.table.loc[place, "level_2"] == 0
    assert not result.table.loc[place, "qualified"]
    assert "nothing from Level 2" in result.why_not(NAMES[place])


@given(assessments(), POOLS)
@settings(max_examples=30)
def test_equal_counties_of_kdsp2_differ_by_a_shilling_at_most(scores: Scores, pool: int) -> None:
    result = grants("kdsp2", scores=scores, settings={"level_2.pool": pool})
    paid = result.table.loc[result.table["qualified"], "level_2"]
    assert paid.empty or paid.max() - paid.min() <= 1
    expected = min(pool, 352_500_000 * len(paid))
    assert paid.sum() == expected


@pytest.mark.parametrize("design", ["kdsp1", "kdsp2"])
@given(st.lists(assessments(), min_size=1, max_size=3), POOLS)
@settings(max_examples=25)
def test_many_draws_at_once_agree_with_one_exact_run_each(design: str, drawn: list[Scores], pool: int) -> None:
    given = {"level_2.pool": pool}
    exact = [grants(design, scores=one, settings=given) for one in drawn]
    level = next(level for level in exact[0].levels if level.name == "level_2")
    draws = Draws(
        qualifies=np.array([[state == MET for state in one.conditions] for one in drawn]),
        scores=np.array([one.scores for one in drawn]),
    )
    awards = level_draws(level.terms, exact[0].inputs, draws)
    for row, result in zip(awards, exact, strict=True):
        assert row.sum() == result.levels[1].awarded
        assert np.abs(row - result.levels[1].awards).max() <= 1


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=8), st.integers(0, 10**6), st.integers(0, 10**6), st.data())
@example([5, 5], 0, 0, None)
def test_bounds_share_again_until_nothing_moves(amounts: list[int], one: int, two: int, data: Any) -> None:
    from workbench.grants.shares import exact, within_bounds

    low, high = sorted([one, two])
    count = len(amounts)
    held = within_bounds(exact(amounts), exact([low] * count), exact([high] * count))
    total = sum(amounts)
    if (
        low * count
        <= total
        <= high * sum(amount > 0 for amount in amounts) + low * sum(amount == 0 for amount in amounts)
    ):
        assert held.sum() == total
    free = [place for place in range(count) if low < held[place] < high and amounts[place] > 0]
    levels = {held[place] / amounts[place] for place in free}
    assert len(levels) <= 1 or low * count >= total
    assert all(share <= high for share in held)
