"""Leximin is exact: no other feasible award raises a worse-funded line without lowering one that is worse off still."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.allocation.funding.problems import by_hand, problems
from workbench.allocation.funding import FundingInfeasibleError, fund


@settings(max_examples=60, deadline=None)
@given(problems())
def test_no_line_can_rise_but_at_the_cost_of_one_no_better_off(problem):
    """The definition of max-min fairness, checked line by line with a linear programme built by hand."""
    requests, limits = problem
    limits = {**limits, "weights": None}
    try:
        result = fund(requests, **limits, objective="leximin")
    except FundingInfeasibleError:
        assume(False)
    awards, request = result.awards.to_numpy(), requests["amount"].to_numpy()
    rows = by_hand(requests, limits)
    for row, amount in rows:
        assert row @ awards <= amount + 1e-6
    ratio = np.divide(awards, request, out=np.full(len(awards), np.inf), where=request > 0)
    for line in np.flatnonzero(request > 0):
        no_better = (ratio <= ratio[line] + 1e-7) & (np.arange(len(ratio)) != line)
        lower = np.where(no_better, awards - 1e-7, 0)
        best = linprog(
            -np.eye(len(awards))[line],
            A_ub=np.array([row for row, _ in rows]),
            b_ub=[amount + 1e-7 for _, amount in rows],
            bounds=np.stack([np.maximum(lower, 0), np.full(len(awards), np.inf)], axis=1),
        )
        assert best.status == 0
        assert -best.fun <= awards[line] + 1e-4


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 4), min_size=3, max_size=3),
    st.integers(0, 10),
    st.integers(0, 4),
    st.integers(0, 6),
)
def test_leximin_beats_every_other_award_on_a_fine_grid(amounts, envelope, floor, ceiling):
    requests = pd.DataFrame(
        {"programme": list("abc"), "sector": ["x", "x", "y"], "amount": np.array(amounts, dtype=float)}
    )
    group = pd.Series([float(ceiling)], index=pd.Index(["x"], name="sector"))
    try:
        best = fund(requests, envelope, floors={"c": floor}, ceilings=group, objective="leximin")
    except FundingInfeasibleError:
        assume(False)
    mine = sorted(best.ratios)
    grid = [np.arange(0, amount + 0.01, 0.25) for amount in amounts]
    for a, b, c in itertools.product(*grid):
        if a + b + c <= envelope and a + b <= ceiling and c >= floor:
            theirs = sorted(np.array([a, b, c]) / amounts)
            ahead = next((t - m for t, m in zip(theirs, mine, strict=True) if abs(t - m) > 1e-7), 0.0)
            assert ahead <= 0


def test_with_nothing_but_an_envelope_leximin_is_proportional():
    requests = pd.Series({"a": 290.6, "b": 327.2, "c": 132.0, "d": 514.0})
    assert fund(requests, 500, objective="leximin").ratios.to_numpy() == pytest.approx(np.full(4, 500 / 1263.8))


def test_lines_with_their_own_ceilings_are_filled_to_the_level_or_to_the_ceiling():
    random = np.random.default_rng(4)
    requests = pd.Series(random.uniform(1, 100, 60)).rename(lambda at: f"line {at}")
    ceilings = requests * random.uniform(0, 1, 60)
    result = fund(requests, 0.3 * requests.sum(), ceilings=ceilings.to_dict(), objective="leximin")
    caps = (ceilings / requests).to_numpy()
    level = result.ratios.max()
    assert result.awards.sum() == pytest.approx(0.3 * requests.sum())
    assert result.ratios.to_numpy() == pytest.approx(np.minimum(caps, level), abs=1e-7)


def test_a_line_that_asks_for_nothing_takes_no_part():
    result = fund(pd.Series({"a": 0.0, "b": 10.0}), 4, objective="leximin")
    assert result.awards.tolist() == [0.0, 4.0]
    assert np.isnan(result.ratios["a"])
