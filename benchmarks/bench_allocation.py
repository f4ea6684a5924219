"""Speed and memory of the allocation engine against one plain sort of the same array, in one run.

    python benchmarks/bench_allocation.py

Each rule shares out 100,000 envelopes among 47 claimants and is timed in turn with ``np.sort`` of the same claims, the
quickest of several turns counting, so that whatever else the machine does falls on both. Prints a table, writes
benchmarks/results/allocation.json, and ends with exit code 1 where a bound is broken.
"""

from __future__ import annotations

import json
import platform
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np

from workbench.allocation import RULES
from workbench.allocation.rounding import largest_remainder

PROBLEMS, CLAIMANTS, TURNS = 100_000, 47, 9
SORTING_RULES = (
    "proportional",
    "constrained_equal_awards",
    "constrained_equal_losses",
    "talmud",
    "piniles",
    "constrained_egalitarian",
    "minimal_overlap",
)
RULE_BOUND, ROUNDING_BOUND, ARRIVAL_BOUND, MEMORY_BOUND = 6.0, 8.0, 1.0, 4.0
RESULTS = Path(__file__).parent / "results" / "allocation.json"


def side_by_side(task: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the quickest seconds of each of two tasks that take turns."""
    best = [float("inf"), float("inf")]
    for _ in range(TURNS):
        for i, run in enumerate((task, other)):
            start = time.perf_counter()
            run()
            best[i] = min(best[i], time.perf_counter() - start)
    return best[0], best[1]


def peak_memory(task: Callable[[], object]) -> int:
    """Return the bytes that a task holds at most, its result among them."""
    tracemalloc.start()
    try:
        task()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def main() -> int:
    """Measure everything, print it, keep it, and say whether the bounds hold."""
    chance = np.random.default_rng(20090701)
    claims = chance.random((PROBLEMS, CLAIMANTS)) * 1e9
    envelope = claims.sum(axis=-1) * chance.random(PROBLEMS)
    whole = np.floor(envelope).astype(np.int64)
    shillings = claims.astype(np.int64)
    tasks: dict[str, tuple[Callable[[], object], float]] = {
        name: (lambda name=name: RULES[name](envelope, claims), RULE_BOUND) for name in SORTING_RULES
    }
    tasks["largest_remainder of amounts"] = (lambda: largest_remainder(claims, whole), ROUNDING_BOUND)
    tasks["largest_remainder of shillings"] = (lambda: largest_remainder(shillings, whole), ROUNDING_BOUND)
    rows = []
    for name, (task, bound) in tasks.items():
        seconds, sorting = side_by_side(task, lambda: np.sort(claims))
        memory = peak_memory(task) / claims.nbytes
        rows.append({"what": name, "ratio": seconds / sorting, "bound": bound, "unit": "times np.sort"})
        rows.append({"what": f"{name}, memory", "ratio": memory, "bound": MEMORY_BOUND, "unit": "times the claims"})
    for top in (1_000, 10_000, 50_000):
        some = chance.integers(1, top, size=CLAIMANTS)
        start = time.perf_counter()
        RULES["random_arrival"](float(some.sum() // 2), some)
        seconds = time.perf_counter() - start
        what = f"random_arrival, {CLAIMANTS} whole claims to {top:,}"
        rows.append({"what": what, "ratio": seconds, "bound": ARRIVAL_BOUND, "unit": "seconds"})
    held = True
    for row in rows:
        row["held"] = bool(row["ratio"] <= row["bound"])
        held &= row["held"]
        said = "" if row["held"] else "  BROKEN"
        print(f"{row['what']:<45} {row['ratio']:>7.2f} {row['unit']:<17} (bound {row['bound']:g}){said}")
    machine = {"python": platform.python_version(), "numpy": np.__version__, "machine": platform.machine()}
    kept = {"problems": PROBLEMS, "claimants": CLAIMANTS, **machine, "results": rows}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
