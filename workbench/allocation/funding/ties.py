"""Treat alike what the objective cannot tell apart: share a tie in proportion, not by the order of the lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workbench.allocation.funding.amounts import NEAR, Floats
from workbench.allocation.funding.highs import Optimum
from workbench.allocation.funding.matrices import Programme

_PRICE = 1e-7


def share_ties(programme: Programme, optimum: Optimum, room: Floats | None = None) -> Floats:
    """Return a best point in which tied columns are filled to the same degree.

    Columns are tied that cost the same, weigh the same in every limit that has a price, and gain nothing by being
    fuller or emptier. Any other split of their sum is as good. Limits without a price are then checked; if one would
    break, only columns that weigh the same in every limit are levelled, which breaks none.

    Parameters
    ----------
    room : ndarray, optional
        ``(columns,)`` what the degree is measured by; without it the distance between a column's bounds.

    Returns
    -------
    ndarray
        ``(columns,)``.
    """
    free = (np.abs(optimum.reduced) <= _PRICE) & (programme.upper > programme.lower)
    room = programme.upper - programme.lower if room is None else room
    priced = np.abs(optimum.row_price) > _PRICE
    levelled = _level(programme, optimum.point, room, _patterns(programme, free, priced))
    if not _breaks(programme, levelled):
        return levelled
    return _level(programme, optimum.point, room, _patterns(programme, free, np.ones_like(priced)))


def fingerprints(matrix: sparse.csc_array, rows: NDArray[np.bool_] | None = None) -> Floats:
    """Return a number for each column of a matrix, the same one where columns agree in the chosen rows (or in all)."""
    # Two different columns agree in a sum with random weights with chance nil; equal columns agree to the last bit.
    weights = np.random.default_rng(0).random(matrix.shape[0])
    return np.asarray((weights if rows is None else weights * rows) @ matrix)


def _patterns(programme: Programme, free: NDArray[np.bool_], rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return a number for each free column, one for all that agree in cost and in the chosen rows; -1 elsewhere."""
    pattern = np.full(len(free), -1, dtype="int64")
    if free.any():
        both = np.stack([programme.cost, fingerprints(programme.matrix, rows)], axis=1)[free]
        pattern[free] = np.unique(both, axis=0, return_inverse=True)[1].ravel()
    return pattern


def _level(programme: Programme, point: Floats, room: Floats, pattern: NDArray[np.int64]) -> Floats:
    """Fill the columns of each pattern to one degree of their room, their sum unchanged."""
    tied = pattern >= 0
    if not tied.any():
        return point
    number = pattern[tied]
    lower, space = programme.lower[tied], room[tied]
    filled = np.bincount(number, weights=point[tied] - lower)
    degree = np.maximum(filled / np.bincount(number, weights=space), 0.0)
    levelled = point.copy()
    levelled[tied] = np.minimum(lower + degree[number] * space, programme.upper[tied])
    return levelled


def _breaks(programme: Programme, point: Floats) -> bool:
    excess = programme.matrix @ point - programme.amounts
    return bool((excess > NEAR * np.maximum(1.0, np.abs(programme.amounts) * 1e-6)).any())
