"""A visitor in headless Chromium, with an empty cache, timed by the page's own clock."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
TIMEOUT = 60_000

# Looks through the shadow roots that Panel draws in. A page is drawn when the chart's bars carry the labels that they
# must, the headline stands there, and the table's last row does.
LOOK = """
([labels, words]) => {
  const roots = [document];
  for (let place = 0; place < roots.length; place += 1) {
    for (const one of roots[place].querySelectorAll("*")) if (one.shadowRoot) roots.push(one.shadowRoot);
  }
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const texts = (selector) => all(selector).map((one) => one.textContent);
  const bars = texts("text.bartext");
  const said = texts("h1, td, th");
  const drawn = labels.every((label) => bars.includes(label));
  const told = words.every((word) => said.some((one) => one.includes(word)));
  return drawn && told ? performance.now() - (window.benchBegan ?? 0) : null;
}
"""
BEGIN = 'window.addEventListener("keydown", () => { window.benchBegan = performance.now(); }, true);'


@dataclass
class Visitor:
    """Somebody with a page open."""

    context: BrowserContext
    page: Page
    weight: int = 0

    def weigh(self, request: Request) -> None:
        """Count what an answer weighed on the wire."""
        sizes = request.sizes()
        self.weight += sizes["responseBodySize"] + sizes["responseHeadersSize"]

    def drawn(self, labels: list[str], words: list[str]) -> float:
        """Wait until the page shows something, and return the milliseconds since it was asked for."""
        answer = self.page.wait_for_function(LOOK, arg=[labels, words], polling="raf", timeout=TIMEOUT)
        return float(answer.json_value())

    def leave(self) -> None:
        """Close the page, whose last answers need not be weighed."""
        self.page.remove_listener("requestfinished", self.weigh)
        self.context.close()


def open_browser(playwright: Playwright) -> Browser:
    """Start Chromium."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        sys.exit("No Chromium on PATH: nothing was measured.")
    return playwright.chromium.launch(executable_path=found, args=FLAGS)


def visit(browser: Browser, url: str) -> Visitor:
    """Ask for a page, and return as soon as its first byte is there."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    visitor = Visitor(context, context.new_page())
    visitor.page.add_init_script(BEGIN)
    visitor.page.on("requestfinished", visitor.weigh)
    visitor.page.goto(url, wait_until="commit", timeout=TIMEOUT)
    return visitor


def choose(visitor: Visitor, label: str, steps: int, wanted: str, *, opens: bool) -> None:
    """Move a control by the keyboard; the page's clock starts at the last key.

    A list of the browser's own changes at each arrow. Streamlit's is searched first, and takes what Enter chooses.
    """
    control = visitor.page.get_by_label(label).last
    keyboard = visitor.page.keyboard
    if not opens:
        control.focus()
        keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        return
    control.click()
    keyboard.type(wanted)
    visitor.page.wait_for_selector('[role="listbox"] [role="option"]')
    visitor.page.wait_for_timeout(200)
    keyboard.press("Enter")
