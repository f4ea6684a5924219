"""The proportional rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.levels import weighted_awards
from workbench.allocation.problems import Array, row_sums
from workbench.allocation.registry import rule
from workbench.allocation.weighing import checked_weights


@rule(
    "proportional",
    meaning="Everyone gets the same percentage of its claim.",
    source="Aristotle, Nicomachean Ethics, book V; Thomson (2019), How to Divide When There Isn't Enough",
    per_claimant=("weights",),
)
def proportional(envelope: Array, claims: Array, weights: Array | None = None) -> Array:
    """Give every claimant the same percentage of its claim.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    weights  : (b, n), > 0; a claimant of weight 2 gets twice the percentage of one of weight 1, but none more than its
    claim returns  : (b, n) KES, adds up to envelope

    Aristotle; Thomson (2019), *How to Divide When There Isn't Enough*, chapter 2.
    """
    if weights is not None:
        heavy = checked_weights(weights) * claims
        return weighted_awards(envelope, claims, heavy)
    total = row_sums(claims)
    rate = np.divide(envelope, total, out=np.zeros(len(claims)), where=total > 0)
    return np.asarray(claims * rate[:, None])
