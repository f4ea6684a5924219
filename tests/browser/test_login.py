"""The page that asks for the token, by the keyboard alone and without anything from another machine."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.running import start_server
from workbench.views import text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TOKEN = "the token of the test"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    log = tmp_path_factory.mktemp("guarded") / "log.txt"
    running = start_server(log, "--warm-kernels", "0", asks=True, WORKBENCH_TOKEN=TOKEN)
    yield running
    running.stop()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_token_is_asked_for_in_words_and_taken_by_the_keyboard(browser, guarded, width):
    context = browser.new_context(viewport={"width": width, "height": 760})
    visit = Visit(context.new_page(), guarded.url)
    page = visit.page
    page.goto(guarded.url)
    assert page.locator("h1").text_content() == text.LOGIN["title"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    visit.shoot("login")
    visit.assert_clean()
    page.keyboard.type("a guess")
    page.keyboard.press("Enter")
    told = page.get_by_role("alert")
    told.wait_for()
    assert told.text_content() == text.LOGIN["wrong"]
    visit.refused.clear()
    visit.errors.clear()  # Chromium counts the refusal (401) among the errors
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.locator(".wb-doors").wait_for()
    # The first who comes waits for the figures: the page loads itself again once they are there.
    page.locator(".wb-doors .wb-figure-value").first.wait_for(timeout=60_000)
    assert not page.locator(".wb-status").is_visible()
    assert page.url == guarded.url
    visit.assert_clean()
    page.get_by_role("link", name=text.LOGIN["leave"]).click()
    page.get_by_label(text.LOGIN["label"]).wait_for()
    context.close()
