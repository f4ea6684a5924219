"""The adjusted proportional rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.problems import Array, row_sums
from workbench.allocation.registry import rule


@rule(
    "adjusted_proportional",
    meaning="First what nobody else can claim, then in proportion to the claims that remain, cut to what is left.",
    source="Curiel, Maschler and Tijs (1987), Zeitschrift fuer Operations Research 31",
)
def adjusted_proportional(envelope: Array, claims: Array) -> Array:
    """Give each claimant what all others would leave it, and share the rest in proportion to the claims that remain.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    returns  : (b, n) KES, adds up to envelope

    Curiel, Maschler and Tijs (1987). Minimal right of a claimant: what is left when all others are paid in full. The
    remaining claims are cut to the remaining envelope.
    """
    deficit = row_sums(claims) - envelope
    rights = np.maximum(claims - deficit[:, None], 0.0)
    left = np.maximum(envelope - row_sums(rights), 0.0)
    still = np.minimum(claims - rights, left[:, None])
    total = row_sums(still)
    rate = np.divide(left, total, out=np.zeros(len(claims)), where=total > 0)
    return np.asarray(rights + still * rate[:, None])
