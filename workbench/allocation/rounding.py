"""Whole shillings: shares become integers that add up to the total, to the last unit.

The method of the largest remainder (Hamilton 1792, Hare) gives everyone the whole part of its quota and the units left
over to the largest fractions. Its known weakness is the Alabama paradox: when the total grows by one unit, somebody's
share can fall by one. With awards in shillings the loss is one shilling; with seats, or with awards in millions, it
matters, and :meth:`schedule` of an allocation shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workbench.errors import Fault, InputError

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LARGEST_TOTAL: Final = 2**60
"""The largest total, and the largest sum of whole shares, in units."""

BLOCK_CELLS: Final = 24_000
_NOISE_BITS: Final = 3


@dataclass(frozen=True, eq=False)
class Rounding:
    """Whole amounts, and who drew level for the last unit.

    Attributes
    ----------
    amounts : ndarray of int64, shape (..., n)
        In the total's own measure (KES), each a multiple of the unit.
    tied : ndarray of bool, shape (..., n)
        Who stood level at the cut, with more of them than units left: the first of them in order got one.
    """

    amounts: Whole
    tied: Flags


def largest_remainder(shares: npt.ArrayLike, total: npt.ArrayLike, unit: int = 1) -> Whole:
    """Share a whole total out in proportion, in whole units: the largest fractions get the units left over.

    Parameters
    ----------
    shares : array_like, shape (..., n)
        Weights, claims or awards, none negative. Whole shares are treated in exact integer arithmetic.
    total : array_like of int, shape (...)
        KES; a multiple of ``unit``.
    unit : int
        KES in one indivisible unit: 1, 1_000, 1_000_000.

    Returns
    -------
    ndarray of int64, shape (..., n)
        KES; adds up to ``total`` exactly. Ties go to the one that stands first; :func:`round_to_total` reports them.

    Raises
    ------
    InputError
        For a negative or unknown share, a total that is no whole number of units, or a total over shares that are all
        zero.

    Examples
    --------
    >>> largest_remainder([30, 20, 40], 10_000)
    array([3333, 2222, 4445])
    """
    return round_to_total(shares, total, unit).amounts


def floor_then_first(shares: npt.ArrayLike, total: npt.ArrayLike, unit: int = 1) -> Whole:
    """Share a whole total out in proportion, in whole units: the first in order get the units left over.

    As :func:`largest_remainder`, but the units left over go one each to the first whose share is not zero. Simple, and
    unfair to those who stand last; it is what many accounting systems do.

    Examples
    --------
    >>> floor_then_first([1, 1, 1], 100)
    array([34, 33, 33])
    """
    return round_to_total(shares, total, unit, method="floor_then_first").amounts


def round_to_total(
    shares: npt.ArrayLike, total: npt.ArrayLike, unit: int = 1, *, method: str = "largest_remainder"
) -> Rounding:
    """Round shares to whole units that add up to the total, and report ties.

    Parameters are those of :func:`largest_remainder`; ``method`` is ``largest_remainder`` or ``floor_then_first``.
    """
    weights, units = _checked(shares, total, unit)
    flat, wanted = weights.reshape(-1, weights.shape[-1]), np.ascontiguousarray(units).reshape(-1)
    amounts, tied = np.empty(flat.shape, dtype=np.int64), np.zeros(flat.shape, dtype=np.bool_)
    rows = max(1, BLOCK_CELLS // flat.shape[1])
    for start in range(0, len(flat), rows):
        part = slice(start, start + rows)
        _round_block(flat[part], wanted[part], start, (amounts[part], tied[part]), method)
    if unit != 1:
        amounts *= unit
    return Rounding(amounts.reshape(weights.shape), tied.reshape(weights.shape))


def _round_block(
    shares: npt.NDArray[np.number], total: Whole, first: int, out: tuple[Whole, Flags], method: str
) -> None:
    amounts, tied = out
    quotas: Callable[..., npt.NDArray[np.number]] = _whole_quotas if shares.dtype == np.int64 else _float_quotas
    remainders = quotas(shares, total, first, amounts)
    left = total - amounts.sum(axis=-1)
    if method == "floor_then_first":
        served = shares > 0
        amounts += served & (np.cumsum(served, axis=-1) <= left[:, None])
        return
    _give_to_largest(remainders, left, amounts, tied)


def _give_to_largest(remainders: npt.NDArray[np.number], left: Whole, amounts: Whole, tied: Flags) -> None:
    n = remainders.shape[-1]
    ranked = np.sort(remainders, axis=-1)
    cut = np.take_along_axis(ranked, np.clip(n - left, 0, n - 1)[:, None], axis=-1)
    reach = remainders >= cut
    some = left > 0
    reach &= some[:, None]
    over = np.flatnonzero(reach.view(np.int8).sum(axis=-1, dtype=np.int64) > left)
    if len(over):
        level = remainders[over] == cut[over]
        room = left[over] - (reach[over] & ~level).sum(axis=-1)
        reach[over] &= ~level | (np.cumsum(level, axis=-1) <= room[:, None])
        tied[over] = level
    amounts += reach


def _whole_quotas(shares: Whole, total: Whole, first: int, quotas: Whole) -> Whole:
    """Write the whole parts of share * total / sum into ``quotas``; return the remainders, exact multiples of 1 / sum.

    The products would not fit into 64 bits. The quotient from binary floats is right but for a few units, and what it
    leaves is small: computed modulo 2^64 it is exact, and tells how to correct the quotient.
    """
    whole = shares.sum(axis=-1)
    _refuse_empty(whole, total, first)
    divisor = np.maximum(whole, 1)[:, None]
    rate = (total / divisor[:, 0])[:, None]
    np.floor(shares * rate, out=quotas, casting="unsafe")
    remainders: Whole = shares * total[:, None]
    remainders -= quotas * divisor
    wrong = (remainders < 0) | (remainders >= divisor)
    if wrong.any():
        step = np.floor_divide(remainders, divisor)
        quotas += step
        remainders -= step * divisor
    return remainders


def _float_quotas(shares: npt.NDArray[np.number], total: Whole, first: int, quotas: Whole) -> npt.NDArray[np.float64]:
    """Write the whole parts of the quotas; return the fractions, in steps that binary noise cannot tell apart."""
    whole = shares.sum(axis=-1)
    _refuse_empty(whole, total, first)
    rate = np.where(whole == total, 1.0, total / np.where(whole > 0, whole, 1.0))
    exact = shares * rate[:, None]
    noise = np.spacing(np.maximum(total, 1).astype(np.float64))[:, None] * 2.0**_NOISE_BITS
    steps = np.minimum(noise, 0.25)
    np.floor(exact + 0.5 * steps, out=quotas, casting="unsafe")
    fractions = np.maximum(exact - quotas, 0.0)
    fractions /= steps
    np.rint(fractions, out=fractions)
    return np.asarray(fractions)


def _refuse_empty(whole: npt.NDArray[np.number], total: Whole, first: int) -> None:
    empty = (whole == 0) & (total > 0)
    if empty.any():
        row = int(np.argmax(empty))
        what = f"problem {first + row + 1} has a total of {int(total[row]):,} units and shares that are all zero"
        raise InputError(Fault(what=what))


def _checked(shares: npt.ArrayLike, total: npt.ArrayLike, unit: int) -> tuple[npt.NDArray[np.number], Whole]:
    if isinstance(unit, bool) or unit != int(unit) or unit < 1:
        raise InputError(Fault(what="is no unit", value=unit, remedy="give a whole number of shillings, 1 or more"))
    money = np.asarray(total)
    if money.dtype.kind not in "iuf" or not np.all(np.isfinite(money)) or np.any(money != np.rint(money)):
        raise InputError(Fault(what="is no whole total", value=total, remedy="give whole shillings"))
    whole = money.astype(np.int64)
    if np.any(whole < 0) or np.any(whole % int(unit)) or np.any(whole // int(unit) > LARGEST_TOTAL):
        remedy = f"give a number from 0 that is a multiple of the unit, {int(unit):,}"
        raise InputError(Fault(what="is no total that can be shared out", value=total, remedy=remedy))
    weights = _as_shares(shares)
    try:
        batch = np.broadcast_shapes(whole.shape, weights.shape[:-1])
    except ValueError:
        what = f"totals of shape {whole.shape} do not fit shares of shape {weights.shape}"
        raise InputError(Fault(what=what)) from None
    return np.broadcast_to(weights, (*batch, weights.shape[-1])), np.broadcast_to(whole // int(unit), batch)


def _as_shares(shares: npt.ArrayLike) -> npt.NDArray[np.number]:
    numbers = np.asarray(shares)
    if numbers.ndim == 0 or numbers.shape[-1] == 0 or numbers.dtype.kind not in "iuf":
        raise InputError(Fault(what="are no shares", value=shares, remedy="give one number a claimant"))
    if numbers.dtype.kind in "iu" and float(numbers.astype(np.float64).sum(axis=-1).max(initial=0)) < LARGEST_TOTAL:
        numbers = numbers.astype(np.int64, copy=False)
    else:
        numbers = numbers.astype(np.float64, copy=False)
    lowest = numbers.min(initial=0)
    if not np.isfinite(numbers.sum()) or lowest < 0:
        raise InputError(Fault(what="shares are unknown or negative", value=lowest, remedy="give numbers from 0"))
    return numbers
