"""Leximin: raise the lowest funding ratio as far as it goes, then the next lowest, and so on, by linear programmes.

A stage raises the common level of all lines that are still free. Lines whose row has a positive dual price cannot rise
above the level in any solution (complementary slackness), and at least one has: the prices add up to one. They are held
there and the next stage begins, so that there are at most as many stages as lines. Ogryczak and Sliwinski (2006).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workbench.allocation.funding.amounts import Floats
from workbench.allocation.funding.highs import NoSolutionError, Optimum, minimise
from workbench.allocation.funding.matrices import Programme
from workbench.allocation.funding.statement import Problem

_PRICE = 1e-7
_HELD = 1e-10


def leximin_awards(problem: Problem) -> Floats | None:
    """Return the awards ``(n,)`` in KSh millions whose sorted funding ratios are lexicographically greatest.

    Returns
    -------
    ndarray or None
        None where no awards keep the limits. Lines that ask for nothing get nothing and take no part.
    """
    asks = problem.lines.request > 0
    request = problem.lines.request[asks]
    lower, upper = problem.limits.bounds(problem.lines.request)
    if (lower > upper).any():
        return None
    matrix, amounts = problem.limits.at_most()
    stage = _Stages(
        matrix=sparse.csc_array(matrix[:, np.flatnonzero(asks)] @ sparse.diags_array(request)),
        amounts=amounts,
        lower=lower[asks] / request,
        upper=upper[asks] / request,
    )
    ratios = stage.run()
    if ratios is None:
        return None
    awards = np.zeros(len(asks))
    awards[asks] = ratios * request
    return awards


class _Stages:
    """The funding ratios, held one after another."""

    def __init__(self, matrix: sparse.csc_array, amounts: Floats, lower: Floats, upper: Floats) -> None:
        self.matrix, self.amounts = matrix, amounts
        self.lower, self.upper = lower.copy(), upper
        self.free = np.ones(len(lower), dtype=bool)

    def run(self) -> Floats | None:
        level, optimum = 0.0, self._solve(np.zeros(len(self.lower), dtype=bool), 0.0)
        if optimum is None:
            return None
        while self.free.any():
            level, optimum, stuck = self._raise(level)
            self.lower[stuck] = np.minimum(np.maximum(self.lower[stuck], level - _HELD), self.upper[stuck])
            self.free &= ~stuck
        return np.clip(optimum.point[:-1], self.lower, self.upper)

    def _raise(self, reached: float) -> tuple[float, Optimum, NDArray[np.bool_]]:
        """Raise the level of the free lines; lines whose own ceiling is lower stop at it and let the rest pass."""
        caps = np.unique(self.upper[self.free])
        caps = caps[caps > reached]
        low, high = 0, len(caps)
        # The level can be reached or it cannot: halve the ceilings until it lies between two neighbours.
        while low < high:
            middle = (low + high) // 2
            capped = self.free & (self.upper <= caps[middle])
            if self._solve(capped, float(caps[middle]), to_reach=True) is not None:
                low = middle + 1
            else:
                high = middle
        passed = float(caps[low - 1]) if low else reached
        capped = self.free & (self.upper <= passed)
        rising = self.free & ~capped
        self.lower[capped] = self.upper[capped]
        optimum = self._solve(capped, passed)
        if optimum is None:
            raise NoSolutionError("HiGHS lost the level of funding that it had reached")
        level = float(optimum.point[-1])
        stuck = np.zeros_like(self.free)
        stuck[np.flatnonzero(rising)] = -optimum.row_price[len(self.amounts) :] > _PRICE
        if rising.any() and not stuck.any():
            raise NoSolutionError("HiGHS gave no price to the lines that hold the lowest level down")
        # Their own ceiling holds these: the level says nothing of them.
        self.free &= ~capped
        return level, optimum, stuck

    def _solve(self, capped: NDArray[np.bool_], least: float, *, to_reach: bool = False) -> Optimum | None:
        """Raise the level, at least to ``least``, that every free line without its own lower ceiling keeps."""
        rising = np.flatnonzero(self.free & ~capped)
        count = len(self.lower)
        keep = sparse.csc_array((-np.ones(len(rising)), (np.arange(len(rising)), rising)), shape=(len(rising), count))
        level = sparse.csc_array(np.r_[np.zeros(len(self.amounts)), np.ones(len(rising))][:, None])
        matrix = sparse.hstack([sparse.vstack([self.matrix, keep], format="csc"), level], format="csc")
        lower = np.where(capped, self.upper, self.lower) if to_reach else self.lower
        return minimise(
            Programme(
                cost=np.r_[np.zeros(count), -1.0],
                matrix=matrix,
                amounts=np.r_[self.amounts, np.zeros(len(rising))],
                lower=np.r_[lower, least if to_reach else 0.0],
                upper=np.r_[self.upper, least if to_reach else 1.0],
                binary=np.zeros(count + 1, dtype=bool),
            )
        )
