"""Shadow prices: what one KSh million more, and one less, of a limit is worth; exact on either side of a corner.

At a corner of the feasible set the solver's dual values are not unique, and any single one of them may be wrong in
sign or size for a real change. So each price is the value of a small linear programme of its own, the directional
derivative: the best direction in which the awards can move, from where they are, when the limit moves. Only what is
tight now can stop them. By duality this is the least (one more) of all dual values of the limit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workbench.allocation.funding.amounts import NEAR, Floats
from workbench.allocation.funding.highs import minimise
from workbench.allocation.funding.limits import Limits
from workbench.allocation.funding.matrices import Programme
from workbench.allocation.funding.objectives import Segments
from workbench.allocation.funding.ties import fingerprints, share_ties

_SAME = 1e-7


@dataclass(frozen=True, eq=False)
class Price:
    """What a move of one limit does, for a small enough move.

    Attributes
    ----------
    one_more, one_less : float
        Change of the objective's value with one KSh million more, and one less, of the limit's amount;
        ``-inf`` where no awards keep the limits after such a move.
    buys : ndarray
        ``(n,)`` how awards move with one more; NaN where it is impossible.
    holds_for : float
        KSh millions for which ``one_more`` holds at least; infinite where nothing ends it.
    """

    one_more: float
    one_less: float
    buys: Floats
    holds_for: float

    @property
    def two_sided(self) -> bool:
        """Whether one less loses exactly what one more gains."""
        return abs(self.one_more + self.one_less) <= _SAME * max(1.0, abs(self.one_more))


def slack(limits: Limits, awards: Floats) -> Floats:
    """Return how far each limit ``(limits,)`` is from binding, in KSh millions; below 0 where it is broken."""
    matrix, amounts = limits.everything_at_most()
    return np.asarray(amounts - matrix @ awards)


def is_tight(limits: Limits, awards: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which limits bind: those within a tenth of a shilling, or as near as floats can tell."""
    _, amounts = limits.everything_at_most()
    return slack(limits, awards) <= np.maximum(NEAR, 1e-12 * np.abs(amounts))


class Prices:
    """Prices the limits of one solved problem."""

    def __init__(self, limits: Limits, segments: Segments, awards: Floats) -> None:
        self.limits, self.segments, self.awards = limits, segments, awards
        self.matrix, self.amounts = limits.everything_at_most()
        self.tight = np.flatnonzero(is_tight(limits, awards))
        self.more, self.less = segments.slopes(awards, NEAR)
        self.up, self.down = segments.room(awards, NEAR)
        self.stops = sparse.csc_array(self.matrix[self.tight])
        alike = np.unique(fingerprints(self.stops), return_inverse=True)[1]
        self.rising = _not_beaten(alike, self.more)
        self.falling = _not_beaten(alike, -self.less)

    def of(self, at: int) -> Price:
        """Return the price of the limit at a position."""
        change = self.limits.change(at)
        gain, direction = self._direction(change)
        loss, _ = self._direction(-change)
        holds = self._reach(direction, change) if np.isfinite(gain) else 0.0
        return Price(one_more=gain, one_less=loss, buys=direction, holds_for=holds)

    def _direction(self, change: Floats) -> tuple[float, Floats]:
        """Return the best gain ``(and direction (n,))`` when the limits' amounts begin to move by ``change``."""
        rising, falling = self.rising, self.falling
        count = len(rising) + len(falling)
        programme = Programme(
            cost=np.r_[-self.more[rising], self.less[falling]],
            matrix=sparse.hstack([self.stops[:, rising], -self.stops[:, falling]], format="csc"),
            amounts=change[self.tight],
            lower=np.zeros(count),
            upper=np.full(count, np.inf),
            binary=np.zeros(count, dtype=bool),
        )
        best = minimise(programme)
        if best is None:
            return -np.inf, np.full(len(self.awards), np.nan)
        point = share_ties(programme, best, np.r_[self.up[rising], self.down[falling]])
        direction = np.zeros(len(self.awards))
        direction[rising] += point[: len(rising)]
        direction[falling] -= point[len(rising) :]
        return float(_cleaned(-programme.cost @ point)), _cleaned(direction)

    def _reach(self, direction: Floats, change: Floats) -> float:
        """Return how far the awards can go in a direction before a limit stops them or the worth of a line changes."""
        steps = [np.inf]
        rising, falling = direction > _SAME, direction < -_SAME
        steps += [float((self.up[rising] / direction[rising]).min())] if rising.any() else []
        steps += [float((self.down[falling] / -direction[falling]).min())] if falling.any() else []
        closing = self.matrix @ direction - change
        ahead = closing > _SAME
        ahead[self.tight] = False
        distance = self.amounts - self.matrix @ self.awards
        steps += [float((distance[ahead] / closing[ahead]).min())] if ahead.any() else []
        return max(min(steps), 0.0)


def _not_beaten(alike: NDArray[np.int64], worth: Floats) -> NDArray[np.int64]:
    """Return the lines that can move and whose worth no line alike in every tight limit exceeds."""
    best = np.full(int(alike.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, alike, worth)
    return np.flatnonzero(np.isfinite(worth) & (worth >= best[alike]))


def _cleaned(values: Floats) -> Floats:
    return np.asarray(np.where(np.abs(values) <= 1e-9, 0.0, values))
