"""Sharing out by label: awards, reasons, limits, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from workbench.allocation import RULES
from workbench.errors import InfeasibleError, InputError, LabelError, UnknownNameError

WIDOWS = {"first": 100, "second": 200, "third": 300}


def test_front_page():
    allocation = wb.allocate(200, pd.Series(WIDOWS), rule="talmud")
    assert allocation.awards.dtype == np.int64
    assert allocation.awards.to_dict() == {"first": 50, "second": 75, "third": 75}
    assert allocation.shares.tolist() == [0.25, 0.375, 0.375]
    assert "KSh 200 shared out by talmud among 3 claims of KSh 600" in allocation.summary()
    assert allocation.explain("second") == (
        "second gets KSh 75. There is less than half of all claims; it gets KSh 75, like everyone who waits for its half."
    )
    assert "75" in repr(allocation)
    assert allocation.to_dict()["awards"][0] == {
        "claimant": "first",
        "claim": 100.0,
        "award": 50,
        "share": 0.25,
        "coverage": 0.5,
        "reason": "It gets half its claim: no more while others wait for their half, no less once all have it.",
    }


@pytest.mark.parametrize("rule", [name for name in RULES if name != "concede_and_divide"])
def test_every_rule_gives_whole_shillings_and_one_sentence_each(rule):
    claims = pd.Series([7, 0, 12, 12, 40, 100], index=list("abcdef"))
    for envelope in (0, 1, 37, 85, 86, 150, 171):
        allocation = wb.allocate(envelope, claims, rule=rule)
        assert int(allocation.awards.sum()) == envelope
        assert np.all(allocation.awards <= claims)
        assert np.abs(allocation.awards - RULES[rule](envelope, claims.to_numpy())).max() < 1
        assert all(text.endswith(".") and text.count(". ") == 0 for text in allocation.reasons)
        assert allocation.reasons["b"] == "It claims nothing and gets nothing."


@settings(max_examples=120, deadline=None)
@given(data=st.data(), rule=st.sampled_from(["proportional", "talmud", "constrained_equal_losses", "piniles"]))
def test_limits_are_honoured_exactly(data, rule):
    n = data.draw(st.integers(1, 6))
    claims = data.draw(st.lists(st.integers(0, 10**6), min_size=n, max_size=n))
    ceilings = [data.draw(st.integers(0, claim)) for claim in claims]
    floors = [data.draw(st.integers(0, ceiling)) for ceiling in ceilings]
    envelope = data.draw(st.integers(sum(floors), sum(ceilings)))
    index = [f"m{i}" for i in range(n)]
    named = (pd.Series(values, index=index) for values in (claims, floors, ceilings))
    wanted, least, most = named
    awards = wb.allocate(envelope, wanted, rule=rule, floors=least, ceilings=most).awards
    assert int(awards.sum()) == envelope
    assert np.all(awards >= least)
    assert np.all(awards <= most)


def test_what_a_ceiling_frees_is_shared_by_the_same_rule():
    allocation = wb.allocate(300, WIDOWS, floors={"first": 80}, ceilings={"third": 120})
    assert allocation.awards.tolist() == [80, 100, 120]
    assert "its ceiling of KSh 120" in allocation.reasons["third"]
    assert "its floor" in allocation.reasons["first"]
    assert (
        allocation.reasons["second"] == "Like everyone within the limits it gets 50.0 per cent of its claim of KSh 200."
    )
    full = wb.allocate(320, WIDOWS, ceilings={"third": 20})
    assert full.reasons["first"] == "What is left pays these claims, so it gets its whole claim of KSh 100."
    # Where no limit binds the rule alone decides.
    free = wb.allocate(300, WIDOWS, floors={"first": 50}, ceilings={"third": 150})
    assert free.awards.tolist() == [50, 100, 150]


def test_scale_of_a_nation():
    chance = np.random.default_rng(1)
    claims = pd.Series(chance.integers(10**12, 10**13, size=47), index=[f"c{i}" for i in range(47)])
    for rule in ("proportional", "talmud", "minimal_overlap", "constrained_egalitarian"):
        for part in (3, 2):
            envelope = int(claims.sum()) // part
            awards = wb.allocate(envelope, claims, rule=rule).awards
            assert int(awards.sum()) == envelope
            assert np.all(awards <= claims)
    full = wb.allocate(int(claims.sum()), claims)
    assert full.awards.tolist() == claims.tolist()
    with pytest.raises(InputError, match="more than all claims together"):
        wb.allocate(int(claims.sum()) + 1, claims)


def test_units_and_ties():
    allocation = wb.allocate(5_000_000, {"a": 9e6, "b": 9e6, "c": 9e6}, unit=1_000_000)
    assert allocation.awards.tolist() == [2_000_000, 2_000_000, 1_000_000]
    assert allocation.notes == (
        "Equal remainders when rounding to KSh 1,000,000: a, b got one unit more than c, by order alone.",
    )
    with pytest.raises(InputError, match="a multiple of the unit"):
        wb.allocate(5_500_000, {"a": 9e6}, unit=1_000_000)
    odd = wb.allocate(100, {"a": 33.4, "b": 33.3, "c": 33.3})
    assert odd.awards.sum() == 100
    assert "some awards stand above their claims by less than that" in odd.notes[0]


def test_weights_tiers_and_labels():
    awards = wb.allocate(60, {"a": 100, "b": 100}, weights={"b": 1, "a": 2}).awards
    assert awards.to_dict() == {"a": 40, "b": 20}
    tiered = wb.allocate(60, {"a": 100, "b": 50}, rule="priority", tiers={"b": 1, "a": 2})
    assert tiered.awards.to_dict() == {"a": 10, "b": 50}
    assert tiered.reasons["b"] == "Its tier is served in full: it gets its claim of KSh 50."
    with pytest.raises(LabelError, match="did you mean 'Turkana'"):
        wb.allocate(2, {"Turkana": 3, "Lamu": 2}, floors={"Turkanna": 1})
    with pytest.raises(LabelError, match="Lamu' is a claimant without one of the weights"):
        wb.allocate(2, {"Turkana": 3, "Lamu": 2}, weights={"Turkana": 1})
    with pytest.raises(LabelError, match="occurs more than once"):
        wb.allocate(2, pd.Series([3, 2], index=["a", "a"]))


def test_all_faults_at_once():
    with pytest.raises(InputError) as refused:
        wb.allocate(-5, {"a": -1, "b": None, "c": "many", "d": float("inf"), "e": 3})
    assert len(refused.value.faults) == 5
    for words in (
        "'a' has a negative claim: -1",
        "'b' has an unknown claim",
        "no number: many",
        "not finite",
        "negative envelope",
    ):
        assert words in str(refused.value)


@pytest.mark.parametrize(
    ("error", "words", "given"),
    [
        (InputError, "KSh 400 would be left over", {"envelope": 1000}),
        (InputError, "give whole shillings", {"envelope": 1.5}),
        (InputError, "no envelope", {"envelope": None}),
        (InputError, "unknown is not zero", {"envelope": float("nan")}),
        (UnknownNameError, "did you mean 'talmud'", {"rule": "talmudd"}),
        (InputError, "it takes none", {"rule": "talmud", "weights": {"first": 1, "second": 1, "third": 1}}),
        (InfeasibleError, "KSh 50 more would mend it", {"floors": {"second": 150}}),
        (InfeasibleError, "raise ceilings by KSh 10", {"ceilings": {"second": 0, "third": 0, "first": 90}}),
        (InputError, "floor of KSh 101 above its claim", {"floors": {"first": 101}}),
        (InputError, "above its ceiling", {"floors": {"first": 20}, "ceilings": {"first": 10}}),
        (InputError, "negative floor or ceiling", {"floors": {"first": -20}}),
        (InputError, "no unit", {"unit": 0}),
    ],
)
def test_refusals(error, words, given):
    request = {"envelope": 100, "claims": WIDOWS, **given}
    envelope, claims = request.pop("envelope"), request.pop("claims")
    with pytest.raises(error, match=words):
        wb.allocate(envelope, claims, **request)


def test_envelopes_as_people_write_them():
    assert wb.allocate("KSh 0.3 million", {"a": 1e6, "b": 2e6}).awards.tolist() == [100_000, 200_000]


def test_schedule_grows_from_nothing_to_all_claims():
    schedule = wb.allocate(200, WIDOWS, rule="talmud").schedule(steps=12)
    assert schedule.index[0] == 0
    assert schedule.index[-1] == 600
    assert schedule.loc[300.0].tolist() == [50, 100, 150]
    assert schedule.iloc[-1].tolist() == [100, 200, 300]
    assert np.all(np.diff(schedule.to_numpy(), axis=0) >= -1e-9)
    limited = wb.allocate(200, WIDOWS, floors={"third": 90}, ceilings={"second": 120}).schedule(steps=3)
    assert limited.index[0] == 90
    assert limited.index[-1] == 520
    assert (limited["third"] >= 90).all()
    assert (limited["second"] <= 120).all()


def test_rules_side_by_side():
    allocation = wb.allocate(200, WIDOWS, rule="talmud")
    table = allocation.compare(["proportional", "constrained_equal_awards", "constrained_equal_losses"])
    assert list(table.columns) == ["claim", "proportional", "constrained_equal_awards", "constrained_equal_losses"]
    assert table.loc["third"].tolist() == [300, 100, 66, 150]
    assert (table.drop(columns="claim").sum() == 200).all()
    every = allocation.compare()
    assert set(every.columns) == {"claim", *RULES} - {"concede_and_divide"}
    weighted = wb.allocate(200, WIDOWS, weights={"first": 3, "second": 1, "third": 1}).compare(
        ["talmud", "proportional"]
    )
    assert weighted.attrs["without"] == ["talmud"]


def test_a_sampled_award_is_said_to_be_one():
    claims = {f"c{i}": int(v) for i, v in enumerate(np.random.default_rng(0).integers(10**8, 10**9, 47))}
    allocation = wb.allocate(10**10, claims, rule="random_arrival", draws=2_000)
    assert "standard error at most KSh" in allocation.notes[0]
    assert int(allocation.awards.sum()) == 10**10
