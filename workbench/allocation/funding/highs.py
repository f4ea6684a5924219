"""Call HiGHS through SciPy: continuous programmes, and those with whole-or-nothing projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from workbench.allocation.funding.amounts import Floats
from workbench.allocation.funding.matrices import Programme

OPTIMAL, INFEASIBLE = 0, 2
_FINEST, _COARSEST = 1e-9, 1e-7
_MOST_CUTS = 50


class NoSolutionError(RuntimeError):
    """HiGHS gave neither an optimum nor a proof that there is none."""


@dataclass(frozen=True, eq=False)
class Optimum:
    """A best point of a programme.

    Attributes
    ----------
    point : ndarray
        ``(columns,)``.
    row_price : ndarray
        ``(rows,)`` change of the cost with one more of a row's amount, 0 or less; empty with projects.
    reduced : ndarray
        ``(columns,)`` change of the cost with one more of a column, at its bounds; empty with projects.
    """

    point: Floats
    row_price: Floats
    reduced: Floats


def minimise(programme: Programme) -> Optimum | None:
    """Return the least-cost point of a programme, or None where no point is feasible.

    Raises
    ------
    NoSolutionError
        Where HiGHS gives up.
    """
    if (programme.lower > programme.upper).any():
        return None
    if not len(programme.cost):
        none = np.empty(0)
        return None if (programme.amounts < 0).any() else Optimum(none, np.zeros(len(programme.amounts)), none)
    return _mixed(programme) if programme.binary.any() else _continuous(programme)


def _continuous(programme: Programme) -> Optimum | None:
    from scipy.optimize import linprog  # heavy, and most who measure a gap never fund one

    # The stubs know neither linprog's sparse matrices, nor its array of bounds, nor options in a plain dictionary.
    matrix: Any = programme.matrix
    options: Any = _tolerances(programme)
    bounds: Any = np.stack([programme.lower, programme.upper], axis=1)
    solution = linprog(
        programme.cost,
        A_ub=matrix,
        b_ub=programme.amounts,
        bounds=bounds,
        method="highs",
        options=options,
    )
    if solution.status == INFEASIBLE:
        return None
    if solution.status != OPTIMAL:
        raise NoSolutionError(f"HiGHS stopped with status {solution.status}: {solution.message}")
    return Optimum(
        point=np.asarray(solution.x),
        row_price=np.asarray(solution.ineqlin.marginals),
        reduced=np.asarray(solution.lower.marginals) + np.asarray(solution.upper.marginals),
    )


def _mixed(programme: Programme) -> Optimum | None:
    """Choose the projects, then solve for the divisible lines with the projects held at exactly 0 or 1.

    HiGHS takes 0.9999995 for 1; a choice that only such slack affords is cut off, and another one sought.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    cuts: list[tuple[Floats, float]] = []
    none = np.empty(0)
    while len(cuts) < _MOST_CUTS:
        rows = sparse.csc_array(np.array([row for row, _ in cuts]).reshape(len(cuts), len(programme.cost)))
        solution = milp(
            programme.cost,
            integrality=programme.binary.astype("int64"),
            bounds=Bounds(programme.lower, programme.upper),
            constraints=LinearConstraint(
                sparse.vstack([programme.matrix, rows], format="csc"),
                ub=np.r_[programme.amounts, [amount for _, amount in cuts]],
            ),
            options={"mip_rel_gap": 0.0},
        )
        if solution.status == INFEASIBLE:
            return None
        if solution.status != OPTIMAL:
            raise NoSolutionError(f"HiGHS stopped with status {solution.status}: {solution.message}")
        chosen = np.rint(np.asarray(solution.x))
        exact = _continuous(_held(programme, chosen))
        if exact is not None:
            return Optimum(point=exact.point, row_price=none, reduced=none)
        cuts.append(_cut(programme, chosen))
    raise NoSolutionError(f"HiGHS chose {_MOST_CUTS} sets of projects that do not fit to the shilling")


def _held(programme: Programme, chosen: Floats) -> Programme:
    return Programme(
        cost=programme.cost,
        matrix=programme.matrix,
        amounts=programme.amounts,
        lower=np.where(programme.binary, chosen, programme.lower),
        upper=np.where(programme.binary, chosen, programme.upper),
        binary=np.zeros_like(programme.binary),
    )


def _cut(programme: Programme, chosen: Floats) -> tuple[Floats, float]:
    """Return the row that forbids one choice of projects and no other."""
    row = np.where(programme.binary, np.where(chosen > 0.5, 1.0, -1.0), 0.0)
    return row, float((programme.binary & (chosen > 0.5)).sum()) - 1.0


def _tolerances(programme: Programme) -> dict[str, float]:
    """Return HiGHS's tolerances: a thousandth of a shilling, coarser only where floats hold no more digits."""
    largest = float(np.abs(programme.amounts).max(initial=0.0))
    tolerance = float(np.clip(1e-13 * largest, _FINEST, _COARSEST))
    return {"primal_feasibility_tolerance": tolerance, "dual_feasibility_tolerance": 1e-9}
