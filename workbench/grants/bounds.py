"""Floors, caps, fixed amounts and named counties over many draws at once; :mod:`workbench.grants.batch` calls it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from workbench.grants.shares import by_weight

Floats = npt.NDArray[np.float64]


def within_bounds_of_draws(amounts: Floats, lower: Floats, upper: Floats) -> Floats:
    """Hold amounts between bounds, draw by draw, as :func:`workbench.grants.shares.within_bounds` does for one.

    Parameters
    ----------
    amounts : (draws, n)
        KES that the formula gives, from 0.
    lower, upper : (draws, n)
        KES; ``lower <= upper``.

    Returns
    -------
    (draws, n)
        KES: ``clip(level * amounts, lower, upper)`` for the one level of each draw at which they add up to what
        ``amounts`` add up to; all lower bounds in proportion where even those cost more; all upper bounds where they
        cost less.

    Notes
    -----
    The sum is piecewise linear in the level, and bends where an amount meets a bound. The bends of a draw are sorted,
    the sum is followed from one to the next, and the level is found on the piece that reaches the total.
    """
    total = amounts.sum(axis=-1)
    moving = amounts > 0
    safe = np.where(moving, amounts, 1.0)
    bends = np.concatenate([np.where(moving, lower / safe, 0.0), np.where(moving, upper / safe, 0.0)], axis=-1)
    turns = np.concatenate([np.where(moving, amounts, 0.0), np.where(moving, -amounts, 0.0)], axis=-1)
    order = np.argsort(bends, axis=-1, kind="stable")
    bends = np.take_along_axis(bends, order, axis=-1)
    slopes = np.cumsum(np.take_along_axis(turns, order, axis=-1), axis=-1)
    steps = np.diff(bends, axis=-1) * slopes[..., :-1]
    sums = lower.sum(axis=-1)[:, None] + np.concatenate([np.zeros((len(total), 1)), np.cumsum(steps, axis=-1)], axis=-1)
    before = np.maximum((sums < total[:, None]).sum(axis=-1) - 1, 0)[:, None]
    low, reached, slope = (np.take_along_axis(one, before, axis=-1)[:, 0] for one in (bends, sums, slopes))
    level = low + np.where(slope > 0, (total - reached) / np.where(slope > 0, slope, 1.0), 0.0)
    held = np.clip(amounts * level[:, None], lower, upper)
    all_upper = np.where(moving, upper, lower)
    held = np.where((all_upper.sum(axis=-1) <= total)[:, None], all_upper, held)
    too_little = lower.sum(axis=-1) >= total
    return np.where(too_little[:, None], by_weight(total, lower), held)
