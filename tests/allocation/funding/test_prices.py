"""Shadow prices: their sign and size are those of a problem stated anew with the limit moved."""

import copy

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings

from tests.allocation.funding.problems import problems
from workbench.allocation.funding import FundingInfeasibleError, Nearest, ShareLimit, Weighted, fund
from workbench.errors import UnknownNameError

STEP = 1e-3
LINEAR = Weighted(steps=[(1, 1)])


def restated(requests, limits, name, by, **options):
    """State the problem anew with one figure of the user's changed; None where nothing is feasible."""
    changed = copy.deepcopy(limits)
    kind, _, rest = name.partition(" ")
    line = tuple(rest.removeprefix("of ").split(" in "))
    single, grouped = changed["ceilings"]
    if kind == "envelope":
        changed["envelope"][rest] += by
    elif kind == "floor":
        changed["floors"][line] += by
    elif line[0].startswith("sector "):
        grouped[line[0].removeprefix("sector "), line[1]] += by
    else:
        single[line] += by
    if min([*changed["envelope"].values(), *changed["floors"].values(), *single.values(), *grouped]) < 0:
        pytest.skip("no amount is below nothing")
    try:
        return fund(requests, **changed, **options).value
    except FundingInfeasibleError:
        return None


@settings(max_examples=40, deadline=None)
@given(problems())
def test_prices_equal_what_a_restated_problem_is_worth_more_or_less(problem):
    requests, limits = problem
    try:
        result = fund(requests, **limits)
    except FundingInfeasibleError:
        assume(False)
    prices = result.shadow_prices.set_index("limit")
    for name, price in prices.iterrows():
        if price["kind"] in ("share", "growth"):
            continue
        amount = result.limits.set_index("limit").loc[name, "amount"]
        if price["holds_for"] > STEP:
            step = min(price["holds_for"], 4.0)
            more = restated(requests, limits, name, step)
            assert more - result.value == pytest.approx(step * price["one_more"], abs=1e-6)
        elif not np.isfinite(price["one_more"]):
            assert restated(requests, limits, name, STEP) is None
        if amount >= STEP:
            less = restated(requests, limits, name, -STEP)
            if not np.isfinite(price["one_less"]):
                assert less is None
            else:
                assert (less - result.value) / STEP == pytest.approx(price["one_less"], abs=1e-4)
    for name, price in prices.iterrows():
        if price["kind"] in ("share", "growth") and price["holds_for"] > STEP:
            assert (result.moved(name, STEP).value - result.value) / STEP == pytest.approx(price["one_more"], abs=1e-4)


@settings(max_examples=25, deadline=None)
@given(problems(rules=False))
def test_prices_have_the_sign_of_their_limit_and_never_rise(problem):
    requests, limits = problem
    try:
        prices = fund(requests, **limits).shadow_prices
    except FundingInfeasibleError:
        assume(False)
    relaxing = prices[prices["kind"].isin(["envelope", "ceiling"])]
    assert (relaxing["one_more"] >= -1e-9).all()
    assert (relaxing["one_less"] <= 1e-9).all()
    floors = prices[prices["kind"] == "floor"]
    assert (floors["one_more"] <= 1e-9).all()
    # Concave: what one more adds is never above what one less takes.
    assert (prices["one_more"] <= -prices["one_less"] + 1e-6).all()


def test_at_a_corner_the_next_million_and_the_last_one_differ_and_both_are_told():
    result = fund(pd.Series({"Roads": 8.0}), 4)
    price = result.price("envelope")
    assert (price.one_more, price.one_less) == pytest.approx((0.5, -0.75))
    assert price.holds_for == pytest.approx(2)
    assert not price.two_sided
    assert result.price_words == (
        "One more KSh million in the envelope buys 0.5 of weighted funding: Roads +1. One less would lose 0.75.",
    )


def test_the_words_name_the_year_and_who_gets_the_million():
    requests = pd.Series({("Roads", "2010/11"): 10.0, ("Clinics", "2010/11"): 10.0, ("Roads", "2011/12"): 10.0})
    weights = {("Roads", "2010/11"): 1, ("Clinics", "2010/11"): 3, ("Roads", "2011/12"): 1}
    result = fund(requests, {"2010/11": 4, "2011/12": 3}, weights=weights, objective=LINEAR)
    assert result.price_words == (
        "One more KSh million for 2010/11 buys 3 of weighted funding: Clinics in 2010/11 +1.",
        "One more KSh million for 2011/12 buys 1 of weighted funding: Roads in 2011/12 +1.",
    )


def test_a_price_holds_until_another_limit_is_reached():
    requests, weights = pd.Series({"a": 10.0, "b": 10.0}), {"a": 2, "b": 1}
    result = fund(requests, 4, weights=weights, ceilings={"a": 6}, objective=LINEAR)
    price = result.price("envelope")
    assert (price.one_more, price.holds_for) == pytest.approx((2, 2))
    assert result.moved("envelope", 2).price("envelope").one_more == pytest.approx(1)
    assert fund(requests, 4, ceilings={"a": 6}).price("envelope").holds_for == pytest.approx(1)
    spent = fund(requests, 30)
    assert (spent.price("envelope").one_more, spent.price("envelope").holds_for) == (0, np.inf)


def test_a_floor_costs_what_the_money_would_have_bought_elsewhere():
    result = fund(pd.Series({"a": 10.0, "b": 10.0}), 10, weights={"a": 1, "b": 4}, floors={"a": 3}, objective=LINEAR)
    assert result.price("floor of a").one_more == pytest.approx(-3)
    assert result.price("floor of a").one_less == pytest.approx(3)
    assert "costs 3 of weighted funding: a +1 and b -1" in result.price_words[1]


def test_a_floor_that_cannot_rise_says_so():
    result = fund(pd.Series({"a": 10.0}), 5, floors={"a": 5})
    assert result.price("floor of a").one_more == -np.inf
    assert "cannot be: no awards would keep all limits" in result.price_words[1]
    assert result.to_dict()["shadow_prices"][1]["one_more"] is None


def test_a_share_of_the_envelope_moves_with_the_envelope():
    requests = pd.DataFrame(
        {"programme": ["pay", "build"], "economic_class": ["recurrent", "development"], "amount": [100.0, 100.0]}
    )
    share = ShareLimit(name="development", where={"economic_class": "development"}, of="envelope", minimum=0.3)
    result = fund(requests, 50, weights={"pay": 5, "build": 1}, shares=[share], objective=LINEAR)
    # Of one more million 0.3 must go to development: 0.7 x 5 + 0.3 x 1.
    assert result.price("envelope").one_more == pytest.approx(3.8)
    assert result.price("development: at least 30 per cent").one_more == pytest.approx(4)
    assert "Missing 'development: at least 30 per cent' by one KSh million buys 4" in result.price_words[1]


def test_nearness_has_prices_too():
    result = fund(pd.Series({"a": 10.0, "b": 10.0}), 8, objective=Nearest({"a": 6.0, "b": 6.0}))
    assert result.price("envelope").one_more == pytest.approx(1)
    enough = fund(pd.Series({"a": 10.0, "b": 10.0}), 12, objective=Nearest({"a": 6.0, "b": 6.0}))
    assert enough.price("envelope").one_more == 0
    assert enough.price("envelope").one_less == pytest.approx(-1)


def test_a_limit_that_does_not_bind_is_worth_nothing_and_an_unknown_one_is_refused():
    result = fund(pd.Series({"a": 10.0}), 5, ceilings={"a": 9})
    assert result.price("ceiling of a").one_more == 0
    assert result.binding["limit"].tolist() == ["envelope"]
    with pytest.raises(UnknownNameError, match="did you mean 'ceiling of a'"):
        result.price("ceilin of a")
