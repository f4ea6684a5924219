"""The reverse Talmud rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.levels import equal_level
from workbench.allocation.problems import Array, row_sums
from workbench.allocation.registry import rule


@rule(
    "reverse_talmud",
    meaning="Equal losses from half of each claim first, then equal awards on the other half.",
    source="Chun, Schummer and Thomson (2001), Seoul Journal of Economics 14",
)
def reverse_talmud(envelope: Array, claims: Array) -> Array:
    """Use equal losses on the halves of the claims where the Talmud uses equal awards, and the other way round.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    returns  : (b, n) KES, adds up to envelope

    Chun, Schummer and Thomson (2001). Up to half of all claims: constrained equal losses on the halves; above: the
    halves and constrained equal awards of the rest on the halves.
    """
    halves = claims * 0.5
    half = row_sums(halves)
    scarce = envelope <= half
    gap = np.abs(half - envelope)
    shared = np.minimum(halves, equal_level(np.minimum(gap, half), halves)[:, None])
    return np.where(scarce[:, None], halves - shared, halves + shared)
