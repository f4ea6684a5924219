"""Measures of inequality on arrays (..., n), with weights.

To compare counties, let the values be awards per head and the weights the population: then every person counts once. A
measure of values that are all zero is undefined and given as NaN.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from workbench.allocation.problems import Array
from workbench.errors import Fault, InputError


def gini(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Array:
    """Gini coefficient: the mean difference between two people, as a part of twice the mean.

    Parameters
    ----------
    values : array_like, shape (..., n)
        None negative: awards, or awards per head.
    weights : array_like, shape (..., n) or (n,), optional
        How many people stand behind each value; 1 each without them.

    Returns
    -------
    ndarray, shape (...)
        0 where all are equal, near 1 where one has everything.

    Notes
    -----
    G = sum_ij w_i w_j |x_i - x_j| / (2 W^2 mean), computed from the sorted values (Lerman and Yitzhaki 1989).

    Examples
    --------
    >>> float(gini([1, 2], weights=[1, 3])) == 3 / 28
    True
    """
    amounts, people = _checked(values, weights)
    order = np.argsort(amounts, axis=-1, kind="stable")
    amounts, people = np.take_along_axis(amounts, order, -1), np.take_along_axis(people, order, -1)
    below = np.cumsum(people, axis=-1) - people
    everyone = people.sum(axis=-1, keepdims=True)
    above = everyone - below - people
    spread = (people * amounts * (below - above)).sum(axis=-1)
    return _ratio(spread, everyone[..., 0] * (people * amounts).sum(axis=-1))


def theil(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Array:
    """Theil's T, from 0: the sum of p (x / mean) ln(x / mean), with p the share of people (Theil 1967)."""
    relative, part = _relative(values, weights)
    logs = _logs(relative)
    return np.asarray((part * relative * logs).sum(axis=-1))


def atkinson(values: npt.ArrayLike, epsilon: float = 0.5, weights: npt.ArrayLike | None = None) -> Array:
    """Atkinson's index: the part of the total that equality would be worth to society (Atkinson 1970).

    ``epsilon`` above 0 is the aversion to inequality. With 1 or more, one person with nothing makes the index 1.
    """
    if not epsilon > 0:
        raise InputError(Fault(what="is no aversion to inequality", value=epsilon, remedy="give a number above 0"))
    relative, part = _relative(values, weights)
    people = part > 0
    empty = (people & (relative == 0)).any(axis=-1)
    if epsilon == 1:
        equal = np.exp((part * _logs(relative)).sum(axis=-1))
    else:
        powers = np.power(
            relative, 1.0 - epsilon, out=np.zeros(relative.shape), where=(relative > 0) | np.isnan(relative)
        )
        equal = np.power((part * powers).sum(axis=-1), 1.0 / (1.0 - epsilon))
    return np.where(empty & (epsilon >= 1), 1.0, 1.0 - equal)


def hoover(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Array:
    """Hoover's index: the part of the total that would have to move for all to be equal (Hoover 1936)."""
    relative, part = _relative(values, weights)
    return np.asarray(0.5 * (part * np.abs(relative - 1.0)).sum(axis=-1))


def herfindahl(values: npt.ArrayLike) -> Array:
    """Herfindahl's index: the sum of squared shares, from 1 / n to 1 where one has everything (Hirschman 1945)."""
    amounts, _ = _checked(values, None)
    return _ratio((amounts * amounts).sum(axis=-1), amounts.sum(axis=-1) ** 2)


def effective_number(values: npt.ArrayLike) -> Array:
    """Effective number of recipients: one over Herfindahl's index (Laakso and Taagepera 1979)."""
    return np.asarray(1.0 / herfindahl(values))


def lorenz_curve(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> tuple[Array, Array]:
    """Lorenz curve: the share of all that the poorest people have together.

    Returns
    -------
    people, amounts : ndarray, shape (..., n + 1)
        Shares from 0 to 1; the curve is straight between the points (Lorenz 1905).
    """
    values_checked, weights_checked = _checked(values, weights)
    order = np.argsort(values_checked, axis=-1, kind="stable")
    people = np.take_along_axis(weights_checked, order, -1)
    amounts = people * np.take_along_axis(values_checked, order, -1)
    return _running_share(people), _running_share(amounts)


def _running_share(parts: Array) -> Array:
    sums = np.zeros((*parts.shape[:-1], parts.shape[-1] + 1))
    np.cumsum(parts, axis=-1, out=sums[..., 1:])
    total = sums[..., -1:].copy()
    return np.asarray(np.divide(sums, total, out=np.full(sums.shape, np.nan), where=total > 0))


def _relative(values: npt.ArrayLike, weights: npt.ArrayLike | None) -> tuple[Array, Array]:
    amounts, people = _checked(values, weights)
    part = people / people.sum(axis=-1, keepdims=True)
    mean = (part * amounts).sum(axis=-1, keepdims=True)
    return np.divide(amounts, mean, out=np.full(amounts.shape, np.nan), where=mean > 0), part


def _logs(relative: Array) -> Array:
    return np.log(relative, out=np.zeros(relative.shape), where=relative != 0)


def _ratio(above: Array, below: Array) -> Array:
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), np.nan), where=np.asarray(below) > 0))


def _checked(values: npt.ArrayLike, weights: npt.ArrayLike | None) -> tuple[Array, Array]:
    amounts = np.asarray(values, dtype=np.float64)
    if amounts.ndim == 0 or amounts.shape[-1] == 0:
        raise InputError(Fault(what="are no values", value=values, remedy="give one number a recipient"))
    if not np.all(np.isfinite(amounts)) or np.any(amounts < 0):
        raise InputError(
            Fault(what="values are unknown or negative", remedy="give numbers from 0; unknown is not zero")
        )
    people = np.ones(amounts.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    try:
        people = np.broadcast_to(people, amounts.shape)
    except ValueError:
        what = f"weights of shape {people.shape} do not fit values of shape {amounts.shape}"
        raise InputError(Fault(what=what)) from None
    if not np.all(np.isfinite(people)) or np.any(people < 0) or np.any(people.sum(axis=-1) <= 0):
        raise InputError(Fault(what="weights are unknown, negative or all zero", remedy="give numbers from 0"))
    return amounts, people
