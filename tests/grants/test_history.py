"""Designs against what was paid: figures from kdsp.md, and what does not fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workbench.errors import UnknownNameError
from workbench.grants import history


def test_trans_nzoia_needs_a_pool_of_2_372_billion(repository: Path) -> None:
    # kdsp.md section 2: with 5,620.6M of a 314bn equitable share, the 50/50 rule implies a pool of 2.372bn.
    facts = (repository / "data" / "sources" / "facts" / "kdsp.md").read_text(encoding="utf-8")
    assert re.search(r"5,620\.6M of a 314bn equitable share, the 50/50 rule implies a pool of 2\.372bn", facts)
    assert history.SHARE_2018_19 == (5_620.6e6, 314e9)
    found = history.half_and_half()
    own = found.table.set_index("shares_of").loc["2018/19"]
    assert round(own["pool_needed"] / 1e6) == 2372
    assert own["paid"] == 46_456_661
    assert own["off_by"] < -4_000_000
    assert "No pool of 2018/19 is published" in found.verdict


def test_the_fixed_part_of_the_third_basis_is_borne_out_for_nairobi(repository: Path) -> None:
    # kdsp.md section 3.1: f = 5.3317 % and an intercept of 7,959.7M; half of 15,919.95M is 7,959.98M. From the printed
    # figures f is 5.3314 %: the text's own arithmetic is rounded, and the intercept is 0.4M further.
    facts = (repository / "data" / "sources" / "facts" / "kdsp.md").read_text(encoding="utf-8")
    assert "21,119,443,971 at T=405.07bn" in facts
    assert "2019/20 CARA 15,919.95M" in facts
    found = history.third_basis()
    row = found.table.iloc[0]
    assert row["fixed_part"] == pytest.approx(7_959.98e6, rel=1e-4)
    assert row["half_of_2019_20"] == 7_959_975_000
    assert row["by_formula"] + row["fixed_part"] == pytest.approx(20_178_712_721)
    assert "5.3314 percent" in found.verdict
    assert "It is one county" in found.verdict


def test_the_fourth_basis_needs_sensible_poverty_indexes() -> None:
    # kdsp.md section 3.2: 1.6 % (Mombasa), 3.8 % (Nairobi), 4.9 % (Mandera).
    found = history.fourth_basis()
    index = found.table.set_index("county")["index"]
    assert len(index) == 11
    assert index["Mombasa"] == pytest.approx(1.6, abs=0.05)
    assert index["Nairobi City"] == pytest.approx(3.8, abs=0.05)
    assert index["Mandera"] == pytest.approx(4.9, abs=0.05)
    assert found.table["sensible"].all()
    assert "36 counties have no published baseline" in found.verdict


def test_the_payments_of_two_rounds() -> None:
    # kdsp.md section 2.1: the known 18 sum to 3,202.65M; round 1 sums to 1,944M.
    assert history.payments("2017/18")["paid"].sum() == pytest.approx(3_202.65e6)
    assert history.payments("2016/17")["paid"].sum() == pytest.approx(1_944e6)
    with pytest.raises(UnknownNameError, match="2017/18"):
        history.payments("2018/19")


def test_bomet_scored_83_and_got_nothing() -> None:
    words = history.why_unpaid("BOMET county", "2017/18")
    for told in ("scored 83", "got nothing", "Elgeyo/Marakwet with 79", "not published"):
        assert told in words
    assert "230,000,000" in history.why_unpaid("Nyeri", "2017/18")
    assert "amount not found" in history.why_unpaid("Kisii", "2017/18")
    assert "not named" in history.why_unpaid("Turkana", "2017/18")


def test_three_scored_payees_do_not_tell_a_curve() -> None:
    found = history.curves_against_payments()
    curves = found.table.iloc[1:]
    assert (curves["off_by"] > 0).all()
    assert curves.loc[curves["off_by"].idxmin(), "curve"] == "linear"
    money = curves[["Nyandarua", "Nyeri", "Elgeyo/Marakwet"]].sum(axis=1)
    assert money.to_numpy() == pytest.approx(653e6)
    assert "unknown" in found.verdict


def test_a_percent_of_share_brought_very_different_money() -> None:
    # kdsp.md section 2.1: from 32 (Nakuru) to 153 (Nyandarua), a factor of almost 5.
    found = history.payments_per_share("2017/18").table.set_index("county")["paid_per_percent"] / 1e6
    assert round(found["Nakuru"]) == 32
    assert round(found["Nyandarua"]) == 153
    first = history.payments_per_share("2016/17")
    assert "at most" in first.verdict
    assert first.table["score_if_linear"].max() == pytest.approx(100)
