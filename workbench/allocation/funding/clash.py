"""Explain why nothing is feasible: which limits clash, and what is the least that would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workbench.allocation.funding.amounts import NEAR, Floats
from workbench.allocation.funding.highs import NoSolutionError, Optimum, minimise
from workbench.allocation.funding.matrices import Programme, project_lines
from workbench.allocation.funding.statement import Problem

_MANY = 25
_MOST_CLASHES = 5


@dataclass(frozen=True)
class Member:
    """Something that takes part in a clash: limits by position, requests by line, or projects by number."""

    limits: tuple[int, ...] = ()
    requests: tuple[int, ...] = ()
    project: int = -1


@dataclass(frozen=True, eq=False)
class Mend:
    """The least change that makes the problem feasible.

    Attributes
    ----------
    amounts : dict
        KSh millions by position of the limit.
    money_alone : bool
        Whether more money in the envelopes does it; else limits of other kinds have to give way too.
    """

    amounts: dict[int, float]
    money_alone: bool

    @property
    def total(self) -> float:
        """KSh millions together."""
        return float(sum(self.amounts.values()))


class Clash:
    """The limits and requests of a problem without a feasible award, any of which can be dropped to see what changes.

    The columns are the awards, the projects, and then whatever relaxes a row. Rows are the limits, then the requests.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.count = len(problem.lines)
        rows, amounts = problem.limits.everything_at_most()
        own = sparse.eye_array(self.count, format="csr")
        self.rows = sparse.csr_array(sparse.vstack([rows, own]))
        self.amounts = np.r_[amounts, problem.lines.request]
        self.limits = len(problem.limits.all)
        self.projects = project_lines(problem.lump)

    def relaxed(
        self, keep: NDArray[np.bool_], whole: NDArray[np.bool_], relief: sparse.csc_array, cost: Floats
    ) -> Optimum | None:
        """Return the cheapest relief (columns over the rows, 0 or more) that leaves awards which keep the kept rows.

        ``whole`` says which projects stay whole or nothing; the others may be funded in part.
        """
        chosen = np.flatnonzero(keep)
        tied = np.flatnonzero(self.problem.lump >= 0)
        tied = tied[whole[self.problem.lump[tied]]] if len(tied) else tied
        awards = sparse.eye_array(self.count, format="csr")[tied]
        request = sparse.diags_array(self.problem.lines.request)
        equal = sparse.hstack([awards, -(request @ self.projects).tocsr()[tied]])
        pad = sparse.csr_array((len(tied), relief.shape[1]))
        body = sparse.hstack(
            [self.rows[chosen], sparse.csr_array((len(chosen), self.projects.shape[1])), -relief.tocsr()[chosen]]
        )
        tie = sparse.hstack([equal, pad])
        free = self.count + self.projects.shape[1]
        binary = np.r_[np.zeros(self.count, dtype=bool), whole, np.zeros(len(cost), dtype=bool)]
        return minimise(
            Programme(
                cost=np.r_[np.zeros(free), cost],
                matrix=sparse.vstack([body, tie, -tie], format="csc"),
                amounts=np.r_[self.amounts[chosen], np.zeros(2 * len(tied))],
                lower=np.zeros(free + len(cost)),
                upper=np.r_[np.full(self.count, np.inf), np.ones(self.projects.shape[1]), np.full(len(cost), np.inf)],
                binary=binary,
            )
        )

    def feasible(self, members: Sequence[Member]) -> bool:
        """Return whether some awards keep all these members, whatever else is broken."""
        keep = np.zeros(len(self.amounts), dtype=bool)
        whole = np.zeros(self.projects.shape[1], dtype=bool)
        for member in members:
            keep[list(member.limits)] = True
            keep[[self.limits + line for line in member.requests]] = True
            if member.project >= 0:
                whole[member.project] = True
        none = sparse.csc_array((len(self.amounts), 0))
        return self.relaxed(keep, whole, none, np.empty(0)) is not None

    def mend(self) -> Mend:
        """Return the least money that mends it, or the least movement of all limits where money alone does not."""
        envelopes = [at for at, limit in enumerate(self.problem.limits.all) if limit.kind == "envelope"]
        for movable, money_alone in ((envelopes, True), (range(self.limits), False)):
            moves = np.array([self.problem.limits.change(at) for at in movable]).reshape(len(movable), self.limits)
            eases = np.sign(moves[np.arange(len(movable)), list(movable)]) if len(movable) else np.empty(0)
            relief = sparse.csc_array(np.vstack([(moves * eases[:, None]).T, np.zeros((self.count, len(movable)))]))
            best = self.relaxed(
                np.ones(len(self.amounts), dtype=bool),
                np.ones(self.projects.shape[1], dtype=bool),
                relief,
                np.ones(len(movable)),
            )
            if best is not None:
                used = best.point[self.count + self.projects.shape[1] :]
                amounts = {at: float(by) for at, by in zip(movable, used, strict=True) if by > NEAR}
                return Mend(amounts, money_alone)
        raise NoSolutionError("limits that all give way still cannot be kept")

    def clashes(self) -> list[tuple[Member, ...]]:
        """Return sets of members that cannot hold together, each irreducible, no member in two of them."""
        left = self._members()
        found: list[tuple[Member, ...]] = []
        while len(found) < _MOST_CLASHES and not self.feasible(left):
            core = self._irreducible(self._suspects(left))
            found.append(core)
            used = {at for member in core for at in (*member.limits, *(~line for line in member.requests))}
            left = [m for m in left if m not in core and not used & {*m.limits, *(~line for line in m.requests)}]
        return found

    def _members(self) -> list[Member]:
        whole = range(self.projects.shape[1])
        return [
            *(Member(requests=(line,)) for line in range(self.count)),
            *(Member(project=number) for number in whole),
            *(Member(limits=(at,)) for at in reversed(range(self.limits))),
        ]

    def _suspects(self, members: Sequence[Member]) -> list[Member]:
        """Narrow the members to those with a dual price where all rows may give way: they alone already clash."""
        if self.projects.shape[1] and self.feasible([member for member in members if member.project < 0]):
            return self._bundled(members)
        single = {member.limits[0] if member.limits else self.limits + member.requests[0]: member
                  for member in members if member.project < 0}  # fmt: skip
        keep = np.zeros(len(self.amounts), dtype=bool)
        keep[list(single)] = True
        relief = sparse.eye_array(len(self.amounts), format="csc")
        divisible = np.zeros(self.projects.shape[1], dtype=bool)
        best = self.relaxed(keep, divisible, sparse.csc_array(relief), np.ones(len(self.amounts)))
        if best is None:
            raise NoSolutionError("limits that all give way still cannot be kept")
        priced = np.flatnonzero(keep)[np.abs(best.row_price[: int(keep.sum())]) > NEAR]
        suspects = [single[int(row)] for row in priced]
        return self._bundled(suspects if not self.feasible(suspects) else members)

    def _bundled(self, members: Sequence[Member]) -> list[Member]:
        """Take many members of one kind together: a clash of 2,000 floors is one clash of their sum."""
        requests = tuple(member.requests[0] for member in members if member.requests)
        bundled = [member for member in members if member.project >= 0]
        bundled += [Member(requests=requests)] if len(requests) > _MANY else [m for m in members if m.requests]
        for kind in ("growth", "share", "floor", "ceiling", "envelope"):
            of_kind = [m for m in members if m.limits and self.problem.limits.all[m.limits[0]].kind == kind]
            many = len(of_kind) > _MANY
            bundled += [Member(limits=tuple(m.limits[0] for m in of_kind))] if many else of_kind
        return bundled

    def _irreducible(self, members: Sequence[Member]) -> tuple[Member, ...]:
        """Drop each member that the clash does not need (the deletion filter)."""
        core = list(members)
        for member in members:
            rest = [other for other in core if other is not member]
            if not self.feasible(rest):
                core = rest
        return tuple(core)
