"""What cannot hold together is named, nothing else is, and the smallest mend mends."""

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from scipy.optimize import linprog

from tests.allocation.funding.problems import by_hand, problems
from workbench.allocation.funding import FundingInfeasibleError, GrowthLimit, ShareLimit, fund
from workbench.errors import InfeasibleError

ITEMS = pd.Series({"a": 290.6, "b": 327.2, "c": 132.0, "d": 514.0})


def refused(*arguments, **options):
    with pytest.raises(FundingInfeasibleError) as caught:
        fund(*arguments, **options)
    return caught.value


def test_floors_above_the_envelope():
    error = refused(ITEMS, 500, floors={"a": 290, "b": 300, "c": 10})
    assert isinstance(error, InfeasibleError)
    assert error.clashes == (("floor of a", "floor of b", "envelope"),)
    assert error.needed == pytest.approx(100)
    assert error.money_alone
    assert "'floor of a' wants at least KSh 290 million" in str(error)
    assert "the smallest amount of money that mends it: KSh 100 million more in the envelope" in str(error)
    assert fund(ITEMS, 600, floors={"a": 290, "b": 300, "c": 10}).awards.sum() == pytest.approx(600)


def test_a_floor_above_its_request_is_not_mended_by_money():
    error = refused(ITEMS, 5000, floors={"c": 140})
    assert error.clashes == (("request of c", "floor of c"),)
    assert not error.money_alone
    assert error.changes == {"floor of c": pytest.approx(8)}
    assert "more money in the envelope alone does not mend it" in str(error)


def test_every_clash_that_shares_no_limit_with_another_is_told_at_once():
    error = refused(ITEMS, 500, floors={"a": 300, "d": 300}, ceilings={"d": 200})
    assert {frozenset(clash) for clash in error.clashes} == {
        frozenset({"request of a", "floor of a"}),
        frozenset({"ceiling of d", "floor of d"}),
    }
    assert "2 sets of limits" in str(error)
    assert "clash 2" in str(error)


def test_rules_clash_by_name():
    requests = pd.DataFrame(
        {"programme": ["pay", "build"], "economic_class": ["recurrent", "development"], "amount": [100.0, 100.0]}
    )
    share = ShareLimit(name="development share", where={"economic_class": "development"}, of="envelope", minimum=0.3)
    error = refused(requests, 50, floors={"pay": 40}, shares=[share])
    assert error.clashes == (("development share: at least 30 per cent", "floor of pay", "envelope"),)
    # Of each further million 0.3 goes to development, so that 10 missing need 10 + 0.3 x what is added: 5 / 0.7.
    assert error.needed == pytest.approx(5 / 0.7)
    mended = fund(requests, 50 + error.needed + 1e-6, floors={"pay": 40}, shares=[share])
    assert mended.awards["pay"] == pytest.approx(40, abs=1e-5)


def test_growth_and_floors_over_the_years():
    requests = pd.Series({("a", "2009/10"): 100.0, ("a", "2010/11"): 100.0})
    error = refused(
        requests,
        {"2009/10": 20, "2010/11": 100},
        floors={("a", "2010/11"): 50},
        growth=GrowthLimit(maximum=0.25),
    )
    assert error.clashes == (
        ("growth of a to 2010/11: at most +25 per cent", "floor of a in 2010/11", "envelope 2009/10"),
    )
    assert error.changes == {"envelope 2009/10": pytest.approx(20)}


def test_a_whole_project_can_be_what_clashes():
    error = refused(ITEMS, 500, lumps=["d"], floors={"d": 1})
    assert error.clashes == (("project d", "floor of d", "envelope"),)
    assert error.needed == pytest.approx(14)
    assert "is funded whole, with KSh 514 million, or not at all" in str(error)


def test_two_thousand_floors_are_one_clash_of_their_sum():
    requests = pd.Series({f"line {at}": 2.0 for at in range(2000)})
    error = refused(requests, 100, floors=dict.fromkeys(requests.index, 1))
    assert len(error.clashes) == 1
    assert error.needed == pytest.approx(1900)
    assert "2000 floor limits (floor of line 0" in str(error)
    assert "add up to KSh 2,000 million" in str(error)


@settings(max_examples=30, deadline=None)
@given(problems())
def test_what_is_named_clashes_and_the_mend_mends(problem):
    requests, limits = problem
    limits = {**limits, "floors": {line: amount + 2 for line, amount in limits["floors"].items()}}
    try:
        fund(requests, **limits)
    except FundingInfeasibleError as error:
        refusal = error
    else:
        assume(False)
    assert refusal.needed > 0
    assert all(len(clash) >= 1 for clash in refusal.clashes)
    if not refusal.money_alone:
        assert any(not name.startswith("envelope") for name in refusal.changes)
        return
    envelope = {
        year: amount + refusal.changes.get(f"envelope {year}", 0) for year, amount in limits["envelope"].items()
    }
    assert fund(requests, **{**limits, "envelope": {year: amount + 1e-6 for year, amount in envelope.items()}})
    short = {
        **limits,
        "envelope": {
            year: limits["envelope"][year] + 0.99 * (envelope[year] - limits["envelope"][year]) for year in envelope
        },
    }
    with pytest.raises(FundingInfeasibleError):
        fund(requests, **short)


@settings(max_examples=40, deadline=None)
@given(problems(rules=False))
def test_each_clash_is_irreducible(problem):
    """Built by hand: the rows named are infeasible together, and feasible once any one of them is left out."""
    requests, limits = problem
    limits = {**limits, "floors": {line: amount + 3 for line, amount in limits["floors"].items()}}
    try:
        fund(requests, **limits)
    except FundingInfeasibleError as error:
        refusal = error
    else:
        assume(False)
    count = len(requests)
    lines = [f"{p} in {y}" for p, y in zip(requests["programme"], requests["financial_year"], strict=True)]
    single, grouped = limits["ceilings"]
    names = [f"request of {line}" for line in lines] + [None] * count
    names += [f"envelope {year}" for year in limits["envelope"]]
    names += [f"floor of {p} in {y}" for p, y in limits["floors"]] + [f"ceiling of {p} in {y}" for p, y in single]
    names += [f"ceiling of sector {s} in {y}" for s, y in grouped.index]
    rows = dict(enumerate(by_hand(requests, limits)))

    def feasible(kept):
        chosen = [rows[at] for at, name in enumerate(names) if name is None or name in kept]
        return linprog([0] * count, A_ub=[row for row, _ in chosen], b_ub=[amount for _, amount in chosen]).status == 0

    for clash in refusal.clashes:
        assert set(clash) <= {name for name in names if name}
        assert not feasible(clash)
        for left_out in clash:
            assert feasible([name for name in clash if name != left_out])
