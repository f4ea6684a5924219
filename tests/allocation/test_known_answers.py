"""Worked examples with their sources."""

from __future__ import annotations

import numpy as np
import pytest

from tests.allocation.cases_known import examples
from workbench.allocation import RULES
from workbench.allocation.rounding import floor_then_first, largest_remainder

CLAIMS = examples("claims")
ROUNDING = examples("money_rounding")


def test_no_kind_is_left_out():
    assert len(CLAIMS) + len(ROUNDING) == 62


@pytest.mark.parametrize("case", CLAIMS, ids=[case["id"] for case in CLAIMS])
def test_claims(case):
    awards = RULES[case["rule"]](case["estate"], case["claims"])
    np.testing.assert_allclose(awards, case["expected"], rtol=0, atol=case["tol"], err_msg=case["source"])


@pytest.mark.parametrize("case", ROUNDING, ids=[case["id"] for case in ROUNDING])
def test_rounding(case):
    assert largest_remainder(case["weights"], case["estate"]).tolist() == case["expected"], case["source"]


def test_three_widows():
    # Mishnah, Ketubot 93a: estates of 100, 200 and 300 against contracts of 100, 200 and 300.
    awards = RULES["talmud"]([100, 200, 300], [100, 200, 300])
    np.testing.assert_allclose(awards, [[100 / 3] * 3, [50, 75, 75], [50, 100, 150]])


@pytest.mark.parametrize("rule", ["talmud", "random_arrival", "minimal_overlap", "adjusted_proportional"])
def test_rules_that_are_concede_and_divide_for_two(rule):
    chance = np.random.default_rng(3)
    claims = np.floor(chance.random((500, 2)) * 20)
    envelope = np.floor(claims.sum(axis=-1) * chance.random(500))
    np.testing.assert_allclose(RULES[rule](envelope, claims), RULES["concede_and_divide"](envelope, claims), atol=1e-12)


def test_reverse_talmud_turns_the_halves_round():
    # Claims 2, 4, 7, 8: with 10 of 21 the halves 1, 2, 3.5, 4 lose 0.125 each (ClaimsProblems, case C013).
    np.testing.assert_allclose(RULES["reverse_talmud"](10, [2, 4, 7, 8]), [0.875, 1.875, 3.375, 3.875])


def test_floor_then_first():
    assert floor_then_first([30, 20, 40], 10_000).tolist() == [3334, 2222, 4444]
    assert floor_then_first([0, 1, 1], 3).tolist() == [0, 2, 1]
