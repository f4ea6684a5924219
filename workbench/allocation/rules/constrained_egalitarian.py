"""The constrained egalitarian rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.levels import doubling_level, equal_level
from workbench.allocation.problems import Array, row_sums
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
    half = row_sums(halves)
    scarce = envelope <= half
    if scarce.all():
        return _in_scarcity(envelope, halves)
    if not scarce.any():
        return _in_plenty(envelope - half, halves)
    few, many = np.flatnonzero(scarce), np.flatnonzero(~scarce)
    awards = np.empty(claims.shape)
    awards[few] = _in_scarcity(envelope[few], halves.take(few, axis=0))
    awards[many] = _in_plenty((envelope - half)[many], halves.take(many, axis=0))
    return awards


def _in_scarcity(envelope: Array, halves: Array) -> Array:
    return np.minimum(halves, equal_level(envelope, halves)[:, None], out=halves)


def _in_plenty(extra: Array, halves: Array) -> Array:
    level = doubling_level(np.minimum(extra, row_sums(halves)), halves)
    awards = np.minimum(2.0 * halves, level[:, None])
    return np.maximum(awards, halves, out=awards)
