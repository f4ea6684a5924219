"""The table under the mouse: it sorts, copies into a spreadsheet, and answers why; the address opens the same state."""

from __future__ import annotations

import time

import psutil
import pytest

from tests.browser.conftest import Visit
from tests.browser.test_dashboards import assert_shows, choose
from workbench.panels import alignment, gap, grants
from workbench.views import text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def copying(browser, server):
    """A visitor whose browser lets pages write to the clipboard, and lets the test read it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield Visit(context.new_page(), server.url)
    context.close()


def clipboard(visit: Visit) -> str:
    return visit.page.evaluate("navigator.clipboard.readText()")


def names(visit: Visit) -> list[str]:
    return visit.page.locator(".wb-table tbody .wb-line").all_text_contents()


def test_a_table_is_sorted_copied_and_explained(copying):
    visit = copying.open("grants?grant=kdsp1&year=2017/18")
    page = visit.page
    page.wait_for_function("document.querySelector('h1').textContent.includes('between')")
    content = grants.content_of("kdsp1", "2017/18")
    button = page.locator(".wb-sort[data-key=award]")
    button.click()
    ranked = sorted(content.grid.values[:-1], key=lambda row: -row[-1])
    assert names(visit) == [row[0] for row in ranked]
    assert page.locator(".wb-table tbody tr").last.inner_text().startswith(text.GRANTS["total"])

    page.get_by_role("button", name=text.TABLE["copy"]).click()
    page.get_by_text(text.TABLE["copied"].format(count=48)).wait_for()
    copied = [line.split("\t") for line in clipboard(visit).splitlines()]
    assert copied[0] == [column.title for column in content.grid.columns]
    assert copied[1:] == [[str(cell) for cell in row] for row in [*ranked, content.grid.values[-1]]]

    button.click()
    assert names(visit)[0] == ranked[-1][0]
    button.click()
    assert names(visit) == [row[0] for row in content.grid.rows[:-1]]

    page.locator("tr", has_text="Turkana").locator("td").first.click()
    why = page.locator(".wb-why")
    why.wait_for()
    assert why.locator("p").inner_text().split("\n") == content.explain("Turkana").split("\n")
    page.locator(".wb-table tbody tr").last.locator("td").first.click()
    assert why.locator("h3").inner_text() == "Turkana", "a total is nobody's to explain"
    choose(visit, text.CONTROLS["year"], "2018/19")
    assert not why.is_visible()
    visit.assert_clean()


def test_a_link_opens_the_same_state_for_a_colleague(copying):
    visit = copying.open("gap")
    choose(visit, text.CONTROLS["figures"], text.GAP["votes"])
    choose(visit, text.CONTROLS["scenario"], "Cut by rule")
    asked = "?figures=votes&scenario=cut-by-rule&year=2024/25&level=sector&basis=as_computed&unit=fitting"
    visit.page.wait_for_url(lambda address: address.endswith(asked))
    visit.page.get_by_role("button", name=text.ADDRESS["copy"]).click()
    visit.page.get_by_text(text.ADDRESS["copied"]).wait_for()
    link = clipboard(visit)
    assert link == visit.page.url
    visit.page.goto("about:blank")
    visit.page.goto(link)
    visit.page.locator("h1", has_text="119.15").wait_for()
    assert_shows(visit, gap.content_of("votes", "2024/25", "sector", "as_computed", "cut-by-rule"))
    visit.shoot("gap-scenario")
    visit.assert_clean()


def test_an_address_that_asks_for_what_is_not_there_is_told_in_words(visit):
    nasty = "<img src=x onerror=alert(1)>"
    visit.open(f"alignment?plan={nasty}&stage=expenditure&voila-theme={nasty}")
    told = visit.page.locator(".wb-error-place [role=alert]")
    told.wait_for()
    assert "is no known plan" in told.inner_text()
    assert nasty in told.inner_text()
    assert text.ADDRESS["kept"] in told.inner_text()
    assert_shows(visit, alignment.content_of("mtp-iv", "expenditure", "shares"))
    choose(visit, text.CONTROLS["stage"], text.STAGES["revised"])
    assert not told.is_visible()
    visit.assert_clean()


def test_a_page_that_waits_says_so_and_stops_saying_it(visit, server):
    visit.open("gap")
    waits = visit.page.locator(".wb-progress")
    assert not waits.is_visible()
    kernels = [one for child in psutil.Process(server.process.pid).children() for one in child.children()]
    for kernel in kernels:
        kernel.suspend()
    try:
        visit.page.get_by_label(text.CONTROLS["year"], exact=True).select_option(label="2010/11")
        time.sleep(0.2)
        assert not waits.is_visible(), "a quick answer needs no words"
        waits.wait_for(timeout=3_000)
        assert text.PROGRESS["label"] in waits.inner_text()
        assert visit.page.locator("select").first.is_enabled()
    finally:
        for kernel in kernels:
            kernel.resume()
    visit.page.locator("h1", has_text="2010/11").wait_for()
    waits.wait_for(state="hidden")
