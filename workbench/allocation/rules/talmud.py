"""The Talmud rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.levels import equal_level
from workbench.allocation.problems import Array, row_sums
from workbench.allocation.registry import rule


@rule(
    "talmud",
    meaning="Equal awards until everyone has half its claim, then equal losses from the full claim.",
    source="Mishnah, Ketubot 93a; Aumann and Maschler (1985), Journal of Economic Theory 36",
)
def talmud(envelope: Array, claims: Array) -> Array:
    """Share equally up to half of each claim; with more money, share what is missing equally up to half of each claim.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    returns  : (b, n) KES, adds up to envelope

    Aumann and Maschler (1985): constrained equal awards on the halves where the envelope is at most half of all claims,
    constrained equal losses on them above.
    """
    deficit = np.maximum(row_sums(claims) - envelope, 0.0)
    scarce = envelope <= deficit
    shared = claims * 0.5
    np.minimum(shared, equal_level(np.where(scarce, envelope, deficit), shared)[:, None], out=shared)
    return np.where(scarce[:, None], shared, claims - shared)
