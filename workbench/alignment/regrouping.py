"""The frontier of moves against alignment: which votes would have to change working group, k at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.alignment.regrouping_problem import Limits, Problem
from workbench.alignment.result import Alignment
from workbench.errors import Fault, InputError
from workbench.results import Result, records


@dataclass(frozen=True, kw_only=True, eq=False)
class Regrouping(Result):
    """The frontier of moves against alignment.

    Attributes
    ----------
    frontier : DataFrame
        A row a number of moves allowed: ``moves_allowed``, ``moves``, ``places`` (plan sectors counted once in every
        group that holds them), ``effective_groups`` (money-weighted mean), ``homogeneity``, ``completeness``,
        ``v_measure``, ``money_moved`` (int64, KES), ``proved`` (whether no regrouping has fewer places).
    moved : DataFrame
        ``moves_allowed``, ``budget_code``, ``from``, ``to``, ``amount`` (int64, KES): which votes move at each point.
    """

    frontier: pd.DataFrame
    moved: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The frontier."""
        return self.frontier

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The frontier and the votes that move."""
        return {"frontier": self.frontier, "moved": self.moved}

    def summary(self) -> str:
        """Return what a committee reads first."""
        first, last = self.frontier.iloc[0], self.frontier.iloc[-1]
        return (
            f"Today the plan sectors sit in {first['places']} places; with {last['moves']} votes moved, "
            f"in {last['places']}. The V-measure goes from {first['v_measure']:.3f} to {last['v_measure']:.3f}."
        ) + (" Illustrative: the links are judgements." if self.illustrative else "")

    def to_dict(self) -> dict[str, Any]:
        """Return the frontier and the moves for a program."""
        return {"frontier": records(self.frontier), "moved": records(self.moved), "illustrative": self.illustrative,
                "parameters": dict(self.parameters), "notes": list(self.notes)}  # fmt: skip


def regroup(
    alignment: Alignment, moves: Sequence[int] = (0, 1, 2, 3, 4, 5), limits: Limits | None = None
) -> Regrouping:
    """Find the best regroupings of votes for each number of moves.

    Parameters
    ----------
    alignment : Alignment
        The budget, its groups and its links.
    moves : sequence of int
        How many votes may change group, one point of the frontier each.
    limits : Limits, optional

    Returns
    -------
    Regrouping

    Raises
    ------
    InputError
        For a fixed vote that is none, or a number of moves below zero.
    """
    limits = limits or Limits()
    if not moves or min(moves) < 0:
        raise InputError(Fault(what="is no list of numbers of moves", value=list(moves), remedy="such as 0, 1, 2, 3"))
    problem = Problem.of(alignment, limits)
    points, moved = [], []
    fewest: dict[int, npt.NDArray[np.intp]] = {}
    for allowed in moves:
        groups, proved = problem.best(allowed)
        # Where time ran out, what fewer moves had reached is still allowed, and may be better.
        reachable = [groups, *(earlier for fewer, earlier in fewest.items() if fewer <= allowed)]
        if not proved:
            groups = min(reachable, key=problem.places)
        fewest[allowed] = groups
        points.append({"moves_allowed": allowed, **problem.describe(groups), "proved": proved})
        moved += [{"moves_allowed": allowed, **move} for move in problem.moves(groups)]
    columns = ["moves_allowed", "budget_code", "from", "to", "amount"]
    return Regrouping(
        parameters={**alignment.parameters, "moves": list(moves), "fixed": sorted(limits.fixed),
                    "smallest": limits.smallest, "largest": limits.largest},
        sources=alignment.sources,
        notes=(
            *alignment.notes,
            "A regrouping counts places only: it knows nothing of mandates, staff or law.",
        ),
        frontier=pd.DataFrame(points),
        moved=pd.DataFrame(moved, columns=columns),
    )  # fmt: skip
