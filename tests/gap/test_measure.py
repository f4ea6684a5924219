"""The gap of the Strategic Plan, chapter 8, as its tables print it and as they add up."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.gap.conftest import figures
from workbench.datasets import Package
from workbench.errors import InputError, UnknownNameError
from workbench.gap import sides_of

MILLION = 1e6


def in_million(frame: pd.DataFrame, *columns: str) -> list[tuple[float, ...]]:
    return [tuple(row) for row in (frame[list(columns)] / MILLION).to_numpy().tolist()]


def test_2009_10_is_added_up_from_the_rows(plan: Package) -> None:
    gap = wb.gap(plan.requirements, plan.allocations, financial_year="2009/10")
    assert (gap.requirement, gap.allocation, gap.gap) == (3162e6, 1915e6, 1247e6)
    assert gap.funding_ratio == pytest.approx(1915 / 3162)
    programmes = gap.by("programme", unit="KES million")
    assert programmes["programme"].tolist() == ["Prime Minister's Affairs", "Coordination and Supervisory Services"]
    assert programmes[["requirement", "allocation", "gap"]].to_numpy().tolist() == [[1330, 725, 605], [1832, 1190, 642]]


def test_every_line_of_2009_10(plan: Package) -> None:
    lines = wb.gap(plan.requirements, plan.allocations, financial_year="2009/10").lines.set_index("sub_programme")
    assert (lines["gap"] / MILLION).to_dict() == {
        "Communication and Press Services": 126,
        "Protocol and Liaison Services": 136,
        "Political and Parliamentary Affairs": -37,
        "Household Services": 380,
        "Performance Contracting Services": 220,
        "Public Service Reforms": 271,
        "Monitoring and Inspection": 176,
        "Coordination Services": -25,
    }
    assert set(lines.index[lines["kind"] == "surplus"]) == {
        "Political and Parliamentary Affairs",
        "Coordination Services",
    }
    assert lines["share_of_gap"].sum() == pytest.approx(1)


def test_the_readings_show_every_total_and_which_is_used(plan: Package) -> None:
    gap = wb.gap(plan.requirements, plan.allocations, financial_year="2009/10")
    allocation = gap.readings[gap.readings["side"] == "allocation"]
    said = list(zip(allocation["reading"], allocation["amount"] / MILLION, allocation["used"], strict=True))
    assert said == [
        ("added up from the rows", 1915, True),
        ("printed sub-totals added up", 1897, False),
        ("printed total", 2055, False),
        ("restated", 1897, False),
        ("restated", 1897, False),
    ]
    summary = gap.summary()
    for words in ("KSh 3,162 million was required", "KSh 1,915 million allocated", "deficit of KSh 1,247 million",
                  "KSh 1,915 million (added up from the rows) is used", "KSh 1,897 million", "KSh 2,055 million"):  # fmt: skip
        assert words in summary


def test_as_printed_takes_the_printed_figure_of_each_level(plan: Package) -> None:
    gap = wb.gap(plan.requirements, plan.allocations, basis="as_printed")
    assert in_million(gap.years, "requirement", "allocation")[:3] == [(3162, 2055), (2930, 3357), (3645, 3645)]
    year_one = gap.by("programme").query("financial_year == '2009/10'")
    assert in_million(year_one, "requirement", "allocation", "gap") == [(1330, 735, 595), (1832, 1162, 670)]
    year_three = gap.by("programme").query("financial_year == '2011/12'")
    assert in_million(year_three, "requirement", "allocation") == [(1490, 1490), (2255, 2155)]


def test_table_8_2_prints_two_surpluses_as_deficits(plan: Package) -> None:
    of_table = [side[side["table"] == "8.2"].drop(columns="primary") for side in (plan.requirements, plan.allocations)]
    years = wb.gap(*of_table).years
    assert years["gap"].tolist() == [1_264_700_000, -187_421_864, -90_394_611]
    assert years["kind"].tolist() == ["deficit", "surplus", "surplus"]


def test_what_is_not_allocated_yet_is_unknown_and_not_nil(plan: Package) -> None:
    gap = wb.gap(plan.requirements, plan.allocations, financial_year="2012/13")
    assert gap.requirement == 3993e6
    assert math.isnan(gap.allocation)
    assert math.isnan(gap.gap)
    assert set(gap.lines["stands_on"]) == {"requirement only"}
    assert gap.to_dict()["allocation"] is None


def test_slippage_of_the_ten_sectors_2025_26(national: Package) -> None:
    stages = national.table("sector_stages").query("financial_year == '2025/26'")
    gap = wb.gap(stages.query("stage == 'ceiling'"), stages.query("stage == 'revised'"))
    assert gap.parameters["measure"] == "ceiling against revised"
    assert "ceiling" in gap.table.columns
    assert "requirement" not in gap.table.columns
    assert gap.requirement == pytest.approx(2561.7e9)
    health = gap.lines.set_index("sector").loc["Health"]
    assert health["gap"] == pytest.approx(204.5e9 - 164.92e9)
    assert any("gross" in note for note in gap.notes)


def test_a_class_that_is_unknown_gives_way_to_the_figure_for_both(national: Package) -> None:
    programmes = national.table("programmes").query("table == '4.2'")
    gap = wb.gap(programmes.query("stage == 'revised'"), programmes.query("stage == 'expenditure'"))
    assert gap.requirement == pytest.approx(9_688.81e6, rel=1e-3)
    assert gap.lines["gap"].notna().all()


def test_units_are_converted() -> None:
    asked = figures({"vote": "A", "amount": 1.5, "unit": "KES billion"})
    given_ = figures({"vote": "A", "amount": 1_200_000, "unit": "KES thousand"})
    assert wb.gap(asked, given_).gap == 300e6


def test_lines_on_one_side_only_are_listed_and_near_names_told() -> None:
    asked = figures({"vote": "Household Services", "amount": 3}, {"vote": "Roads", "amount": 5})
    given_ = figures({"vote": "Houshold Services", "amount": 2}, {"vote": "Roads", "amount": 4})
    gap = wb.gap(asked, given_)
    assert gap.lines["stands_on"].tolist() == ["requirement only", "allocation only", "both"]
    assert gap.lines["kind"].tolist() == ["unknown", "unknown", "deficit"]
    assert (gap.requirement, gap.allocation, gap.gap) == (5e6, 4e6, 1e6)
    assert any("One line stands only on the side of the requirement" in note and "KSh 3 million" in note
               for note in gap.notes)  # fmt: skip
    assert any("'Household Services'" in note and "'Houshold Services'" in note for note in gap.notes)


def test_recurrent_and_development_are_set_against_a_total() -> None:
    asked = figures(
        {"vote": "A", "amount": 3, "economic_class": "recurrent"},
        {"vote": "A", "amount": 4, "economic_class": "development"},
        {"vote": "B", "amount": 9, "economic_class": "recurrent"},
    )
    given_ = figures(
        {"vote": "A", "amount": 5, "economic_class": "total"}, {"vote": "B", "amount": 6, "economic_class": "total"}
    )
    lines = wb.gap(asked, given_).lines
    assert lines[lines["vote"] == "A"]["gap"].tolist() == [2e6]
    # B's recurrent part is not the whole of B, so it is not set against B's total.
    assert lines[lines["vote"] == "B"]["kind"].tolist() == ["unknown", "unknown"]


def test_nested_lines_are_told() -> None:
    asked = figures({"sector": "S", "vote": "A", "amount": 9}, {"sector": "S", "programme": "P", "amount": 3})
    gap = wb.gap(asked, asked.assign(amount=[5, 2]))
    assert any("count the same money twice" in note for note in gap.notes)
    assert "count the same money twice" in gap.summary()
    assert math.isnan(gap.gap)
    assert gap.by("vote")["gap"].tolist() == [4e6, 1e6]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("amount", "12,5x", "is no number"),
        ("unit", "KSH million", "did you mean 'KES million'"),
        ("financial_year", "2009/11", "is no financial year"),
    ],
)
def test_faults_are_told_all_at_once(column: str, value: str, words: str) -> None:
    good = figures({"vote": "A", "amount": 3})
    broken = figures({"vote": "A", "amount": 3}, {"vote": "B", "amount": 4}, {"vote": "C", "amount": 5}).astype(object)
    broken.loc[[0, 2], column] = value
    with pytest.raises(InputError) as refusal:
        wb.gap(broken, good)
    assert words in str(refusal.value)
    assert len(refusal.value.faults) == (1 if column == "financial_year" else 2)


def test_missing_columns_are_told_all_at_once() -> None:
    with pytest.raises(InputError) as refusal:
        wb.gap(pd.DataFrame({"vote": ["A"], "Amount": [1]}), figures({"vote": "A", "amount": 3}))
    assert {fault.column for fault in refusal.value.faults} == {"financial_year", "amount", "unit"}


def test_mixed_stages_and_mixed_bases_are_refused() -> None:
    given_ = figures({"vote": "A", "amount": 3})
    with pytest.raises(InputError, match="stand together in one side"):
        wb.gap(figures({"vote": "A", "amount": 3, "stage": "ceiling"}, {"vote": "B", "amount": 3, "stage": "estimate"}),
               given_)  # fmt: skip
    with pytest.raises(InputError, match="gross, net"):
        wb.gap(figures({"vote": "A", "amount": 3, "basis": "gross"}, {"vote": "A", "amount": 2, "basis": "net"}),
               given_)  # fmt: skip


def test_unknown_names_are_refused(plan: Package) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'programme'"):
        wb.gap(plan.requirements, plan.allocations, by="programe")
    with pytest.raises(UnknownNameError, match="as_computed"):
        wb.gap(plan.requirements, plan.allocations, basis="as_compted")
    with pytest.raises(UnknownNameError, match="is no known financial year"):
        wb.gap(plan.requirements, plan.allocations, financial_year="2019/20")
    with pytest.raises(UnknownNameError, match="did you mean 'Household Services'"):
        wb.gap(plan.requirements, plan.allocations).explain("Houshold Services")


def test_explain_says_the_figures(plan: Package) -> None:
    text = wb.gap(plan.requirements, plan.allocations).explain("household services")
    assert text == (
        "Household Services in 2009/10: KSh 410 million was required and KSh 30 million allocated (7.3 per cent of it): "
        "a deficit of KSh 380 million. That is 30.5 per cent of the year's whole: a deficit of KSh 1,247 million. "
        "Other years: 2010/11: no gap; 2011/12: no gap; 2012/13: gap unknown."
    )


amounts = st.lists(
    st.tuples(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from("ABC"), st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=20)
@given(amounts)
def test_groups_add_up_to_the_whole(drawn: list[tuple[int, int, str, bool]]) -> None:
    rows = [{"sector": sector, "vote": f"{sector}{at}", "unit": "KES"} for at, (_, _, sector, _) in enumerate(drawn)]
    asked = figures(*[{**row, "amount": one[0]} for row, one in zip(rows, drawn, strict=True)])
    given_ = figures(*[{**row, "amount": one[1]} for row, one in zip(rows, drawn, strict=True)])
    gap = wb.gap(asked, given_)
    assert gap.gap == sum(one[0] - one[1] for one in drawn)
    assert gap.by("sector")["gap"].sum() == gap.gap
    assert gap.by("sector", "vote")["gap"].sum() == gap.gap
    swapped = wb.gap(given_.assign(stage="requirement"), asked.assign(stage="allocation"))
    assert swapped.gap == -gap.gap


@settings(max_examples=20)
@given(amounts)
def test_a_sum_over_an_unknown_is_unknown(drawn: list[tuple[int, int, str, bool]]) -> None:
    asked = figures(*[{"sector": one[2], "vote": str(at), "amount": None if one[3] else one[0]}
                      for at, one in enumerate(drawn)])  # fmt: skip
    given_ = figures(*[{"sector": one[2], "vote": str(at), "amount": one[1]} for at, one in enumerate(drawn)])
    by_sector = wb.gap(asked, given_).by("sector").set_index("sector")["gap"]
    for sector, gap in by_sector.items():
        unknown = any(one[3] for one in drawn if one[2] == sector)
        assert math.isnan(gap) == unknown


def test_a_negative_requirement_has_no_share_that_is_met() -> None:
    """What was taken back, -5, cannot be funded to -5,420 per cent."""
    sides = [
        pd.DataFrame({"financial_year": "2024/25", "programme": ["A"], "amount": [amount], "unit": "KES"})
        for amount in (-5, 271)
    ]
    result = wb.gap(*sides)
    assert result.lines["funding_ratio"].isna().all()
    assert math.isnan(result.funding_ratio)
    assert any("requirement of A is negative" in note for note in result.notes)


def test_what_is_no_table_is_refused_in_words() -> None:
    with pytest.raises(InputError, match="is no table") as refused:
        wb.gap(5, [1])
    assert len(refused.value.faults) == 2
    with pytest.raises(InputError, match="it cannot be the requirements"):
        wb.gap(None)
    with pytest.raises(InputError, match="'x' is no ledger that can be read"):
        wb.gap("x")


def test_a_stage_is_not_set_against_itself() -> None:
    side = pd.DataFrame(
        {"financial_year": "2024/25", "programme": ["A"], "amount": [1], "unit": "KES", "stage": "revised"}
    )
    with pytest.raises(InputError, match="'revised' is set against itself"):
        wb.gap(side, side)
    before_and_after = wb.gap(side, side.assign(amount=0.4)).by("programme")
    assert before_and_after[["requirement", "allocation"]].to_numpy().tolist() == [[1.0, 0.4]]


def test_shares_as_printed_are_of_the_whole_that_is_printed(plan: Package) -> None:
    """3,162 less 2,055 is 1,107; the printed programmes lack 595 and 670, which make 1,265."""
    printed = wb.gap(plan.requirements, plan.allocations, basis="as_printed", financial_year="2009/10")
    assert printed.by("programme")["share_of_gap"].tolist() == pytest.approx([595 / 1107, 670 / 1107])
    assert "That is 34.3 per cent of the year's whole: a deficit of KSh 1,107 million." in printed.explain(
        "Household Services"
    )
    lines = printed.lines.set_index("sub_programme")
    assert lines.loc["Household Services", "share_of_gap"] == pytest.approx(380 / 1107)
    # Table 8.2 prints its own deficit, of which the whole is the whole.
    own = wb.gap(*sides_of(plan, table="8.2"), basis="as_printed").years
    assert own["share_of_gap"].tolist() == [1, 1, 1]


def test_no_share_of_a_printed_gap_that_is_nil(plan: Package) -> None:
    printed = wb.gap(plan.requirements, plan.allocations, basis="as_printed", financial_year="2011/12")
    assert printed.gap == 0
    assert printed.by("programme")["gap"].tolist() == [0, 100e6]
    assert printed.by("programme")["share_of_gap"].isna().all()
    assert printed.lines["share_of_gap"].isna().all()
    assert "whole" not in printed.explain("Coordination and Supervisory Services")


@pytest.mark.parametrize("basis", ["as_computed", "as_printed"])
def test_a_share_is_its_gap_over_the_whole_of_the_same_table(plan: Package, basis: str) -> None:
    gap = wb.gap(plan.requirements, plan.allocations, basis=basis)
    whole = gap.years.set_index("financial_year")["gap"]
    for table in (gap.lines, gap.by("programme"), gap.by("sub_programme")):
        of = table["financial_year"].map(whole)
        assert (table["share_of_gap"] * of).dropna().tolist() == pytest.approx(
            table.loc[table["share_of_gap"].notna(), "gap"].tolist()
        )
        assert table.loc[(of == 0) | of.isna(), "share_of_gap"].isna().all()


def test_a_printed_deficit_that_is_used_is_not_contradicted(plan: Package) -> None:
    used = " ".join(wb.gap(*sides_of(plan, table="8.2"), basis="as_printed").notes)
    assert "a deficit of KSh 187.42 million (table 8.2), and that is the gap used here; the figures beside it" in used
    assert "the figures used here give a surplus" not in used


@pytest.mark.parametrize("line", ["", "   ", None, 5])
def test_an_empty_name_is_no_line(plan: Package, line: Any) -> None:
    unlabelled = wb.gap(figures({"vote": "A", "amount": 1}), figures({"vote": "A", "amount": 1}))
    for gap in (unlabelled, wb.gap(plan.requirements, plan.allocations)):
        with pytest.raises(UnknownNameError, match="is no known line of this gap"):
            gap.explain(line)


def test_the_largest_is_told_of_the_lines_whose_gap_is_known(national: Package) -> None:
    stages = national.table("sector_stages").query("financial_year == '2025/26'")
    ceilings = wb.gap(stages.query("stage == 'ceiling'"), stages.query("stage == 'estimate'"))
    assert "The largest shortfall of the 2 lines whose gap is known is Education" in ceilings.summary()
    asked = figures({"vote": "A", "amount": 3}, {"vote": "B", "amount": 5})
    assert (
        "The only line whose gap is known is A, KSh 1 million"
        in wb.gap(asked, figures({"vote": "A", "amount": 2})).summary()
    )


def test_a_level_named_twice_counts_once(plan: Package) -> None:
    gap = wb.gap(plan.requirements, plan.allocations, by=["vote", "programme", "vote"])
    assert gap.parameters["by"] == ("vote", "programme")
    pd.testing.assert_frame_equal(gap.by("vote", "vote"), gap.by("vote"))
    wrong: Any = 5
    with pytest.raises(UnknownNameError, match="is neither a name nor several"):
        wb.gap(plan.requirements, plan.allocations, by=wrong)
    with pytest.raises(UnknownNameError, match="is no known basis"):
        wb.gap(plan.requirements, plan.allocations, basis=wrong)


def test_two_sides_without_figures_are_refused() -> None:
    none = figures({"vote": "A", "amount": 1}).iloc[:0]
    with pytest.raises(InputError, match="there are no figures to compare"):
        wb.gap(none, none.copy())


@pytest.mark.parametrize("amount", [math.inf, -math.inf, 1e300])
def test_an_amount_without_end_is_refused(amount: float) -> None:
    with pytest.raises(InputError, match="is larger than any sum of money"):
        wb.gap(figures({"vote": "A", "amount": amount}), figures({"vote": "A", "amount": 1}))


def test_a_misspelt_mark_is_refused_and_an_illustrative_one_is_told() -> None:
    given_ = figures({"vote": "A", "amount": 1}, {"vote": "B", "amount": 1}, source="made up")
    for mark in ("Illustrative", "illustrativ"):
        with pytest.raises(InputError, match=r"is no mark \(did you mean 'illustrative'\?\)"):
            wb.gap(given_.assign(mark=["certain", mark]), given_)
    shown = wb.gap(given_.assign(mark=["certain", "illustrative"]), given_)
    assert shown.summary().endswith("Illustrative, no published figure: made up.")
    assert "Illustrative, no published figure: made up." in shown.notes
    assert "Illustrative" not in wb.gap(given_.assign(mark="certain"), given_).summary()
