"""The fiscal rules on published figures, each with its denominator named."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

import workbench as wb
from tests.gap.conftest import figures
from workbench.datasets import Package
from workbench.errors import InputError, UnknownNameError
from workbench.gap import Amount
from workbench.gap.published import published_changes, published_shares
from workbench.gap.rule_amounts import read_shares


def test_the_denominator_decides_the_development_share(national: Package) -> None:
    # budget_system.md section 3: 612.98 / 2,382.94 = 25.7%; 749.0 / 4,785.2 = 15.7%.
    check = wb.check_rules(
        national.table("fiscal_rules"),
        shares={
            "development_share": [
                (Amount("development", 612.98e9), Amount("MDA revised gross", 2382.94e9)),
                (Amount("development and net lending", 749.0e9), Amount("total expenditure", 4785.2e9)),
            ]
        },
    )
    shares = check.checks[check.checks["rule"] == "development_share"]
    assert shares["ratio"].round(3).tolist() == [0.257, 0.157]
    assert shares["passed"].tolist() == [False, False]
    assert shares["by_kes"].tolist() == pytest.approx([612.98e9 - 0.3 * 2382.94e9, 749e9 - 0.3 * 4785.2e9])
    assert "25.7 per cent of MDA revised gross" in check.summary()


def test_a_rule_without_figures_is_never_passed(national: Package) -> None:
    check = wb.check_rules(national.table("fiscal_rules"), level="county")
    assert check.checks["passed"].isna().all()
    assert check.summary().startswith("0 passed, 0 failed, 4 could not be checked")
    assert "wages" in check.explain("wage_share")


@pytest.mark.parametrize(("wages", "passed", "spare"), [(35.0, True, 0.0), (35.01, False, -0.01), (30.0, True, 5.0)])
def test_a_maximum_holds_to_the_shilling(national: Package, wages: float, passed: bool, spare: float) -> None:
    pair = (Amount("wages", wages), Amount("total revenue", 100.0))
    check = wb.check_rules(national.table("fiscal_rules"), level="county", shares={"wage_share": pair})
    row = check.checks.set_index("rule").loc["wage_share"]
    assert (bool(row["passed"]), row["by_kes"]) == (passed, pytest.approx(spare))


@pytest.mark.parametrize("revenue", [0.0, -5.0])
def test_nothing_is_a_share_of_nothing(national: Package, revenue: float) -> None:
    pair = (Amount("wages", 1.0), Amount("total revenue", revenue))
    check = wb.check_rules(national.table("fiscal_rules"), level="county", shares={"wage_share": pair})
    row = check.checks.set_index("rule").loc["wage_share"]
    assert row["passed"] is pd.NA
    assert math.isnan(row["by_kes"])
    assert "nothing is a share of it" in check.summary()


def test_unknown_amounts_leave_a_rule_unchecked(national: Package) -> None:
    pair = (Amount("wages", math.nan), Amount("total revenue", 100.0))
    check = wb.check_rules(national.table("fiscal_rules"), level="county", shares={"wage_share": pair})
    row = check.checks.set_index("rule").loc["wage_share"]
    assert row["why"] == "unknown: wages"
    assert row["passed"] is not True


def test_reallocation_by_programme(national: Package) -> None:
    before = figures({"programme": "A", "amount": 100}, {"programme": "B", "amount": 100}, stage="estimate")
    after = before.assign(stage="revised", amount=[110, 89])
    check = wb.check_rules(national.table("fiscal_rules"), changes={"programme_reallocation": (before, after)})
    rows = check.checks[check.checks["rule"] == "programme_reallocation"].set_index("subject")
    assert rows["passed"].to_dict() == {"A": True, "B": False}
    assert rows["by_kes"].to_dict() == {"A": 0.0, "B": -1e6}


def test_published_figures_of_the_package(national: Package) -> None:
    (pair,) = published_shares(national, "2024/25")["development_share"]
    assert pair[0].kes / pair[1].kes == pytest.approx(612.98 / 2382.94, abs=1e-4)
    assert published_shares(national, "2025/26") == {}
    assert list(published_shares(national)) == ["development_share"]
    assert published_changes(national, "2024/25") == {}
    check = wb.check_rules(national.table("fiscal_rules"), changes=published_changes(national, "2025/26"))
    slippage = check.checks[check.checks["rule"] == "ceiling_slippage"]
    assert len(slippage) == 10
    assert slippage["passed"].notna().sum() == 2


def test_refusals(national: Package) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'wage_share'"):
        wb.check_rules(national.table("fiscal_rules"), shares={"wages_share": (Amount("a", 1), Amount("b", 2))})
    with pytest.raises(InputError) as refusal:
        read_shares(["wage_share", "wage_share:=5/b=6", "wage_share:a=x/b=6"])
    assert len(refusal.value.faults) == 3
    assert read_shares(["a:b=5e9/c=1.5E+10"]) == {"a": [(Amount("b", 5e9), Amount("c", 1.5e10))]}
    with pytest.raises(UnknownNameError) as several:
        wb.check_rules(
            national.table("fiscal_rules"), level="count", shares={"wages_share": (Amount("a", 1), Amount("b", 2))}
        )
    assert len(several.value.faults) == 2
    assert read_shares(["wage_share:wages=KSh 1 million/revenue=2,000,000"]) == {
        "wage_share": [(Amount("wages", 1e6), Amount("revenue", 2e6))]
    }


def test_a_rule_that_is_not_checked_still_tells_its_limit(national: Package) -> None:
    rows = wb.check_rules(national.table("fiscal_rules")).checks.set_index("rule")
    assert rows["passed"].isna().all()
    assert rows["value"].to_dict() == {
        "development_share": 0.3, "wage_share": 0.35, "programme_reallocation": 0.1, "ceiling_slippage": 0.02,
        "contingencies_fund": 10e9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "given"),
    [("wage_share", {"shares": {"wage_share": (Amount("wages", -5), Amount("revenue", 10))}}),
     ("contingencies_fund", {"amounts": {"contingencies_fund": Amount("capital", -5)}})],
)  # fmt: skip
def test_a_negative_amount_keeps_no_rule(national: Package, rule: str, given: dict[str, Any]) -> None:
    row = wb.check_rules(national.table("fiscal_rules"), **given).checks.set_index("rule").loc[rule]
    assert row["passed"] is pd.NA
    assert "negative" in row["why"]


def test_what_is_no_amount_is_refused_with_the_unknown_rules(national: Package) -> None:
    wrong: Any = {
        "wage_share": (5.0, 10.0),
        "wages_share": [(Amount("a", 1), Amount("b", math.inf)), (Amount("c", 1),)],
    }
    amounts: Any = {"contingencies_fund": 5}
    changes: Any = 5
    with pytest.raises(InputError) as refusal:
        wb.check_rules(national.table("fiscal_rules"), shares=wrong, amounts=amounts, changes=changes)
    assert len(refusal.value.faults) == 7
    text: Any = "5"
    check = wb.check_rules(
        national.table("fiscal_rules"), shares={"wage_share": (Amount("wages", text), Amount("revenue", 10.0))}
    )
    assert check.checks.set_index("rule").loc["wage_share", "ratio"] == 0.5
