"""A ledger of ten million lines: ``wb.gap`` against the bare DuckDB query that a user would write instead.

The ledger is generated: its amounts are drawn at random and stand for nothing. It lies once as Parquet and once as CSV.
Prints the median of the ratios and writes it to ``benchmarks/results/ledger.json``.
``python benchmarks/bench_ledger.py [LINES]``.
"""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LINES = 10_000_000
ROUNDS = {"parquet": 9, "csv": 5}
"""How often each side runs, by the kind of file; a CSV of this size takes many times as long to read."""

READERS = {"parquet": "read_parquet", "csv": "read_csv"}
QUERY = """
SELECT "Year", "National_Government_Votes_&_Counties_adm2", "Class",
       sum("Final_Budget_Approved_Estimate"), sum("Final_Expenditure_Total_Payment_Comm.")
FROM {reader}('{path}')
WHERE "Class" NOT LIKE '2 %' AND "Class" NOT LIKE '4 %'
  AND "Chapter_econ2" NOT LIKE '52%' AND "Chapter_econ2" NOT LIKE '55%'
GROUP BY ALL
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
TO_CSV = "COPY (FROM read_parquet('{parquet}')) TO '{csv}' (FORMAT csv, HEADER)"


def bare(path: str) -> float:
    """Ask DuckDB as a user would for the same answer; gives the revised estimates' sum."""
    import duckdb

    query = QUERY.format(path=path, reader=READERS[path.rpartition(".")[2]])
    return sum(row[3] for row in duckdb.connect().execute(query).fetchall())


def ours(path: str) -> float:
    """Measure the gap of the same file; gives the revised estimates' sum."""
    import workbench as wb
    from workbench.gap.opening import open_ledger

    ledger = open_ledger(path, year_is="end", mark="illustrative")
    gap = wb.gap(ledger.stage("revised"), ledger.stage("expenditure"), by=("vote", "economic_class"))
    return float(gap.lines["requirement"].sum())


def peak_mb(path: str) -> float:
    """Return the most memory that a process of its own takes for our side, in MB."""
    code = (
        f"import bench_ledger, resource; bench_ledger.ours({path!r}); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent
    )
    return int(done.stdout) / 1024


def timed(call: Callable[[str], float], path: str) -> float:
    """Return the seconds that a call takes."""
    start = time.perf_counter()
    call(path)
    return time.perf_counter() - start


def compared(path: Path) -> dict[str, float]:
    """Run both in turns so that a busy machine slows both alike, and compare."""
    kind = path.suffix[1:]
    if not math.isclose(ours(str(path)), bare(str(path)), rel_tol=1e-9):
        sys.exit("wb.gap and DuckDB give different sums: there is nothing to compare")
    seconds = [(timed(bare, str(path)), timed(ours, str(path))) for _ in range(ROUNDS[kind])]
    ratios = sorted(mine / theirs for theirs, mine in seconds)
    result = {
        "file_mb": round(path.stat().st_size / 1e6, 1),
        "rounds": ROUNDS[kind],
        "duckdb_seconds": round(statistics.median(theirs for theirs, _ in seconds), 3),
        "workbench_seconds": round(statistics.median(mine for _, mine in seconds), 3),
        "ratio": round(statistics.median(ratios), 3),
        "ratio_least": round(ratios[0], 3),
        "ratio_most": round(ratios[-1], 3),
        "peak_mb": round(peak_mb(str(path))),
    }
    print(f"{kind}, {result['file_mb']:,.0f} MB, {result['rounds']} rounds in turns")
    print(f"  DuckDB {result['duckdb_seconds']} s, wb.gap {result['workbench_seconds']} s (medians)")
    print(f"  ratio {result['ratio']} (from {result['ratio_least']} to {result['ratio_most']}; at most 1.5)")
    print(f"  peak memory {result['peak_mb']} MB (less than 1,024)", flush=True)
    return result


def main() -> None:
    """Generate the ledger once and compare on both kinds of file."""
    import duckdb

    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    print(f"{lines:,} generated lines")
    with tempfile.TemporaryDirectory() as folder:
        parquet, csv = (Path(folder) / f"generated_ledger.{kind}" for kind in READERS)
        duckdb.connect().execute(GENERATE.format(lines=lines, path=parquet))
        kinds = {"parquet": compared(parquet)}
        duckdb.connect().execute(TO_CSV.format(parquet=parquet, csv=csv))
        kinds["csv"] = compared(csv)
    result = {"generated": True, "lines": lines, **kinds}
    out = Path(__file__).parent / "results" / "ledger.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
