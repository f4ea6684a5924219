"""A real browser, started once for all browser tests, and the pages that it visits."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "artifacts" / "screenshots"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OPEN_MILLISECONDS = 60_000


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the tests are skipped, and fail in CI."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    missing = f"no Chromium on PATH (looked for {', '.join(BROWSERS)})"
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def browser(chromium):
    """One browser for all tests; each takes a fresh context of it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


class Visit:
    """A page with what went wrong on it, and every request that left the machine."""

    def __init__(self, page, url: str) -> None:
        self.page, self.url = page, url
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.refused: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda fault: self.errors.append(str(fault)))
        page.on("request", self._request)
        page.on("websocket", lambda channel: self._host(channel.url))
        page.on(
            "response", lambda answer: answer.status >= 400 and self.refused.append(f"{answer.status} {answer.url}")
        )

    def open(self, path: str) -> Visit:
        """Open a dashboard and wait until it is drawn."""
        self.page.goto(self.url + path)
        self.page.wait_for_selector("body[data-ready=true]", timeout=OPEN_MILLISECONDS)
        return self

    def shoot(self, name: str) -> None:
        """Keep a picture of the page."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        width = self.page.viewport_size["width"]
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)

    def assert_clean(self) -> None:
        """Nothing failed, and nothing was asked of another machine."""
        assert self.outside == []
        assert self.refused == []
        assert self.errors == []

    def _console(self, message) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _request(self, request) -> None:
        self._host(request.url)

    def _host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            self.outside.append(url)


@pytest.fixture
def visit(browser, server, request) -> Iterator[Visit]:
    """A visitor with an empty cache, at 1280 x 800 unless the test says otherwise."""
    width, height = getattr(request, "param", (1280, 800))
    context = browser.new_context(viewport={"width": width, "height": height})
    yield Visit(context.new_page(), server.url)
    context.close()
