"""Posts whose number or pay is unknown stay unknown in every sum; a broken table is refused in words."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from workbench.datasets import Package
from workbench.errors import InputError
from workbench.gap import Staffing, illustrative_pay_scale, staffing


def posts(**columns: Any) -> pd.DataFrame:
    common = {"unit": "U", "post": "Clerk", "job_group": "J", "approved": 1, "proposed": 3, "variance": 2,
              "source": "s", "locator": "l", "mark": "certain"}  # fmt: skip
    return pd.DataFrame({**common, **columns}, index=range(max(map(len, columns.values()), default=1)))


PAY = pd.DataFrame({"job_group": list("JK"), "annual_kes": [100.0, 200.0], "mark": "certain"})


@pytest.fixture(scope="module")
def staff(plan: Package) -> Staffing:
    return staffing(plan.table("staffing"), illustrative_pay_scale(), scale="illustrative")


def test_a_group_of_which_nothing_is_known_is_blank(staff: Staffing) -> None:
    groups = staff.by("job_group").set_index("job_group")
    assert groups.loc["H/J", ["approved", "missing", "cost"]].isna().all()
    assert (groups.loc["H/J", "proposed"], groups.loc["H/J", "not_known"]) == (4, 1)
    # The two policy advisors have no job group: two posts are missing, and nobody knows their pay.
    assert groups.loc["-", "missing"] == 2
    assert math.isnan(groups.loc["-", "cost"])
    assert groups.loc["V", "cost"] == 0


def test_a_cost_without_some_of_its_parts_says_so(staff: Staffing) -> None:
    assert "Of 218 new posts the 216 whose pay is known cost KSh 115.25 million" in staff.summary()
    assert "Of 218 new posts the 216 whose pay is known" in staff.against("KSh 132 million")
    assert (
        staffing(posts(), PAY, scale="s").summary().startswith("1 posts are approved and 3 proposed. 2 new posts cost")
    )


def test_a_scale_without_the_groups_costs_nothing_that_is_known(plan: Package) -> None:
    found = staffing(plan.table("staffing"), PAY.assign(job_group=["X1", "X2"]), scale="other")
    assert math.isnan(found.cost)
    assert found.to_dict()["cost"] is None
    assert "218 new posts cost an unknown amount a year" in found.summary()
    assert "cannot be compared" in found.against(132e6)
    assert "less" not in found.against(132e6)
    units = found.requirements("2009/10")
    assert len(units) == 16
    assert units["amount"].isna().all()
    assert math.isnan(wb.gap(units, units.assign(stage="allocation", amount=0.0)).gap)


def test_nobody_is_new_and_nothing_is_lacking() -> None:
    found = staffing(posts(proposed=[1]), PAY, scale="s")
    assert (found.cost, found.missing) == (0.0, 0)


def test_a_level_named_twice_counts_once(staff: Staffing) -> None:
    pd.testing.assert_frame_equal(staff.by("unit", "unit"), staff.by("unit"))


@pytest.mark.parametrize("printed", [-1, "much", math.inf, [1]])
def test_what_the_plan_prints_must_be_an_amount(staff: Staffing, printed: Any) -> None:
    with pytest.raises(InputError):
        staff.against(printed)
    assert "unknown amount" in staff.against(math.nan)


@pytest.mark.parametrize(
    ("table", "pay", "pick", "faults"),
    [
        (posts(), PAY, "foo", ["'foo' is no way to choose"]),
        (posts().drop(columns="proposed"), 5, "lowst", ["is missing from the establishment", "is no table", "did you mean 'lowest'"]),
        (posts(approved=["many"], proposed=[-3]), PAY, "lowest", ["'many' is no number", "must be 0 or more"]),
        (posts(approved=[-1140]), PAY.assign(annual_kes=math.inf), "lowest", ["'-1140' is too little", "larger than any sum of money"]),
        (posts(mark=["Illustrative"]), PAY.assign(mark="illustrativ"), "lowest", ["'Illustrative' is no mark", "'illustrativ' is no mark"]),
    ],
)  # fmt: skip
def test_faults_of_both_tables_are_told_at_once(table: Any, pay: Any, pick: Any, faults: list[str]) -> None:
    with pytest.raises(InputError) as refusal:
        staffing(table, pay, scale="s", pick=pick)
    assert len(refusal.value.faults) >= len(faults)
    for words in faults:
        assert words in str(refusal.value)
