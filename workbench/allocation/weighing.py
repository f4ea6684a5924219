"""Weights of claimants, checked."""

from __future__ import annotations

import numpy as np

from workbench.allocation.problems import Array
from workbench.errors import Fault, InputError


def checked_weights(weights: Array) -> Array:
    """Return the weights, or refuse what is not above nothing: a claimant without weight could never be paid."""
    if not np.all(np.isfinite(weights)) or not np.all(weights > 0):
        wrong = float(weights[~(np.isfinite(weights) & (weights > 0))][0])
        raise InputError(Fault(what="is no weight", value=wrong, remedy="weights are numbers above 0"))
    return weights
