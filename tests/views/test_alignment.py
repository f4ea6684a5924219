"""Every picture has a table behind it and a text, and shows what the model computed."""

from __future__ import annotations

import json

import numpy as np
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
    np.testing.assert_allclose(budget["x"], view.by_plan["budget_share"] * 100)
    np.testing.assert_allclose(plan["x"], view.by_plan["plan_share"] * 100)


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
    assert "1 of 5 plan sectors have no money: Environment" in exhibit.picture.says
