"""The dashboards are for everyone: no barrier that axe knows, the keyboard alone is enough, and paper is enough."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import OPEN_MILLISECONDS, SCREENSHOTS
from workbench.panels import gap
from workbench.serving.places import dashboard_names, dashboards_folder
from workbench.views import text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_TABS = 60


def test_axe_finds_nothing_on_any_page(browser, server):
    # The page's own security policy lets no script in that is not the page's; axe is a guest.
    context = browser.new_context(viewport={"width": 1024, "height": 768}, bypass_csp=True)
    page = context.new_page()
    axe = Axe()
    found: list[str] = []
    for name in ("", "nowhere", *dashboard_names(dashboards_folder())):
        page.goto(server.url + name)
        if name not in ("", "nowhere"):
            page.wait_for_selector("body[data-ready=true]", timeout=OPEN_MILLISECONDS)
        if lines := page.locator(".wb-line:visible").all():
            lines[0].click()
            page.locator(".wb-why:visible h3").first.wait_for()
        result = axe.run(page).response
        assert len(result["passes"]) > 10
        found += [f"{name}: {one['id']}: {one['nodes'][0]['html']}" for one in result["violations"]]
    assert found == []
    context.close()


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, page) -> None:
        self.page = page
        self.unseen: list[str] = []

    def tab_to(self, selector: str) -> None:
        """Go on until something is reached; everything on the way must show that it is."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here, outline = self.page.evaluate(
                """selector => { const here = document.activeElement; const look = getComputedStyle(here);
                return [here.matches(selector), look.outlineStyle === "none" ? 0 : parseFloat(look.outlineWidth)] }""",
                selector,
            )
            if outline < 2:
                self.unseen.append(self.page.evaluate("document.activeElement.outerHTML"))
            if here:
                return
        raise AssertionError(f"the keyboard reaches no {selector}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    @property
    def here(self) -> str:
        return self.page.evaluate("document.activeElement.textContent")


def test_the_keyboard_alone_moves_a_control_sorts_the_table_and_asks_why(visit):
    visit.open("gap")
    page = visit.page
    hand = Keyboard(page)
    hand.press("Tab")
    assert hand.here == text.FRAME["skip"]
    hand.press("Enter")
    hand.tab_to("select")
    hand.tab_to("select")
    hand.tab_to("select")
    drawn = page.locator(".wb-canvas").get_attribute("data-drawn")
    hand.press("ArrowDown")
    page.wait_for_function(f"document.querySelector('.wb-canvas').dataset.drawn > {drawn}")
    assert "2010/11" in page.locator("h1").text_content()

    hand.tab_to('.wb-sort[data-key="gap"]')
    hand.press("Enter")
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Gap")
    content = gap.content_of("opm", "2010/11", "sub_programme", "as_computed")
    gaps = [row[3] for row in content.grid.values[:-1]]
    shown = page.locator(".wb-table tbody tr td:nth-child(4)").all_inner_texts()
    assert shown[:-1] == [dict(zip(gaps, [row[3] for row in content.grid.rows], strict=False))[g] for g in
                          sorted(gaps, reverse=True)]  # fmt: skip
    assert shown[-1] == content.grid.rows[-1][3]
    assert hand.here.startswith("Gap")

    hand.tab_to(".wb-line")
    hand.press("ArrowDown")
    line = hand.here
    hand.press("Enter")
    why = page.locator(".wb-why")
    why.wait_for()
    assert why.locator("h3").inner_text() == line
    assert why.locator("p").inner_text() == content.explain(line)
    box = why.bounding_box()
    assert box["y"] + box["height"] <= 800, "the answer stands where it is seen"
    hand.press("Escape")
    assert not why.is_visible()
    assert hand.here == line
    hand.tab_to(".wb-address button")
    assert hand.unseen == []
    visit.assert_clean()


@pytest.mark.parametrize("visit", [(1024, 768)], indirect=True)
def test_a_page_prints_whole_and_without_its_controls(visit):
    visit.open("grants")
    visit.page.emulate_media(media="print")
    for gone in ("select", ".wb-button", "nav", ".wb-skip", ".wb-sign", ".wb-hint"):
        assert not any(part.is_visible() for part in visit.page.locator(gone).all()), gone
    for kept in ("h1", ".wb-cards", ".wb-canvas", ".wb-table", ".wb-sources"):
        assert visit.page.locator(kept).is_visible(), kept
    printed = visit.page.pdf(format="A4", print_background=False)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    (SCREENSHOTS / "grants-printed.pdf").write_bytes(printed)
    with pypdfium2.PdfDocument(printed) as document:
        read = [page.get_textpage().get_text_bounded() for page in document]
        boxes = [page.get_size() for page in document]
    whole = "\n".join(read)
    assert 2 <= len(read) <= 4
    assert {(round(width / 10), round(height / 10)) for width, height in boxes} == {(60, 84)}
    for county in ("Mombasa", "Nairobi City"):
        assert county in whole
    assert "By the formula, each of 47 counties is awarded KSh 37,500,000" in " ".join(whole.split())
    assert text.PAGE["sources"] in whole
    assert text.GRANTS["award"] in read[1], "the headings stand again on the next sheet"
    for gone in (text.TABLE["copy"], text.ADDRESS["copy"], text.CONTROLS["year"]):
        assert gone not in whole


def test_headings_go_down_step_by_step(visit):
    visit.open("gap")
    levels = visit.page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3')].filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
