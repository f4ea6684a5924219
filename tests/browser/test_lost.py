"""A page that has lost its kernel or its server says so, and offers to be loaded again."""

from __future__ import annotations

import time

import psutil
import pytest

from tests.browser.conftest import Visit
from tests.running import start_server
from workbench.serving.places import dashboard_names, dashboards_folder
from workbench.views import text

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture
def short_lived(browser, tmp_path):
    """A server of the test's own, which it may kill, and a page of it."""
    running = start_server(tmp_path / "log.txt", "--grace-seconds", "15")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield running, Visit(context.new_page(), running.url).open("gap")
    context.close()
    if running.process.poll() is None:
        running.stop()
    running.process.stdout.close()


def assert_told(visit: Visit) -> None:
    lost = visit.page.locator("#wb-lost")
    lost.wait_for(timeout=30_000)
    assert text.FRAME["lost"] in lost.inner_text()
    assert lost.get_by_role("link").inner_text() == text.FRAME["again"]


def test_a_dead_kernel_is_told_and_loading_again_brings_a_new_one(short_lived):
    running, visit = short_lived
    assert not visit.page.locator("#wb-lost").is_visible()
    (nursery,) = psutil.Process(running.process.pid).children()
    for kernel in nursery.children():
        kernel.kill()
    assert_told(visit)
    time.sleep(6)  # the warm kernels were killed too; that they are dead is seen within three seconds
    visit.open("gap")
    assert not visit.page.locator("#wb-lost").is_visible()


def test_a_server_that_is_gone_is_told(short_lived):
    running, visit = short_lived
    running.process.kill()
    running.process.wait(10)
    assert_told(visit)


def test_a_page_that_was_left_gives_its_kernel_back(short_lived):
    running, visit = short_lived
    (nursery,) = psutil.Process(running.process.pid).children()
    warm = {kernel.pid for kernel in nursery.children()}
    for dashboard in ("grants", "alignment"):
        visit.open(dashboard)
    visit.page.goto(visit.url)  # the home page needs no kernel
    dashboards = len(dashboard_names(dashboards_folder()))
    deadline = time.monotonic() + 60
    while len(nursery.children()) > dashboards and time.monotonic() < deadline:
        time.sleep(0.5)
    assert len(nursery.children()) == dashboards, (
        "one kernel kept warm for each dashboard, none for a page that was left"
    )
    assert {kernel.pid for kernel in nursery.children()} != warm
    assert visit.refused == []


def test_a_page_that_is_open_keeps_its_kernel_over_the_grace(short_lived):
    _, visit = short_lived
    time.sleep(22)
    visit.page.get_by_label(text.CONTROLS["year"], exact=True).select_option(label="2010/11")
    visit.page.wait_for_function("document.querySelector('h1').textContent.includes('2010/11')")
    assert not visit.page.locator("#wb-lost").is_visible()
