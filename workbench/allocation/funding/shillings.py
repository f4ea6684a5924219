"""Whole shillings that add up exactly and keep every limit: largest remainders, within what the limits leave."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workbench.allocation.funding.amounts import SHILLINGS, Floats
from workbench.allocation.funding.statement import Problem

_SNAP = 1e-3
_PASSES = 3


def whole_shillings(problem: Problem, awards: Floats) -> NDArray[np.int64]:
    """Round awards to whole shillings.

    Parameters
    ----------
    problem : Problem
        Its limits are kept: those on sums of lines (envelopes, floors, ceilings) exactly, share and growth rules to
        less than a shilling a line where no whole shillings keep them to the letter.
    awards : ndarray
        ``(n,)`` KSh millions that keep the limits.

    Returns
    -------
    ndarray
        ``(n,)`` int64 KES. The awards from each envelope add up to what they came to before, rounded to the shilling,
        and so to the envelope itself where it is spent; a shilling stays unspent only where overlapping ceilings
        leave no line that may take it.
    """
    exact = _snapped(awards * SHILLINGS)
    lower, upper = problem.limits.bounds(problem.lines.request)
    lower, upper = np.ceil(_snapped(lower * SHILLINGS)), np.floor(_snapped(upper * SHILLINGS))
    whole = np.clip(np.floor(exact), lower, upper)
    rows = _Rows(problem)
    order = np.argsort(-(exact - np.floor(exact)), kind="stable")
    for limit in problem.limits.all:
        if limit.kind != "envelope":
            continue
        members = np.zeros(len(whole), dtype=bool)
        members[problem.limits.matrix.indices[slice(*problem.limits.matrix.indptr[limit.row : limit.row + 2])]] = True
        total = np.rint(exact[members].sum())
        left = int(total - whole[members].sum())
        mine = order[members[order]]
        for ratios_too in (True, False):
            left = _hand_out(whole, upper, mine, left, rows if ratios_too else rows.sums())
    return whole.astype("int64")


def _hand_out(whole: Floats, upper: Floats, order: NDArray[np.int64], left: int, rows: _Rows) -> int:
    """Give one shilling after another in the order of the remainders, first to lines that mend a broken row."""
    slack = rows.slack(whole)
    for mending in (True, *(False for _ in range(_PASSES))):
        for line in order:
            if left <= 0:
                return left
            at, coefficients = rows.of(int(line))
            if whole[line] + 1 > upper[line]:
                continue
            if mending and not ((slack[at] < -_SNAP) & (coefficients < 0)).any():
                continue
            after = slack[at] - coefficients
            if ((after < -_SNAP) & (coefficients > 0)).any():
                continue
            whole[line] += 1
            slack[at] = after
            left -= 1
    return left


def _snapped(shillings: Floats) -> Floats:
    """Bring amounts within a thousandth of a whole shilling to it: what is off is float noise, not money."""
    nearest = np.rint(shillings)
    return np.where(np.abs(shillings - nearest) <= _SNAP, nearest, shillings)


class _Rows:
    """The limits over several lines, in shillings, at most."""

    def __init__(self, problem: Problem, only_sums: bool = False) -> None:
        matrix, amounts = problem.limits.at_most()
        kinds = [problem.limits.all[at].kind for at in problem.limits.over_several]
        sums = np.array([kind not in ("share", "growth") for kind in kinds], dtype=bool)
        kept = np.flatnonzero(sums) if only_sums else np.arange(len(sums))
        shillings = amounts[kept] * SHILLINGS
        self.problem = problem
        self.matrix = sparse.csr_array(matrix[kept])
        self.amounts = np.where(sums[kept], np.floor(_snapped(shillings)), shillings)
        self.by_line = sparse.csc_array(self.matrix)

    def sums(self) -> _Rows:
        """Return the rows that are plain sums of lines alone."""
        return _Rows(self.problem, only_sums=True)

    def slack(self, whole: Floats) -> Floats:
        """Return how many shillings each row still leaves."""
        return np.asarray(self.amounts - self.matrix @ whole)

    def of(self, line: int) -> tuple[NDArray[np.int64], Floats]:
        """Return the rows that a line stands in, and its coefficients there."""
        span = slice(self.by_line.indptr[line], self.by_line.indptr[line + 1])
        return self.by_line.indices[span].astype("int64"), self.by_line.data[span]
