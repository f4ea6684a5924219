"""What the next million buys is what sharing out a million more gives, wherever a step ends."""

from __future__ import annotations

from typing import Any

import pytest

import workbench as wb
from tests.gap.conftest import figures
from workbench.datasets import Package
from workbench.errors import InputError
from workbench.gap import Gap


@pytest.fixture(scope="module")
def gap(plan: Package) -> Gap:
    return wb.gap(plan.requirements, plan.allocations, financial_year="2009/10")


@pytest.mark.parametrize("rule", ["constrained_equal_awards", "constrained_equal_losses", "talmud", "proportional"])
@pytest.mark.parametrize("steps", [10, 20])
def test_the_next_million_is_the_difference_of_two_allocations(gap: Gap, rule: str, steps: int) -> None:
    frontier = gap.frontier(rule, steps=steps)
    each = frontier.next_million.set_index("extra")
    for extra in each.index[[0, steps // 3, steps // 2, -1]]:
        now, then = (gap.share_out(round(found), rule).awards for found in (extra, min(extra + 1e6, 1309e6)))
        # Whole shillings on either side: two awards that are rounded differ by two shillings at most.
        assert each.loc[extra].tolist() == pytest.approx((then - now).tolist(), abs=2)


def test_at_a_step_that_holds_a_breakpoint(gap: Gap) -> None:
    """The smallest deficit of 126 is paid at 6 x 126 = 756: the step from 654.5 to 785.4 holds that."""
    each = gap.frontier(steps=10).next_million.set_index("extra").loc[654.5e6]
    assert each.tolist() == pytest.approx([1e6 / 6] * 6)


def test_all_who_get_money_are_named(gap: Gap) -> None:
    short = gap.lines.query("kind == 'deficit'")["sub_programme"].tolist()
    assert gap.frontier("proportional", steps=3).steps["next_goes_to"].tolist() == [", ".join(short)] * 3 + [""]
    equal = gap.frontier(steps=10).steps.set_index("extra")["next_goes_to"]
    assert equal.loc[1178.1e6] == "Household Services, Public Service Reforms"


def test_less_than_a_million_is_told_as_what_is_lacking() -> None:
    asked = figures({"vote": "extra", "amount": 300}, {"vote": "B", "amount": 100}, unit="KES thousand")
    frontier = wb.gap(asked, asked.assign(amount=0.0)).frontier("proportional", steps=1)
    assert frontier.next_million.to_dict("list") == {"extra": [0.0], "the line extra": [300e3], "B": [100e3]}


@pytest.mark.parametrize("steps", [2.5, 0, -1, "ten", True, None])
def test_what_is_no_number_of_steps_is_refused(gap: Gap, steps: Any) -> None:
    with pytest.raises(InputError, match="is no number of steps"):
        gap.frontier(steps=steps)
