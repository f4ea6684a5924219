"""What of the envelopes stays unspent, and which limits hold back the lines that would take it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.allocation.funding.amounts import NEAR, Floats
from workbench.allocation.funding.prices import is_tight, slack
from workbench.allocation.funding.statement import Problem


@dataclass(frozen=True)
class Unspent:
    """Money that is left over, and why.

    Attributes
    ----------
    amount : float
        KSh millions over all envelopes.
    held : tuple of tuple of str
        By line, the limits that hold it below its request where its envelope has money left; else empty.
    left : ndarray of bool
        By line, whether its envelope has money left.
    why : tuple of str
        In words what holds the lines, each once; empty where nothing but the objective does.
    """

    amount: float
    held: tuple[tuple[str, ...], ...]
    left: NDArray[np.bool_]
    why: tuple[str, ...]


def unspent_of(problem: Problem, awards: Floats) -> Unspent:
    """Find what stays unspent of a solved problem, and what holds it."""
    limits = problem.limits
    matrix, _ = limits.everything_at_most()
    tight = is_tight(limits, awards)
    envelope = np.array([limit.kind == "envelope" for limit in limits.all], dtype=np.bool_)
    covers = matrix > 0
    left = np.asarray(covers[envelope & tight].sum(axis=0)).ravel() == 0
    free = np.where(envelope & ~tight, slack(limits, awards), 0.0)
    lacking = left & (awards < problem.lines.request - NEAR)
    over = np.flatnonzero(tight & ~envelope)
    rows = covers[over].tocsc()
    held = tuple(
        tuple(limits.all[over[at]].name for at in sorted(rows.indices[rows.indptr[line] : rows.indptr[line + 1]]))
        if lacking[line] else ()
        for line in range(len(awards))
    )  # fmt: skip
    why = [f"'{name}'" for names in held for name in names]
    whole = (problem.lump >= 0) & lacking
    why += ["projects that are funded whole or not at all"] if whole.any() else []
    return Unspent(float(free.sum()), held, left, tuple(dict.fromkeys(why)))
