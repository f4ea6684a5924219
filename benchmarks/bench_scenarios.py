"""Speed of scenarios, as ratios of what is measured side by side in one run; prints them and keeps them as JSON.

Run it alone: ``python benchmarks/bench_scenarios.py``. Two Dask workers need two idle cores to be told from one.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

import workbench as wb
from workbench.scenarios.ensembles import Chance, Lognormal, Pert
from workbench.scenarios.ensembles.blocks import evaluate_block
from workbench.scenarios.ensembles.planning import Plan

DESIGN = "kdsp2-every-county-qualifies"
INPUTS = {
    "fx.kes_per_usd": Lognormal(median=130, sigma=0.1),
    "level_2.pool": Pert(low=9e9, mode=13e9, high=14e9),
    "conditions.*": Chance(probability=0.8),
}
LISTED = (
    "SELECT id, name, scenario, question, model, financial_year, made_at, made_by, status, approved_at, approved_by,"
    " superseded_by, content_hash, illustrative, headline, kind FROM run ORDER BY made_at DESC, id LIMIT 50"
)


def interleaved(work: Callable[[], object], peer: Callable[[], object], times: int) -> float:
    """Return how many times as long some work takes as its peer, the two measured in turn."""
    work(), peer()
    ratios = []
    for _ in range(times):
        pair = []
        for one in (work, peer):
            began = time.perf_counter()
            one()
            pair.append(time.perf_counter() - began)
        ratios.append(pair[0] / pair[1])
    return median(ratios)


def draws_against_sort() -> float:
    """100,000 draws of KDSP Level 2 for 47 counties (49 drivers) against one sort of as many numbers."""
    numbers = np.random.default_rng(1).random((100_000, 47))
    return interleaved(lambda: wb.ensemble(DESIGN, 100_000, inputs=INPUTS, progress=False), lambda: np.sort(numbers), 9)


def two_workers_against_one(draws: int = 5_000_000, times: int = 3) -> float:
    """Return how many times as fast two Dask workers are as one: the median of pairs measured in turn."""
    # Every worker loads the libraries and the design first: that is paid once, not by each ensemble.
    plan = wb.ensemble(DESIGN, 8, inputs=INPUTS, progress=False).plan
    ratios, hashes = [], set()
    for _ in range(times):
        one, two = (_on_workers(workers, plan, draws, hashes) for workers in (1, 2))
        print(f"one worker {one:.1f} s, two {two:.1f} s")
        ratios.append(one / two)
    if len(hashes) != 1:
        raise SystemExit("one worker and two gave different answers")
    return median(ratios)


def _on_workers(workers: int, plan: Plan, draws: int, hashes: set[str]) -> float:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.run(evaluate_block, plan, 0, 8, False)
        began = time.perf_counter()
        found = wb.ensemble(DESIGN, draws, inputs=INPUTS, client=client, progress=False)
        taken = time.perf_counter() - began
    hashes.add(found.content_hash)
    return taken


def store_against_sqlite(runs: int = 10_000) -> float:
    """Open a store of 10,000 runs and list the last 50, against a bare SQLite query of the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite3"
        record = wb.run("ten-counties-fail").record
        with wb.open_store(path) as store:
            store.save(record)
        with sqlite3.connect(path, isolation_level=None) as raw:
            columns = [row[1] for row in raw.execute("PRAGMA table_info(run)")]
            (row,) = raw.execute("SELECT * FROM run").fetchall()
            raw.execute("BEGIN")
            for number in range(1, runs):
                values = dict(zip(columns, row, strict=True))
                values |= {"id": f"{number:012x}", "name": f"run-{number}", "made_at": f"2026-01-01T{number:09d}Z"}
                marks = ", ".join("?" * len(columns))
                raw.execute(f"INSERT INTO run VALUES ({marks})", list(values.values()))  # noqa: S608 - marks only
            raw.execute("COMMIT")
        raw.close()

        def listed() -> None:
            with wb.open_store(path) as store:
                if len(store.runs(50)) != 50:
                    raise SystemExit("the store did not list 50 runs")

        def bare() -> None:
            connection = sqlite3.connect(path)
            connection.execute(LISTED).fetchall()
            connection.close()

        return interleaved(listed, bare, 25)


def main() -> None:
    """Measure, print, keep; exit code 1 where a limit is missed."""
    found = {
        "100,000 draws of KDSP Level 2 / np.sort of 100,000 x 47": (draws_against_sort(), "<", 12),
        "open a store of 10,000 runs and list 50 / bare SQLite": (store_against_sqlite(), "<", 20),
    }
    if "--quick" not in sys.argv:
        found["one Dask worker / two, 5 million draws"] = (two_workers_against_one(), ">", 1.6)
    kept = {}
    for name, (ratio, sign, limit) in found.items():
        met = ratio < limit if sign == "<" else ratio > limit
        print(f"{name}: {ratio:.2f} (limit {sign} {limit}){'' if met else '  MISSED'}")
        kept[name] = {"ratio": round(ratio, 3), "limit": f"{sign} {limit}", "met": met}
    results = Path(__file__).parent / "results" / "scenarios.json"
    results.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    if not all(one["met"] for one in kept.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
