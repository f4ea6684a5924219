"""Briefs of scenarios: what a scenario assumes is told as that, and nothing else is."""

from __future__ import annotations

import re
from functools import cache

import pytest

import workbench as wb
from tests.briefs.subjects import brief, subject
from workbench.briefs import Brief, brief_of
from workbench.briefs.paper import on_paper
from workbench.errors import InputError
from workbench.scenarios import Record

SCENARIO = "five-hundred-million-for-the-prime-minister"


@cache
def ten_counties_fail() -> Brief:
    return brief_of(wb.run("ten-counties-fail"))


def test_only_what_differs_from_the_base_is_an_assumption():
    """The scenario names 2009/10, which is the base's own year."""
    assert [one for one in brief("run").doubts if one.startswith("Assumed: ")] == [
        "Assumed: extra.amount is 500,000,000 KES instead of 0.",
        "Assumed: extra.rule is talmud instead of proportional.",
    ]
    assert {name for section, name, _ in brief("run").record if section == "Assumptions"} == {
        "extra.amount", "extra.rule"
    }  # fmt: skip


def test_what_a_scenario_s_author_notes_is_doubtful():
    (note,) = (one for one in wb.run("ten-counties-fail").record.content["notes"] if "first ten by code" in one)
    assert note in ten_counties_fail().doubts


def test_a_scenario_is_told_from_what_was_done():
    made = brief("run")
    said = made.answer.replace("\u00a0", " ")
    assert said == "Scenario: In 2009/10, KSh 747 million of the KSh 3,162 million required was not allocated"
    assert SCENARIO in made.lead
    assert not brief("gap").answer.startswith("Scenario")
    # It is the scenario that allocates 2,415 million; what was allocated is 1,915 million.
    told = " ".join((made.options_note, *(option.name for option in made.options)))
    assert "2,415" in told
    assert "was allocated" not in told
    assert "no further money" not in told


def test_paper_names_the_run_and_leaves_the_hashes_of_its_files_to_the_workbook():
    record = on_paper(brief("run"))["record"]
    assert re.findall(r"\b[0-9a-f]{64}\b", record) == [subject("run").record.content_hash]
    assert not record.endswith("….")
    assert {"opm-strategic-plan/figures.csv"} <= {name for _, name, _ in brief("run").record}


def test_a_comparison_says_what_differs_in_one_sentence_for_many_inputs_alike():
    (told,) = (one for one in brief("comparison").doubts if one.startswith("What differs"))
    assert "10 values of conditions" in told
    assert "conditions." not in on_paper(brief("comparison"))["record"]


def test_a_comparison_carries_the_findings_of_its_runs():
    made = brief_of(wb.compare(SCENARIO, wb.run(SCENARIO)))
    found = subject("run").findings
    assert len(made.findings) == len(found) > 0
    assert set(found["message"]) <= set(made.doubts)


def test_an_ensemble_is_no_run_that_a_brief_could_be_about():
    """Its record is refused like itself: a brief of one run must not go under the id of many draws."""
    drawn = wb.ensemble("scores-plus-or-minus-three", 20)
    for one in (drawn, Record(content=drawn.record.content, made_at="", made_by=""), wb.compare(drawn, drawn)):
        with pytest.raises(InputError, match="ensemble"):
            brief_of(one)
