"""Two crosswalks against each other, and suggestions by wording."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from workbench.alignment import compare_crosswalks, suggest, suggest_unmapped
from workbench.alignment.align import shipped_votes
from workbench.errors import InputError, UnknownNameError

TREASURY = "The National Treasury"


@pytest.fixture(scope="module")
def bridge() -> pd.DataFrame:
    return wb.open_package("mtp-mtef").table("crosswalk_mtp_iv")


@pytest.fixture(scope="module")
def votes() -> pd.DataFrame:
    return shipped_votes(wb.open_package("national-budget"))


def test_what_moved_is_told_in_shillings(bridge: pd.DataFrame, votes: pd.DataFrame) -> None:
    other = bridge.copy()
    other.loc[other["budget_code"] == TREASURY, "plan_code"] = "governance"
    result = compare_crosswalks(bridge, other, votes)
    assert result.moved == 122_180_000_000  # the Treasury's revised estimate, 122.18 billion
    by_plan = result.by_plan.set_index("plan_code")["difference"]
    assert by_plan["governance"] == 122_180_000_000
    assert by_plan["finance-production"] == -122_180_000_000
    assert by_plan.sum() == 0
    assert set(result.rows["budget_code"]) == {TREASURY}
    of_treasury = result.rows.set_index("plan_code")
    assert of_treasury.loc["governance", ["amount_before", "amount_after", "difference"]].tolist() == [
        0, 122_180_000_000, 122_180_000_000
    ]  # fmt: skip
    assert of_treasury.loc["finance-production", "share_after"] == 0
    assert result.illustrative


def test_a_crosswalk_differs_from_itself_in_nothing(bridge: pd.DataFrame, votes: pd.DataFrame) -> None:
    result = compare_crosswalks(bridge, bridge, votes, stage="expenditure")
    assert result.moved == 0
    assert result.rows.empty
    assert "every shilling to the same" in result.summary()


def test_crosswalks_to_different_plans_can_be_compared(votes: pd.DataFrame) -> None:
    package = wb.open_package("mtp-mtef")
    result = compare_crosswalks(package.table("crosswalk_mtp_iv"), package.table("crosswalk_vision_2030"), votes)
    assert result.by_plan["before"].sum() == result.by_plan["after"].sum() == 2_382_960_000_000


def test_a_faulty_side_is_refused(bridge: pd.DataFrame, votes: pd.DataFrame) -> None:
    with pytest.raises(InputError, match="in no row of the crosswalk"):
        compare_crosswalks(bridge, bridge[bridge["budget_code"] != TREASURY], votes)


def test_a_suggestion_is_marked_illustrative_and_names_its_words() -> None:
    view = wb.align(plan="vision-2030")
    table = suggest(["State Department for Irrigation of Farms and Livestock"], view.plan, view.crosswalk)
    first = table.iloc[0]
    assert first["plan_code"] == "agriculture-livestock"
    assert first["mark"] == "illustrative"
    assert "livestock" in first["reason"]
    assert 0 < first["score"] <= 1
    assert table["score"].is_monotonic_decreasing


def test_a_line_is_not_suggested_by_its_own_links() -> None:
    # Only its own row speaks of wildlife.
    view = wb.align()
    (row,) = suggest(["State Department for Wildlife"], view.plan, view.crosswalk).to_dict("records")
    assert pd.isna(row["plan_code"])


def test_wording_finds_more_than_chance_would() -> None:
    # Each line suggested from the others: chance would be right one time in five.
    view = wb.align()
    main = (
        view.links.sort_values("share")
        .drop_duplicates("budget_code", keep="last")
        .set_index("budget_code")["plan_code"]
    )
    linked = [code for code in main.index if main[code] != "unlinked"]
    table = suggest(linked, view.plan, view.crosswalk, most=1).set_index("budget_code")["plan_code"]
    assert sum(table.get(code) == main[code] for code in linked) / len(linked) > 0.35


def test_unmapped_lines_are_found(bridge: pd.DataFrame) -> None:
    assert suggest_unmapped().empty
    short = bridge[bridge["budget_code"] != "State Department for Mining"]
    (row,) = suggest_unmapped(crosswalk=short).to_dict("records")
    assert row["budget_code"] == "State Department for Mining"
    assert pd.isna(row["plan_code"])  # nobody else speaks of mining, and that is said
    assert "no word in common" in row["reason"]


def test_a_plan_of_ones_own_can_be_searched(tmp_path: Path) -> None:
    plan = pd.DataFrame(
        {"plan_code": ["w", "r"], "label": ["Water supply", "Roads and bridges"], "amount": "", "unit": ""}
    )
    table = suggest_unmapped(["Bridges of Nairobi"], plan=plan)
    assert table["plan_code"].tolist() == ["r"]
    with pytest.raises(InputError, match="without a name"):
        suggest([" "], plan)
    with pytest.raises(UnknownNameError):
        suggest_unmapped(["Bridges"], plan="vision-203")
