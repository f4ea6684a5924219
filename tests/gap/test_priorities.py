"""Fund by the eight national priorities of section 6.3.2.1; which line serves which is made up for the tests."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.datasets import Package
from workbench.errors import InputError, LabelError
from workbench.gap import Gap, priorities_of

SERVES = {
    "Communication and Press Services": "Governance And Corruption",
    "Protocol and Liaison Services": "Agenda 4 Priorities",
    "Political and Parliamentary Affairs": "Agenda 4 Priorities",
    "Household Services": "Youth Employment (Kazi Kwa Vijana Programme)",
    "Performance Contracting Services": "Public Service Transformation",
    "Public Service Reforms": "Public Service Transformation",
    "Monitoring and Inspection": "Infrastructure",
    "Coordination Services": "Food Security",
}


@pytest.fixture(scope="module")
def gap(plan: Package) -> Gap:
    return wb.gap(plan.requirements, plan.allocations, financial_year="2009/10")


def test_the_list_gives_the_ranks(gap: Gap, plan: Package) -> None:
    ranked = priorities_of(plan.table("national_priorities"), SERVES)
    ranks = ranked.ranks(list(SERVES))
    assert ranks["Monitoring and Inspection"] == 1
    assert ranks["Coordination Services"] == 4
    assert ranks["Household Services"] == 8
    by_list = gap.fund("KSh 2,200 million", floors="allocated", priorities=ranked)
    by_rank = gap.fund(2200e6, floors="allocated", priorities=ranks)
    assert by_list.awards.to_dict() == by_rank.awards.to_dict()
    # What serves the first priority is paid before what serves the last.
    table = by_list.table.set_index("line")
    assert table.loc["Monitoring and Inspection", "unmet"] == 0
    assert table.loc["Household Services", "award"] == table.loc["Household Services", "floor"] == 30
    assert any("1 Infrastructure; 2 Environmental" in note and "user's own reading" in note for note in by_list.notes)
    assert by_list.sources["locator"].str.contains("section 6.3.2.1").any()


def test_a_line_without_a_priority_is_refused_or_comes_last(gap: Gap, plan: Package) -> None:
    some = {line: name for line, name in SERVES.items() if line.startswith("P")}
    table = plan.table("national_priorities")
    with pytest.raises(LabelError) as refusal:
        gap.fund(2200e6, priorities=priorities_of(table, some))
    assert len(refusal.value.faults) == 4
    assert "'Household Services' serves no priority" in str(refusal.value)
    last = priorities_of(table, some, unlisted="last")
    assert last.ranks(list(SERVES))["Household Services"] == 9
    funded = gap.fund(2200e6, floors="allocated", priorities=last)
    assert any("serve none: Communication and Press Services, Household" in note for note in funded.notes)


def test_every_wrong_name_is_told(gap: Gap, plan: Package) -> None:
    wrong = {**SERVES, "Houshold Services": "Food Security", "Household Services": "Food Securty"}
    with pytest.raises(LabelError) as refusal:
        gap.fund(2200e6, priorities=priorities_of(plan.table("national_priorities"), wrong))
    assert "did you mean 'Household Services'" in str(refusal.value)
    assert "did you mean 'Food Security'" in str(refusal.value)
    table = plan.table("national_priorities")
    with pytest.raises(InputError) as bad:
        priorities_of(table.assign(priority="one"), SERVES, unlisted="first")  # type: ignore[arg-type]
    assert len(bad.value.faults) == 8
    with pytest.raises(InputError, match="is missing from the priorities"):
        priorities_of(table.drop(columns="priority"), SERVES)


@pytest.mark.parametrize("wrong", ["much", "", None, True, -1, {"2009/10": 5}, float("nan")])
def test_what_is_no_envelope_is_refused_in_words(gap: Gap, wrong: object) -> None:
    with pytest.raises(InputError, match=r"is no (envelope|amount of money)"):
        gap.fund(wrong)  # type: ignore[arg-type]
