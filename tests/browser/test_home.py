"""The home page and the errors, in a real browser."""

import pytest

from workbench.panels.home import headlines
from workbench.serving.news import news
from workbench.serving.places import changelog
from workbench.views import text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("visit", [(1024, 768), (360, 740)], indirect=True)
def test_home_leads_to_every_dashboard(visit):
    visit.page.goto(visit.url)
    visit.shoot("home")
    links = visit.page.locator(".wb-doors a")
    assert [link.get_attribute("href") for link in links.all()] == [f"/{name}" for name in text.CARDS]
    assert visit.page.locator("h1").inner_text() == "Plans, budgets and county grants on published figures"
    said = headlines()
    told_of = [name for name in text.CARDS if name in said]
    assert {"alignment", "gap", "grants", "audit"} <= set(told_of)
    assert links.locator(".wb-figure-value").all_inner_texts() == [said[name]["value"] for name in told_of]
    assert links.locator(".wb-door-finding").all_inner_texts() == [said[name]["finding"] for name in told_of]
    told = news(changelog())
    assert visit.page.locator(".wb-news li strong").all_inner_texts() == [name for name, _ in told.entries]
    visit.assert_clean()


def test_a_wrong_address_is_told_in_words(visit):
    answer = visit.page.goto(visit.url + "gaps")
    assert answer.status == 404
    assert visit.page.locator("h1").inner_text() == "There is no such page"
    assert "Traceback" not in visit.page.content()


def test_the_page_is_no_wider_than_a_telephone(browser, server):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(server.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
