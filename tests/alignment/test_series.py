"""The measures by year and stage, the sectors of other years, and the two published tests."""

from __future__ import annotations

import pandas as pd
import pytest

import workbench as wb
from workbench.alignment import over_time, sectors_over_time
from workbench.alignment.series import sector_crosswalk
from workbench.alignment.standards import MediumTermEvidence, pi_16_1, pi_16_2, pi_16_3, sigma_alignment
from workbench.errors import InputError

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


def _objectives(costs: list[float | None], funding: list[float | None]) -> pd.DataFrame:
    return pd.DataFrame({"strategy": "S", "objective": [str(n) for n in range(len(costs))], "cost": costs,
                         "funding": funding})  # fmt: skip


def test_sigma_counts_what_is_20_per_cent_above_uncosted_or_unmatched() -> None:
    # SIGMA/OECD: 3 points up to 3 inconsistencies, 2 up to 6, 1 up to 9, 0 from 10 on, of 15 objectives.
    result = sigma_alignment(_objectives([119.9, 120, None, 100], [100, 100, 100, None]))
    assert result.objectives["consistent"].tolist() == [True, False, False, False]
    assert result.inconsistencies == 3
    assert result.points is None  # four objectives are no sample of fifteen
    for wrong, points in ((0, 3), (3, 3), (4, 2), (6, 2), (7, 1), (9, 1), (10, 0), (15, 0)):
        costs = [200.0] * wrong + [100.0] * (15 - wrong)
        assert sigma_alignment(_objectives(costs, [100.0] * 15)).points == points
    with pytest.raises(InputError, match="column cost"):
        sigma_alignment(_objectives(["much"], [1]))


def test_pefa_pi_16() -> None:
    full = {"years_of_estimates": 3, "administrative": True, "economic": True, "programme": True,
            "years_of_aggregate_ceilings": 3, "years_of_ministry_ceilings": 3, "ceilings_before_circular": True}  # fmt: skip
    scores = [
        (pi_16_1, {}, "A"), (pi_16_1, {"programme": False}, "B"), (pi_16_1, {"administrative": False}, "C"),
        (pi_16_1, {"years_of_estimates": 2}, "D"), (pi_16_2, {}, "A"), (pi_16_2, {"years_of_ministry_ceilings": 1}, "B"),
        (pi_16_2, {"years_of_ministry_ceilings": 0}, "C"), (pi_16_2, {"ceilings_before_circular": False}, "D"),
    ]  # fmt: skip
    for score, change, expected in scores:
        assert score(MediumTermEvidence(**{**full, **change})) == expected
    assert [pi_16_3(0.8, share) for share in (0.75, 0.74, 0.3, 0.1)] == ["A", "B", "C", "D"]
    assert pi_16_3(None, 0.9) is None
    with pytest.raises(InputError):
        pi_16_3(75, 0.9)
