"""Money through the stages of FY 2024/25, on the figures that NGBIRR-25 prints in its text."""

from __future__ import annotations

import math

import pytest

import workbench as wb
from tests.gap.conftest import figures
from workbench.datasets import Package
from workbench.errors import InputError, UnknownNameError

# KSh billion: original, Supplementary I, II, III (budget_system.md section 2.7).
PRINTED = {
    "State Department for Lands and Physical Planning": (10.02, 6.51, 8.69, 9.69),
    "State Department for Vocational and Technical Training": (30.69, 28.21, 35.42, 35.99),
    "State Department for Roads": (198.96, 191.98, 208.40, 196.60),
    "State Department of Water and Sanitation": (52.41, 49.84, 30.15, 33.27),
    "State Department for Trade": (3.60, 3.36, 5.60, 5.58),
    "State Department for Correctional Services": (35.55, 34.43, 35.86, 36.16),
    "State Department for Medical Services": (98.98, 91.98, 103.57, 102.72),
    "Ministry of Defence": (173.09, 172.95, 179.71, 179.71),
    "The Executive Office of the President": (5.43, 3.58, 4.54, 4.62),
    "State Department for Youth Affairs and Creative Economy": (4.05, 3.44, 3.56, 3.25),
}


@pytest.mark.parametrize("vote", list(PRINTED))
def test_the_ten_votes_of_2024_25(national: Package, vote: str) -> None:
    steps = wb.stages(national.figures, vote=vote, financial_year="2024/25").steps.set_index("stage")
    named = ["estimate", "supplementary_1", "supplementary_2", "supplementary_3"]
    # Supplementary III stands in the vote's table as recurrent and development, each rounded.
    assert (steps.loc[named, "amount"] / 1e9).tolist() == pytest.approx(list(PRINTED[vote]), abs=0.0101)
    assert steps["change"].iloc[1:].sum() == pytest.approx(steps["amount"].iloc[-1] - steps["amount"].iloc[0])


def test_a_sector_keeps_its_own_stages(national: Package) -> None:
    health = wb.stages(national.figures, sector="Health", financial_year="2024/25")
    assert (health.steps["amount"] / 1e9).round(2).tolist() == [127.17, 118.86, 136.08, 135.19, 101.16]
    assert "Exchequer issue" in " ".join(health.notes)
    assert "took KSh 34.03 billion" in health.summary()
    assert "took away KSh 8,310 million" in health.explain("supplementary_1")


def test_net_is_never_used_where_gross_is_known(national: Package) -> None:
    vote = "State Department for Micro, Small and Medium Enterprises Development"
    found = wb.stages(national.figures, vote=vote, financial_year="2024/25")
    assert set(found.steps["basis"]) == {"gross", ""}
    assert found.readings.loc[found.readings["basis"] == "net", "used"].tolist() == [False, False, False]


def test_one_class_alone_is_no_whole() -> None:
    rows = figures(
        {"vote": "A", "amount": 3, "economic_class": "recurrent", "stage": "estimate"},
        {"vote": "A", "amount": 9, "economic_class": "total", "stage": "revised"},
    ).assign(table="T", row=1)
    found = wb.stages(rows, vote="A", financial_year="2009/10")
    assert found.steps["stage"].tolist() == ["revised"]
    assert math.isnan(found.readings.set_index("stage").loc["estimate", "amount"])


def test_refusals(national: Package) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'State Department for Roads'"):
        wb.stages(national.figures, vote="State Department for Road", financial_year="2024/25")
    with pytest.raises(UnknownNameError, match="is no known financial year"):
        wb.stages(national.figures, vote="State Department for Roads", financial_year="2019/20")
    with pytest.raises(InputError, match="name a vote or a sector"):
        wb.stages(national.figures, financial_year="2024/25")
    with pytest.raises(UnknownNameError, match="did you mean 'recurrent'"):
        wb.stages(national.figures, sector="Health", financial_year="2024/25", economic_class="recurent")
    with pytest.raises(InputError, match="has no figures for recurrent alone in 2024/25"):
        wb.stages(national.figures, sector="Health", financial_year="2024/25", economic_class="recurrent")


def test_the_ten_sectors_of_2024_25(national: Package) -> None:
    """Every sector's way ends at what the Controller of Budget reports; four have the stages before."""
    steps = {
        sector: wb.stages(national.figures, sector=sector, financial_year="2024/25").steps.set_index("stage")["amount"]
        for sector in national.table("sectors")["code"]
    }
    assert len(steps) == 10
    assert sum(found["revised"] for found in steps.values()) / 1e9 == pytest.approx(2382.94)
    assert sum(found["expenditure"] for found in steps.values()) / 1e9 == pytest.approx(2212.41)
    whole = {
        sector
        for sector, found in steps.items()
        if {"estimate", "supplementary_1", "supplementary_2"} <= set(found.index)
    }
    assert whole == {"ARUD", "Health", "National Security", "SPCR"}


def test_the_money_of_a_sentence_stands_in_one_unit(national: Package) -> None:
    lands = wb.stages(
        national.figures, vote="State Department for Lands and Physical Planning", financial_year="2024/25"
    )
    assert (
        lands.summary()
        .split(". ")[0]
        .endswith(
            "original estimate KSh 10,020 million, expenditure KSh 9,570 million (95.5 per cent of it), KSh 450 million less"
        )
    )
    assert "against the revised estimate of KSh" in lands.explain("expenditure")


def test_steps_that_change_nothing_take_nothing() -> None:
    rows = figures(*({"vote": "A", "amount": 3, "stage": stage} for stage in ("estimate", "revised")))
    found = wb.stages(rows.assign(mark="illustrative", source="made up"), vote="A", financial_year="2009/10")
    assert "no change. No step changed it." in found.summary()
    assert "KSh 0" not in found.summary()
    assert "Illustrative, no published figure: made up." in found.summary()


def test_a_line_of_which_no_stage_is_known_says_so() -> None:
    rows = figures({"vote": "A", "amount": None, "stage": "estimate"})
    assert wb.stages(rows, vote="A", financial_year="2009/10").summary().startswith("A, 2009/10: no stage is known.")
