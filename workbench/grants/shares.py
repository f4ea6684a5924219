"""The arithmetic of formulas: small pure functions on arrays, batch first.

They run twice. In floats, over many draws at once, for ensembles: arrays ``(draws, n)``. In exact fractions
(``dtype=object``), for an award that has to add up to the shilling and be the same on every machine: arrays ``(n,)``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
"""Floats, or fractions with ``dtype=object``."""


def exact(values: npt.ArrayLike) -> Array:
    """Turn numbers into fractions of the value that people write: an area of 219.9 is 2199 / 10.

    Parameters
    ----------
    values : (..., n)
        Finite numbers.
    """
    numbers = np.asarray(values)
    return np.array([Fraction(str(one)) for one in numbers.ravel().tolist()], dtype=object).reshape(numbers.shape)


def by_weight(pool: Any, weights: Array) -> Array:  # noqa: ANN401 - a float, a Fraction or an array of either
    """Share a pool in proportion to weights.

    Parameters
    ----------
    pool : (...,)
        KES.
    weights : (..., n)
        From 0.

    Returns
    -------
    (..., n)
        KES; adds up to the pool, or to nothing where every weight is 0.
    """
    total = weights.sum(axis=-1, keepdims=True)
    safe = np.where(total == 0, 1, total)
    return np.asarray(np.expand_dims(np.asarray(pool), -1) * weights / safe, dtype=weights.dtype)


def curve_factor(
    scores: npt.NDArray[np.float64], kind: str, threshold: float | Array, exponent: float | Array
) -> Array:
    """Turn scores into factors of an index; never falling in the score.

    Parameters
    ----------
    scores : (..., n)
        Points, 0 to 100; NaN is unknown and weighs nothing.
    kind : str
        ``linear``, ``threshold`` or ``power``.
    threshold : float or (..., 1)
        Points; for ``threshold``.
    exponent : float or (..., 1)
        For ``power``.
    """
    known = np.nan_to_num(scores, nan=0.0)
    if kind == "threshold":
        return np.maximum(known - threshold, 0.0) / (100.0 - threshold)
    factor = known / 100.0
    # Nought to the power of nought is one in arithmetic, but an unknown score must weigh nothing.
    return factor if kind == "linear" else np.where(np.isnan(scores), 0.0, factor**exponent)


def within_bounds(amounts: Array, lower: Array, upper: Array) -> Array:
    """Hold amounts between bounds; what a bound frees or takes is shared again, in proportion, until nothing moves.

    Parameters
    ----------
    amounts : (n,)
        KES that the formula gives, from 0.
    lower, upper : (n,)
        KES; ``lower <= upper``.

    Returns
    -------
    (n,)
        KES: ``clip(level * amounts, lower, upper)`` for the one level at which they add up to what ``amounts`` add up
        to; all lower bounds where even those cost more, shared in proportion to the bounds; all upper bounds where they
        cost less, the rest being left over.

    Notes
    -----
    The level is found exactly: the sum is piecewise linear in it, and bends where an amount meets a bound.
    """
    total = amounts.sum()
    if lower.sum() >= total:
        return by_weight(total, lower)
    moving = amounts > 0
    fixed = lower[~moving].sum()
    if upper[moving].sum() + fixed <= total:
        return np.where(moving, upper, lower)
    bends = np.unique(np.concatenate([lower[moving] / amounts[moving], upper[moving] / amounts[moving]]))

    def held(level: Any) -> Array:  # noqa: ANN401
        return np.asarray(np.minimum(np.maximum(amounts * level, lower), upper))

    sums = [held(level).sum() for level in bends]
    after = next(place for place, one in enumerate(sums) if one >= total)
    if after == 0 or sums[after] == total:
        return held(bends[after])
    low, high = bends[after - 1], bends[after]
    level = low + (high - low) * (total - sums[after - 1]) / (sums[after] - sums[after - 1])
    return held(level)


def whole_shillings(amounts: Array, total: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Round amounts to whole shillings that add up, by largest remainder; between equal remainders the first wins.

    Parameters
    ----------
    amounts : (..., n)
        KES, adding up to ``total``.
    total : (...,)
        Whole KES.

    Notes
    -----
    Raising one amount while no other rises never lowers its award: with the remainders' threshold t, the awards are
    ceil(amount - t). Were the raised one's award lower, t would have risen, then no other's award could be higher, and
    the awards would no longer add up to the total. In fractions this holds without exception.
    """
    floors = np.floor(amounts)
    left = np.asarray(total) - floors.sum(axis=-1)
    order = np.argsort(-(amounts - floors), axis=-1, kind="stable")
    rank = np.argsort(order, axis=-1, kind="stable")
    return floors.astype(np.int64) + (rank < np.expand_dims(left, -1)).astype(np.int64)


def per_county_awards(
    pool: npt.ArrayLike, amount: npt.ArrayLike, qualifies: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """Give each qualifying county one amount, or an equal share of a pool that is too small for it.

    Parameters
    ----------
    pool, amount : (...,)
        Whole KES.
    qualifies : (..., n)

    Returns
    -------
    (..., n)
        Whole KES. The odd shillings of a pool that does not divide go to the first counties by code: with equal claims
        every rule that treats equals equally gives equal awards, and so the rule does not matter here.
    """
    count = np.count_nonzero(qualifies, axis=-1).astype(np.int64)
    pool, amount = np.asarray(pool, dtype=np.int64), np.asarray(amount, dtype=np.int64)
    divisor = np.maximum(count, 1)
    short = count * amount > pool
    each = np.where(short, pool // divisor, amount)
    odd = np.where(short, pool - each * count, 0)
    awards = qualifies * each[..., None]
    if np.any(odd):
        place = np.cumsum(qualifies, axis=-1, dtype=np.int16)
        awards += qualifies & (place <= odd[..., None])
    return np.asarray(awards, dtype=np.int64)
