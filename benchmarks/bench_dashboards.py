"""How long a viewer of a dashboard waits, and what he costs: measured on the real server in headless Chromium.

    python benchmarks/bench_dashboards.py

Each visitor has an empty cache. "Drawn" is the time from asking for the address until the chart stands on the page;
"at once" is a visitor who asks as soon as the one before has his first byte, while the pool of warm kernels refills;
"answer" is the time from moving a control until the picture is drawn anew. Memory is the proportional set size of the
kernels, which counts what they share with their parent once.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

VISITS = 5
DASHBOARD = "gap"
DRAWN = "body[data-ready=true]"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def main() -> None:
    """Measure and print."""
    chromium = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if chromium is None:
        sys.exit("No Chromium on PATH: nothing was measured.")
    command = [sys.executable, "-m", "workbench", "serve", "--port", "0", "--no-browser"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as server,
        sync_playwright() as playwright,
    ):
        try:
            started = time.perf_counter()
            found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
            if found is None:
                sys.exit("The server did not start.")
            print(f"server ready      {(time.perf_counter() - started) * 1000:8,.0f} ms")
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            measure(browser, found[0] + DASHBOARD, psutil.Process(server.pid))
            browser.close()
        finally:
            server.terminate()


def measure(browser: Browser, url: str, server: psutil.Process) -> None:
    """Visit the dashboard as several people do and print the medians."""
    time.sleep(3)  # the pool is filled
    first, at_once, answers, weights = [], [], [], []
    for _ in range(VISITS):
        pages = [browser.new_context().new_page() for _ in range(2)]
        weight = [0]
        pages[0].on("requestfinished", lambda request, weight=weight: weigh(request, weight))
        began = time.perf_counter()
        pages[0].goto(url, wait_until="commit")
        second_began = time.perf_counter()
        pages[1].goto(url, wait_until="commit")
        pages[0].wait_for_selector(DRAWN)
        first.append(time.perf_counter() - began)
        pages[1].wait_for_selector(DRAWN)
        at_once.append(time.perf_counter() - second_began)
        answers += [answer(pages[0], place) for place in (1, 2, 0)]
        weights.append(weight[0])
        for page in pages:
            page.context.close()
        time.sleep(2)
    alone = [visit_alone(browser, url) for _ in range(VISITS)]
    for name, seconds in (("drawn, alone", alone), ("drawn, of two", first), ("at once", at_once), ("answer", answers)):
        print(f"{name:<17} {statistics.median(seconds) * 1000:8,.0f} ms   (worst {max(seconds) * 1000:,.0f})")
    print(f"over the wire     {statistics.median(weights) / 1e6:8.2f} MB")
    kernels = [child for nursery in server.children() for child in nursery.children()]
    shares = [kernel.memory_full_info().pss / 1e6 for kernel in kernels]
    print(f"memory a kernel   {statistics.median(shares):8.0f} MB   ({len(kernels)} kernels)")


def weigh(request: object, weight: list[int]) -> None:
    """Add up what an answer weighed on the wire."""
    sizes = request.sizes()  # type: ignore[attr-defined]  # playwright gives the event no type
    weight[0] += sizes["responseBodySize"] + sizes["responseHeadersSize"]


def visit_alone(browser: Browser, url: str) -> float:
    """Return the seconds until the page is drawn for a visitor with nobody beside him."""
    time.sleep(2)
    page = browser.new_context().new_page()
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(DRAWN)
    seconds = time.perf_counter() - began
    page.context.close()
    return seconds


def answer(page: Page, place: int) -> float:
    """Choose another year, and return the seconds until the picture is drawn anew."""
    drawn = page.evaluate("Number(document.querySelector('.wb-canvas').dataset.drawn)")
    year = page.get_by_label("Financial year", exact=True)
    began = time.perf_counter()
    year.select_option(index=place)
    page.wait_for_function(f"Number(document.querySelector('.wb-canvas').dataset.drawn) > {drawn}", polling=5)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
