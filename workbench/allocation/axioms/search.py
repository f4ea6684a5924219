"""Look for a problem in which a rule breaks an axiom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

from workbench.allocation.axioms.catalogue import AXIOMS, NEEDED, Axiom
from workbench.allocation.axioms.problem import Trial, problems
from workbench.allocation.registry import Rule, find_rule
from workbench.errors import unknown_name

TOLERANCE: Final = 1e-8
"""A violation counts from this part of all claims on; below stands the noise of binary floats."""

SIZES: Final = (2, 3, 4, 5)
"""Numbers of claimants that are tried."""


@dataclass(frozen=True)
class CounterExample:
    """A problem in which a rule breaks an axiom.

    Attributes
    ----------
    axiom, rule : str
        Their names.
    envelope : float
        KES.
    claims, awards : tuple of float
        KES; the awards of the problem before anything is changed.
    violation : float
        KES; by how much the axiom is broken. What is changed (a claim raised, a claimant gone) is drawn from the seed.
    """

    axiom: str
    rule: str
    envelope: float
    claims: tuple[float, ...]
    awards: tuple[float, ...]
    violation: float


def find_counterexample(
    axiom: str,
    rule: str | Rule,
    *,
    count: int = 2000,
    rounds: int = 3,
    seed: int = 0,
    **options: Any,  # noqa: ANN401
) -> CounterExample | None:
    """Try a rule on many small problems; return the worst in the first batch that breaks the axiom, or None.

    Parameters
    ----------
    axiom : str
        One of :data:`AXIOMS`, or ``Balance`` or ``Bounds``.
    rule : str or Rule
        Its name, or the rule itself.
    count, rounds : int
        Problems a number of claimants and round; rounds, each with other problems and other changes.
    seed : int
        The same seed tries the same problems.
    **options
        Handed to the rule.
    """
    chosen, looked_for = find_rule(rule), _axiom(axiom)
    share = partial(chosen, **options)
    sizes = (2,) if chosen.name == "concede_and_divide" else SIZES
    for number in range(rounds):
        for trial in problems(share, sizes=sizes, count=count, seed=seed * 1000 + number):
            found = _worst(looked_for, trial, chosen.name)
            if found is not None:
                return found
    return None


def _worst(axiom: Axiom, trial: Trial, rule: str) -> CounterExample | None:
    violation = axiom.check(trial)
    relative = violation / np.maximum(trial.total, 1.0)
    row = int(np.argmax(relative))
    if not relative[row] > TOLERANCE:
        return None
    claims, awards = (tuple(float(x) for x in table[row]) for table in (trial.claims, trial.awards))
    return CounterExample(axiom.name, rule, float(trial.envelope[row]), claims, awards, float(violation[row]))


def _axiom(name: str) -> Axiom:
    known = {**NEEDED, **AXIOMS}
    if name not in known:
        raise unknown_name("axiom", name, known)
    return known[name]
