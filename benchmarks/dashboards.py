"""How long a viewer waits here, in Panel and in Streamlit, for the same page with the same figures.

    make bench-peers        # once: Panel and Streamlit into an environment of their own
    python benchmarks/dashboards.py [rounds]

One run in headless Chromium. Each visitor has an empty cache. "Drawn" is the time from asking for the page until
headline, chart and the table's last row stand there: for a visitor alone, and for two who come at the same moment.
"Answer" is the time from the key that moves a control until the chart shows the other year. The three take turns, so
that a noisy machine is noisy for all. The peers get every figure ready worked out; ours are computed by the package.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, sync_playwright
from sides import GRACE, Side, contents, sides
from visitors import Visitor, choose, open_browser, visit

from workbench.views import text

ROUNDS = 7
REST = 3.0
"""Seconds between two visitors: the pool of kernels is full again."""

WARMS = 45.0
"""Seconds until each of the three has loaded and computed what it does ahead."""

MOVES = 4
VIEWERS = 8
GOALS = {"drawn alone": 0.7, "drawn, first of two": 0.7, "drawn, second of two": 0.7, "answer": 0.5}
HEAVIEST = 4.0
MACHINE_MB = 4_000
RESULTS = Path(__file__).parent / "results" / "dashboards.json"

Shown = tuple[list[str], list[str]]
Times = dict[str, dict[str, list[float]]]


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    times: Times = defaultdict(lambda: defaultdict(list))
    with (
        tempfile.TemporaryDirectory() as folder,
        sides(Path(folder)) as started,
        sync_playwright() as playwright,
    ):
        browser = open_browser(playwright)
        time.sleep(WARMS)
        for number in range(rounds + 1):
            for side in started:
                measured = one_round(browser, side)
                if number:  # the first round warms caches of disk and bytecode, for all three
                    for what, values in measured.items():
                        times[what][side.name] += values
        memory = memory_of_viewers(browser, started[0])
        browser.close()
    report(times, memory)


def states() -> tuple[Shown, Shown]:
    """Return what two neighbouring years show: labels of bars that the other has not, headline and last row."""
    shown = contents()
    first, second = (
        shown["states"][json.dumps([year if name == "year" else options[0] for name, _, options in shown["controls"]])]
        for year in YEARS
    )
    bars = [bar_labels(page) for page in (first, second)]
    return (
        (sorted(bars[0] - bars[1]), [first["finding"], first["rows"][-1][0]]),
        (sorted(bars[1] - bars[0]), [second["finding"], second["rows"][-1][0]]),
    )


def bar_labels(page: dict[str, Any]) -> set[str]:
    """Return what stands in the bars."""
    return {str(label) for trace in page["figure"]["data"] for label in trace.get("text", [])} - {""}


YEARS = next(options for name, _, options in contents()["controls"] if name == "year")[:2]
STATES = states()


def one_round(browser: Browser, side: Side) -> dict[str, list[float]]:
    """Let one visitor come alone and move a control, then two together."""
    time.sleep(REST)
    alone = visit(browser, side.url)
    found = {"drawn alone": [alone.drawn(*STATES[0])]}
    time.sleep(1)
    found["answer"] = [answer(side, alone, back=bool(move % 2)) for move in range(MOVES)]
    found["weight"] = [alone.weight / 1e6]
    alone.leave()
    time.sleep(REST)
    first = visit(browser, side.url)
    second = visit(browser, side.url)
    found["drawn, first of two"] = [first.drawn(*STATES[0])]
    found["drawn, second of two"] = [second.drawn(*STATES[0])]
    first.leave()
    second.leave()
    return found


def answer(side: Side, visitor: Visitor, *, back: bool) -> float:
    """Move the year there or back, and return the milliseconds until the chart shows it."""
    wanted = YEARS[0 if back else 1]
    choose(visitor, text.CONTROLS["year"], -1 if back else 1, wanted, opens=side.name == "Streamlit")
    milliseconds = visitor.drawn(*STATES[0 if back else 1])
    time.sleep(0.3)
    return milliseconds


def memory_of_viewers(browser: Browser, side: Side) -> dict[str, float]:
    """Return what the server takes with nobody there, and what each viewer adds, with what is shared counted once."""

    def taken() -> float:
        family = [side.process.pid, *(child.pid for child in psutil.Process(side.process.pid).children(recursive=True))]
        return sum(psutil.Process(pid).memory_full_info().pss for pid in family) / 1e6

    time.sleep(2 * GRACE + REST)
    empty = taken()
    visitors = [visit(browser, side.url) for _ in range(VIEWERS)]
    for visitor in visitors:
        visitor.drawn(*STATES[0])
    time.sleep(2 * REST)
    each = (taken() - empty) / VIEWERS
    for visitor in visitors:
        visitor.leave()
    return {"server_mb": empty, "viewer_mb": each, "viewers_in_4_gb": (MACHINE_MB - empty) // each}


def report(times: Times, memory: dict[str, float]) -> None:
    """Print medians and ratios, and keep them."""
    medians = {what: {name: statistics.median(all_) for name, all_ in by.items()} for what, by in times.items()}
    names = list(next(iter(medians.values())))
    print(f"{'':<24}{''.join(f'{name:>12}' for name in names)}{'ratio':>9}{'goal':>7}")
    ratios = {}
    for what, goal in GOALS.items():
        row = medians[what]
        ratios[what] = row["workbench"] / min(value for name, value in row.items() if name != "workbench")
        shown = "".join(f"{row[name]:>9,.0f} ms" for name in names)
        print(f"{what:<24}{shown}{ratios[what]:>9.2f}{goal:>7.1f}{'' if ratios[what] <= goal else '  not met'}")
    weights = "".join(f"{weight:>12.2f}" for weight in medians["weight"].values())
    print(f"{'over the wire, MB':<24}{weights}{'':>9}{HEAVIEST:>7.1f}")
    print(
        f"memory: {memory['server_mb']:,.0f} MB with nobody there, {memory['viewer_mb']:,.0f} MB for each viewer; "
        f"4 GB hold {memory['viewers_in_4_gb']:,.0f} viewers"
    )
    kept = {"medians_ms": medians, "ratios": ratios, "goals": GOALS, "memory": memory, "samples_ms": times}
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
