"""Write workbench/allocation/axioms/verdicts.csv: which rule keeps which axiom, and on what grounds.

The verdicts on ten rules start from the table that ClaimsProblems publishes (a copy is
tests/allocation/cases/rule_axioms.csv). Where docs/methods/allocation-axioms.md proves it wrong, the proof counts. For
every broken axiom a counter-example is found and written down; for the rules that the table does not have, an axiom
without counter-example is called not refuted, never kept.

    python -m tools.settle_axioms
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

from workbench.allocation import RULES
from workbench.allocation.axioms import AXIOMS, CounterExample, find_counterexample, population

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = ROOT / "tests/allocation/cases/rule_axioms.csv"
VERDICTS = ROOT / "workbench/allocation/axioms/verdicts.csv"

SETTLED = {
    ("Regressivity", "constrained_egalitarian"): "keeps",
    ("Regressivity", "piniles"): "keeps",
    ("Replication invariance", "average_of_cea_and_cel"): "keeps",
    ("Division invariance", "average_of_cea_and_cel"): "keeps",
    ("1/|N|-min-of-claims-and-deficit lower bounds on losses", "minimal_overlap"): "keeps",
    ("Claim-endowment separability", "constrained_equal_losses"): "keeps",
    ("Null compensation consistency", "adjusted_proportional"): "keeps",
    ("Full compensation consistency", "adjusted_proportional"): "keeps",
    ("No advantageous merging", "constrained_egalitarian"): "keeps",
    ("No advantageous merging", "piniles"): "keeps",
    ("Converse consistency", "average_of_cea_and_cel"): "breaks",
}
"""Where the published table is wrong; docs/methods/allocation-axioms.md proves or refutes each."""

SEARCHED_RULES = ("reverse_talmud", "concede_and_divide")
SEARCH = {"count": 2000, "rounds": 10}
LONG_SEARCH = {"count": 2000, "rounds": 80}


def main() -> int:
    """Settle every axiom for every rule; return 1 where the search contradicts a verdict."""
    rows: list[tuple[str, str, str, str]] = []
    contradictions = 0
    with PUBLISHED.open(encoding="utf-8", newline="") as table:
        for published in csv.DictReader(table):
            axiom = published["property"]
            for rule in RULES:
                if rule not in published:
                    continue
                stated = "keeps" if published[rule] == "1" else "breaks"
                verdict = SETTLED.get((axiom, rule), stated)
                found = find_counterexample(axiom, rule, **(SEARCH if verdict == "keeps" else LONG_SEARCH))
                if (found is None) != (verdict == "keeps"):
                    contradictions += 1
                    print(f"{axiom}, {rule}: {verdict}, but {found}", file=sys.stderr)
                grounds = "published table" if (axiom, rule) not in SETTLED else "proof against the published table"
                rows.append((axiom, rule, verdict, grounds if found is None else _example(found)))
    rows += [row for rule in SEARCHED_RULES for row in _searched(rule)]
    with VERDICTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["axiom", "rule", "verdict", "basis"])
        writer.writerows(rows)
    print(f"{len(rows)} verdicts, {contradictions} contradictions")
    return 1 if contradictions else 0


def _searched(rule: str) -> list[tuple[str, str, str, str]]:
    rows = []
    talmud = {axiom for axiom, described in AXIOMS.items() if _published(axiom, "talmud") == "1"}
    for axiom, described in AXIOMS.items():
        if rule == "concede_and_divide" and described.check.__module__ == population.__name__:
            rows.append((axiom, rule, "does not apply", "the rule is for two claimants only"))
            continue
        found = find_counterexample(axiom, rule, **SEARCH)
        if found is not None:
            rows.append((axiom, rule, "breaks", _example(found)))
        elif rule == "concede_and_divide" and axiom in talmud:
            rows.append((axiom, rule, "keeps", "for two claimants it is the Talmud rule, which keeps it"))
        else:
            tried = SEARCH["count"] * SEARCH["rounds"] * (1 if rule == "concede_and_divide" else 4)
            rows.append((axiom, rule, "not refuted", f"no counter-example among {tried:,} problems; not proved"))
    return rows


def _published(axiom: str, rule: str) -> str:
    with PUBLISHED.open(encoding="utf-8", newline="") as table:
        return next(row[rule] for row in csv.DictReader(table) if row["property"] == axiom)


def _example(found: CounterExample) -> str:
    claims = ", ".join(np.format_float_positional(claim, trim="-") for claim in found.claims)
    return f"for instance with an envelope of {found.envelope:g} and claims of {claims}"


if __name__ == "__main__":
    sys.exit(main())
