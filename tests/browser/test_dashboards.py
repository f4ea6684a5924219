"""Each dashboard as its user meets it: it opens, a control is moved, and what is shown is what the package computes."""

from __future__ import annotations

import re

import pytest

from workbench.panels import alignment, audit, gap, grants
from workbench.results import inferred_in
from workbench.views import text
from workbench.views.content import PageContent

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SIZES = [(1024, 768), (360, 740)]


def choose(visit, label: str, shown: str) -> None:
    """Move a control and wait until the picture is drawn anew."""
    drawn = int(visit.page.locator(".wb-canvas").get_attribute("data-drawn"))
    visit.page.get_by_label(label, exact=True).select_option(label=shown)
    visit.page.wait_for_function(f"Number(document.querySelector('.wb-canvas').dataset.drawn) > {drawn}")


def assert_shows(visit, content: PageContent, *, narrow: bool = False) -> None:
    """Title, cards, picture, every cell of the table, notes and sources are what the package computed."""
    page = visit.page
    assert page.locator("h1").text_content() == content.finding
    cards = page.locator(".wb-card")
    assert [cards.nth(place).locator("dt").text_content() for place in range(cards.count())] == [
        card.label for card in content.cards
    ]
    assert page.locator(".wb-figure-value").all_text_contents() == [card.value for card in content.cards]
    assert page.locator(".wb-unit").all_text_contents() == [card.unit for card in content.cards]
    rows = page.evaluate(
        """[...document.querySelectorAll('.wb-table tbody tr')].map(r => [...r.cells].map(c =>
            [...c.childNodes].filter(n => !n.classList?.contains('wb-mark')).map(n => n.textContent).join('').trim()))"""
    )
    assert rows == [[cell.strip() for cell in row] for row in content.grid.rows]
    badges = page.locator(".wb-table .wb-mark").all_text_contents()
    assert badges == [mark for mark in content.grid.marks if mark in text.MARKS]
    assert page.locator("figcaption").text_content() == content.picture.says
    assert page.locator(".wb-canvas").get_attribute("aria-label") == content.picture.says
    assert drawn_values(page) == figure_values(content.picture.narrow if narrow else content.picture.figure)
    assert page.locator(".wb-sources li").count() == content.sources["source"].nunique()
    badges = int(content.illustrative) + bool(inferred_in(content.sources)) + bool(content.scenario)
    assert page.locator(".wb-badge").count() == badges
    for note in (*content.notes, *content.findings):
        assert note in page.locator(".wb-foot").text_content()


def drawn_values(page) -> list:
    """Return the figures that Plotly drew, as the browser holds them."""
    return page.evaluate(
        """document.querySelector('.wb-canvas').data.map(t => t.type === 'sankey' ? [...t.link.value]
            : t.type === 'heatmap' ? t.z.map(row => [...row]) : [...t.x])"""
    )


def figure_values(figure) -> list:
    kept = {"sankey": lambda trace: trace["link"]["value"], "heatmap": lambda trace: trace["z"]}
    return [kept.get(trace["type"], lambda trace: trace["x"])(trace) for trace in figure["data"]]


@pytest.mark.parametrize("visit", SIZES, indirect=True)
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gap", lambda: gap.content_of("opm", "2009/10", "sub_programme", "as_computed")),
        ("grants", lambda: grants.content_of("kdsp2", "2024/25")),
        ("alignment", lambda: alignment.content_of("mtp-iv", "revised", "shares")),
        ("audit", lambda: audit.content_of("opm-strategic-plan", "")),
    ],
)
def test_a_dashboard_opens_and_shows_what_the_package_computes(visit, name, content):
    visit.open(name)
    width = visit.page.viewport_size["width"]
    visit.shoot(name)
    assert_shows(visit, content(), narrow=width < 560)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert_nothing_of_the_machinery(visit)
    visit.assert_clean()


def assert_nothing_of_the_machinery(visit) -> None:
    shown = visit.page.locator("body").inner_text()
    assert re.search(r"Traceback|\bimport\b|_panel\(|\bnan\b|\bNaN\b|\bNone\b|<NA>|Error\b|In \[", shown) is None
    assert visit.page.locator(".jp-InputArea, .jp-CodeMirrorEditor, pre").count() == 0


def test_the_gap_follows_the_year_and_says_what_nobody_knows(visit):
    visit.open("gap")
    choose(visit, text.CONTROLS["year"], "2010/11")
    assert_shows(visit, gap.content_of("opm", "2010/11", "sub_programme", "as_computed"))
    choose(visit, text.CONTROLS["year"], "2012/13")
    assert_shows(visit, gap.content_of("opm", "2012/13", "sub_programme", "as_computed"))
    assert visit.page.locator(".wb-figure-value").nth(1).text_content() == "not known"
    visit.shoot("gap-not-known")
    visit.assert_clean()


def test_the_gap_as_printed_is_another_than_as_added_up(visit):
    visit.open("gap")
    choose(visit, text.CONTROLS["lines"], "Programmes")
    choose(visit, text.CONTROLS["basis"], "As printed")
    assert_shows(visit, gap.content_of("opm", "2009/10", "programme", "as_printed"))
    assert visit.page.locator(".wb-figure-value").nth(1).text_content() == "2,055"
    visit.assert_clean()


def test_other_figures_bring_their_own_years_and_lines(visit):
    visit.open("gap")
    choose(visit, text.CONTROLS["figures"], text.GAP["votes"])
    assert_shows(visit, gap.content_of("votes", "2024/25", "sector", "as_computed"))
    year = visit.page.get_by_label(text.CONTROLS["year"], exact=True)
    assert year.locator("option").all_text_contents() == ["2024/25"]
    visit.shoot("gap-votes")
    choose(visit, text.CONTROLS["figures"], text.GAP["opm"])
    assert_shows(visit, gap.content_of("opm", "2009/10", "sub_programme", "as_computed"))
    visit.assert_clean()


def test_grants_follow_grant_and_year_to_the_shilling(visit):
    visit.open("grants")
    assert visit.page.locator(".wb-table tbody tr").last.text_content() == "All counties1,762,500,0001,762,500,000"
    choose(visit, text.CONTROLS["year"], "2025/26")
    assert_shows(visit, grants.content_of("kdsp2", "2025/26"))
    choose(visit, text.CONTROLS["grant"], "Kenya Devolution Support Programme (KDSP I), grants to counties")
    assert_shows(visit, grants.content_of("kdsp1", "2017/18"))
    visit.shoot("grants-kdsp1")
    choose(visit, text.CONTROLS["picture"], text.GRANTS["lorenz"])
    assert_shows(visit, grants.content_of("kdsp1", "2017/18", "lorenz"))
    visit.shoot("grants-lorenz")
    visit.assert_clean()


def test_the_audit_marks_a_wrong_cell_and_says_why(visit):
    visit.open("audit")
    choose(visit, text.CONTROLS["table"], "8.1.0")
    assert_shows(visit, audit.content_of("opm-strategic-plan", "8.1.0"))
    wrong = visit.page.locator(".audit td.wrong .mark", has_text="2,930").first
    assert not wrong.locator(".why").is_visible()
    wrong.focus()
    assert "its rows add to 3,357" in wrong.locator(".why").inner_text()
    visit.shoot("audit-why")
    choose(visit, text.CONTROLS["figures"], "Kenya's national budget by sector, vote, programme and stage")
    assert_shows(visit, audit.content_of("national-budget", ""))
    visit.assert_clean()


def test_alignment_follows_plan_stage_and_picture(visit):
    visit.open("alignment")
    choose(visit, text.CONTROLS["picture"], text.ALIGNMENT["flows"])
    assert_shows(visit, alignment.content_of("mtp-iv", "revised", "flows"))
    visit.shoot("alignment-flows")
    choose(visit, text.CONTROLS["picture"], text.ALIGNMENT["matrix"])
    assert_shows(visit, alignment.content_of("mtp-iv", "revised", "matrix"))
    visit.shoot("alignment-matrix")
    choose(visit, text.CONTROLS["picture"], text.ALIGNMENT["flows"])
    choose(visit, text.CONTROLS["stage"], text.STAGES["expenditure"])
    assert_shows(visit, alignment.content_of("mtp-iv", "expenditure", "flows"))
    choose(visit, text.CONTROLS["plan"], alignment.plans()["national-priorities"])
    assert_shows(visit, alignment.content_of("national-priorities", "expenditure", "flows"))
    visit.assert_clean()


@pytest.mark.parametrize("visit", [(360, 740)], indirect=True)
def test_a_turned_telephone_gets_the_wide_picture(visit):
    visit.open("gap")
    narrow = visit.page.locator(".wb-canvas").get_attribute("data-drawn")
    visit.page.set_viewport_size({"width": 740, "height": 360})
    visit.page.wait_for_function(f"document.querySelector('.wb-canvas').dataset.drawn > {narrow}")
    content = gap.content_of("opm", "2009/10", "sub_programme", "as_computed")
    axis = visit.page.evaluate("document.querySelector('.wb-canvas').layout.yaxis.ticktext")
    assert axis == content.picture.figure["layout"]["yaxis"]["ticktext"]


def test_a_scenario_is_shown_by_the_same_page_and_never_taken_for_what_is_published(visit):
    visit.open("grants")
    choose(visit, text.CONTROLS["scenario"], "Ten counties fail")
    content = grants.content_of("kdsp2", "2025/26", "map", "ten-counties-fail")
    assert_shows(visit, content)
    assert visit.page.locator(".wb-badge").first.inner_text() == (
        "A scenario, not a published figure: What if ten counties fail their minimum conditions?"
    )
    choose(visit, text.CONTROLS["picture"], text.GRANTS["bars"])
    assert_shows(visit, grants.content_of("kdsp2", "2025/26", "bars", "ten-counties-fail"))
    choose(visit, text.CONTROLS["scenario"], text.SCENARIO["published"])
    assert_shows(visit, grants.content_of("kdsp2", "2024/25", "bars"))
    visit.assert_clean()
