"""Speed of Level 2 over many draws: `level_draws` against one `np.sort` of an array of the same shape.

100,000 draws of 47 counties: who meets the conditions and what each scores is drawn at random, nobody's assessment.
Both sides run in turn in one process and the fastest of several runs counts. KDSP II pays one amount for each county;
KDSP I shares by an index of share and score, and rounds by largest remainder.

Run: python benchmarks/bench_grants.py. Prints the ratios and keeps them in benchmarks/results/grants.json; exit code 1
where a ratio misses its limit.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from workbench.grants import grants
from workbench.grants.batch import Draws, level_draws
from workbench.grants.facts import COUNTIES

DRAWS, RUNS, LIMIT = 100_000, 9, 12.0
RESULTS = Path(__file__).parent / "results" / "grants.json"


def fastest(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the least seconds of each of two calls, made in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(RUNS):
        for call, taken in zip((one, other), times, strict=True):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return min(times[0]), min(times[1])


def main() -> int:
    """Measure, print and keep the ratios."""
    chance = np.random.default_rng(2025)
    unsorted = chance.random((DRAWS, COUNTIES))
    draws = Draws(qualifies=chance.random((DRAWS, COUNTIES)) < 0.8, scores=chance.uniform(40, 95, (DRAWS, COUNTIES)))
    found = {}
    for design, year in (("kdsp2", "2025/26"), ("kdsp1", "2018/19")):
        run = grants(design, year)
        terms = run.level("level_2").terms
        awards = level_draws(terms, run.inputs, draws)
        assert (awards.sum(axis=1) <= (terms.pool or 0)).all()  # noqa: S101 - a benchmark of wrong awards is none
        ours, sort = fastest(lambda t=terms, r=run: level_draws(t, r.inputs, draws), lambda: np.sort(unsorted))
        found[design] = {"seconds": ours, "np_sort_seconds": sort, "ratio": ours / sort, "limit": LIMIT}
        times = f"{ours:.3f} s, np.sort {sort:.3f} s, ratio {ours / sort:.2f} (limit {LIMIT:g})"
        print(f"{design} Level 2, {DRAWS:,} draws: {times}")
    RESULTS.parent.mkdir(exist_ok=True)
    record = {"python": platform.python_version(), "numpy": np.__version__, "level_2": found}
    RESULTS.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    return int(any(one["ratio"] > one["limit"] for one in found.values()))


if __name__ == "__main__":
    sys.exit(main())
