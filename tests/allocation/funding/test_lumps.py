"""Whole-or-nothing projects: the best choice of all choices, never a shilling above the envelope."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.allocation.funding import FundingInfeasibleError, Weighted, fund


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 5)), min_size=1, max_size=6),
    st.integers(0, 120),
    st.integers(0, 30),
    st.booleans(),
)
def test_the_choice_is_the_best_of_all_choices(projects, envelope, divisible, needed):
    cost, weight = (np.array(column, dtype=float) for column in zip(*projects, strict=True))
    names = [f"project {at}" for at in range(len(projects))]
    requests = pd.Series([*cost, float(divisible)], index=[*names, "running costs"])
    weights = dict(zip(requests.index, [*weight, 2.0], strict=True))
    floors = {"project 0": 1} if needed else {}
    values = []
    for choice in itertools.product([0, 1], repeat=len(projects)):
        left = envelope - np.dot(choice, cost)
        if left >= 0 and (choice[0] or not needed):
            values.append(float(np.dot(choice, cost * weight) + 2 * min(left, divisible)))
    options = {"floors": floors, "weights": weights, "lumps": names, "objective": Weighted(steps=[(1, 1)])}
    if not values:
        with pytest.raises(FundingInfeasibleError):
            fund(requests, envelope, **options)
        return
    result = fund(requests, envelope, **options)
    assert result.value == pytest.approx(max(values), abs=1e-6)
    assert all(result.awards[name] in (0.0, requests[name]) for name in names)
    assert result.awards.sum() <= envelope + 1e-9


def test_a_project_a_few_shillings_too_dear_is_not_funded():
    """HiGHS takes 0.9999998 of a project for the whole of it; the envelope does not."""
    requests = pd.Series({"dam": 514.0, "road": 100.0})
    result = fund(requests, 513.9999, lumps=["dam", "road"])
    assert result.awards.to_dict() == {"dam": 0.0, "road": 100.0}


def test_a_choice_that_only_the_solver_s_slack_affords_is_cut_off():
    """Half a shilling short of both: within HiGHS's tolerance, not within ours."""
    requests = pd.Series({"dam": 514.0, "port": 100.0, "school": 33.3, "road": 17.2})
    result = fund(requests, 514 + 33.3 - 5e-7, lumps=list(requests.index))
    assert result.awards.to_dict() == {"dam": 514.0, "port": 0.0, "school": 0.0, "road": 17.2}


def test_a_ceiling_below_a_project_forbids_it():
    result = fund(pd.Series({"dam": 50.0, "road": 10.0}), 100, lumps=["dam"], ceilings={"dam": 49})
    assert result.awards.to_dict() == {"dam": 0.0, "road": 10.0}


def test_moving_the_envelope_finds_what_a_whole_project_costs():
    items = pd.Series({"a": 290.6, "b": 327.2, "c": 132.0, "d": 514.0})
    whole = fund(items, 500, lumps=list(items.index))
    assert whole.moved("envelope", 13.9).awards["d"] == 0
    assert whole.moved("envelope", 14.0).awards["d"] == 514
    assert np.isnan(whole.frontier([0])["next_million"][0])


def test_forty_projects_are_chosen_as_dynamic_programming_chooses_them():
    random = np.random.default_rng(40)
    cost, weight = random.integers(5, 60, 40), random.integers(1, 6, 40)
    envelope = int(cost.sum() // 3)
    best = np.zeros(envelope + 1)
    for price, worth in zip(cost, cost * weight, strict=True):
        best[price:] = np.maximum(best[price:], best[:-price] + worth)
    requests = pd.Series(cost.astype(float), index=[f"project {at}" for at in range(40)])
    result = fund(
        requests,
        envelope,
        weights=dict(zip(requests.index, weight.astype(float), strict=True)),
        lumps=list(requests.index),
        objective=Weighted(steps=[(1, 1)]),
    )
    assert result.value == best[-1]
