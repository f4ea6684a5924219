"""The measures by year and stage, and the sectors of other years."""

from __future__ import annotations

import pytest

import workbench as wb
from workbench.alignment import over_time, sectors_over_time
from workbench.alignment.series import sector_crosswalk

HOUSING = "State Department for Housing and Urban Development"
ASALS = "State Department for the ASALs and Regional Development"


def test_every_stage_of_the_votes_is_measured_in_order() -> None:
    series = over_time()
    assert series.table[["financial_year", "stage"]].to_dict("records") == [
        {"financial_year": "2024/25", "stage": "revised"},
        {"financial_year": "2024/25", "stage": "expenditure"},
    ]
    assert series.table["distance"].iloc[0] == wb.align().distance
    assert series.illustrative


def test_sectors_give_more_years_with_the_votes_links() -> None:
    view = wb.align()
    series = sectors_over_time(view)
    keys = list(series.table[["financial_year", "stage"]].itertuples(index=False, name=None))
    assert ("2025/26", "ceiling") in keys
    assert keys.index(("2025/26", "ceiling")) < keys.index(("2025/26", "revised"))
    # Over the year and stage that the links come from, sectors give what votes gave, but for the printed rounding.
    same = series.table[(series.table["financial_year"] == "2024/25") & (series.table["stage"] == "revised")].iloc[0]
    assert same["distance"] == pytest.approx(view.distance, abs=1e-4)
    assert same["v_measure"] == pytest.approx(view.v_measure, abs=1e-4)
    assert series.alignments[0].parameters["plan"] == "mtp-iv"
    # BPS 2025 (Hansard): the ten ceilings add to 2,561.7 billion.
    ceiling = series.table[series.table["stage"] == "ceiling"].iloc[0]
    assert ceiling["total"] == 2_561_700_000_000


def test_the_sector_crosswalk_carries_every_sector_whole() -> None:
    shares = sector_crosswalk(wb.align()).table.groupby("budget_code")["share"].sum()
    assert len(shares) == 10
    assert shares.tolist() == pytest.approx([1] * 10)


def test_the_date_decides_the_sector() -> None:
    today = wb.align()
    assert today.links.set_index("budget_code")["sector"][HOUSING].unique().tolist() == ["EIICT"]
    then = wb.align(sectors_of="2015/16")
    assert then.links.set_index("budget_code")["sector"][HOUSING].unique().tolist() == ["ARUD"]
    assert any("placed in ARUD, as in FY 2015/16" in note for note in then.notes)
    asals = wb.align(sectors_of="2022/23").links.set_index("budget_code")["sector"][ASALS]
    assert asals.unique().tolist() == ["SPCR"]
    gone = wb.align(sectors_of="2021/22")
    assert any("Cooperatives had left GECA" in note for note in gone.notes)
    assert gone.total == then.total == today.total
    assert then.distance == pytest.approx(today.distance, abs=1e-12)
