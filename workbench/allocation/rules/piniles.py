"""Piniles' rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.levels import equal_level
from workbench.allocation.problems import Array, row_sums
from workbench.allocation.registry import rule


@rule(
    "piniles",
    meaning="Equal awards until everyone has half its claim, then equal awards again on the other half.",
    source="Piniles (1861), Darkah shel Torah; Thomson (2003), Mathematical Social Sciences 45",
)
def piniles(envelope: Array, claims: Array) -> Array:
    """Share equally up to half of each claim, and what is left equally up to the other half.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    returns  : (b, n) KES, adds up to envelope

    Piniles (1861), as formulated by Thomson (2003).
    """
    halves = claims * 0.5
    half = row_sums(halves)
    first = envelope <= half
    shared = np.minimum(
        halves, equal_level(np.where(first, envelope, np.minimum(envelope - half, half)), halves)[:, None]
    )
    halves[first] = 0.0
    shared += halves
    return shared
