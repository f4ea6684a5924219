"""The measures of alignment, as pure functions on arrays, batch first.

``money`` is the linked money M by sector s and plan code p, shape (..., S, P), in KES, none of it negative. Entropies
are in nats. None of these measures is official: Kenya publishes none. docs/methods/alignment.md tells their meaning
and their weaknesses.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def shares(money: npt.ArrayLike, axis: int = -1) -> Array:
    """Return the shares of a whole along an axis; NaN where the whole is nothing."""
    amounts = np.asarray(money, dtype=np.float64)
    whole = amounts.sum(axis=axis, keepdims=True)
    return np.asarray(np.divide(amounts, whole, out=np.full_like(amounts, np.nan), where=whole > 0))


def entropy(money: npt.ArrayLike, axis: int = -1) -> Array:
    """Return the entropy of the shares of money along an axis, in nats; 0 where there is no money.

    Shannon (1948). Where one part has nearly all, its share is 1 less the rest, and its logarithm is taken of the rest:
    the entropy of a shilling among billions is as exact as any other.
    """
    amounts = np.moveaxis(np.asarray(money, dtype=np.float64), axis, -1)
    if not amounts.shape[-1]:
        return np.zeros(amounts.shape[:-1])
    parts = np.nan_to_num(shares(amounts))
    most = parts.argmax(axis=-1)[..., None]
    without = amounts.copy()
    np.put_along_axis(without, most, 0.0, axis=-1)
    whole = amounts.sum(axis=-1, keepdims=True)
    rest = np.divide(without.sum(axis=-1, keepdims=True), whole, out=np.zeros_like(whole), where=whole > 0)
    logs = np.log(parts, out=np.zeros_like(parts), where=parts > 0)
    np.put_along_axis(logs, most, np.log1p(-rest), axis=-1)
    return np.asarray(-(parts * logs).sum(axis=-1)) + 0.0


def distance(by_plan: npt.ArrayLike, plan: npt.ArrayLike) -> Array:
    """Return the share of linked money that would have to move for the budget to have the plan's shares.

    Parameters
    ----------
    by_plan : (..., P)
        KES linked to each plan code.
    plan : (..., P)
        KES that the plan gives each code.

    Returns
    -------
    (...,)
        Half the sum of absolute differences of the shares (total variation), 0 to 1; NaN where either side has no
        money or an unknown amount.
    """
    return np.asarray(np.abs(shares(by_plan) - shares(plan)).sum(axis=-1) / 2)


def conditional_entropy(money: npt.ArrayLike) -> Array:
    """Return H(p|s), the entropy over plan codes within a sector, weighted by the sectors' money."""
    amounts = np.asarray(money, dtype=np.float64)
    weights = np.nan_to_num(shares(amounts.sum(axis=-1)))
    return np.asarray((weights * entropy(amounts)).sum(axis=-1))


def homogeneity(money: npt.ArrayLike) -> Array:
    """Return 1 - H(p|s)/H(p): 1 where every sector serves one plan code only.

    1 too where all money goes to one plan code, and NaN where there is none. Rosenberg and Hirschberg (2007), with
    plan codes as classes, sectors as clusters, and money in place of counts.
    """
    amounts = np.asarray(money, dtype=np.float64)
    whole = entropy(amounts.sum(axis=-2))
    ratio = np.divide(conditional_entropy(amounts), whole, out=np.zeros_like(whole), where=whole > 0)
    # Rounding can carry the ratio past 1 by an ulp where the two lists are independent.
    result = np.clip(1.0 - ratio, 0.0, 1.0)
    return np.where(amounts.sum(axis=(-2, -1)) > 0, result, np.nan)


def completeness(money: npt.ArrayLike) -> Array:
    """Return 1 - H(s|p)/H(s): 1 where every plan code sits in one sector only; the mirror of :func:`homogeneity`."""
    return homogeneity(np.swapaxes(np.asarray(money, dtype=np.float64), -1, -2))


def v_measure(money: npt.ArrayLike) -> Array:
    """Return the harmonic mean of homogeneity and completeness, 0 to 1."""
    one, other = homogeneity(money), completeness(money)
    both = one + other
    return np.where(np.isnan(both), np.nan, np.divide(2 * one * other, both, out=np.zeros_like(both), where=both > 0))


def effective_numbers(money: npt.ArrayLike, axis: int = -2) -> Array:
    """Return over how many parts money is spread, as the exponential of its entropy along an axis.

    Parameters
    ----------
    money : (..., S, P)
        KES.
    axis : int
        -2: over how many sectors each plan code is spread; -1: over how many plan codes each sector is.

    Returns
    -------
    array
        At least 1; NaN where there is no money. Hill (1973), order 1.
    """
    amounts = np.asarray(money, dtype=np.float64)
    return np.where(amounts.sum(axis=axis) > 0, np.exp(entropy(amounts, axis)), np.nan)
