"""Many draws at once of designs with floors, caps, fixed amounts, named counties and figures nobody knows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.grants.bounds import within_bounds_of_draws
from workbench.grants.shares import exact, within_bounds


@given(st.lists(st.tuples(st.lists(st.integers(0, 10**9), min_size=4, max_size=4), st.integers(0, 10**9),
                          st.integers(0, 10**9)), min_size=1, max_size=5))  # fmt: skip
@settings(max_examples=150)
def test_bounds_of_many_draws_are_those_of_one_exact_draw_each(problems):
    amounts = np.array([one for one, _, _ in problems], dtype=np.float64)
    lower, upper = (np.array([[choose(low, high)] * 4 for _, low, high in problems], dtype=np.float64)
                    for choose in (min, max))  # fmt: skip
    held = within_bounds_of_draws(amounts, lower, upper)
    for row, one, low, high in zip(held, amounts, lower, upper, strict=True):
        expected = within_bounds(exact(one.astype(int)), exact(low.astype(int)), exact(high.astype(int)))
        np.testing.assert_allclose(row, expected.astype(np.float64), atol=1e-4, rtol=1e-12)


def test_a_floor_and_a_cap_are_paid_for_by_those_between_them():
    held = within_bounds_of_draws(np.array([[10.0, 30.0, 60.0]]), np.full((1, 3), 15.0), np.full((1, 3), 50.0))
    # 15 to the first and 50 to the last leave 35 for the one between.
    np.testing.assert_allclose(held, [[15.0, 35.0, 50.0]])


DESIGN = """
name: own
title: Own
description: Own
currency: KES
levels:
  level_1:
    title: Shared
    description: Shared
    pool: {description: The pool, unit: KES, by_year: {2025/26: {value: 9_999_999_999, mark: illustrative, reference: test, locator: here}}}
    floor: {description: The floor, unit: KES, by_year: {2025/26: {value: 120_000_000, mark: illustrative, reference: test, locator: here}}}
    cap: {description: The cap, unit: KES, by_year: {2025/26: {value: 700_000_000, mark: illustrative, reference: test, locator: here}}}
    gates:
      good: {description: A score, least_score: 40, without_form: unknown, mark: illustrative, reference: test, locator: here}
    parts:
      index:
        kind: index
        description: By score
        variable: population_2019
        weight: {description: w, unit: percent, value: 60, mark: illustrative, reference: test, locator: here}
      some:
        kind: equal
        description: Named
        among: [Lamu, Kwale, Mombasa, Nairobi City]
        weight: {description: w, unit: percent, value: 40, mark: illustrative, reference: test, locator: here}
    curve: {description: c, kind: power, exponent: 2, mark: illustrative, reference: test, locator: here}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    path = tmp_path_factory.mktemp("design") / "own.yaml"
    path.write_text(DESIGN, encoding="utf-8")
    return path


def test_a_level_with_everything_agrees_with_one_exact_run_each(own):
    import workbench as wb
    from workbench.grants.batch import Draws, draws_of_level
    from workbench.grants.facts import county_names_by_code
    from workbench.grants.scores import MET, Scores

    random = np.random.default_rng(5)
    scores = random.uniform(20, 100, (12, 47))
    scores[random.random((12, 47)) < 0.05] = np.nan
    floors, caps = random.integers(0, 2 * 10**8, 12), random.integers(2 * 10**8, 10**9, 12)
    exponents, pools = random.uniform(0, 3, 12), random.integers(0, 12 * 10**9, 12)
    runs = [
        wb.grants(own, scores=Scores("drawn", (MET,) * 47, scores[draw]), settings={
            "level_1.floor": int(floors[draw]), "level_1.cap": int(caps[draw]), "level_1.pool": int(pools[draw]),
            "level_1.curve.exponent": float(exponents[draw]),
        })
        for draw in range(12)
    ]  # fmt: skip
    level = runs[0].levels[0]
    awards, asked = draws_of_level(level.terms, runs[0].inputs, Draws(
        qualifies=scores >= 40, scores=scores, pool=pools, floor=floors, cap=caps, exponent=exponents,
    ))  # fmt: skip
    assert len(county_names_by_code()) == 47
    for draw, run in enumerate(runs):
        assert awards[draw].sum() == run.awarded
        assert np.abs(awards[draw] - run.levels[0].awards).max() <= 1
        expected = float(sum(part.sum() for part in run.levels[0].formula.values()))
        assert asked[draw] == pytest.approx(expected, rel=1e-12)


def test_fixed_amounts_beyond_the_pool_are_shared_by_the_rule_in_every_draw():
    import workbench as wb
    from workbench.grants.batch import Draws, draws_of_level

    run = wb.grants("revenue-fourth-basis", illustrative=True)
    for level in run.levels:
        pools = np.array([level.pool, level.pool // 2, 0])
        awards, _ = draws_of_level(level.terms, run.inputs, Draws(np.ones((3, 47), dtype=bool), pool=pools))
        for pool, row in zip(pools, awards, strict=True):
            again = run.again(settings={f"{level.name}.pool": int(pool)}).level(level.name)
            assert row.sum() == again.awarded
            assert np.abs(row - again.awards).max() <= 1
