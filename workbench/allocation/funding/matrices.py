"""Build the linear programme of a problem whose worth is linear in pieces: one variable a line and piece."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workbench.allocation.funding.amounts import Floats
from workbench.allocation.funding.objectives import Nearest, Segments, Weighted, nearest_segments, weighted_segments
from workbench.allocation.funding.statement import Problem


@dataclass(frozen=True, eq=False)
class Programme:
    """Minimise ``cost @ v`` with ``matrix @ v <= amounts`` and ``lower <= v <= upper``.

    Attributes
    ----------
    cost, lower, upper : ndarray
        ``(columns,)``; upper may be below lower where the limits over one line clash: then nothing is feasible.
    matrix : csc_array
        ``(rows, columns)``; a row for each limit over several lines.
    amounts : ndarray
        ``(rows,)`` KSh millions.
    binary : ndarray
        ``(columns,)`` whether a column is a project, funded whole (1) or not at all (0).
    """

    cost: Floats
    matrix: sparse.csc_array
    amounts: Floats
    lower: Floats
    upper: Floats
    binary: NDArray[np.bool_]


def segments_of(problem: Problem) -> Segments:
    """Return what money for each line is worth, in pieces.

    Raises
    ------
    TypeError
        For leximin, which is no sum over lines.
    """
    request = problem.lines.request
    if isinstance(problem.objective, Weighted):
        return weighted_segments(request, problem.weights, problem.objective.steps)
    if isinstance(problem.objective, Nearest):
        return nearest_segments(request, problem.weights, problem.proposal)
    raise TypeError("leximin is no sum over lines, and has no pieces")


def piecewise_programme(problem: Problem, segments: Segments) -> Programme:
    """Return the programme that funds the lines piece by piece.

    The columns are the first pieces of all lines, then the second pieces, and so on; then the projects. Worth never
    rises from piece to piece, so that filling the first pieces first is best, and limits over one line become bounds of
    its pieces.
    """
    lower, upper = problem.limits.bounds(problem.lines.request)
    pieces = len(segments.width)
    least, most = _piece_bounds(segments, lower, upper)
    matrix, amounts = problem.limits.at_most()
    whole = problem.lump >= 0
    least[:, whole] = most[:, whole] = 0.0
    every = sparse.hstack([matrix] * pieces, format="csc")
    projects = project_lines(problem.lump)
    money = sparse.csc_array(matrix @ sparse.diags_array(problem.lines.request) @ projects)
    worth = (segments.width * segments.worth).sum(axis=0) @ projects
    needed, possible = project_bounds(problem, lower, upper)
    return Programme(
        cost=np.r_[-segments.worth.ravel(), -worth],
        matrix=sparse.hstack([every, money], format="csc") if projects.shape[1] else sparse.csc_array(every),
        amounts=amounts,
        lower=np.r_[least.ravel(), needed],
        upper=np.r_[most.ravel(), possible],
        binary=np.r_[np.zeros(least.size, dtype=bool), np.ones(len(worth), dtype=bool)],
    )


def _piece_bounds(segments: Segments, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    before = np.cumsum(segments.width, axis=0) - segments.width
    most = np.clip(upper - before, 0, segments.width)
    least = np.clip(lower - before, 0, segments.width)
    # A line whose floor is above its ceiling stays infeasible: its first piece says so.
    clash = lower > upper
    least[0, clash], most[0, clash] = 1.0, 0.0
    return least, most


def project_lines(lump: NDArray[np.int64]) -> sparse.csc_array:
    """Return the matrix ``(n, projects)`` of ones where a line belongs to a whole-or-nothing project."""
    at = np.flatnonzero(lump >= 0)
    count = int(lump.max(initial=-1)) + 1
    return sparse.csc_array((np.ones(len(at)), (at, lump[at])), shape=(len(lump), count))


def project_bounds(problem: Problem, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Return the bounds of each project: 1 below where a floor wants it, 0 above where a ceiling forbids it."""
    count = int(problem.lump.max(initial=-1)) + 1
    needed, possible = np.zeros(count), np.ones(count)
    whole = problem.lump >= 0
    np.maximum.at(needed, problem.lump[whole & (lower > 0)], 1.0)
    np.minimum.at(possible, problem.lump[whole & (upper < problem.lines.request)], 0.0)
    return needed, possible


def awards_of(problem: Problem, pieces: int, point: Floats) -> Floats:
    """Return the awards ``(n,)`` in KSh millions of a point of the programme."""
    lines = len(problem.lines)
    awards: Floats = point[: pieces * lines].reshape(pieces, lines).sum(axis=0)
    whole = problem.lump >= 0
    if whole.any():
        awards[whole] = (problem.lines.request * (project_lines(problem.lump) @ point[pieces * lines :]))[whole]
    return awards
