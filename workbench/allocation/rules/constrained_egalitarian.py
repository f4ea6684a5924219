"""The constrained egalitarian rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.levels import doubling_level, equal_level
from workbench.allocation.problems import Array
from workbench.allocation.registry import rule


@rule(
    "constrained_egalitarian",
    meaning="Awards as equal as can be, while half a claim is the most in scarcity and the least in plenty.",
    source="Chun, Schummer and Thomson (2001), Seoul Journal of Economics 14",
)
def constrained_egalitarian(envelope: Array, claims: Array) -> Array:
    """Make awards as equal as possible with half of each claim as a ceiling, or, with more money, as a floor.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    returns  : (b, n) KES, adds up to envelope

    Chun, Schummer and Thomson (2001), after Sprumont's uniform rule (1991). Up to half of all claims min(claim / 2,
    lambda); above max(claim / 2, min(claim, lambda)).
    """
    halves = claims * 0.5
    half = halves.sum(axis=-1)
    scarce = envelope <= half
    awards = np.empty(claims.shape)
    if scarce.any():
        few = halves[scarce]
        awards[scarce] = np.minimum(few, equal_level(envelope[scarce], few)[:, None])
    if not scarce.all():
        ample = ~scarce
        some, whole = halves[ample], claims[ample]
        level = doubling_level(np.minimum(envelope[ample] - half[ample], half[ample]), some)
        awards[ample] = np.maximum(some, np.minimum(whole, level[:, None], out=whole), out=some)
    return awards
