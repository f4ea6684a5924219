"""The constrained equal awards rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.levels import equal_level, weighted_awards
from workbench.allocation.problems import Array
from workbench.allocation.registry import rule
from workbench.allocation.weighing import checked_weights


@rule(
    "constrained_equal_awards",
    meaning="Everyone gets the same amount, but none more than its claim.",
    source="Maimonides, 12th century; Aumann and Maschler (1985), Journal of Economic Theory 36",
    per_claimant=("weights",),
)
def constrained_equal_awards(envelope: Array, claims: Array, weights: Array | None = None) -> Array:
    """Give every claimant the same award, but none more than its claim.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    weights  : (b, n), > 0; awards stand in the ratio of the weights until a claim is met
    returns  : (b, n) KES, adds up to envelope

    Maimonides; Aumann and Maschler (1985). For each problem the level lambda with sum(min(claim, lambda)) = envelope is
    found exactly, by sorting, not by bisection.
    """
    if weights is None:
        return np.minimum(claims, equal_level(envelope, claims)[:, None])
    heavy = checked_weights(weights)
    return weighted_awards(envelope, claims, heavy)
