"""The frontier of moves against alignment, held against every regrouping there is."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench.alignment import Alignment, Limits, regroup
from workbench.errors import InputError


def _small(seed: int, votes: int = 6, groups: int = 3, codes: int = 3) -> Alignment:
    random = np.random.default_rng(seed)
    names = [f"v{number}" for number in range(votes)]
    home = [*range(groups), *random.integers(0, groups, votes - groups)]
    budget = pd.DataFrame({"budget_code": names, "label": names, "sector": [f"g{one}" for one in home],
                           "amount": random.integers(1, 100, votes), "unit": "KES million"})  # fmt: skip
    plan = pd.DataFrame(
        {"plan_code": [f"p{number}" for number in range(codes)], "label": "P", "amount": 1, "unit": "KES"}
    )
    rows = [
        (name, f"p{code}", share)
        for name in names
        for code, share in zip(random.choice(codes, 2, replace=False), (0.75, 0.25), strict=True)
    ][: 2 * votes]
    crosswalk = pd.DataFrame(rows, columns=["budget_code", "plan_code", "share"]).assign(
        reason="r", mark="certain", valid_from=None, valid_to=None
    )
    return wb.align(plan=plan, budget=budget, crosswalk=crosswalk)


def _every_regrouping(view: Alignment, allowed: int, fixed: set[str], most: int) -> tuple[int, int]:
    """Return the fewest places and, with them, the least money moved, by trying them all."""
    table = view.links
    lines = table.drop_duplicates("budget_code")
    home = dict(zip(lines["budget_code"], lines["sector"], strict=True))
    money = table.groupby("budget_code")["amount"].sum()
    serves = table.groupby("budget_code")["plan_code"].apply(set)
    votes, groups = list(home), sorted(set(home.values()))
    counts = {group: list(home.values()).count(group) for group in groups}
    best = (10**9, 10**18)
    for chosen in itertools.product(groups, repeat=len(votes)):
        moved = [vote for vote, group in zip(votes, chosen, strict=True) if group != home[vote]]
        sizes = {group: chosen.count(group) for group in groups}
        if len(moved) > allowed or fixed & set(moved) or min(sizes.values()) < 1:
            continue
        if any(sizes[group] > max(most, counts[group]) for group in groups):
            continue
        places = {(group, code) for vote, group in zip(votes, chosen, strict=True) for code in serves[vote]}
        best = min(best, (len(places), sum(money[vote] for vote in moved)))
    return best


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("allowed", [0, 1, 2, 6])
def test_the_frontier_is_the_best_of_all_regroupings(seed: int, allowed: int) -> None:
    view = _small(seed)
    point = regroup(view, [allowed], Limits(fixed={"v0"}, largest=4)).frontier.iloc[0]
    places, _ = _every_regrouping(view, allowed, {"v0"}, 4)
    assert point["places"] == places
    assert point["proved"]
    assert point["moves"] <= allowed


def test_of_the_best_the_one_that_moves_least_money_is_taken() -> None:
    # One vote of 1 and one of 50 sit in the wrong group each; either, moved to the other, joins the two: move the small.
    budget = pd.DataFrame({"budget_code": ["small", "large", "x", "y"], "label": "l", "sector": ["A", "B", "A", "B"],
                           "amount": [1, 50, 9, 9], "unit": "KES million"})  # fmt: skip
    plan = pd.DataFrame({"plan_code": ["p", "q", "r"], "label": "P", "amount": 1, "unit": "KES"})
    crosswalk = pd.DataFrame({"budget_code": ["small", "large", "x", "y"], "plan_code": ["p", "p", "q", "r"], "share": 1,
                              "reason": "r", "mark": "certain", "valid_from": None, "valid_to": None})  # fmt: skip
    result = regroup(wb.align(plan=plan, budget=budget, crosswalk=crosswalk), [1])
    assert result.moved.to_dict("records") == [
        {"moves_allowed": 1, "budget_code": "small", "from": "A", "to": "B", "amount": 1_000_000}
    ]


def test_the_81_votes_in_ten_groups_in_under_ten_seconds_a_point() -> None:
    view = wb.align()
    start = time.perf_counter()
    result = view.regroup([0, 1, 3, 5])
    assert time.perf_counter() - start < 40
    places = result.frontier["places"].tolist()
    assert places == sorted(places, reverse=True)
    assert places[0] == 18  # as the sectors stand: cells of the matrix that hold money
    assert int((view.matrix > 0).to_numpy().sum()) == 18
    assert result.frontier["proved"].all()
    assert result.illustrative
    assert "Illustrative" in result.summary()
    assert result.frontier["v_measure"].iloc[0] == pytest.approx(view.v_measure)


def test_fixed_votes_stay_and_unknown_ones_are_told() -> None:
    view = _small(1)
    everything = {f"v{number}" for number in range(6)}
    assert regroup(view, [6], Limits(fixed=everything)).frontier["moves"].iloc[0] == 0
    with pytest.raises(InputError, match="did you mean 'v1'"):
        regroup(view, [1], Limits(fixed={"v1x"}))


def test_limits_that_cannot_be_are_told() -> None:
    with pytest.raises(InputError) as refused:
        Limits(smallest=-1, largest=0, seconds=0)
    assert len(refused.value.faults) == 3
    with pytest.raises(InputError, match="numbers of moves"):
        regroup(_small(2), [-1])


def test_no_group_grows_past_the_limit() -> None:
    view = wb.align()
    result = regroup(view, [10], Limits(largest=9))
    sizes = view.links.drop_duplicates("budget_code")["sector"].value_counts()
    after = sizes.copy()
    for move in result.moved.to_dict("records"):
        after[move["from"]] -= 1
        after[move["to"]] += 1
    assert len(result.moved) > 0
    for sector, size in after.items():
        assert 1 <= size <= max(9, sizes[sector])
