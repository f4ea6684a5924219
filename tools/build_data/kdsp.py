"""KDSP II and I: the published facts, one a row, and the payments of two KDSP I rounds."""

from __future__ import annotations

from tools.build_data.tables import csv_text, read_facts

# A fact that was seen for some counties, or whose text has one source, is marked so; how far it goes is kept beside it.
MARKS = {
    "three counties seen": "one source",
    "four counties seen": "one source",
    "one source for the text": "one source",
}


def build() -> dict[str, str]:
    """Return the package's CSV resources by path."""
    facts = [
        {
            **fact,
            "mark": MARKS.get(fact["mark"], fact["mark"]),
            "extent": fact["mark"] if fact["mark"] in MARKS else None,
        }
        for fact in read_facts("kdsp2_grants.csv")
    ]
    payments = read_facts("kdsp1_level2_payments.csv")
    return {
        "kdsp/facts.csv": csv_text(facts, list(facts[0])),
        "kdsp/kdsp1_level_2_payments.csv": csv_text(payments, list(payments[0])),
    }
