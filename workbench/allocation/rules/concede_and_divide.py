"""Concede and divide, for two claimants."""

from __future__ import annotations

import numpy as np

from workbench.allocation.problems import Array
from workbench.allocation.registry import rule
from workbench.errors import Fault, InputError


@rule(
    "concede_and_divide",
    meaning="Two claimants: each concedes what it does not claim, and what both claim is split in half.",
    source="Mishnah, Bava Metzia 2a; Aumann and Maschler (1985), Journal of Economic Theory 36",
)
def concede_and_divide(envelope: Array, claims: Array) -> Array:
    """Give each of two claimants what the other does not claim, and half of the rest.

    envelope : (b,) KES, 0 <= envelope <= claims.sum(-1)
    claims   : (b, 2) KES, >= 0
    returns  : (b, 2) KES, adds up to envelope

    Aumann and Maschler (1985), the contested garment.
    """
    if claims.shape[-1] != 2:
        what = f"is for two claimants, not {claims.shape[-1]}"
        raise InputError(Fault(what=what, value="concede_and_divide", remedy="talmud is its extension to any number"))
    conceded = np.maximum(envelope[:, None] - claims[:, ::-1], 0.0)
    return np.asarray(conceded + 0.5 * (envelope - conceded.sum(axis=-1))[:, None])
