"""Tiers served in order."""

from __future__ import annotations

from typing import Any

import numpy as np

from workbench.allocation.problems import Array
from workbench.allocation.registry import Rule, find_rule, rule
from workbench.errors import Fault, InputError


@rule(
    "priority",
    meaning="Tier 1 is served before tier 2, and so on; within a tier another rule shares.",
    source="Moulin (2000), Econometrica 68",
    per_claimant=("tiers", "weights"),
)
def priority(
    envelope: Array,
    claims: Array,
    tiers: Array | None = None,
    weights: Array | None = None,
    within: str | Rule = "proportional",
    **options: Any,  # noqa: ANN401
) -> Array:
    """Serve the tiers one after the other, each by a rule of its own choice.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    tiers    : (b, n), the lowest number is served first; without tiers all claimants stand in one
    weights  : (b, n), > 0, handed on to the rule within the tiers
    within   : the rule within a tier; it gets whatever other options are given
    returns  : (b, n) KES, adds up to envelope

    Moulin (2000). A tier is served by the inner rule with the claims of all other tiers set to nothing, so the inner
    rule must leave the others alone when a claim of nothing goes (null claims consistency; all rules here do).
    """
    inner = find_rule(within)
    if weights is not None:
        options["weights"] = weights
    inner.check_options(options)
    if tiers is None:
        return inner.core(envelope, claims, **options)
    if not np.all(np.isfinite(tiers)):
        raise InputError(Fault(what="is no tier", value="blank", remedy="give every claimant a tier: 1, 2, 3, ..."))
    left, awards = envelope.copy(), np.zeros(claims.shape)
    for tier in np.unique(tiers):
        served = np.where(tiers == tier, claims, 0.0)
        money = np.minimum(left, served.sum(axis=-1))
        awards += inner.core(money, served, **options)
        left -= money
    return awards
