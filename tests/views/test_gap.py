"""The gap model's charts as plain data."""

from __future__ import annotations

import json

import workbench as wb
from workbench.views.gap import gap_bars, stages_waterfall


def test_bars_show_what_the_package_computes() -> None:
    plan = wb.open_package("opm-strategic-plan")
    drawn = gap_bars(wb.gap(plan.requirements, plan.allocations), "2009/10")
    first, second = drawn.figure["data"]
    assert (first["name"], sum(first["x"])) == ("Requirement", 3162)
    assert (second["name"], sum(second["x"])) == ("Allocation", 1915)
    texts = [one["text"] for one in drawn.figure["layout"]["annotations"]]
    assert texts[2:4] == ["surplus 37 million", "deficit 380 million"]
    assert "KSh 1,247 million" in drawn.says
    json.dumps(drawn.figure, allow_nan=False)


def test_an_unknown_amount_has_no_bar() -> None:
    plan = wb.open_package("opm-strategic-plan")
    drawn = gap_bars(wb.gap(plan.requirements, plan.allocations), "2012/13")
    assert drawn.figure["data"][1]["x"] == [None] * 8
    assert {one["text"] for one in drawn.figure["layout"]["annotations"]} == {"gap unknown"}


def test_the_waterfall_starts_and_ends_where_the_stages_do() -> None:
    figures = wb.open_package("national-budget").figures
    vote = "State Department for Lands and Physical Planning"
    drawn = stages_waterfall(wb.stages(figures, vote=vote, financial_year="2024/25"))
    (trace,) = drawn.figure["data"]
    assert trace["y"] == [10020, -3510, 2180, 1000, 0, -120, 9570]
    assert sum(trace["y"][:-1]) == trace["y"][-1]
    assert trace["measure"] == ["absolute", *["relative"] * 5, "total"]
