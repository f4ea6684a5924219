"""Every measure against an independent computation, and against answers known beforehand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.alignment import independent
from tests.alignment.strategies import Problem, problems
from workbench.alignment import measures
from workbench.fiscal import UNITS

NINE_DECIMALS = 5e-10


def _money(problem: Problem) -> dict[tuple[str, str], Fraction]:
    lines = {
        row.budget_code: (row.sector, str(Fraction(repr(row.amount)) * UNITS[row.unit]))
        for row in problem.budget.itertuples()
    }
    rows = [(row.budget_code, row.plan_code, repr(row.share)) for row in problem.crosswalk.itertuples()]
    return independent.linked_money(lines, rows)


@settings(max_examples=70)
@given(problems())
def test_every_measure_equals_an_independent_computation_to_nine_decimals(problem: Problem) -> None:
    result = wb.align(plan=problem.plan, budget=problem.budget, crosswalk=problem.crosswalk)
    money = _money(problem)
    if not sum(money.values()):
        assert result.distance is result.v_measure is result.homogeneity is result.completeness is None
        return
    plan = {row.plan_code: Fraction(repr(row.amount)) for row in problem.plan.itertuples()}
    homogeneity, completeness, v = independent.v_measure(money)
    assert result.distance == pytest.approx(independent.distance(money, plan), abs=NINE_DECIMALS)
    assert result.homogeneity == pytest.approx(homogeneity, abs=NINE_DECIMALS)
    assert result.completeness == pytest.approx(completeness, abs=NINE_DECIMALS)
    assert result.v_measure == pytest.approx(v, abs=NINE_DECIMALS)
    for code, number in result.to_dict()["effective_groups"].items():
        if independent.by_plan(money)[code]:
            assert number == pytest.approx(independent.effective_groups(money, code), abs=NINE_DECIMALS)
        else:
            assert number is None


@settings(max_examples=40)
@given(problems())
def test_the_moves_reach_the_plan(problem: Problem) -> None:
    result = wb.align(plan=problem.plan, budget=problem.budget, crosswalk=problem.crosswalk)
    after = result.by_plan.set_index("plan_code")["budget_amount"].copy()
    for move in result.moves.itertuples(index=False):
        after[move[0]] -= move[2]
        after[move[1]] += move[2]
    wanted = measures.shares(problem.plan["amount"]) * result.linked
    assert np.abs(after.to_numpy() - wanted).max() <= 1
    if result.distance is not None and result.linked > 10**9:
        assert result.moves["amount"].sum() / result.linked == pytest.approx(result.distance, abs=1e-7)


@settings(max_examples=60)
@given(problems())
def test_money_is_rounded_once_and_every_sum_is_within_a_shilling(problem: Problem) -> None:
    result = wb.align(plan=problem.plan, budget=problem.budget, crosswalk=problem.crosswalk)
    lines = {row.budget_code: Fraction(repr(row.amount)) * UNITS[row.unit] for row in problem.budget.itertuples()}
    exact = _money(problem)
    source = sum(lines.values())
    assert abs(result.total - source) <= Fraction(1, 2)
    assert result.linked + result.unlinked == result.total
    assert abs(result.linked - sum(exact.values())) < 1
    said = result.to_dict()
    assert sum(said["by_plan"].values()) == result.linked
    assert sum(said["by_sector"].values()) == result.total
    assert int(result.by_sector["linked"].sum()) == result.linked
    for code, amount in said["by_plan"].items():
        assert abs(amount - independent.by_plan(exact)[code]) < 1
    sectors = dict(zip(problem.budget["budget_code"], problem.budget["sector"], strict=True))
    for sector, amount in said["by_sector"].items():
        assert abs(amount - sum(money for code, money in lines.items() if sectors[code] == sector)) < 1
    for code, amount in result.links.groupby("budget_code")["amount"].sum().items():
        assert abs(amount - lines[code]) < 1
    for sector in result.matrix.index:
        for code in result.matrix.columns:
            assert abs(int(result.matrix.loc[sector, code]) - exact[sector, code]) < 1
    shares = dict(zip(zip(problem.crosswalk["budget_code"], problem.crosswalk["plan_code"], strict=True),
                      problem.crosswalk["share"], strict=True))  # fmt: skip
    for link in result.links.itertuples():
        part = lines[link.budget_code] * Fraction(repr(shares[link.budget_code, link.plan_code]))
        assert abs(link.amount - part) < 1


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=8))
def test_a_one_to_one_crosswalk_agrees_completely(amounts: list[int]) -> None:
    money = np.diag(amounts)
    assert measures.v_measure(money) == 1
    assert measures.homogeneity(money) == 1
    assert measures.completeness(money) == 1
    assert list(measures.effective_numbers(money)) == [1.0] * len(amounts)
    assert list(measures.effective_numbers(money, axis=-1)) == [1.0] * len(amounts)


def test_known_answers() -> None:
    # Two sectors that both serve two plan codes by halves: nothing is told by knowing the sector.
    even = np.full((2, 2), 5.0)
    assert measures.homogeneity(even) == pytest.approx(0, abs=1e-15)
    assert measures.v_measure(even) == 0
    assert measures.effective_numbers(even) == pytest.approx([2, 2])
    # Half a plan's weight on each of two codes, the whole budget on one: half of it must move.
    assert measures.distance([10, 0], [3, 3]) == 0.5
    # Rosenberg and Hirschberg (2007): all in one cluster is complete, and tells nothing.
    one_sector = np.array([[3.0, 1.0]])
    assert measures.completeness(one_sector) == 1
    assert measures.homogeneity(one_sector) == 0


def test_nothing_linked_is_unknown_and_not_zero() -> None:
    nothing = np.zeros((2, 3))
    for measure in (measures.homogeneity, measures.completeness, measures.v_measure):
        assert np.isnan(measure(nothing))
    assert np.isnan(measures.distance(nothing.sum(axis=0), [1, 1, 1]))
    assert np.isnan(measures.effective_numbers(nothing)).all()


@given(st.integers(0, 2**32 - 1))
def test_a_batch_is_measured_as_its_members_are(seed: int) -> None:
    batch = np.random.default_rng(seed).gamma(0.4, size=(5, 4, 3)).round(2)
    for measure in (measures.homogeneity, measures.completeness, measures.v_measure, measures.effective_numbers):
        np.testing.assert_array_equal(measure(batch), np.stack([measure(one) for one in batch]))


@given(st.integers(0, 2**32 - 1), st.floats(1e-3, 1e6))
def test_measures_do_not_depend_on_the_unit(seed: int, factor: float) -> None:
    money = np.random.default_rng(seed).gamma(0.5, size=(4, 3)) + 1e-6
    assert measures.v_measure(money * factor) == pytest.approx(float(measures.v_measure(money)), abs=1e-12)
    assert measures.effective_numbers(money * factor) == pytest.approx(measures.effective_numbers(money))
