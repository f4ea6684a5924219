"""Speed of constrained funding: `fund` against the bare `scipy.optimize.linprog` call on the same matrices.

3,000 lines over 3 financial years under 200 rules over several lines; the figures are generated, and are nobody's
budget. Both sides run in turn in one process and the fastest of several runs counts. The bare call gets its matrices
ready-made; `fund` starts from a labelled table, checks it, builds the matrices, solves, and returns labelled awards.
Shadow prices are computed when they are asked for, and are timed apart.

Run: python benchmarks/bench_funding.py. Prints the ratios and keeps them in benchmarks/results/funding.json; exit code
1 where a ratio misses its limit.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import scipy
from scipy.optimize import linprog

from workbench.allocation.funding import FundingResult, GrowthLimit, ShareLimit, fund
from workbench.allocation.funding.matrices import piecewise_programme, segments_of

LINES, YEARS, SECTORS, REGIONS = 3000, ("2009/10", "2010/11", "2011/12"), 25, 36
LIMIT, RUNS = 2.0, 7
RESULTS = Path(__file__).parent / "results" / "funding.json"


def generated_requests(seed: int = 20090701) -> pd.DataFrame:
    """Return 1,000 programmes over 3 years in sectors and regions, drawn at random."""
    random = np.random.default_rng(seed)
    programmes = LINES // len(YEARS)
    base = random.lognormal(3, 1, programmes)
    tables = [
        pd.DataFrame(
            {
                "programme": [f"Programme {at:04d}" for at in range(programmes)],
                "financial_year": year,
                "sector": [f"Sector {at % SECTORS:02d}" for at in range(programmes)],
                "region": [f"Region {(at * 7) % REGIONS:02d}" for at in range(programmes)],
                "economic_class": np.where(np.arange(programmes) % 3 == 0, "development", "recurrent"),
                "priority": 1.0 + np.arange(programmes) % 5,
                "amount": base * random.uniform(0.9, 1.3, programmes),
            }
        )
        for year in YEARS
    ]
    return pd.concat(tables, ignore_index=True)


def stated(requests: pd.DataFrame) -> dict[str, Any]:
    """Return 200 rules (3 envelopes, 75 sector ceilings, 66 region floors, 6 shares, 50 on growth) and 300 floors."""
    by_year = requests.groupby("financial_year")["amount"].sum()
    sector = requests.groupby(["sector", "financial_year"])["amount"].sum()
    region = requests.groupby(["region", "financial_year"])["amount"].sum()
    lines = requests.set_index(["programme", "financial_year"])
    development = {"economic_class": "development"}
    return {
        "envelope": 0.6 * by_year,
        "ceilings": 0.65 * sector,
        "floors": [0.4 * region.iloc[: 3 * 22], 0.2 * lines["amount"].iloc[::10]],
        "weights": lines["priority"],
        "shares": [
            ShareLimit(name="development share", where=development, of="funded", minimum=0.3),
            ShareLimit(name="recurrent share", where={"economic_class": "recurrent"}, of="envelope", maximum=0.7),
        ],
        "growth": GrowthLimit(by=["sector"], maximum=0.2),
    }


def fastest(call: Callable[[], object]) -> float:
    """Return the seconds of one call."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def measure() -> dict[str, Any]:
    """Run both sides in turn and return what was measured."""
    requests = generated_requests()
    limits = stated(requests)
    result: FundingResult = fund(requests, **limits)
    programme = piecewise_programme(result.problem, segments_of(result.problem))
    bounds: Any = np.stack([programme.lower, programme.upper], axis=1)
    matrix: Any = programme.matrix

    def bare() -> object:
        return linprog(programme.cost, A_ub=matrix, b_ub=programme.amounts, bounds=bounds, method="highs")

    pairs = [(fastest(bare), fastest(lambda: fund(requests, **limits))) for _ in range(RUNS)]
    linprog_seconds, fund_seconds = (min(side) for side in zip(*pairs, strict=True))
    begun = time.perf_counter()
    prices = result.shadow_prices
    priced = time.perf_counter() - begun
    best = float(-bare().fun)  # type: ignore[attr-defined]
    if abs(best - float(result.value or 0)) > 1e-6 * best:
        raise SystemExit(f"fund found {result.value}, linprog {best}: they do not solve one problem")
    return {
        "lines": len(requests),
        "years": len(YEARS),
        "rules_over_several_lines": matrix.shape[0],
        "floors_of_single_lines": sum(limit.line >= 0 for limit in result.problem.limits.all),
        "variables": matrix.shape[1],
        "linprog_seconds": round(linprog_seconds, 4),
        "fund_seconds": round(fund_seconds, 4),
        "ratio": round(fund_seconds / linprog_seconds, 3),
        "limit": LIMIT,
        "shadow_prices": len(prices),
        "shadow_prices_seconds": round(priced, 3),
        "python": platform.python_version(),
        "scipy": scipy.__version__,
    }


def main() -> int:
    """Measure, print, keep; return 1 where the limit is missed."""
    measured = measure()
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps({"fund_against_linprog": measured}, indent=2) + "\n", encoding="utf-8")
    for name, value in measured.items():
        print(f"{name:28} {value}")
    return int(measured["ratio"] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
