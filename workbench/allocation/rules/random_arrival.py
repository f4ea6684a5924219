"""The random arrival rule."""

from __future__ import annotations

import warnings

import numpy as np

from workbench.allocation.arrival import BATCHED_CLAIMANTS, DRAWS, batch_arrival, expected_arrival
from workbench.allocation.problems import Array
from workbench.allocation.registry import rule


class SampledAwardsWarning(UserWarning):
    """Awards are an estimate; the message says how far off they may be."""


@rule(
    "random_arrival",
    meaning="First come, first served, averaged over all orders in which the claimants could come.",
    source="O'Neill (1982), Mathematical Social Sciences 2",
)
def random_arrival(envelope: Array, claims: Array, draws: int = DRAWS, seed: int = 0) -> Array:
    """Serve claimants as they come and take the mean over all n! orders of arrival.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    draws    : orders to draw where nothing exact is possible
    seed     : of the drawing
    returns  : (b, n) KES, adds up to envelope

    O'Neill (1982). Exact where claims are whole numbers, or become so when scaled, of a size that can be counted, and
    for up to twenty claimants otherwise. Else the mean of drawn orders, with a :class:`SampledAwardsWarning` that
    gives the standard error; :func:`workbench.allocation.arrival.expected_arrival` returns it as a number.
    """
    if claims.shape[-1] <= BATCHED_CLAIMANTS:
        return batch_arrival(envelope, claims)
    awards, worst = np.empty(claims.shape), 0.0
    for row, (money, wanted) in enumerate(zip(envelope, claims, strict=True)):
        arrival = expected_arrival(float(money), wanted, draws=draws, seed=seed)
        awards[row] = arrival.awards
        worst = max(worst, float(arrival.standard_error.max(initial=0.0)))
    if worst:
        text = f"random_arrival drew {draws:,} orders: the largest standard error of an award is {worst:,.6g}"
        warnings.warn(text, SampledAwardsWarning, stacklevel=2)
    return awards
