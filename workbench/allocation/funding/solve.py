"""Find the best awards of a stated problem."""

from __future__ import annotations

import numpy as np

from workbench.allocation.funding.amounts import NEAR, Floats
from workbench.allocation.funding.highs import minimise
from workbench.allocation.funding.infeasible import explain_infeasible
from workbench.allocation.funding.leximin import leximin_awards
from workbench.allocation.funding.matrices import awards_of, piecewise_programme, segments_of
from workbench.allocation.funding.objectives import Leximin
from workbench.allocation.funding.statement import Problem
from workbench.allocation.funding.ties import share_ties


def best_awards(problem: Problem) -> Floats:
    """Return the best awards ``(n,)``, KSh millions.

    Raises
    ------
    FundingInfeasibleError
        Where no awards keep all limits.
    """
    awards = leximin_awards(problem) if isinstance(problem.objective, Leximin) else _most_worth(problem)
    if awards is None:
        raise explain_infeasible(problem)
    return _at_bounds(problem, awards)


def _most_worth(problem: Problem) -> Floats | None:
    segments = segments_of(problem)
    programme = piecewise_programme(problem, segments)
    optimum = minimise(programme)
    if optimum is None:
        return None
    point = share_ties(programme, optimum) if len(optimum.reduced) else optimum.point
    return awards_of(problem, len(segments.width), point)


def _at_bounds(problem: Problem, awards: Floats) -> Floats:
    """Bring awards that are float noise away from nothing, a floor, a ceiling or the request exactly to it."""
    lower, upper = problem.limits.bounds(problem.lines.request)
    awards = np.where(np.abs(awards - lower) <= NEAR / 10, lower, awards)
    awards = np.where(np.abs(awards - upper) <= NEAR / 10, upper, awards)
    return np.asarray(np.clip(awards, lower, upper))
