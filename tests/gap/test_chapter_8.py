"""Every figure of chapter 8 of the Strategic Plan: the one call that gives it as printed, and the one as computed."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import workbench as wb
from workbench.datasets import Package, open_package
from workbench.gap import Gap, sides_of

MILLION = 1e6
YEARS = ("2009/10", "2010/11", "2011/12", "2012/13")
PRIME = "Prime Minister's Affairs"
COORDINATION = "Coordination and Supervisory Services"

REQUIRED = {
    "Communication and Press Services": (260, 262, 262, 350),
    "Protocol and Liaison Services": (270, 271, 300, 270),
    "Political and Parliamentary Affairs": (390, 420, 420, 420),
    "Household Services": (410, 508, 508, 520),
    "Performance Contracting Services": (300, 366, 362, 370),
    "Public Service Reforms": (432, 550, 640, 740),
    "Monitoring and Inspection": (360, 402, 550, 650),
    "Coordination Services": (740, 578, 603, 673),
}
ALLOCATED = {
    "Communication and Press Services": (134, 262, 262),
    "Protocol and Liaison Services": (134, 271, 300),
    "Political and Parliamentary Affairs": (427, 420, 420),
    "Household Services": (30, 508, 508),
    "Performance Contracting Services": (80, 305, 334),
    "Public Service Reforms": (161, 611, 668),
    "Monitoring and Inspection": (184, 402, 550),
    "Coordination Services": (765, 578, 603),
}
PROGRAMMES = {
    # side, programme: as printed, as computed
    ("requirement", PRIME): ((1330, 1461, 1490, 1560), (1330, 1461, 1490, 1560)),
    ("requirement", COORDINATION): ((1832, 1896, 2255, 2433), (1832, 1896, 2155, 2433)),
    ("allocation", PRIME): ((735, 1461, 1490), (725, 1461, 1490)),
    ("allocation", COORDINATION): ((1162, 1896, 2155), (1190, 1896, 2155)),
}
TOTALS = {
    "requirement": ((3162, 2930, 3645, 3993), (3162, 3357, 3645, 3993)),
    "allocation": ((2055, 3357, 3645), (1915, 3357, 3645)),
}
DEFICITS = {
    # table, year: as printed, as computed
    ("8 narrative", "2009/10"): (1265 * MILLION, 1265 * MILLION),
    ("8.2", "2009/10"): (1_264_700_000, 1_264_700_000),
    ("8.2", "2010/11"): (187_421_864, -187_421_864),
    ("8.2", "2011/12"): (90_394_611, -90_394_611),
}
TABLE_8_2 = {
    "requirement": (3_161_700_000, 2_189_978_136, 2_500_005_389),
    "allocation": (1_897_000_000, 2_377_400_000, 2_590_400_000),
}
ITEMS = (290.6, 327.2, 132.0, 514.0)
BASES = ("as_printed", "as_computed")


def figure(basis: str, year: str | None = None, table: str | None = None) -> Gap:
    """Make the one call: ``wb.gap`` of the plan, or of one of its tables, on a basis."""
    return wb.gap(*sides_of(open_package("opm-strategic-plan"), table=table), financial_year=year, basis=basis)


@pytest.fixture(scope="module")
def tables() -> dict[str, Gap]:
    return {basis: figure(basis) for basis in BASES}


def in_million(frame: pd.DataFrame, side: str) -> dict[str, float]:
    return {year: amount / MILLION for year, amount in zip(frame["financial_year"], frame[side], strict=True)}


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize(("side", "printed"), [("requirement", REQUIRED), ("allocation", ALLOCATED)])
def test_items(tables: dict[str, Gap], basis: str, side: str, printed: dict[str, tuple[float, ...]]) -> None:
    lines = tables[basis].by("sub_programme")
    for line, amounts in printed.items():
        found = in_million(lines[lines["sub_programme"] == line], side)
        assert [found[year] for year in YEARS[: len(amounts)]] == list(amounts)


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize(("side", "programme"), list(PROGRAMMES))
def test_subtotals(tables: dict[str, Gap], basis: str, side: str, programme: str) -> None:
    by_programme = tables[basis].by("programme")
    found = in_million(by_programme[by_programme["programme"] == programme], side)
    amounts = PROGRAMMES[(side, programme)][BASES.index(basis)]
    assert [found[year] for year in YEARS[: len(amounts)]] == list(amounts)


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("side", list(TOTALS))
def test_totals(tables: dict[str, Gap], basis: str, side: str) -> None:
    found = in_million(tables[basis].by(), side)
    amounts = TOTALS[side][BASES.index(basis)]
    assert [found[year] for year in YEARS[: len(amounts)]] == list(amounts)
    assert len(amounts) == 4 or math.isnan(found["2012/13"])


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize(("table", "year"), list(DEFICITS))
def test_deficits(basis: str, table: str, year: str) -> None:
    assert figure(basis, year, table).gap == DEFICITS[(table, year)][BASES.index(basis)]


@pytest.mark.parametrize("basis", BASES)
def test_table_8_2(basis: str) -> None:
    years = figure(basis, table="8.2").by()
    for side, amounts in TABLE_8_2.items():
        assert years[side].tolist() == list(amounts)
    kinds = {"as_printed": ["deficit"] * 3, "as_computed": ["deficit", "surplus", "surplus"]}
    assert years["kind"].tolist() == kinds[basis]


@pytest.mark.parametrize("basis", BASES)
def test_the_sentences_of_2009_10(basis: str) -> None:
    told = figure(basis, "2009/10", "8 narrative")
    assert (told.requirement, told.allocation) == (3162 * MILLION, 1897 * MILLION)
    assert (told.items["amount"]).tolist() == list(ITEMS)
    assert told.items["amount"].sum() == pytest.approx(1263.8)


def test_the_whole_plan_period() -> None:
    undated = figure("as_printed", table="8 narrative").by()
    assert undated.loc[undated["financial_year"].isna(), "requirement"].tolist() == [13_363_451_453]
    # Its four years add up to 14,157 million, of rows; to 13,730 million, of the totals that the table prints.
    assert figure("as_computed").requirement == 14_157 * MILLION
    assert figure("as_printed").requirement == 13_730 * MILLION


def test_where_the_document_contradicts_its_own_figures() -> None:
    notes = " ".join(figure("as_computed", table="8.2").notes)
    assert (
        "2010/11: the document prints a deficit of KSh 187.42 million (table 8.2); the figures used here give a surplus"
        in notes
    )
    assert "2009/10: the document prints" not in notes
    plan = figure("as_computed", "2009/10")
    assert (
        "prints a deficit of KSh 1,265 million (chapter 8); the figures used here give a deficit of KSh 1,247"
        in " ".join(plan.notes)
    )
    printed = plan.readings[plan.readings["side"] == "gap"]
    assert (printed["amount"] / MILLION).tolist() == [1265, 1264.7]
    assert not printed["used"].any()


def test_every_figure_of_the_chapter_is_listed_here(plan: Package) -> None:
    """A figure that the package holds and these tables do not would go untested."""
    listed = sum(map(len, (*REQUIRED.values(), *ALLOCATED.values(), *TABLE_8_2.values())))
    listed += sum(len(printed) for printed, _ in (*PROGRAMMES.values(), *TOTALS.values()))
    listed += len(DEFICITS) + len(ITEMS) + len(("3,162", "1,897", "13,363,451,453"))
    assert listed == len(plan.figures)
