"""The cases that lie beside the tests, opened."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"


def examples(kind: str) -> list[dict[str, Any]]:
    """Return the worked examples of one kind."""
    listed = json.loads((CASES / "allocation_examples.json").read_text(encoding="utf-8"))
    return [case for case in listed if case["kind"] == kind]


def published_axioms() -> list[dict[str, str]]:
    """Return the published table of axioms, one a row."""
    with (CASES / "rule_axioms.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def equitable_shares() -> dict[str, list[int]]:
    """Return the printed shares of the 47 counties by financial year, KES."""
    years: dict[str, list[int]] = {}
    with (CASES / "equitable_share.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            years.setdefault(row["financial_year"], []).append(int(row["equitable_share_kes"]))
    return years
