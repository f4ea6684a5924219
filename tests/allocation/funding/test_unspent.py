"""Money that stays unspent is told, with what holds it back."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings

import workbench as wb
from tests.allocation.funding.problems import problems
from workbench.allocation.funding import Nearest, ShareLimit, fund
from workbench.datasets import open_package
from workbench.errors import InfeasibleError

TWO = pd.Series({"A": 10.0, "B": 20.0})


def test_the_development_share_holds_back_the_education_votes() -> None:
    """Development asks for 23,760 in all: at 30 per cent no more than 79,200 can be awarded, whatever there is."""
    package = open_package("national-budget")
    votes = package.table("votes").query("stage == 'revised' and financial_year == '2024/25' and sector == 'Education'")
    asked = votes[votes["economic_class"] != "total"].assign(stage="requirement")
    funded = wb.gap(asked, asked.assign(stage="allocation", amount=0.0)).fund(
        600e9, development_share=package.table("fiscal_rules").iloc[0]
    )
    rule = "'national development share: at least 30 per cent'"
    assert funded.summary().endswith(f"KSh 520,800 million of the envelope stays unspent, held back by {rule}.")
    short = funded.table[funded.table["unmet"] > 0]
    assert len(short) == 4
    assert set(short["reason"]) == {f"It is held by {rule}, and money is left over."}
    assert funded.explain(short["line"].iloc[0]).endswith(f"It is held by {rule}, and money is left over.")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"envelope": 100}, "KSh 70 million of the envelope stays unspent: every request is met in full."),
        ({"envelope": 25, "ceilings": {"B": 5}}, "KSh 10 million of the envelope stays unspent, held back by 'ceiling of B'."),
        ({"envelope": 25, "lumps": ["A", "B"]}, "held back by projects that are funded whole or not at all."),
        ({"envelope": 25, "objective": Nearest({"A": 5.0, "B": 5.0})}, "stays unspent: the objective gives nobody more."),
    ],
)  # fmt: skip
def test_why_money_is_left_over(given: dict, words: str) -> None:
    assert fund(TWO, **given).summary().endswith(words)


def test_nothing_is_said_where_all_is_spent() -> None:
    funded = fund(TWO, 25.0)
    assert "unspent" not in funded.summary()
    assert set(funded.table["reason"]) == {"The money reaches it in part."}
    assert funded.to_dict()["unspent"] == 0


def test_a_rule_that_binds_beside_a_spent_envelope_leaves_no_money() -> None:
    table = pd.DataFrame({"programme": ["A", "B"], "kind": ["x", "y"], "amount": [100.0, 100.0]})
    least = ShareLimit(name="x first", where={"kind": "x"}, of="funded", minimum=0.6)
    assert fund(table, 100.0, shares=least).unspent.amount == 0


@settings(max_examples=30, deadline=None)
@given(problems())
def test_what_is_awarded_and_what_is_left_make_the_envelopes(problem) -> None:
    requests, given_ = problem
    try:
        funded = fund(requests, **given_)
    except InfeasibleError:
        return
    envelopes = funded.limits.query("kind == 'envelope'")["amount"].sum()
    assert funded.unspent.amount + funded.awards.sum() == pytest.approx(envelopes, abs=1e-6)
    assert ("unspent" in funded.summary()) == (funded.unspent.amount > 1e-7)
