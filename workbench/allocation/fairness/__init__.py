"""How even awards are, and who gains: measures that are right for unequal weights and work on whole batches."""

from workbench.allocation.fairness.baseline import coverage, per_head, per_poor_person, winners_and_losers
from workbench.allocation.fairness.inequality import (
    atkinson,
    effective_number,
    gini,
    herfindahl,
    hoover,
    lorenz_curve,
    theil,
)

__all__ = [
    "atkinson",
    "coverage",
    "effective_number",
    "gini",
    "herfindahl",
    "hoover",
    "lorenz_curve",
    "per_head",
    "per_poor_person",
    "theil",
    "winners_and_losers",
]
