"""The options: every one is worked out by a model, and its figures are that model's."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from tests.briefs.subjects import brief, subject
from workbench.allocation import allocate
from workbench.briefs import brief_of
from workbench.briefs.of_gap_options import RULES, TOLD
from workbench.errors import InputError
from workbench.scenarios import Record


def test_a_gap_s_options_are_the_rules_on_the_money_that_was_allocated():
    """Proportional: every line gets 1,915/3,162 of what it requires."""
    options = brief("gap").options
    assert [option.name.rsplit(": ")[-1] for option in options[1:]] == [rule.replace("_", " ") for rule in RULES]
    as_it_is, proportional = options[:2]
    assert "7.3 per cent" in as_it_is.outcome  # Household Services: 30 of 410
    assert "2 of 8 get all" in as_it_is.outcome
    assert "KSh 62 million" in as_it_is.cons[0]  # 37 and 25 more than required
    assert f"{100 * 1915 / 3162:.1f} per cent" in proportional.outcome
    moved = sum(max(0.0, 1915 / 3162 * required - allocated) for required, allocated in (
        (260, 134), (270, 134), (390, 427), (410, 30), (300, 80), (432, 161), (360, 184), (740, 765)))  # fmt: skip
    assert f"KSh {moved:,.2f} million moves and 2 lines lose" in proportional.cons[-1]


@pytest.mark.parametrize("rule", RULES)
def test_what_is_said_for_and_against_a_rule_is_what_the_axioms_say(rule):
    option = next(one for one in brief("gap").options if one.name.endswith(rule.replace("_", " ")))
    axioms = allocate(1.0, [1.0, 2.0], rule=rule).axioms().set_index("axiom")
    for axiom in TOLD[rule]:
        keeps, meaning = axioms.loc[axiom, "keeps"], axioms.loc[axiom, "meaning"]
        assert meaning in (option.pros if keeps else option.cons)


def test_other_stages_offer_no_options_and_say_why():
    assert brief("spent").options == ()
    assert "no options" in brief("spent").options_note


def test_where_no_line_is_known_the_brief_does_not_speak_of_shortage():
    assert brief("unknown").options == ()
    assert "no line of which both sides are known" in brief("unknown").options_note


def test_the_alignment_s_options_are_its_largest_moves():
    result = subject("alignment")
    options = brief("alignment").options
    assert len(options) == 4  # none, the largest, the three largest, all four
    left = result.distance - result.moves["amount"].iloc[0] / result.linked
    assert f"from {result.distance:.1%} to {left:.1%}".replace("%", " %") in options[1].outcome
    assert options[-1].outcome.endswith("to 0.0 %.")
    assert "29.7 % of what it has" in options[1].cons[0]  # 277.2 of 932.3 billion
    assert brief("alignment-without-plan-money").options == ()


def test_moving_the_largest_move_changes_the_distance_as_the_option_says():
    """Shift the money in the model itself: the distance falls to what the option tells."""
    from workbench.alignment.measures import distance

    result = subject("alignment")
    present = result.matrix.sum(axis=0).astype("float64")
    move = result.moves.iloc[0]
    present[move["from"]] -= move["amount"]
    present[move["to"]] += move["amount"]
    after = float(distance(present.to_numpy(), result.plan["amount"].to_numpy()))
    assert f"{100 * after:.1f} %" in brief("alignment").options[1].outcome


def test_a_grant_s_options_are_the_same_design_run_again():
    unknown = brief("grants-unknown").options
    result = subject("grants-unknown")
    assert "KSh 13,000,000,000 of the pool reaches nobody." in unknown[0].cons
    assert "an answer for 47 counties" in unknown[1].cons[0]
    assert "KSh 14,656,750,000 goes to 47 counties" in unknown[1].outcome
    assert result.unallocated == 13_000_000_000
    parts = brief("grants").options
    again = subject("grants").again(
        settings={"level_1.parts.equally.weight": 100.0, "level_1.parts.equitable_share.weight": 0.0}
    )
    gained = int((again.awards - subject("grants").awards).clip(lower=0).sum())
    option = next(one for one in parts if '"equally"' in one.name)
    assert f"KSh {gained:,}" in option.pros[0]


def test_the_audit_offers_both_readings_only_where_figures_contradict_each_other():
    assert len(brief("audit").options) == 2
    assert "22 cells" in brief("audit").options[0].cons[0]
    assert set(subject("audit").errors["message"]) <= set(brief("audit").doubts)


def test_a_comparison_tells_who_gains_and_who_loses_by_each_run():
    first, second = brief("comparison").options
    assert first.name == "kdsp2-every-county-qualifies"
    assert second.pros[0].startswith("37 gain")
    assert second.cons[0].startswith("10 lose")


def test_a_gap_of_several_years_is_refused_with_its_years():
    plan = wb.open_package("opm-strategic-plan")
    with pytest.raises(InputError, match="2009/10, 2010/11"):
        brief_of(wb.gap(plan.requirements, plan.allocations))


def test_what_is_no_subject_is_refused_in_words():
    with pytest.raises(InputError, match="is nothing that a brief can be made of"):
        brief_of(wb.gap(*_sides(), financial_year="2009/10").share_out(1e6))


def test_a_record_that_no_longer_comes_out_is_refused():
    record = wb.run("housing-back-to-arud").record
    assert brief_of(record).answer == brief_of(wb.run("housing-back-to-arud")).answer
    content = json.loads(record.content_text)
    content["headline"][0]["value"] += 1
    with pytest.raises(InputError, match="come out otherwise now"):
        brief_of(Record(content=content, made_at=record.made_at, made_by=record.made_by))


def _sides():
    plan = wb.open_package("opm-strategic-plan")
    return plan.requirements, plan.allocations


def test_a_pool_that_is_too_small_offers_enough_of_it_and_no_sentence_says_that_it_pays_all():
    """47 counties at 352.5 million are due 16,567.5 million of 13,000 million: every rule gives them the same."""
    made = brief_of(wb.run("kdsp2-every-county-qualifies"))
    assert "the pools pay every county" not in made.options_note
    _, enough = made.options
    assert "Enough in the pool for all that qualify" in enough.name
    assert "KSh 18,224,250,000 goes to 47 counties" in enough.outcome
    assert enough.cons == ("It needs KSh 3,567,500,000 more than the pool has.",)
    assert "All 47 that qualify get what the formula gives them." in enough.pros
    ten = brief_of(wb.run("ten-counties-fail")).options[1]
    assert "All 37 that qualify get what the formula gives them." in ten.pros
    curve = brief_of(wb.run("scores-plus-or-minus-three")).options[1]
    assert curve.name.startswith("Weigh scores by the curve: linear")
    assert curve.cons[0].startswith("2 counties lose, KSh 62,453,764 together; Nyandarua loses most")
    assert brief_of(wb.run("shilling-at-160")).options[0].pros == (), "a rate of 160 is in no published rule"


def test_the_counties_of_a_scenario_stand_in_its_files_with_their_mark():
    counties = brief_of(wb.run("kdsp2-every-county-qualifies")).inputs[0]
    assert counties.fields[-1].name == "mark"
    assert {row[-1] for row in counties.rows} == {"illustrative"}
