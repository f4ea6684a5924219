"""Every limit of a funding problem under its name, and the matrix that holds those over several lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from workbench.allocation.funding.amounts import Floats
from workbench.errors import unknown_name

Kind = Literal["envelope", "ceiling", "floor", "share", "growth"]
AT_MOST, AT_LEAST = 1, -1


class Limit(NamedTuple):
    """One limit: the coefficients times the awards are at most, or at least, an amount.

    ``line`` is the one line that it limits, or -1 where it stands in the matrix, in row ``row``. ``linked`` are the
    other limits that move with it, and by how much for one KSh million: a share of the envelope moves with it.
    """

    name: str
    kind: Kind
    sense: int
    amount: float
    line: int = -1
    row: int = -1
    linked: tuple[tuple[int, float], ...] = ()

    @property
    def step(self) -> int:
        """What "one KSh million more" of it adds to its amount: a share or growth rule may be missed by one more."""
        return self.sense if self.kind in ("share", "growth") else 1


@dataclass(frozen=True, eq=False)
class Limits:
    """All limits of a problem over n lines.

    Attributes
    ----------
    all : tuple of Limit
        In the order in which they were given: envelopes, ceilings, floors, shares, growth.
    matrix : csr_array
        ``(rows, n)`` coefficients of the limits over several lines.
    """

    all: tuple[Limit, ...]
    matrix: sparse.csr_array

    @property
    def over_several(self) -> list[int]:
        """Positions of the limits that stand in the matrix, in the order of its rows."""
        return [at for at, limit in enumerate(self.all) if limit.line < 0]

    def position(self, name: str) -> int:
        """Return where the limit of a name stands, or raise with the nearest right name."""
        names = [limit.name for limit in self.all]
        if name not in names:
            raise unknown_name("limit of this problem", name, names)
        return names.index(name)

    def at_most(self) -> tuple[sparse.csr_array, Floats]:
        """Return the limits over several lines as ``matrix @ awards <= amounts``."""
        several = [self.all[at] for at in self.over_several]
        sense = np.array([limit.sense for limit in several], dtype="float64")
        amount = np.array([limit.amount for limit in several], dtype="float64")
        return sparse.csr_array(sparse.diags_array(sense) @ self.matrix), sense * amount

    def everything_at_most(self) -> tuple[sparse.csr_array, Floats]:
        """Return all limits, those over one line too, as ``matrix @ awards <= amounts``, in the order of ``all``."""
        count, lines = len(self.all), self.matrix.shape[1]
        singles = [(at, limit.line) for at, limit in enumerate(self.all) if limit.line >= 0]
        rows = np.array([at for at, _ in singles], dtype="int64")
        columns = np.array([line for _, line in singles], dtype="int64")
        own = sparse.csr_array((np.ones(len(singles)), (rows, columns)), shape=(count, lines))
        several = np.array(self.over_several, dtype="int64")
        place = sparse.csr_array(
            (np.ones(len(several)), (several, np.arange(len(several)))), shape=(count, len(several))
        )
        sense = np.array([limit.sense for limit in self.all], dtype="float64")
        amount = np.array([limit.amount for limit in self.all], dtype="float64")
        return sparse.csr_array(sparse.diags_array(sense) @ (own + place @ self.matrix)), sense * amount

    def bounds(self, request: Floats) -> tuple[Floats, Floats]:
        """Return the least and the greatest award of each line ``(n,)`` by the request and the limits over it alone."""
        lower, upper = np.zeros(len(request)), request.copy()
        for limit in self.all:
            if limit.line < 0:
                continue
            if limit.sense == AT_LEAST:
                lower[limit.line] = max(lower[limit.line], limit.amount)
            else:
                upper[limit.line] = min(upper[limit.line], limit.amount)
        return lower, upper

    def change(self, at: int) -> Floats:
        """Return how the amounts of :meth:`everything_at_most` change with one KSh million more of a limit."""
        moved = np.zeros(len(self.all))
        limit = self.all[at]
        moved[at] = limit.sense * limit.step
        for other, factor in limit.linked:
            moved[other] += self.all[other].sense * factor
        return moved

    def moved(self, at: int, by: float) -> Limits:
        """Return the same limits with one moved by KSh millions, and what is linked to it."""
        changed = list(self.all)
        for position, factor in ((at, float(self.all[at].step)), *self.all[at].linked):
            limit = changed[position]
            changed[position] = limit._replace(amount=limit.amount + factor * by)
        return Limits(tuple(changed), self.matrix)


@dataclass
class LimitBuilder:
    """Gathers limits one after another; rows of the matrix grow with those over several lines."""

    lines: int
    found: list[Limit] = field(default_factory=list)
    columns: list[NDArray[np.int64]] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, limit: Limit, columns: NDArray[np.int64], values: Floats | None = None) -> int:
        """Take a limit over some lines (coefficients of one where none are given); return its position."""
        weights = np.ones(len(columns)) if values is None else values
        if len(columns) == 1 and weights[0] == 1 and limit.kind in ("floor", "ceiling"):
            placed = limit._replace(line=int(columns[0]))
        else:
            placed = limit._replace(row=len(self.columns))
            self.columns.append(columns)
            self.values.append(weights)
        self.found.append(placed._replace(name=self._unused(limit.name)))
        return len(self.found) - 1

    def link(self, at: int, other: int, factor: float) -> None:
        """Let another limit move with this one."""
        self.found[at] = self.found[at]._replace(linked=(*self.found[at].linked, (other, factor)))

    def build(self) -> Limits:
        """Return what was gathered."""
        pointers = np.cumsum([0, *(len(columns) for columns in self.columns)])
        columns = np.concatenate(self.columns) if self.columns else np.empty(0, dtype="int64")
        values = np.concatenate(self.values) if self.values else np.empty(0)
        matrix = sparse.csr_array((values, columns, pointers), shape=(len(self.columns), self.lines))
        return Limits(tuple(self.found), matrix)

    def _unused(self, name: str) -> str:
        candidate, count = name, 1
        while candidate in self.names:
            count += 1
            candidate = f"{name} ({count})"
        self.names.add(candidate)
        return candidate


def group(member: NDArray[np.int64], count: int) -> Sequence[NDArray[np.int64]]:
    """Return the lines of each of ``count`` groups, from each line's group number (-1 for none)."""
    order = np.argsort(member, kind="stable")
    cuts = np.searchsorted(member[order], np.arange(count + 1))
    return [order[cuts[at] : cuts[at + 1]] for at in range(count)]
