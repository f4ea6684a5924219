"""What is asked of funding a gap: ranks weigh, floors are known, and what is typed wrong is refused in words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.gap.conftest import figures
from workbench.datasets import Package
from workbench.errors import InputError, LabelError
from workbench.gap import Gap
from workbench.gap.funding_asked import _weights


@pytest.fixture(scope="module")
def gap(plan: Package) -> Gap:
    return wb.gap(plan.requirements, plan.allocations, financial_year="2009/10")


@pytest.mark.parametrize("rank", [1, 3])
def test_a_single_priority_gets_more_than_without(gap: Gap, rank: int) -> None:
    ranked = gap.fund(2200e6, priorities={"Household Services": rank}).awards
    free = gap.fund(2200e6).awards
    assert ranked["Household Services"] > free["Household Services"] + 50
    assert (ranked.drop("Household Services") < free.drop("Household Services")).all()


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 9), min_size=1))
def test_better_ranks_weigh_more_and_every_rank_more_than_none(ranks: dict[str, int]) -> None:
    weights = _weights(ranks, list("ABCDE"))
    assert min(weights.values()) == 1
    unranked = [weights[line] for line in "ABCDE" if line not in ranks]
    assert all(weights[line] > 1 for line in ranks) or not unranked
    assert set(unranked) <= {1.0}
    for one, other in ((one, other) for one in ranks for other in ranks):
        assert weights[one] - weights[other] == ranks[other] - ranks[one]


@pytest.mark.parametrize(
    ("limits", "faults"),
    [
        ({"priorities": {"Household Services": 0}}, ["'0' is no rank"]),
        ({"priorities": {"Household Services": -3, "Public Service Reforms": 1.5}}, ["'-3' is no rank", "'1.5' is no rank"]),
        ({"priorities": {"Household Services": "first"}}, ["'first' is no number"]),
        ({"priorities": "Household Services"}, ["are no priorities"]),
        ({"foo": 1, "unit": "KES", "floors": "alocated"}, ["'foo' is no limit", "'unit' is no limit", "'alocated' is no floor"]),
        ({"development_share": 30, "shares": 5}, ["'30' is no fiscal rule", "'5' is no ShareLimit"]),
        ({"development_share": {"rule": "x"}}, ["column limit: is missing", "column value: is missing"]),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_told_at_once(gap: Gap, limits: dict[str, Any], faults: list[str]) -> None:
    with pytest.raises(InputError) as refusal:
        gap.fund(2200e6, **limits)
    assert len(refusal.value.faults) >= len(faults)
    for words in faults:
        assert words in str(refusal.value)


def test_a_misspelt_rank_or_mark_of_a_rule_is_refused(gap: Gap, national: Package) -> None:
    with pytest.raises(LabelError, match="did you mean 'Household Services'"):
        gap.fund(2200e6, priorities={"Houshold Services": 1})
    rule = {**national.table("fiscal_rules").iloc[0], "mark": "Certain", "value": "thirty"}
    with pytest.raises(InputError) as refusal:
        gap.fund(2200e6, development_share=rule)
    assert len(refusal.value.faults) == 2


def test_an_unknown_allocation_is_no_floor_of_nil(plan: Package) -> None:
    asked = figures({"vote": "A", "amount": 10}, {"vote": "B", "amount": 10}, {"vote": "C", "amount": 10})
    funded = wb.gap(asked, asked.assign(amount=[4, None, 8])).fund(20e6, floors="allocated")
    assert funded.table.set_index("line")["floor"].dropna().to_dict() == {"A": 4, "C": 8}
    assert any("No allocation is known of B" in note for note in funded.notes)
    whole = wb.gap(plan.requirements, plan.allocations)
    with pytest.raises(InputError, match="no allocation is known"):
        whole.fund(2e9, financial_year="2012/13", floors="allocated")
