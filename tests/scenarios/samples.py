"""Records with made-up content, for tests of what keeps and compares them."""

from __future__ import annotations

from workbench.scenarios.record import Record


def sample_record(value=1.5, *, scenario="shilling-at-160", model="grants", year="2025/26", made_by="wanjiku", at=0):
    rows = [[1, "Mombasa", value], [2, "Kwale", 2.0], [3, "Kilifi", None]]
    return Record(
        content={
            "format": 1,
            "scenario": {"name": scenario, "question": "What if the shilling falls?", "texts": []},
            "model": model,
            "base": "kdsp2",
            "financial_year": year,
            "parameters": [],
            "inputs": {"grants/kdsp2.yaml": "ab" * 32},
            "files": {},
            "seed": None,
            "versions": {"workbench": "0.1.0", "python": "3.11"},
            "headline": [{"name": "awarded", "label": "Awarded", "value": value, "unit": "KES"}],
            "tables": {"awards": {"columns": ["code", "county", "award"], "rows": rows}},
            "keys": [{"table": "awards", "label": "county", "value": "award", "unit": "KES"}],
            "sources": {"columns": ["source", "locator", "mark"], "rows": [["Bill", "p. 1", "certain"]]},
            "notes": [],
            "illustrative": False,
        },
        made_at=f"2026-02-10T09:30:{at // 1000000:02d}.{at % 1000000:06d}Z",
        made_by=made_by,
    )
