"""What every registered rule must keep, a user's own among them, whatever the problem."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.allocation import RULES, find_rule, forget_rule, rule
from workbench.allocation.levels import doubling_level, doubling_level_by_sorting
from workbench.errors import InputError, UnknownNameError

BUILT_IN = tuple(RULES)
TOP = 10**13


@pytest.fixture(scope="module", autouse=True)
def own_rule():
    @rule("own_rule", meaning="Everyone's claim squared, cut by equal awards: a user's rule.", per_claimant=())
    def core(envelope, claims):
        return RULES["proportional"](envelope, claims)

    yield core
    forget_rule("own_rule")


@st.composite
def claims_problems(draw, most=8):
    n = draw(st.integers(1, most))
    amount = st.one_of(st.integers(0, 20), st.integers(0, TOP), st.floats(0, 1e6, allow_subnormal=False))
    claims = np.array(draw(st.lists(amount, min_size=n, max_size=n)), dtype=np.float64)
    part = draw(st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1)))
    return float(claims.sum() * part), claims


@pytest.mark.parametrize("name", [*BUILT_IN, "own_rule"])
@given(problem=claims_problems(), factor=st.sampled_from([2.0**-20, 0.5, 1024.0]), data=st.data())
@settings(max_examples=60, deadline=None)
def test_balance_bounds_anonymity_and_homogeneity(name, problem, factor, data):
    envelope, claims = problem
    if name == "concede_and_divide":
        claims = np.resize(claims, 2)
        envelope = float(claims.sum() * data.draw(st.floats(0, 1)))
    noise = 1e-13 * max(claims.sum(), 1.0)
    awards = RULES[name](envelope, claims)
    assert abs(awards.sum() - envelope) <= noise
    assert np.all(awards >= -noise)
    assert np.all(awards <= claims + noise)
    order = np.array(data.draw(st.permutations(range(len(claims)))), dtype=int)
    np.testing.assert_allclose(RULES[name](envelope, claims[order]), awards[order], rtol=0, atol=noise)
    scaled = RULES[name](envelope * factor, claims * factor)
    np.testing.assert_allclose(scaled, awards * factor, rtol=0, atol=noise * factor)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_batch_is_its_problems_one_by_one(name):
    chance = np.random.default_rng(11)
    claims = np.floor(chance.random((3, 4, 2 if name == "concede_and_divide" else 6)) * 30)
    envelope = claims.sum(axis=-1) * chance.random((3, 4))
    together = RULES[name](envelope, claims)
    for place in np.ndindex(3, 4):
        np.testing.assert_array_equal(together[place], RULES[name](envelope[place], claims[place]))


def test_large_batches_pass_through_in_blocks():
    chance = np.random.default_rng(5)
    claims = chance.random((3000, 47))
    envelope = claims.sum(axis=-1) * chance.random(3000)
    for name in set(BUILT_IN) - {"random_arrival", "concede_and_divide"}:
        awards = RULES[name](envelope, claims)
        np.testing.assert_allclose(awards.sum(axis=-1), envelope, rtol=0, atol=1e-13 * claims.sum(axis=-1).max())
        for row in (0, 1500, 2999):
            np.testing.assert_array_equal(awards[row], RULES[name](envelope[row], claims[row]))


@given(problem=claims_problems())
def test_equal_awards_and_equal_losses_are_dual(problem):
    envelope, claims = problem
    rest = max(claims.sum() - envelope, 0.0)
    losses = claims - RULES["constrained_equal_awards"](rest, claims)
    noise = 1e-13 * max(claims.sum(), 1.0)
    np.testing.assert_allclose(RULES["constrained_equal_losses"](envelope, claims), losses, rtol=0, atol=noise)


@pytest.mark.parametrize(
    "name", ["talmud", "random_arrival", "adjusted_proportional", "average_of_cea_and_cel", "proportional"]
)
@given(problem=claims_problems())
@settings(max_examples=50, deadline=None)
def test_self_dual_rules(name, problem):
    envelope, claims = problem
    rest = max(claims.sum() - envelope, 0.0)
    other = claims - RULES[name](rest, claims)
    np.testing.assert_allclose(RULES[name](envelope, claims), other, rtol=0, atol=2e-13 * max(claims.sum(), 1.0))


@given(problem=claims_problems(most=5), data=st.data())
@settings(max_examples=60, deadline=None)
def test_weights(problem, data):
    envelope, claims = problem
    weights = np.array(data.draw(st.lists(st.integers(1, 9), min_size=len(claims), max_size=len(claims))), float)
    noise = 1e-12 * max(claims.sum(), 1.0)
    for name in ("proportional", "constrained_equal_awards", "constrained_equal_losses", "priority"):
        plain = RULES[name](envelope, claims)
        np.testing.assert_allclose(RULES[name](envelope, claims, weights=7 * np.ones(len(claims))), plain, atol=noise)
        weighted = RULES[name](envelope, claims, weights=weights)
        assert abs(weighted.sum() - envelope) <= noise
        assert np.all((weighted >= -noise) & (weighted <= claims + noise))
        heavier = weights.copy()
        heavier[0] *= 3
        assert RULES[name](envelope, claims, weights=heavier)[0] >= weighted[0] - noise


@pytest.mark.parametrize("name", ["proportional", "constrained_equal_awards", "constrained_equal_losses"])
def test_a_claim_next_to_nothing_overflows_nowhere(name):
    claims = np.array([4.0, 2.2e-308])
    for envelope in (0.0, 2.0, 4.0):
        for weights in (np.ones(2), np.array([1.0, 9.0]), np.array([9.0, 1.0])):
            awards = RULES[name](envelope, claims, weights=weights)
            assert np.all(np.isfinite(awards))
            assert abs(awards.sum() - envelope) <= 1e-12


def test_weighted_rules_by_hand():
    assert RULES["proportional"](60, [100, 100], weights=[2, 1]).tolist() == [40, 20]
    assert RULES["proportional"](150, [100, 100], weights=[3, 1]).tolist() == [100, 50]
    assert RULES["constrained_equal_awards"](60, [100, 30, 100], weights=[1, 3, 2]).tolist() == [10, 30, 20]
    # The loss of 60 is shared 2 to 1: who weighs twice as much loses half as much.
    assert RULES["constrained_equal_losses"](140, [100, 100], weights=[1, 2]).tolist() == [60, 80]


def test_priority_serves_tiers_in_order():
    share = RULES["priority"]
    assert share(50, [30, 10, 40, 40], tiers=[1, 1, 2, 2]).tolist() == [30, 10, 5, 5]
    assert share(50, [30, 10, 40, 20], tiers=[1, 1, 2, 2], within="constrained_equal_losses").tolist() == [
        30,
        10,
        10,
        0,
    ]
    assert share(20, [30, 10, 40, 40], tiers=[2, 2, 1, 1], weights=[1, 1, 3, 1]).tolist() == [0, 0, 15, 5]
    assert share(40, [30, 10, 40]).tolist() == [15, 5, 20]


def _arrival_in_all_orders(envelope, claims):
    """O'Neill's rule from its definition, in exact fractions."""
    totals = [Fraction(0)] * len(claims)
    orders = list(permutations(range(len(claims))))
    for order in orders:
        left = Fraction(envelope)
        for i in order:
            taken = min(left, Fraction(claims[i]))
            totals[i] += taken
            left -= taken
    return [float(total / len(orders)) for total in totals]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(0, 72))
@settings(max_examples=60, deadline=None)
def test_random_arrival_is_the_mean_over_all_orders(claims, envelope):
    envelope = min(envelope, sum(claims))
    expected = _arrival_in_all_orders(envelope, claims)
    np.testing.assert_allclose(RULES["random_arrival"](envelope, claims), expected, atol=1e-12)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.floats(0, 1))
@settings(max_examples=150, deadline=None)
def test_both_ways_to_the_doubling_level_agree(halves, part):
    table = np.array([halves])
    extra = table.sum(axis=-1) * part
    for level in (doubling_level(extra, table), doubling_level_by_sorting(extra, table)):
        got = np.clip(level[:, None] - table, 0, table).sum(axis=-1)
        np.testing.assert_allclose(got, extra, rtol=1e-12, atol=1e-12 * max(float(table.sum()), 1e-300))


@pytest.mark.parametrize(
    ("envelope", "claims", "words"),
    [
        (7, [3, 3], "above all its claims"),
        (-1, [3, 3], "negative envelope"),
        (1, [3, -1], "negative claim"),
        (1, [3, float("nan")], "unknown"),
        (float("nan"), [3, 1], "unknown envelope"),
        (1, 3, "no list of claims"),
        ([1, 2, 3], [[1, 2], [3, 4]], "do not fit"),
    ],
)
def test_rules_refuse_what_is_no_problem(envelope, claims, words):
    with pytest.raises(InputError, match=words):
        RULES["talmud"](envelope, claims)


def test_a_batch_is_refused_by_its_problem_number():
    claims = np.ones((2500, 30))
    claims[2000, 3] = -1
    with pytest.raises(InputError, match=r"problem 2001 holds a negative claim"):
        RULES["proportional"](np.ones(2500), claims)


def test_unknown_names_and_options_are_refused():
    with pytest.raises(UnknownNameError, match="did you mean 'talmud'"):
        find_rule("talmut")
    with pytest.raises(InputError, match="is no option of the rule talmud"):
        RULES["talmud"](1, [1, 2], weights=[1, 1])
    with pytest.raises(InputError, match="is no option of the rule talmud"):
        RULES["priority"](1, [1, 2], within="talmud", weights=[1, 1])
    with pytest.raises(InputError, match="for two claimants, not 3"):
        RULES["concede_and_divide"](1, [1, 2, 3])
    with pytest.raises(InputError, match="is no weight"):
        RULES["proportional"](1, [1, 2], weights=[1, 0])
    with pytest.raises(InputError, match="have the shape"):
        RULES["proportional"](1, [1, 2], weights=[1, 2, 3])
    with pytest.raises(InputError, match="is the name of a rule already"):
        rule("talmud", meaning="Twice.")(lambda envelope, claims: claims)


def test_no_claimants_and_one():
    for name in BUILT_IN:
        if name != "concede_and_divide":
            assert RULES[name](0, []).shape == (0,)
            with pytest.raises(InputError, match="above all its claims"):
                RULES[name](1, [])
            assert RULES[name](3, [5]).tolist() == [3]
