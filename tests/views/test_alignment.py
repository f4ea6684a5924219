"""Every picture has a table behind it and a text, and shows what the model computed."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from workbench.alignment.regrouping import regroup
from workbench.views import alignment as views


@pytest.fixture(scope="module")
def view() -> wb.Alignment:
    return wb.align()


def _exhibits(view: wb.Alignment) -> list[views.Exhibit]:
    return [
        views.plan_against_budget(view), views.money_matrix(view), views.money_flow(view), views.orphans(view),
        views.frontier(regroup(view, [0, 1])),
    ]  # fmt: skip


def test_every_picture_has_a_text_a_table_and_plain_numbers(view: wb.Alignment) -> None:
    for plan in (view, wb.align(plan="vision-2030")):
        for exhibit in _exhibits(plan):
            assert exhibit.picture.says.endswith("The links are illustrative.")
            assert exhibit.grid.rows
            json.dumps(exhibit.picture.figure, allow_nan=False)


def test_the_bars_are_the_shares(view: wb.Alignment) -> None:
    budget, plan = views.plan_against_budget(view).picture.figure["data"]
    largest_first = view.by_plan.sort_values("budget_amount", ascending=False)
    np.testing.assert_allclose(budget["x"], largest_first["budget_share"] * 100)
    np.testing.assert_allclose(plan["x"], largest_first["plan_share"] * 100)


def test_the_difference_is_what_the_budget_has_beyond_the_plan(view: wb.Alignment) -> None:
    shown = views.plan_against_budget(view).grid
    place = {column.key: number for number, column in enumerate(shown.columns)}
    for row in shown.values:
        budget, plan, difference = (row[place[key]] for key in ("budget_share", "plan_share", "difference"))
        assert abs(float(difference) - (float(budget) - float(plan))) < 1e-9
    assert any(float(row[place["difference"]]) > 1 for row in shown.values)


def test_a_plan_without_money_has_no_bars_of_its_own() -> None:
    exhibit = views.plan_against_budget(wb.align(plan="vision-2030"))
    assert [trace["name"] for trace in exhibit.picture.figure["data"]] == ["Budget"]
    assert not any("Plan" in column.title and "%" in column.title for column in exhibit.grid.columns)


def test_no_shilling_is_lost_in_the_flow(view: wb.Alignment) -> None:
    (trace,) = views.money_flow(view).picture.figure["data"]
    link, labels = trace["link"], trace["node"]["label"]
    flows = list(zip(link["source"], link["target"], link["value"], strict=True))
    assert sum(value for _, _, value in flows) == pytest.approx(2 * view.total / 1e9)
    for position in range(len(labels)):
        entering = sum(value for _, target, value in flows if target == position)
        leaving = sum(value for source, _, value in flows if source == position)
        if entering and leaving:
            assert entering == pytest.approx(leaving)
    assert "Not in the plan" in labels


def test_the_matrix_leaves_empty_cells_empty(view: wb.Alignment) -> None:
    (trace,) = views.money_matrix(view).picture.figure["data"]
    drawn = np.array([[np.nan if cell is None else cell for cell in row] for row in trace["z"]])
    assert np.isnan(drawn).sum() == int((view.matrix == 0).to_numpy().sum())
    assert np.nansum(drawn) == pytest.approx(view.linked / 1e9)


def test_orphans_come_first_and_say_that_they_have_no_money() -> None:
    bridge = wb.open_package("mtp-mtef").table("crosswalk_mtp_iv")
    bridge["plan_code"] = bridge["plan_code"].replace("environment", "finance-production")
    merged = bridge.groupby(["budget_code", "plan_code"], sort=False).agg(
        {"share": "sum", "reason": "first", "mark": "first", "valid_from": "first", "valid_to": "first"}
    ).reset_index()  # fmt: skip
    result = wb.align(crosswalk=merged)
    exhibit = views.orphans(result)
    (trace,) = exhibit.picture.figure["data"]
    assert trace["text"][0] == "no money"
    assert exhibit.grid.rows[0][0] == "Environment and natural resources"
    assert "1 of 5 plan sectors has no money: Environment" in exhibit.picture.says


def test_nothing_linked_is_said_and_not_drawn_as_something(view: wb.Alignment) -> None:
    left_out = view.links.drop_duplicates("budget_code")[["budget_code", "reason"]].assign(
        plan_code="unlinked", share=1, mark="certain", valid_from=None, valid_to=None
    )
    result = wb.align(crosswalk=left_out)
    for exhibit in (views.plan_against_budget(result), views.money_matrix(result), views.money_flow(result)):
        assert exhibit.picture.says == "No money is linked to the plan."
        json.dumps(exhibit.picture.figure, allow_nan=False)
    assert views.orphans(result).picture.says.startswith("5 of 5 plan sectors have no money: ")


def test_plan_sectors_of_one_label_keep_their_own_money() -> None:
    plan = pd.DataFrame({"plan_code": ["name", "q"], "label": ["Same", "Same"], "amount": [1, 1], "unit": "KES"})
    budget = pd.DataFrame({"budget_code": ["a", "b", "c"], "label": "l", "sector": ["S", "S", "T"],
                           "amount": [1, 2, 3], "unit": "KES billion"})  # fmt: skip
    crosswalk = pd.DataFrame({"budget_code": ["a", "b", "c"], "plan_code": ["name", "q", "q"], "share": 1, "reason": "r",
                              "mark": "certain", "valid_from": None, "valid_to": None})  # fmt: skip
    result = wb.align(plan=plan, budget=budget, crosswalk=crosswalk)
    exhibit = views.money_matrix(result, sector_names={"S": "Sector S"})
    assert exhibit.grid.rows == (("Sector S", "1.0", "2.0"), ("T", "0.0", "3.0"))
    assert exhibit.picture.says == "3 of 4 cells hold money. The largest is T for Same: KSh 3.0 billion."
    assert [row[3] for row in views.money_flow(result).grid.rows] == ["3.00", "2.00", "1.00"]


def test_a_narrow_page_shows_the_flow_to_the_working_groups_only(view: wb.Alignment) -> None:
    (trace,) = views.money_flow(view).picture.narrow["data"]
    assert sum(trace["link"]["value"]) == pytest.approx(view.total / 1e9)
    assert len(trace["node"]["label"]) == 6 + 10


def test_every_line_of_a_table_can_be_asked_about_and_has_its_mark(view: wb.Alignment) -> None:
    for result in (view, wb.align(plan="vision-2030")):
        for exhibit in _exhibits(result)[:-1]:
            assert len(exhibit.grid.picks) == len(exhibit.grid.marks) == len(exhibit.grid.rows)
            assert set(exhibit.grid.marks) == {"illustrative"}
            assert all(result.explain(pick) for pick in exhibit.grid.picks)
