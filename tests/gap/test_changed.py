"""A figure changed by hand: what it moves, line by line, and that it says that nobody has published it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import workbench as wb
from workbench.errors import InputError, UnknownNameError
from workbench.gap import with_amount

YEAR = "2009/10"
LINES = ["Household Services", "Public Service Reforms", "Coordination Services", "Protocol and Liaison Services"]


@pytest.fixture(scope="module")
def plan():
    return wb.open_package("opm-strategic-plan")


@pytest.fixture(scope="module")
def before(plan):
    return wb.gap(plan.requirements, plan.allocations, financial_year=YEAR)


def after(plan, line, amount):
    return wb.gap(
        plan.requirements, with_amount(plan.allocations, line, amount, financial_year=YEAR), financial_year=YEAR
    )


def test_one_allocation_moves_the_gap_by_as_much_and_names_its_line(plan, before):
    """Household Services: 30 million allocated (table 8.1.1); with 180 the gap of 1,247 is 1,097."""
    moved = after(plan, "Household Services", "KSh 180 million").moved_since(before)
    assert moved.summary() == (
        "The gap of 2009/10 is KSh 1,097 million instead of KSh 1,247 million, KSh 150 million less. "
        "Household Services: allocation KSh 180 million instead of KSh 30 million; takes KSh 150 million off the gap."
    )
    (line,) = moved.table.to_dict("records")
    assert (line["allocation_before"], line["allocation_after"], line["part"]) == (30e6, 180e6, -150e6)
    assert moved.notes == ()


def test_a_requirement_moves_it_the_other_way(plan, before):
    more = with_amount(plan.requirements, "Household Services", 420e6, financial_year=YEAR)
    moved = wb.gap(more, plan.allocations, financial_year=YEAR).moved_since(before)
    assert moved.years["change"].tolist() == [10e6]
    assert "adds KSh 10 million to the gap" in moved.summary()


@given(amounts=st.dictionaries(st.sampled_from(LINES), st.integers(0, 2_000), min_size=1))
def test_the_lines_parts_add_up_to_the_whole_move(plan, before, amounts):
    allocations = plan.allocations
    for line, amount in amounts.items():
        allocations = with_amount(allocations, line, amount * 1e6, financial_year=YEAR)
    moved = wb.gap(plan.requirements, allocations, financial_year=YEAR).moved_since(before)
    assert moved.lines["part"].sum() == pytest.approx(moved.years["change"].sum(), abs=0.01)
    assert set(moved.lines["line"]) <= set(amounts)
    assert moved.notes == ()


def test_what_was_changed_is_illustrative_and_names_no_publication(plan, before):
    changed = after(plan, "Household Services", "KSh 180 million")
    assert changed.illustrative
    assert not before.illustrative
    by_hand = changed.sources.query("mark == 'illustrative'")
    assert by_hand["source"].tolist() == ["changed by hand"]
    assert changed.moved_since(before).to_dict()["illustrative"]


def test_an_amount_that_becomes_unknown_makes_the_gap_unknown_and_never_nil(plan, before):
    moved = after(plan, "Household Services", "").moved_since(before)
    assert moved.summary() == (
        "The gap of 2009/10 is unknown instead of KSh 1,247 million. Household Services: allocation unknown instead of "
        "KSh 30 million; what that does to the gap is unknown."
    )
    assert moved.lines["part"].isna().all()


def test_nothing_moves_where_nothing_was_changed(before):
    assert before.moved_since(before).summary() == "Nothing moved."


def test_both_sides_moved_alike_leave_the_gap(plan, before):
    more = with_amount(plan.requirements, "Household Services", 420e6, financial_year=YEAR)
    allocations = with_amount(plan.allocations, "Household Services", 40e6, financial_year=YEAR)
    moved = wb.gap(more, allocations, financial_year=YEAR).moved_since(before)
    assert moved.summary() == (
        "The gap of 2009/10 stays KSh 1,247 million. Household Services: requirement KSh 420 million instead of KSh 410 "
        "million, allocation KSh 40 million instead of KSh 30 million; the gap stays."
    )


def test_where_the_document_s_own_sums_stand_the_parts_are_told_not_to_be_all(plan):
    """As printed the whole is a printed sum: none is printed for figures that were changed."""
    printed = wb.gap(plan.requirements, plan.allocations, financial_year=YEAR, basis="as_printed")
    allocations = with_amount(plan.allocations, "Household Services", 180e6, financial_year=YEAR)
    changed = wb.gap(plan.requirements, allocations, financial_year=YEAR, basis="as_printed")
    (note,) = changed.moved_since(printed).notes
    assert "the parts of the lines, where known, add up to -KSh 150 million; the whole is unknown" in note


def test_gaps_of_other_stages_or_bases_are_not_compared(plan, before):
    printed = wb.gap(plan.requirements, plan.allocations, financial_year=YEAR, basis="as_printed")
    with pytest.raises(InputError, match=r"basis.*as_computed, as_printed"):
        printed.moved_since(before)


def test_an_unknown_line_or_year_gets_the_nearest_name(plan):
    with pytest.raises(UnknownNameError, match="Household Services"):
        with_amount(plan.allocations, "Houshold Services", 1.0, financial_year=YEAR)
    with pytest.raises(UnknownNameError, match=r"2031/32.*did you mean"):
        with_amount(plan.allocations, "Household Services", 1.0, financial_year="2031/32")


def test_a_name_of_several_rows_is_refused(plan):
    twice = pd.concat([plan.allocations, plan.allocations])
    with pytest.raises(InputError, match="stands in 2 rows of 2009/10"):
        with_amount(twice, "Household Services", 1.0, financial_year=YEAR)
