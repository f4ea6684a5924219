"""What holds for every problem: limits kept, no better award, more money never worse, order of lines without meaning."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from tests.allocation.funding.problems import by_hand, problems
from workbench.allocation.funding import FundingInfeasibleError, fund

STEPS = [(0.25, 1.0), (0.5, 0.75), (0.75, 0.5), (1.0, 0.25)]


def solved(requests, given_limits, **options):
    try:
        return fund(requests, **given_limits, **options)
    except FundingInfeasibleError:
        return None


def best_by_hand(requests, given_limits):
    """Maximise the concave worth by its tangents: u <= worth of each step's line, one variable a line for u."""
    rows = by_hand(requests, given_limits)
    count = len(requests)
    weights = np.array(
        [given_limits["weights"][line] for line in zip(requests["programme"], requests["financial_year"], strict=True)]
    )
    matrix = [np.r_[row, np.zeros(count)] for row, _ in rows]
    amounts = [amount for _, amount in rows]
    for at, request in enumerate(requests["amount"]):
        gained, start = 0.0, 0.0
        for end, worth in STEPS:
            row = np.zeros(2 * count)
            row[count + at], row[at] = 1.0, -worth
            matrix.append(row)
            amounts.append(gained - worth * start * request)
            gained += worth * (end - start) * request
            start = end
    best = linprog(np.r_[np.zeros(count), -weights], A_ub=np.array(matrix), b_ub=amounts, bounds=(None, None))
    return None if best.status == 2 else -best.fun


@settings(max_examples=40, deadline=None)
@given(problems())
def test_limits_are_kept_and_no_award_is_worth_more(problem):
    requests, limits = problem
    result = solved(requests, limits)
    best = best_by_hand(requests, limits)
    assert (result is None) == (best is None)
    assume(result is not None)
    assert result.value == pytest.approx(best, abs=1e-6)
    awards = result.awards.to_numpy()
    for row, amount in by_hand(requests, limits):
        assert row @ awards <= amount + 1e-7
    assert (awards >= 0).all()
    assert (awards <= requests["amount"].to_numpy()).all()
    for line, floor in limits["floors"].items():
        assert result.awards[line] >= floor
    for line, ceiling in limits["ceilings"][0].items():
        assert result.awards[line] <= ceiling


@settings(max_examples=40, deadline=None)
@given(problems(rules=False), st.floats(0, 10))
def test_more_money_is_never_worth_less(problem, more):
    requests, limits = problem
    result = solved(requests, limits)
    assume(result is not None)
    assert result.moved("envelope 2009/10", more).value >= result.value - 1e-7


@settings(max_examples=40, deadline=None)
@given(problems(rules=False), st.sampled_from(["weighted", "leximin"]), st.randoms())
def test_the_order_of_the_lines_says_nothing(problem, objective, random):
    requests, limits = problem
    if objective == "leximin":
        limits = {**limits, "weights": None}
    result = solved(requests, limits, objective=objective)
    assume(result is not None)
    order = list(range(len(requests)))
    random.shuffle(order)
    again = fund(requests.iloc[order], **limits, objective=objective)
    if objective == "leximin":
        assert again.awards.reindex(result.awards.index).to_numpy() == pytest.approx(result.awards.to_numpy(), abs=1e-6)
    else:
        assert again.value == pytest.approx(result.value, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 50), min_size=2, max_size=6), st.floats(0, 1), st.sampled_from(["weighted", "leximin"]))
def test_equals_are_treated_equally(amounts, part, objective):
    doubled = pd.Series({f"{name}{at}": float(amount) for at, amount in enumerate(amounts) for name in "ab"})
    awards = fund(doubled, part * doubled.sum(), objective=objective).awards
    for at in range(len(amounts)):
        assert awards[f"a{at}"] == pytest.approx(awards[f"b{at}"], abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(problems(), st.floats(0.1, 3.0))
def test_awards_in_whole_shillings_add_up_and_keep_every_limit(problem, scale):
    requests, limits = problem
    requests = requests.assign(amount=requests["amount"] * scale)
    limits = {**limits, "envelope": {year: amount * scale / 3 for year, amount in limits["envelope"].items()}}
    result = solved(requests, limits)
    assume(result is not None)
    whole = result.whole_shillings()
    assert whole.dtype == "int64"
    ratios = bool(limits.get("shares") or limits.get("growth"))
    sums = len(by_hand(requests, {**limits, "shares": (), "growth": ()}))
    for at, (row, amount) in enumerate(by_hand(requests, limits)):
        slack = round(amount * 1e6, 3) - row @ whole.to_numpy()
        assert slack >= (-1e-3 if at < sums else -len(requests))
    for year, envelope in limits["envelope"].items():
        mine = whole.xs(year, level="financial_year")
        total = result.awards.xs(year, level="financial_year").sum()
        assert mine.sum() <= envelope * 1e6 + 1e-3
        if not ratios:
            assert mine.sum() == pytest.approx(total * 1e6, abs=1.01)


def test_group_floors_and_ceilings_hold_to_the_shilling():
    random = np.random.default_rng(7)
    requests = pd.DataFrame(
        {
            "programme": [f"P{at}" for at in range(60)],
            "sector": [f"S{at % 5}" for at in range(60)],
            "amount": random.uniform(1, 9, 60).round(6),
        }
    )
    asked = requests.groupby("sector")["amount"].sum()
    floors, ceilings = (0.7 * asked.iloc[:2]).round(6), (0.31 * asked.iloc[2:]).round(6)
    result = fund(requests, 130.123457, floors=floors, ceilings=ceilings)
    whole = result.whole_shillings().groupby(requests["sector"].to_numpy()).sum()
    assert (whole.iloc[:2] >= (floors * 1e6).round()).all()
    assert (whole.iloc[2:] <= (ceilings * 1e6).round()).all()
    assert result.limits.set_index("limit")["binds"].sum() >= 3
    assert whole.sum() == round(result.awards.sum() * 1e6)


def test_the_shilling_left_over_goes_to_the_largest_remainder():
    # 1,000,000 shillings for 1 : 2 : 4 are 142,857.14, 285,714.29 and 571,428.57.
    whole = fund(pd.Series({"a": 1.0, "b": 2.0, "c": 4.0}), 1).whole_shillings()
    assert whole.tolist() == [142_857, 285_714, 571_429]


def test_awards_that_are_noise_beyond_a_bound_are_brought_to_it():
    from workbench.allocation.funding.solve import _at_bounds

    problem = fund(pd.Series({"a": 10.0, "b": 10.0, "c": 10.0}), 12, floors={"a": 3}, ceilings={"b": 4}).problem
    noisy = np.array([3 - 8e-8, 4 + 8e-8, 5.0])
    assert _at_bounds(problem, noisy).tolist() == [3.0, 4.0, 5.0]
    assert _at_bounds(problem, np.array([3 + 5e-9, 4 - 5e-9, 1e-9])).tolist() == [3.0, 4.0, 0.0]
