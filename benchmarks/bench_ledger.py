"""A ledger of ten million lines: ``wb.gap`` against the bare DuckDB query that a user would write instead.

The ledger is generated: its amounts are drawn at random and stand for nothing. Prints the ratio of the medians and
writes it to ``benchmarks/results/ledger.json``. ``python benchmarks/bench_ledger.py [LINES]``.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LINES = 10_000_000
ROUNDS = 7
QUERY = """
SELECT "Year", "National_Government_Votes_&_Counties_adm2", "Class",
       sum("Final_Budget_Approved_Estimate"), sum("Final_Expenditure_Total_Payment_Comm.")
FROM read_parquet('{path}') GROUP BY ALL
"""
GENERATE = """
COPY (
  SELECT 2013 + CAST(floor(random() * 5) AS INTEGER) AS "Year",
         CASE WHEN random() < 0.7 THEN '1 Recurrent' ELSE '3 Development' END AS "Class",
         'Generated vote ' || CAST(floor(random() * 81) AS INTEGER) AS "National_Government_Votes_&_Counties_adm2",
         'Generated programme ' || CAST(floor(random() * 400) AS INTEGER) AS "Programme_pro2",
         '21 Generated chapter' AS "Chapter_econ2",
         round(random() * 1e7, 2) AS "Final_Budget_Approved_Estimate",
         round(random() * 1e7, 2) AS "Final_Expenditure_Total_Payment_Comm."
  FROM range({lines})
) TO '{path}' (FORMAT parquet)
"""


def run(what: str, path: str) -> dict[str, Any]:
    """Time one of the two in this process, and give the most memory that it took, in MB."""
    import duckdb

    import workbench as wb
    from workbench.gap.ledger import open_ledger

    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        if what == "duckdb":
            duckdb.connect().execute(QUERY.format(path=path)).fetchall()
        else:
            ledger = open_ledger(path, year_is="end", mark="illustrative")
            wb.gap(ledger.stage("revised"), ledger.stage("expenditure"), by=("vote", "economic_class"))
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": statistics.median(seconds), "first": seconds[0], "peak_mb": peak}


def main() -> None:
    """Generate, run both in processes of their own, compare."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated_ledger.parquet"
        duckdb.connect().execute(GENERATE.format(lines=lines, path=path))
        size = path.stat().st_size / 1e6
        runs = {
            what: json.loads(
                subprocess.run([sys.executable, __file__, "--run", what, str(path)], capture_output=True, text=True,
                               check=True).stdout
            )
            for what in ("duckdb", "workbench")
        }  # fmt: skip
    ratio = runs["workbench"]["seconds"] / runs["duckdb"]["seconds"]
    result = {"generated": True, "lines": lines, "file_mb": round(size, 1), **runs, "ratio": round(ratio, 3)}
    print(f"{lines:,} generated lines, {size:.0f} MB of Parquet")
    for what, one in runs.items():
        print(f"{what:>10}: median {one['seconds']:.3f} s, first {one['first']:.3f} s, peak {one['peak_mb']:.0f} MB")
    print(f"     ratio: {ratio:.2f} (at most 1.5)")
    out = Path(__file__).parent / "results" / "ledger.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        print(json.dumps(run(sys.argv[2], sys.argv[3])))
    else:
        main()
