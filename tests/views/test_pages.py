"""The three pages show what the models compute, in figures that Plotly accepts, for every choice that they offer."""

from __future__ import annotations

import itertools
import json
import re

import numpy as np
import plotly.graph_objects as go
import pytest

import workbench as wb
from workbench.errors import UnknownNameError
from workbench.grants.model import grants as grants_model
from workbench.grants.scores import Scores
from workbench.panels import alignment, audit, gap, grants, html
from workbench.views.content import PageContent
from workbench.views.grants_page import grants_page

GAP = [
    (key, year, level, basis)
    for key, figures in gap.CHOICES.items()
    for year, level, basis in itertools.product(gap.years_of(key), figures.levels, figures.bases)
]
GRANTS = [(design, year) for design in grants.DESIGNS for year in grants.years_of(design)]
AUDIT = [(package, table) for package in audit.PACKAGES for table in (audit.ALL, *audit.tables_of(package))]
ALIGNMENT = list(itertools.product(alignment.plans(), alignment.stages(), alignment.PICTURES))


def cards(content: PageContent) -> list[tuple[str, str, str]]:
    return [(card.label, card.value, card.unit) for card in content.cards]


def assert_sound(content: PageContent) -> None:
    assert len(content.cards) == 4
    assert len(content.sources)
    assert all(len(row) == len(content.grid.columns) for row in content.grid.rows)
    # A cell as printed keeps the digits that it has on the page; what we write ourselves never has four decimals.
    quoted = {"printed"}
    own = [i for i, column in enumerate(content.grid.columns) if column.key not in quoted]
    written = " ".join([content.finding, content.lead, content.picture.says, *content.notes, *content.findings])
    written += " ".join(itertools.chain.from_iterable(cards(content))) + " ".join(
        row[i] for row in content.grid.rows for i in own
    )
    assert not re.search(r"\bnan\b|None|<NA>|[{}]|\d\.\d{4}", written), written
    for figure in (content.picture.figure, content.picture.narrow):
        json.dumps(figure, allow_nan=False)
        go.Figure(dict(figure), skip_invalid=False)


@pytest.mark.parametrize("choice", GAP)
def test_every_gap_page_is_sound(choice):
    assert_sound(gap.content_of(*choice))


@pytest.mark.parametrize("choice", GRANTS)
def test_every_grants_page_is_sound(choice):
    assert_sound(grants.content_of(*choice))


@pytest.mark.parametrize("choice", ALIGNMENT)
def test_every_alignment_page_is_sound(choice):
    assert_sound(alignment.content_of(*choice))


@pytest.mark.parametrize("choice", AUDIT)
def test_every_audit_page_is_sound(choice):
    assert_sound(audit.content_of(*choice))


def test_the_audit_page_counts_marks_and_explains_what_the_audit_found():
    content = audit.content_of("opm-strategic-plan", "8.1.0")
    audited = wb.open_package("opm-strategic-plan").audit()
    cells = audited.cells[audited.cells["table"] == "8.1.0"]["status"].value_counts()
    assert cards(content)[3] == ("Wrong", str(cells["wrong"]), "cells")
    assert content.document.count('<td class="wrong">') == cells["wrong"]
    assert "printed 2,930, its rows add to 3,357" in content.document
    row = ("Total", "8.1.0", "13", "2010/11", "2,930", "3,357", "−427", "KSh\u00a0million", "wrong")
    assert row in content.grid.rows
    assert "printed 2,930, its rows add to 3,357" in content.explain(content.grid.picks[content.grid.rows.index(row)])


def test_a_table_that_no_control_offers_is_refused():
    with pytest.raises(UnknownNameError):
        audit.content_of("opm-strategic-plan", "8.9")


def test_the_gap_of_2009_10_is_the_one_of_the_strategic_plan():
    content = gap.content_of("opm", "2009/10", "sub_programme", "as_computed")
    assert cards(content) == [
        ("Requirement", "3,162", "KSh million"),
        ("Allocation", "1,915", "KSh million"),
        ("Gap", "1,247", "KSh million"),
        ("Funded", "60.6", "per cent"),
    ]
    assert content.grid.rows[-1] == ("Whole", "3,162", "1,915", "1,247", "60.6")
    assert ("Political and Parliamentary Affairs", "390", "427", "−37", "109.5") in content.grid.rows
    said = " ".join(content.findings)
    assert "KSh 1,897 million (printed sub-totals added up, restated)" in said
    assert "KSh 1,915 million (added up from the rows, used here)" in said


def test_what_nobody_knows_is_not_shown_as_nothing():
    content = gap.content_of("opm", "2012/13", "programme", "as_computed")
    assert [value for _, value, _ in cards(content)] == ["3,993", "not known", "not known", "not known"]
    assert "how much was allocated is not known" in content.finding
    allocated = content.picture.figure["data"][1]
    assert allocated["x"] == [None, None]


def test_the_national_budget_is_named_by_sector_and_told_in_billions():
    content = gap.content_of("votes", "2024/25", "sector", "as_computed")
    assert cards(content)[0] == ("Revised estimates", "2,382.96", "KSh billion")
    names = [row[0] for row in content.grid.rows]
    assert "Energy, Infrastructure and Information Communications Technology" in names
    assert len(names) == 11


def test_level_1_of_kdsp_2_is_37_500_000_for_each_of_47_counties():
    content = grants.content_of("kdsp2", "2024/25")
    assert content.finding == "By the formula, each of 47 counties is awarded KSh 37,500,000"
    assert cards(content)[1] == ("Awarded", "1,762,500,000", "KSh")
    assert len(content.grid.rows) == 48
    assert {row[-1] for row in content.grid.rows[:-1]} == {"37,500,000"}
    assert content.grid.total_rows == {47}
    assert not content.illustrative


@pytest.mark.parametrize("choice", GRANTS)
def test_an_award_is_never_told_as_a_payment(choice):
    """The county reports seen show no receipt of KDSP II in 2024/25: a design says what is due, not what was paid."""
    content = grants.content_of(*choice)
    told = " ".join(
        [content.finding, content.lead, content.picture.says, *itertools.chain.from_iterable(cards(content))]
    )
    assert not re.search(r"\breceiv|\bpaid\b", told), told
    assert "Counties awarded" in told


def test_a_page_that_stands_on_a_stand_in_says_so_above_its_figures():
    content = grants.content_of("kdsp1", "2017/18")
    assert content.finding.startswith("By the formula, 47 counties are awarded between KSh ")
    heading = html.heading(content)
    assert "Inferred, not published: " in heading
    assert "the shares of 2016/17 stand in for those of 2017/18" in heading
    assert "no document prints them" in " ".join(content.notes)
    assert "Inferred" not in html.heading(grants.content_of("kdsp2", "2024/25"))


SHOWN = [
    *(lambda choice=choice: grants.content_of(*choice) for choice in GRANTS),
    *(lambda choice=choice: alignment.content_of(*choice) for choice in ALIGNMENT),
    *(lambda choice=choice: gap.content_of(*choice) for choice in GAP),
]


@pytest.mark.parametrize("shown", SHOWN)
def test_a_document_is_called_by_its_title_and_never_by_a_file_of_the_repository(shown):
    content = shown()
    listed = " ".join(content.sources["source"])
    assert not re.search(r"data/sources|\.txt|\.csv|\.md\b", listed), listed
    assert not content.sources["locator"].str.contains("data/sources").any()


def test_the_county_page_is_read_as_shillings_and_its_place_stands_once():
    sources = grants.content_of("kdsp2", "2024/25").sources
    page = sources.loc[sources["source"] == "County page on KDSP II", "locator"]
    assert page.str.contains("without a currency; it is shillings").sum() == 1
    assert "47 counties times 37,500,000" in set(page)


def test_a_pool_that_the_formula_gives_to_nobody_is_not_called_one_without_counties():
    result = grants_model("kdsp1", "2018/19", scores=Scores("form", ("met",) * 47, np.zeros(47)))
    finding = grants_page(result).finding
    assert finding == "By the formula no county is awarded anything, so all of KSh 4,000,000,000 stays unallocated"


def test_the_page_of_a_grant_draws_the_map_and_for_a_narrow_page_the_bars():
    picture = grants.content_of("kdsp1", "2017/18").picture
    assert [trace["type"] for trace in picture.figure["data"]] == ["heatmap", "heatmap", "scatter"]
    assert [trace["type"] for trace in picture.narrow["data"]] == ["bar"]


def test_a_pool_for_which_nobody_qualifies_is_said_to_stay():
    content = grants.content_of("kdsp1", "2018/19")
    assert content.finding == "No county is known to qualify, so all of KSh 4,000,000,000 stays unallocated"
    assert "No county is awarded anything." in content.picture.says


def test_shares_of_a_plan_without_money_are_blank_and_no_distance_is_given():
    content = alignment.content_of("vision-2030", "revised", "shares")
    assert len(content.picture.figure["data"]) == 1
    assert cards(content)[2][1] == "not known"
    assert {row[3:] for row in content.grid.rows} == {("", "", "")}


def test_the_alignment_is_the_models_and_marked_illustrative():
    content = alignment.content_of("mtp-iv", "revised", "shares")
    result = wb.align(plan="mtp-iv", stage="revised")
    assert f"{result.distance * 100:.1f} %" in content.finding
    assert content.illustrative
    budget, plan = content.picture.figure["data"]
    assert sum(budget["x"]) == pytest.approx(100)
    assert sum(plan["x"]) == pytest.approx(100)
    streams = alignment.content_of("mtp-iv", "revised", "flows").picture.figure["data"][0]["link"]
    assert sum(streams["value"]) * 1e9 == pytest.approx(2 * result.total)  # plan to group, group to vote


@pytest.mark.parametrize(
    "choice",
    [
        lambda: gap.content_of("opm", "2009/10", "county", "as_computed"),
        lambda: gap.content_of("opm", "2024/25", "programme", "as_computed"),
        lambda: gap.content_of("votes", "2024/25", "sector", "as_printed"),
        lambda: gap.content_of("secret", "2009/10", "programme", "as_computed"),
        lambda: grants.content_of("../kdsp2", "2024/25"),
        lambda: grants.content_of("kdsp2", "2009/10"),
        lambda: alignment.content_of("mtp-iv", "requirement", "shares"),
        lambda: alignment.content_of("mtp-iv", "revised", "all"),
        lambda: alignment.content_of(None, "revised", "shares"),
    ],
)
def test_a_choice_that_no_control_offers_is_refused_in_words(choice):
    with pytest.raises(UnknownNameError, match="is no known"):
        choice()
