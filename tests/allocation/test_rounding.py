"""Whole shillings."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.allocation.cases_known import equitable_shares
from workbench.allocation.rounding import floor_then_first, largest_remainder, round_to_total
from workbench.errors import InputError


def _by_definition(shares, total):
    """Largest remainders in exact fractions, one problem."""
    quotas = [Fraction(share) * total / sum(shares) for share in shares]
    whole = [int(quota) for quota in quotas]
    largest_first = sorted(range(len(shares)), key=lambda i: whole[i] - quotas[i])
    for i in largest_first[: total - sum(whole)]:
        whole[i] += 1
    return whole


@given(
    st.lists(st.one_of(st.integers(0, 9), st.integers(0, 10**13)), min_size=1, max_size=12).filter(any),
    st.one_of(st.integers(0, 50), st.integers(0, 10**15)),
)
@settings(max_examples=400)
def test_whole_shares_are_exact(shares, total):
    assert largest_remainder(shares, total).tolist() == _by_definition(shares, total)


@given(
    st.lists(st.floats(0, 1e13), min_size=1, max_size=12).filter(lambda shares: sum(shares) > 1e-3),
    st.integers(0, 10**13),
    st.sampled_from([1, 1000]),
)
@settings(max_examples=300)
def test_float_shares_add_up_and_keep_quota(shares, total, unit):
    total -= total % unit
    amounts = largest_remainder(shares, total, unit)
    assert amounts.dtype == np.int64
    assert int(amounts.sum()) == total
    quotas = np.array(shares) * (total / sum(shares))
    assert np.all(np.abs(amounts - quotas) <= unit + 1e-12 * total)
    assert not np.any(amounts % unit)


def test_awards_of_a_rule_round_to_the_envelope():
    # Claims of up to 1e13 KES, as large as a national budget: the awards' binary noise is below a shilling.
    claims = np.random.default_rng(1).integers(10**12, 10**13, size=(200, 47))
    envelope = claims.sum(axis=-1) // 3
    from workbench.allocation import RULES

    for name in ("proportional", "talmud", "constrained_egalitarian", "minimal_overlap"):
        awards = RULES[name](envelope, claims)
        amounts = largest_remainder(awards, envelope)
        assert np.array_equal(amounts.sum(axis=-1), envelope)
        assert np.abs(amounts - awards).max() <= 1.5


def test_a_batch_is_its_problems_one_by_one():
    chance = np.random.default_rng(2)
    shares = chance.integers(0, 5, size=(700, 7)) + 1
    total = chance.integers(0, 100, size=700)
    together = largest_remainder(shares, total)
    assert [row.tolist() for row in together] == [
        _by_definition([int(s) for s in row], int(t)) for row, t in zip(shares, total, strict=True)
    ]


def test_ties_are_broken_by_order_and_reported():
    rounding = round_to_total([1, 1, 3, 1], 2)
    assert rounding.amounts.tolist() == [1, 0, 1, 0]
    assert rounding.tied.tolist() == [True, True, False, True]
    assert not round_to_total([30, 20, 40], 10_000).tied.any()
    halves = round_to_total([0.5, 0.5, 2.0], 3)
    assert halves.amounts.tolist() == [1, 0, 2]
    assert halves.tied.tolist() == [True, True, False]


def test_alabama_paradox():
    # 323 to 324 seats cost Alabama one in 1880; with shares 6, 6, 2 the step from 10 to 11 does the same to the third.
    assert largest_remainder([6, 6, 2], 10).tolist() == [4, 4, 2]
    assert largest_remainder([6, 6, 2], 11).tolist() == [5, 5, 1]


def test_units():
    assert largest_remainder([1, 1, 1], 100_000, unit=1000).tolist() == [34_000, 33_000, 33_000]
    assert floor_then_first([1, 1, 1], 5_000_000, unit=1_000_000).tolist() == [2_000_000, 2_000_000, 1_000_000]


@pytest.mark.parametrize(
    ("shares", "total", "unit", "words"),
    [
        ([1, -1], 10, 1, "unknown or negative"),
        ([1.0, float("nan")], 10, 1, "unknown or negative"),
        ([0, 0], 10, 1, "all zero"),
        ([1, 2], 10.5, 1, "no whole total"),
        ([1, 2], 10, 3, "multiple of the unit"),
        ([1, 2], -10, 1, "from 0"),
        ([1, 2], 10, 0, "no unit"),
        (["a", "b"], 10, 1, "no shares"),
        ([1, 2], [1, 2], 1, None),
    ],
)
def test_what_cannot_be_rounded(shares, total, unit, words):
    if words is None:
        assert largest_remainder(shares, total).tolist() == [[0, 1], [1, 1]]
        return
    with pytest.raises(InputError, match=words):
        largest_remainder(shares, total, unit)


NATIONAL_TOTALS = {
    "2013/14": 190_000_000_000,
    "2014/15": 226_660_000_000,
    "2015/16": 259_774_500_000,
    "2016/17": 280_300_000_000,
}
"""Printed columns miss these round totals by 1 or 2 shillings."""


@pytest.mark.parametrize("year", NATIONAL_TOTALS)
def test_equitable_shares_come_out_exact(year):
    printed, total = np.array(equitable_shares()[year]), NATIONAL_TOTALS[year]
    assert len(printed) == 47
    assert 1 <= abs(int(printed.sum()) - total) <= 2
    shares = largest_remainder(printed, total)
    assert int(shares.sum()) == total
    assert int(np.abs(shares - printed).sum()) == abs(int(printed.sum()) - total)
