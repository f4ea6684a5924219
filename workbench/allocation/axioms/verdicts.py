"""Which rule keeps which axiom, as far as that is known."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import pandas as pd

from workbench.allocation.axioms.catalogue import AXIOMS
from workbench.allocation.axioms.search import find_counterexample
from workbench.allocation.registry import Rule, find_rule
from workbench.errors import WorkbenchError

SEARCHED: Final = 500
"""Problems a number of claimants on which a user's own rule is tried."""


class Verdict(NamedTuple):
    """``keeps``, ``breaks``, ``not refuted`` or ``does not apply``, and on what grounds."""

    verdict: str
    basis: str


@cache
def verdicts() -> dict[tuple[str, str], Verdict]:
    """Return the settled verdicts by axiom and rule; tools/settle_axioms.py writes them."""
    text = resources.files("workbench.allocation.axioms").joinpath("verdicts.csv").read_text(encoding="utf-8")
    return {
        (row["axiom"], row["rule"]): Verdict(row["verdict"], row["basis"]) for row in csv.DictReader(text.splitlines())
    }


def axioms_of(rule: str | Rule) -> pd.DataFrame:
    """Say which axioms a rule keeps and which it breaks, in plain words.

    Parameters
    ----------
    rule : str or Rule
        A user's own rule is tried on some hundred problems an axiom; that can show that it breaks one, never that it
        keeps one.

    Returns
    -------
    DataFrame
        Columns ``axiom, keeps, meaning, basis``. ``keeps`` is True, False, or unknown (not refuted, or not applicable).
    """
    chosen = find_rule(rule)
    known = verdicts()
    rows = []
    for name, axiom in AXIOMS.items():
        verdict = known.get((name, chosen.name)) or _tried(name, chosen)
        keeps = {"keeps": True, "breaks": False}.get(verdict.verdict)
        meaning = {True: axiom.kept, False: axiom.broken, None: f"Not settled: {axiom.kept}"}[keeps]
        rows.append({"axiom": name, "keeps": keeps, "meaning": meaning, "basis": verdict.basis})
    return pd.DataFrame(rows).astype({"keeps": "boolean"})


def _tried(axiom: str, rule: Rule) -> Verdict:
    if rule.name == "priority":
        return Verdict("does not apply", "depends on the tiers and on the rule within them")
    try:
        found = find_counterexample(axiom, rule, count=SEARCHED, rounds=1)
    except WorkbenchError as refusal:
        return Verdict("does not apply", f"the rule refuses some problems that the axiom needs: {refusal}")
    if found is None:
        return Verdict("not refuted", "no counter-example found by a short search; not proved")
    claims = ", ".join(f"{claim:g}" for claim in found.claims)
    return Verdict("breaks", f"for instance with an envelope of {found.envelope:g} and claims of {claims}")
