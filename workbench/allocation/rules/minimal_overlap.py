"""The minimal overlap rule."""

from __future__ import annotations

import numpy as np

from workbench.allocation.levels import running_sums_before
from workbench.allocation.ordering import ascending
from workbench.allocation.problems import Array
from workbench.allocation.registry import rule


@rule(
    "minimal_overlap",
    meaning="Claims overlap as little as can be; each shilling is split among those who claim it.",
    source="O'Neill (1982), Mathematical Social Sciences 2; Ibn Ezra, 12th century",
)
def minimal_overlap(envelope: Array, claims: Array) -> Array:
    """Lay the claims on parts of the envelope so that they overlap as little as can be; split what overlaps.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, n) KES, >= 0
    returns  : (b, n) KES, adds up to envelope

    O'Neill (1982); Thomson (2019), section 2.1.9. Claims are cut to the envelope. With s such that
    s + sum(max(claim - s, 0)) = envelope, what exceeds s is claimed by one alone, and below s each shilling is split
    equally among all whose claims reach it.
    """
    order, ascended = ascending(claims)
    wanted = np.ascontiguousarray(ascended.T)
    np.minimum(wanted, envelope, out=wanted)
    alone = _level(envelope, wanted)
    shared = np.minimum(wanted, alone)
    wanted -= shared
    steps = np.empty(shared.shape)
    steps[0] = shared[0]
    np.subtract(shared[1:], shared[:-1], out=steps[1:])
    steps *= 1.0 / np.arange(len(steps), 0, -1)[:, None]
    for k in range(1, len(steps)):
        steps[k] += steps[k - 1]
    steps += wanted
    awards = np.empty(claims.shape)
    awards.reshape(-1)[order] = np.ascontiguousarray(steps.T)
    return awards


def _level(envelope: Array, wanted: Array) -> Array:
    """Find s with s + sum(max(wanted - s, 0)) = envelope: the largest of its straight lines, as the sum is convex.

    wanted : (n, b) KES, ascending down the claimants
    """
    n = len(wanted)
    if n == 1:
        return np.zeros(len(envelope))
    lines = running_sums_before(wanted[::-1])[2:]
    last = lines[-1] + wanted[0] if n > 2 else wanted[0] + wanted[1]
    lines -= envelope
    lines *= 1.0 / np.arange(1, n - 1)[:, None]
    highest = np.maximum((last - envelope) / (n - 1), lines.max(axis=0, initial=0.0))
    return np.asarray(np.maximum(highest, 0.0))
