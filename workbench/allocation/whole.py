"""Awards in whole units between whole bounds, for one problem."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbench.allocation.problems import Array

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class WholeAwards:
    """Whole units, and the pairs that drew level: the first got the last unit, the others did not."""

    units: Whole
    winners: tuple[int, ...]
    losers: tuple[int, ...]


def round_within(quotas: Array, total: int, lowest: Whole, highest: Whole) -> WholeAwards:
    """Round quotas to whole units that add up to the total and stay within bounds, by largest remainders.

    Parameters
    ----------
    quotas : ndarray, shape (n,)
        In units; they add up to ``total`` but for binary noise.
    total : int
        In units, between the sums of the bounds.
    lowest, highest : ndarray of int64, shape (n,)
        Bounds in units.

    Notes
    -----
    Whole parts first. Units left over go one each to the largest fractions among those with room; units too many
    (where a bound lifted somebody) are taken one each from the smallest. Fractions that differ by no more than binary
    noise count as equal, and of equals the first in order is served first.
    """
    step = max(float(np.spacing(float(max(total, 1)))) * 8.0, 1e-9)
    units = np.clip(np.floor(quotas + step / 2), lowest, highest).astype(np.int64)
    winners: tuple[int, ...] = ()
    losers: tuple[int, ...] = ()
    while (missing := total - int(units.sum())) != 0:
        sign = 1 if missing > 0 else -1
        room = np.flatnonzero(units < highest if sign > 0 else units > lowest)
        if len(room) == 0:
            raise ValueError("the total lies outside its bounds")
        urgency = np.rint(sign * (quotas - units) / step)
        ranked = room[np.argsort(-urgency[room], kind="stable")]
        served, waiting = ranked[: abs(missing)], ranked[abs(missing) :]
        units[served] += sign
        cut = urgency[served[-1]]
        if len(waiting) and urgency[waiting[0]] == cut:
            winners = tuple(int(i) for i in served if urgency[i] == cut)
            losers = tuple(int(i) for i in waiting if urgency[i] == cut)
    return WholeAwards(units, winners, losers)
