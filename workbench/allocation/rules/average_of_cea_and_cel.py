"""The average of constrained equal awards and constrained equal losses."""

from __future__ import annotations

from workbench.allocation.problems import Array
from workbench.allocation.registry import rule
from workbench.allocation.rules.constrained_equal_awards import constrained_equal_awards
from workbench.allocation.rules.constrained_equal_losses import constrained_equal_losses


@rule(
    "average_of_cea_and_cel",
    meaning="The middle between equal awards and equal losses.",
    source="Thomson (2019), How to Divide When There Isn't Enough, chapter 2",
)
def average_of_cea_and_cel(envelope: Array, claims: Array) -> Array:
    """Take the mean of constrained equal awards and constrained equal losses.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    returns  : (b, n) KES, adds up to envelope

    Thomson (2019), chapter 2.
    """
    awards = constrained_equal_awards.core(envelope, claims)
    awards += constrained_equal_losses.core(envelope, claims)
    awards *= 0.5
    return awards
