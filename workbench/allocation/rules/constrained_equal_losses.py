"""The constrained equal losses rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.levels import equal_level, weighted_awards
from workbench.allocation.problems import Array, row_sums
from workbench.allocation.registry import rule
from workbench.allocation.weighing import checked_weights


@rule(
    "constrained_equal_losses",
    meaning="Everyone goes short by the same amount, but none below nothing.",
    source="Maimonides, 12th century; Aumann and Maschler (1985), Journal of Economic Theory 36",
    per_claimant=("weights",),
)
def constrained_equal_losses(envelope: Array, claims: Array, weights: Array | None = None) -> Array:
    """Let every claimant lose the same amount, but none more than its claim.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    weights  : (b, n), > 0; a claimant of weight 2 loses half as much as one of weight 1, so more weight never costs
    money returns  : (b, n) KES, adds up to envelope

    Maimonides; Aumann and Maschler (1985). The dual of constrained equal awards: losses are shared as that rule shares
    awards (with weights, by one over the weight).
    """
    deficit = np.maximum(row_sums(claims) - envelope, 0.0)
    if weights is None:
        losses = np.minimum(claims, equal_level(deficit, claims)[:, None])
    else:
        light = 1.0 / checked_weights(weights)
        losses = weighted_awards(deficit, claims, light)
    return np.subtract(claims, losses, out=losses)
