"""The designs worked out a second time, in plain fractions and without the package's arithmetic."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.grants import grants
from workbench.grants.facts import county_names_by_code
from workbench.grants.scores import MET, NOT_MET, UNKNOWN, Scores

FACTS = Path(__file__).parents[2] / "data" / "sources" / "facts"
TWELVE = (
    "Lamu", "Tharaka-Nithi", "Isiolo", "Elgeyo/Marakwet", "Taita/Taveta", "Vihiga", "Laikipia", "Nyamira", "Embu",
    "Kirinyaga", "Samburu", "Nyandarua",
)  # fmt: skip
"""kdsp.md section 3.2, in the spelling of counties.csv."""


def facts(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COUNTIES = sorted(facts("counties.csv"), key=lambda row: int(row["code"]))
POPULATION = [Fraction(row["population_2019"]) for row in COUNTIES]
AREA = [Fraction(row["area_km2"]) for row in COUNTIES]


def shares_of(year: str) -> list[Fraction]:
    rows = {row["code"]: row for row in facts("equitable_share.csv") if row["financial_year"] == year}
    return [Fraction(rows[str(code)]["equitable_share_kes"]) for code in range(1, 48)]


def whole(amounts: list[Fraction], total: int) -> list[int]:
    """Largest remainder; of equal ones the first county by code."""
    floors = [amount.numerator // amount.denominator for amount in amounts]
    order = sorted(range(len(amounts)), key=lambda place: (floors[place] - amounts[place], place))
    for place in order[: total - sum(floors)]:
        floors[place] += 1
    return floors


def split(pool: Fraction | int, weights: list[Fraction]) -> list[Fraction]:
    total = sum(weights)
    return [pool * weight / total if total else Fraction(0) for weight in weights]


POINTS = st.one_of(st.floats(0, 100), st.integers(0, 100).map(float), st.just(float("nan")))


@st.composite
def assessments(draw: Any) -> Scores:
    states = draw(st.lists(st.sampled_from([MET, MET, NOT_MET, UNKNOWN]), min_size=47, max_size=47))
    return Scores("drawn", tuple(states), np.array(draw(st.lists(POINTS, min_size=47, max_size=47))))


@given(assessments(), st.integers(0, 20_000_000_000))
@settings(max_examples=40)
def test_level_2_of_kdsp2_is_one_amount_or_an_equal_part_of_the_pool(scores: Scores, pool: int) -> None:
    result = grants("kdsp2", "2025/26", scores=scores, settings={"level_2.pool": pool})
    passes = [state == MET for state in scores.conditions]
    each = min(Fraction(352_500_000), Fraction(pool, max(sum(passes), 1)))
    amounts = [each if one else Fraction(0) for one in passes]
    assert result.level("level_2").awards.tolist() == whole(amounts, int(sum(amounts)))
    assert result.level("level_1").awards.tolist() == [35_250_000] * 47


@given(assessments(), st.integers(0, 20_000_000_000), st.sampled_from([0, 35, 70]))
@settings(max_examples=40)
def test_level_2_of_kdsp1_is_share_times_score_behind_the_gate(scores: Scores, pool: int, threshold: int) -> None:
    given_ = {"level_2.pool": pool, "level_2.curve.kind": "threshold", "level_2.curve.threshold": threshold}
    result = grants("kdsp1", "2018/19", scores=scores, settings=given_ if threshold else {"level_2.pool": pool})
    weights = []
    for share, score, state in zip(shares_of("2016/17"), scores.scores.tolist(), scores.conditions, strict=True):
        counts = state == MET and score == score
        # The factor is worked out in floats, as every curve is; all else is exact.
        factor = max(score - threshold, 0.0) / (100.0 - threshold) if counts else 0.0
        weights.append(share * Fraction(str(factor)))
    awards = result.level("level_2").awards.tolist()
    assert awards == whole(split(pool, weights), pool if any(weights) else 0)


@pytest.mark.parametrize("year", ["2013/14", "2014/15", "2015/16", "2016/17"])
@given(pool=st.integers(0, 5_000_000_000))
@settings(max_examples=10)
def test_level_1_of_kdsp1_is_half_by_share_and_half_equally(year: str, pool: int) -> None:
    result = grants("kdsp1", year, settings={"level_1.pool": pool})
    half = Fraction(pool, 2)
    amounts = [by_share + half / 47 for by_share in split(half, shares_of(year))]
    assert result.level("level_1").awards.tolist() == whole(amounts, pool)


@given(st.integers(0, 10**13))
@settings(max_examples=20)
def test_equal_shares_differ_by_a_shilling_at_most(pool: int) -> None:
    result = grants("equal-share", settings={"level_1.pool": pool})
    assert result.awards.tolist() == whole([Fraction(pool, 47)] * 47, pool)


@given(
    st.lists(st.integers(0, 8_000_000_000), min_size=47, max_size=47),
    st.lists(st.integers(0, 1_000), min_size=47, max_size=47).filter(any),
)
@settings(max_examples=20)
def test_the_fourth_basis_is_its_three_parts_to_the_shilling(baseline: list[int], poverty: list[int]) -> None:
    # kdsp.md section 3.2: 387.425bn, 4.46bn among twelve, 23.115bn by 45, 35, 12 and 8 percent.
    names = county_names_by_code()
    supplied = pd.DataFrame({"county": names, "equitable_share_2024_25": baseline, "poverty_index": poverty})
    result = grants("revenue-fourth-basis", "2025/26", supplied=supplied)
    pool = 23_115_000_000
    parts = zip(
        split(pool * Fraction(45, 100), POPULATION),
        [pool * Fraction(35, 100) / 47] * 47,
        split(pool * Fraction(12, 100), [Fraction(one) for one in poverty]),
        split(pool * Fraction(8, 100), AREA),
        strict=True,
    )
    assert result.level("level_3").awards.tolist() == whole([sum(one, Fraction(0)) for one in parts], pool)
    among = [Fraction(4_460_000_000, 12) if name in TWELVE else Fraction(0) for name in names]
    assert result.level("level_2").awards.tolist() == whole(among, 4_460_000_000)
    if sum(baseline) <= 387_425_000_000:
        assert result.level("level_1").awards.tolist() == baseline
    assert result.pool == 415_000_000_000
    assert result.awarded + result.unallocated == result.pool
