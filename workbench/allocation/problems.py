"""Claims problems as arrays: an envelope, and claims that add up to at least as much."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from workbench.errors import Fault, InputError

Array = npt.NDArray[np.float64]

ROUNDING_NOISE: Final = 1e-12
"""How far, relative to all claims, an envelope that was computed in binary floats may stand outside its bounds."""


class Problem(NamedTuple):
    """Problems: ``envelope`` of shape (...) and ``claims`` of shape (..., n), both KES."""

    envelope: Array
    claims: Array


def as_problem(envelope: npt.ArrayLike, claims: npt.ArrayLike) -> Problem:
    """Turn an envelope and claims into arrays of one batch shape, or raise :class:`InputError` where they have none."""
    wanted = np.asarray(claims, dtype=np.float64)
    if wanted.ndim == 0:
        raise InputError(Fault(what="is no list of claims", value=claims, remedy="give one number a claimant"))
    money = np.asarray(envelope, dtype=np.float64)
    try:
        batch = np.broadcast_shapes(money.shape, wanted.shape[:-1])
    except ValueError:
        what = f"envelopes of shape {money.shape} do not fit claims of shape {wanted.shape}"
        raise InputError(Fault(what=what, remedy="claims end in one more dimension, the claimants")) from None
    wanted = np.broadcast_to(wanted, (*batch, wanted.shape[-1]))
    money = np.broadcast_to(money, batch)
    return Problem(money, wanted)


def row_sums(table: Array) -> Array:
    """Add up each row of a (b, n) table; thrice as fast as ``sum`` and the same whatever else stands in the batch."""
    return np.asarray(np.einsum("ij->i", table))


def refuse_impossible(envelope: Array, claims: Array, first: int = 0) -> Array:
    """Refuse a block of problems that cannot be; return the envelopes without the noise of binary floats.

    Parameters
    ----------
    envelope : ndarray, shape (b,)
    claims : ndarray, shape (b, n)
    first : int
        The number of the block's first problem, for the message.
    """
    total = row_sums(claims)
    _refuse(~np.isfinite(total), "holds a claim that is unknown or not finite", total, first)
    if claims.min() < 0:
        lowest = claims.min(axis=-1)
        _refuse(lowest < 0, "holds a negative claim", lowest, first)
    noise = ROUNDING_NOISE * total
    _refuse(~np.isfinite(envelope), "has an unknown envelope", envelope, first)
    _refuse(envelope < -noise, "has a negative envelope", envelope, first)
    _refuse(envelope > total + noise, "has an envelope above all its claims", envelope, first)
    return np.clip(envelope, 0.0, total)


def _refuse(wrong: npt.NDArray[np.bool_], what: str, values: Array, first: int) -> None:
    if not wrong.any():
        return
    row = int(np.argmax(wrong))
    raise InputError(Fault(what=f"problem {first + row + 1} {what} ({values[row]:,.10g})"))
