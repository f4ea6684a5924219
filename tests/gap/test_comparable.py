"""What stands on one side only is in no gap, and lines that may hold the same money are in no sum."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.gap.conftest import figures
from workbench.datasets import Package
from workbench.errors import InputError
from workbench.gap import Deflator, Gap, sides_of
from workbench.scenarios.models.gap_moves import move


@pytest.fixture(scope="module")
def slippage(national: Package) -> Gap:
    return wb.gap(*sides_of(national, "ceiling", "estimate"), financial_year="2025/26")


def test_only_two_sectors_have_a_ceiling_and_an_estimate(slippage: Gap) -> None:
    # sector_stages.csv: Education 723.9 and 701.1, EIICT 504.6 and 500.7; all ten ceilings together are 2,561.7.
    assert (slippage.requirement, slippage.allocation) == pytest.approx((1228.5e9, 1201.8e9))
    assert slippage.gap == pytest.approx(26.7e9)
    (whole,) = slippage.years.to_dict("records")
    assert whole["requirement_alone"] == pytest.approx(2561.7e9 - 1228.5e9)
    assert (whole["allocation_alone"], whole["kind"]) == (0, "deficit")
    shares = slippage.by("sector").set_index("sector")["share_of_gap"].dropna()
    assert shares.to_dict() == pytest.approx({"Education": 22.8 / 26.7, "EIICT": 3.9 / 26.7})


def test_what_stands_alone_is_told_in_words_and_numbers(slippage: Gap) -> None:
    assert "KSh 26.7 billion less than the ceiling" in slippage.summary()
    assert "KSh 1,333.2 billion of the ceiling stands on lines that the other side does not have" in slippage.summary()
    assert any("8 lines stand only on the side of the ceiling (2025/26: KSh 1,333.2 billion in ARUD" in note
               for note in slippage.notes)  # fmt: skip
    readings = slippage.readings.query("side == 'requirement'").set_index("reading")
    assert readings["used"].to_dict() == {
        "added up from the rows": False,
        "added up from the lines on both sides": True,
    }
    assert (readings["amount"] / 1e9).round(1).tolist() == [2561.7, 1228.5]
    assert "disagrees with itself" not in slippage.summary()
    assert slippage.by()["ceiling_alone"].tolist() == pytest.approx([1333.2e9])
    assert slippage.to_dict()["gap"] == pytest.approx(26.7e9)


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999), st.sampled_from(["both", "one", "other"])),
                min_size=1, max_size=8))  # fmt: skip
def test_a_gap_is_the_sum_of_the_gaps_of_its_lines(drawn: list[tuple[int, int, str]]) -> None:
    rows = [{"sector": "S", "vote": f"v{at}"} for at in range(len(drawn))]
    asked = figures(*[{**row, "amount": one[0]} for row, one in zip(rows, drawn, strict=True) if one[2] != "other"],
                    {"sector": "T", "vote": "T", "amount": 1})  # fmt: skip
    given_ = figures(*[{**row, "amount": one[1]} for row, one in zip(rows, drawn, strict=True) if one[2] != "one"],
                     {"sector": "T", "vote": "T", "amount": 1})  # fmt: skip
    gap = wb.gap(asked, given_)
    both = [one for one in drawn if one[2] == "both"]
    assert gap.gap == sum(one[0] - one[1] for one in both) * 1e6
    alone = gap.years.iloc[0]
    assert alone["requirement_alone"] == sum(one[0] for one in drawn if one[2] == "one") * 1e6
    assert gap.requirement + alone["requirement_alone"] == asked["amount"].sum() * 1e6
    assert gap.allocation + alone["allocation_alone"] == given_["amount"].sum() * 1e6


def test_a_group_without_a_common_line_has_no_gap() -> None:
    gap = wb.gap(figures({"sector": "S", "vote": "A", "amount": 3}), figures({"sector": "S", "vote": "B", "amount": 2}))
    (row,) = gap.at_levels(("sector",)).to_dict("records")
    assert (row["stands_on"], row["kind"]) == ("different lines", "unknown")
    assert (row["requirement_alone"], row["allocation_alone"]) == (3e6, 2e6)
    assert math.isnan(gap.requirement)


def test_a_whole_is_set_against_its_parts() -> None:
    """A sector's ceiling against the estimates of its votes."""
    ceilings = figures({"sector": "S", "amount": 9}, {"sector": "T", "amount": 5}, stage="ceiling")
    votes = [{"sector": "S", "vote": "A", "amount": 4}, {"sector": "S", "vote": "B", "amount": 3}]
    gap = wb.gap(ceilings, figures(*votes, {"sector": "U", "vote": "C", "amount": 8}, stage="estimate"))
    by_sector = gap.by("sector").set_index("sector")
    assert by_sector.loc["S", ["ceiling", "estimate", "gap"]].tolist() == [9e6, 7e6, 2e6]
    assert by_sector["kind"].to_dict() == {"S": "deficit", "T": "unknown", "U": "unknown"}
    assert gap.gap == 2e6
    assert gap.by("vote")["gap"].isna().all()
    assert any("a whole where the other has its parts" in note for note in gap.notes)


def test_changes_are_those_of_the_lines_in_both_years() -> None:
    years = ("2009/10", "2010/11")
    asked = figures(*[{"vote": "A", "amount": at, "financial_year": year} for at, year in zip((10, 14), years, strict=True)],
                    {"vote": "New", "amount": 50, "financial_year": "2010/11"})  # fmt: skip
    gap = wb.gap(asked, asked.assign(amount=[8, 11, 20]))
    later = gap.change().iloc[1]
    assert later[["requirement", "requirement_change", "gap_change"]].tolist() == [64e6, 4e6, 1e6]
    assert (later["requirement_left_out"], later["allocation_left_out"]) == (1, 1)
    deflator = Deflator(name="i", base="2009/10", index={"2009/10": 1.0, "2010/11": 2.0}, dated=dt.date(2014, 1, 1), reference="made up",
                        mark="illustrative")  # fmt: skip
    real = gap.change(deflator=deflator).iloc[1]
    assert real[["requirement", "requirement_change", "gap_change"]].tolist() == [32e6, -3e6, -0.5e6]


def test_the_published_pairs_have_no_sum_where_lines_overlap(national: Package) -> None:
    pairs = wb.gap(*sides_of(national, "requirement", "allocation"))
    assert len(pairs.lines) == 33
    assert pairs.lines["gap"].notna().all()
    by_sector = pairs.by("sector").set_index(["financial_year", "sector"])
    for year, sector in (("2025/26", "EPWNR"), ("2026/27", "Education"), ("2025/26", "ARUD"), ("2026/27", "ARUD")):
        assert by_sector.loc[(year, sector), "stands_on"] == "overlapping lines"
        assert math.isnan(by_sector.loc[(year, sector), "requirement"])
    assert by_sector.loc[("2025/26", "GJLO"), "requirement"] == pytest.approx(99_002.9e6)
    assert pairs.years.set_index("financial_year")["gap"].isna().to_dict() == {
        "2009/10": False, "2022/23": False, "2023/24": True, "2025/26": True, "2026/27": True,
    }  # fmt: skip
    with pytest.raises(InputError, match="would be paid twice"):
        pairs.share_out(1e9, financial_year="2026/27")
    with pytest.raises(InputError, match="would be paid twice"):
        move(*sides_of(national, "requirement", "allocation"), "2026/27", {"extra.amount": 1e9})
    assert pairs.share_out(1e9, financial_year="2022/23").awards.tolist() == [10**9]


def test_a_part_beside_its_whole_is_in_no_sum() -> None:
    rows = figures(
        {"sector": "S", "vote": "A", "amount": 9}, {"sector": "S", "vote": "A", "programme": "P", "amount": 3}
    )
    gap = wb.gap(rows, rows.assign(amount=[5, 2]))
    assert math.isnan(gap.gap)
    assert gap.by("programme").dropna(subset="programme")["gap"].tolist() == [1e6]
    apart = rows.assign(economic_class=["recurrent", "development"])
    assert wb.gap(apart, apart.assign(amount=[5, 2])).gap == 5e6


def test_a_remark_in_brackets_makes_no_other_line() -> None:
    rows = figures({"vote": "Irrigation (inferred)", "amount": 9, "economic_class": "total"},
                   {"vote": "Irrigation", "amount": 3, "economic_class": "recurrent"})  # fmt: skip
    assert math.isnan(wb.gap(rows, rows.assign(amount=1)).gap)
    other = rows.assign(vote=["Irrigation (inferred)", "Lands"])
    assert wb.gap(other, other.assign(amount=1)).gap == 10e6


def test_a_year_of_one_side_only_is_unknown_over_all_years(slippage: Gap, national: Package) -> None:
    both = wb.gap(*sides_of(national, "ceiling", "estimate"))
    assert both.years["stands_on"].tolist() == ["allocation only", "both"]
    assert math.isnan(both.gap)
    one = figures(
        {"vote": "A", "amount": 5}, {"vote": "B", "amount": 3}, {"vote": "A", "amount": 7, "financial_year": "2010/11"}
    )
    mixed = wb.gap(one, figures({"vote": "A", "amount": 4}))
    assert math.isnan(mixed.requirement)
    assert pd.isna(mixed.funding_ratio)


def test_a_subtotal_printed_as_an_item_is_counted_once(national: Package) -> None:
    """Table 4.101 prints "Probation Services" with the sum of the two rows above; the total is printed as 36,162."""
    table = national.table("programmes").query("table == '4.101'")
    gap = wb.gap(table.query("stage == 'revised'"), table.query("stage == 'expenditure'"))
    assert gap.requirement == pytest.approx(35_623.37e6)
    assert "Probation Services" not in set(gap.lines["sub_programme"])
    assert any(
        "repeats the sum of rows beside it: Probation Services (table 4.101, row 3)" in note for note in gap.notes
    )
