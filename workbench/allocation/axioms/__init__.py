"""Axioms: what a rule guarantees, in words for a committee, with a search for counter-examples."""

from workbench.allocation.axioms.catalogue import AXIOMS, NEEDED, Axiom
from workbench.allocation.axioms.search import CounterExample, find_counterexample
from workbench.allocation.axioms.verdicts import Verdict, axioms_of, verdicts

__all__ = ["AXIOMS", "NEEDED", "Axiom", "CounterExample", "Verdict", "axioms_of", "find_counterexample", "verdicts"]
