"""Floors and ceilings: a rule's awards held between what each claimant must have and what it may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.allocation.problems import Array
from workbench.allocation.registry import Rule


@dataclass(frozen=True, eq=False)
class Limited:
    """Awards within limits.

    Attributes
    ----------
    awards : ndarray, shape (n,)
        KES.
    lifted, held : ndarray of bool, shape (n,)
        Who stands at its floor and who at its ceiling because the rule alone would have given less, or more.
    """

    awards: Array
    lifted: npt.NDArray[np.bool_]
    held: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Request:
    """One problem with its limits, arrays of shape (n,), KES: floor <= ceiling, and the envelope between their sums."""

    rule: Rule
    envelope: float
    claims: Array
    floors: Array
    ceilings: Array
    options: Mapping[str, Any] = field(default_factory=dict)

    def options_for(self, chosen: npt.NDArray[np.bool_]) -> dict[str, Any]:
        """Return the rule's options with those that hold one number a claimant cut to the chosen ones."""
        wide = self.rule.per_claimant
        return {
            name: np.asarray(v)[chosen] if name in wide and v is not None else v for name, v in self.options.items()
        }


def share_within_limits(request: Request) -> Limited:
    """Share by the rule; who falls below its floor or above its ceiling is set to it, and the others share again.

    Notes
    -----
    In each round the rule shares what is not yet fixed. If floors would take more than ceilings would free, those below
    their floor are fixed, else those above their ceiling; what that takes or frees is shared in the next round. Each
    round fixes somebody, so there are at most n. The result honours every limit, and where no limit binds it is the
    rule's own.
    """
    n = len(request.claims)
    floors, ceilings = request.floors, np.minimum(request.ceilings, request.claims)
    awards, free = np.zeros(n), np.ones(n, dtype=np.bool_)
    lifted, held = np.zeros(n, dtype=np.bool_), np.zeros(n, dtype=np.bool_)
    left = request.envelope
    while free.any():
        wanted = request.claims[free]
        money = float(np.clip(left, 0.0, wanted.sum()))
        given = request.rule(money, wanted, **request.options_for(free))
        noise = 4.0 * float(np.spacing(max(float(wanted.sum()), 1.0)))
        below, above = given < floors[free] - noise, given > ceilings[free] + noise
        awards[free] = given
        if not below.any() and not above.any():
            break
        taken = (floors[free] - given)[below].sum()
        freed = (given - ceilings[free])[above].sum()
        places = np.flatnonzero(free)
        if taken >= freed:
            fixed, mark, limit = places[below], lifted, floors
        else:
            fixed, mark, limit = places[above], held, ceilings
        awards[fixed] = limit[fixed]
        mark[fixed] = True
        free[fixed] = False
        left -= float(limit[fixed].sum())
    return Limited(np.clip(awards, floors, ceilings), lifted, held)
