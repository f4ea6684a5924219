"""Random arrival: counted, enumerated, or sampled with a standard error."""

from __future__ import annotations

import time
import warnings

import numpy as np
import pytest

from workbench.allocation import RULES
from workbench.allocation.arrival import (
    counted_arrival,
    enumerated_arrival,
    expected_arrival,
    sampled_arrival,
)
from workbench.allocation.rules import SampledAwardsWarning


def test_counting_agrees_with_enumeration():
    chance = np.random.default_rng(1)
    for _ in range(20):
        units = chance.integers(0, 30, size=12)
        money = float(units.sum() * chance.random() / 2)
        enumerated = enumerated_arrival(np.array([money]), units[None].astype(float))[0]
        np.testing.assert_allclose(
            counted_arrival(money, np.minimum(units, int(np.ceil(money)))), enumerated, atol=1e-11
        )


def test_47_whole_claims_in_under_a_second():
    claims = np.random.default_rng(2).integers(1, 10_000, size=47)
    envelope = int(claims.sum() // 2) - 1
    start = time.perf_counter()
    awards = RULES["random_arrival"](envelope, claims)
    assert time.perf_counter() - start < 1.0
    assert abs(awards.sum() - envelope) < 1e-6


def test_claims_that_scale_to_whole_numbers_are_counted():
    cents = np.random.default_rng(3).integers(1, 400, size=30) / 100
    arrival = expected_arrival(20.0, cents)
    assert arrival.method == "counted"
    in_cents = expected_arrival(2000.0, np.rint(cents * 100))
    np.testing.assert_allclose(arrival.awards * 100, in_cents.awards, rtol=1e-10)
    billions = expected_arrival(20e9, np.rint(cents * 100) * 1e7)
    assert billions.method == "counted"
    np.testing.assert_allclose(billions.awards, arrival.awards * 1e9, rtol=1e-10)


def test_claims_that_do_not_scale_are_enumerated_up_to_twenty():
    claims = np.random.default_rng(4).random(20)
    arrival = expected_arrival(4.0, claims)
    assert arrival.method == "enumerated"
    assert not arrival.standard_error.any()
    assert abs(arrival.awards.sum() - 4.0) < 1e-12


def test_sampling_stands_within_its_standard_error():
    claims = np.random.default_rng(5).random(14)
    exact = enumerated_arrival(np.array([2.0]), claims[None])[0]
    awards, error = sampled_arrival(2.0, claims, draws=20_000, seed=6)
    assert np.all(error > 0)
    assert np.all(np.abs(awards - exact) < 5 * error)
    assert np.abs(awards - exact).max() > error.max() / 50
    _, wider = sampled_arrival(2.0, claims, draws=2_000, seed=6)
    np.testing.assert_allclose(wider / error, np.sqrt(10), rtol=0.2)


def test_the_rule_says_that_it_sampled():
    claims = np.random.default_rng(7).random(25)
    with pytest.warns(SampledAwardsWarning, match=r"2,000 orders: the largest standard error of an award is 0\.00"):
        awards = RULES["random_arrival"](3.0, claims, draws=2_000)
    assert abs(awards.sum() - 3.0) < 1e-9
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        again = RULES["random_arrival"](3.0, claims[::-1], draws=2_000)
    np.testing.assert_allclose(again[::-1], awards, rtol=1e-12)
