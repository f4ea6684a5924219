"""Which votes would have to change working group for each plan sector to sit in as few groups as possible.

For every number of moves k the best regrouping is a mixed-integer programme, solved with HiGHS:

    minimise    sum of y[p, g]                      places: plan sectors counted once in every group that holds them
    subject to  sum over g of x[v, g] = 1           every vote sits in one group
                x[v, g] <= y[p, g]                  where vote v has money for plan sector p
                sum over v of (1 - x[v, home(v)]) <= k
                smallest <= sum over v of x[v, g] <= largest

Of all regroupings with the fewest places, the one that moves the least money is wanted: the money moved weighs in the
objective too, all of it together less than one place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from workbench.alignment import measures
from workbench.alignment.result import Alignment
from workbench.datasets.crosswalk import UNLINKED
from workbench.errors import Fault, InputError, suggestion

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

Array = npt.NDArray[np.float64]

TIE_WEIGHT = 0.5
"""What moving every vote with all its money weighs against one place: ties only are broken by it."""


@dataclass(frozen=True)
class Limits:
    """What a regrouping must keep to.

    Parameters
    ----------
    fixed : collection of str
        Votes that may not move.
    smallest, largest : int
        How many votes a group may have. A group that is over or under today may keep what it has: it gets no more, or
        loses no more.
    seconds : float
        How long one point of the frontier may take; where it is not enough, the best regrouping found is given and
        ``proved`` says that no proof was reached.
    """

    fixed: Collection[str] = ()
    smallest: int = 1
    largest: int | None = None
    seconds: float = 8.0

    def __post_init__(self) -> None:
        limits = (
            ("smallest", self.smallest >= 0, "0 or more votes"),
            ("largest", self.largest is None or self.largest >= max(1, self.smallest), "1 or more, not below smallest"),
            ("seconds", self.seconds > 0, "more than 0"),
        )
        faults = [
            Fault(what=f"cannot be the {name} of a regrouping", value=getattr(self, name), remedy=remedy)
            for name, sound, remedy in limits
            if not sound
        ]
        if faults:
            raise InputError(faults)


@dataclass(frozen=True, eq=False)
class Problem:
    """Votes, the groups that they sit in, and their money for each plan sector.

    Attributes
    ----------
    votes, sectors : tuple of str
        V votes and G groups.
    home : (V,)
        The position of the group that each vote sits in today.
    money : (V, P)
        KES of each vote for each plan sector.
    shillings : (V,) int64
        Each vote's whole amount, KES.
    limits : Limits
    """

    votes: tuple[str, ...]
    sectors: tuple[str, ...]
    home: npt.NDArray[np.intp]
    money: Array
    shillings: npt.NDArray[np.int64]
    limits: Limits

    @classmethod
    def of(cls, alignment: Alignment, limits: Limits) -> Problem:
        """Return the problem of an alignment.

        Raises
        ------
        InputError
            For a fixed vote that is none.
        """
        table = alignment.links
        whole = table.groupby("budget_code", sort=False)["amount"].sum()
        votes = tuple(whole.index)
        _refuse_unknown(limits.fixed, votes)
        home = table.drop_duplicates("budget_code").set_index("budget_code")["sector"]
        linked = table[table["plan_code"] != UNLINKED]
        money = linked.pivot_table(
            index="budget_code", columns="plan_code", values="amount", aggfunc="sum", fill_value=0
        )
        codes = [code for code in alignment.linked_lines.plan_codes if code in money.columns]
        sectors = alignment.linked_lines.sectors
        return cls(
            votes=votes,
            sectors=sectors,
            home=np.array([sectors.index(home[vote]) for vote in votes], dtype=np.intp),
            money=money.reindex(index=list(votes), columns=codes, fill_value=0).to_numpy(np.float64),
            shillings=whole.to_numpy(np.int64),
            limits=limits,
        )

    def best(self, allowed: int) -> tuple[npt.NDArray[np.intp], bool]:
        """Return every vote's group with the fewest places, and whether that is proved to be the best."""
        from scipy.optimize import Bounds, milp

        votes, groups, plans = len(self.votes), len(self.sectors), self.money.shape[1]
        size = votes * groups + plans * groups
        places = np.concatenate([np.zeros(votes * groups), np.ones(plans * groups)])
        away = np.ones((votes, groups))
        away[np.arange(votes), self.home] = 0
        weight = TIE_WEIGHT * (self.shillings / max(1, self.shillings.sum()) + 1 / votes) / 2
        cost = places + np.concatenate([(away * weight[:, None]).ravel(), np.zeros(plans * groups)])
        upper = np.ones(size)
        fixed = [self.votes.index(vote) for vote in self.limits.fixed]
        for vote in fixed:
            upper[vote * groups : (vote + 1) * groups] = away[vote] == 0
        solution = milp(
            cost,
            integrality=np.concatenate([np.ones(votes * groups), np.zeros(plans * groups)]),
            bounds=Bounds(np.zeros(size), upper),
            constraints=self._constraints(allowed, away),
            options={"time_limit": self.limits.seconds, "mip_rel_gap": 0.0},
        )
        if solution.x is None:
            if solution.status == 1:
                return self.home, False  # No time even for a first regrouping: everything stays.
            raise RuntimeError(f"the regrouping was not solved: {solution.message}")
        chosen = solution.x[: votes * groups].reshape(votes, groups).argmax(axis=1)
        reached = self.places(chosen.astype(np.intp))
        least = np.ceil(solution.mip_dual_bound - TIE_WEIGHT - 1e-6)
        return chosen.astype(np.intp), bool(least >= reached)

    def _constraints(self, allowed: int, away: Array) -> list[LinearConstraint]:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import coo_array, csr_array

        votes, groups, plans = len(self.votes), len(self.sectors), self.money.shape[1]
        size = votes * groups + plans * groups
        each = csr_array(np.kron(np.eye(votes), np.ones(groups)), shape=(votes, votes * groups))
        members = csr_array(np.kron(np.ones(votes), np.eye(groups)), shape=(groups, votes * groups))
        counts = np.bincount(self.home, minlength=groups)
        largest = votes if self.limits.largest is None else self.limits.largest
        serving, plan = np.nonzero(self.money > 0)
        pairs = len(serving) * groups
        group = np.tile(np.arange(groups), len(serving))
        row = np.arange(pairs)
        column_x = np.repeat(serving, groups) * groups + group
        column_y = votes * groups + np.repeat(plan, groups) * groups + group
        held = coo_array(
            (np.r_[np.ones(pairs), -np.ones(pairs)], (np.r_[row, row], np.r_[column_x, column_y])), shape=(pairs, size)
        ).tocsr()

        def wide(matrix: csr_array) -> csr_array:
            block = matrix.tocoo()
            return coo_array((block.data, (block.row, block.col)), shape=(matrix.shape[0], size)).tocsr()

        return [
            LinearConstraint(wide(each), 1, 1),
            LinearConstraint(wide(members), np.minimum(self.limits.smallest, counts), np.maximum(largest, counts)),
            LinearConstraint(wide(csr_array(away.reshape(1, -1))), 0, allowed),
            LinearConstraint(held, -np.inf, 0),
        ]

    def describe(self, groups: npt.NDArray[np.intp]) -> dict[str, object]:
        """Return what a grouping is worth."""
        matrix = self._matrix(groups)
        spread, weights = measures.effective_numbers(matrix), measures.shares(matrix.sum(axis=0))
        moved = groups != self.home
        return {
            "moves": int(moved.sum()),
            "places": self.places(groups),
            "effective_groups": float(np.nansum(spread * weights)),
            "homogeneity": float(measures.homogeneity(matrix)),
            "completeness": float(measures.completeness(matrix)),
            "v_measure": float(measures.v_measure(matrix)),
            "money_moved": int(self.shillings[moved].sum()),
        }

    def places(self, groups: npt.NDArray[np.intp]) -> int:
        """Count the plan sectors, once in every group that holds them."""
        return int((self._matrix(groups) > 0).sum())

    def _matrix(self, groups: npt.NDArray[np.intp]) -> Array:
        matrix = np.zeros((len(self.sectors), self.money.shape[1]))
        np.add.at(matrix, groups, self.money)
        return matrix

    def moves(self, groups: npt.NDArray[np.intp]) -> list[dict[str, object]]:
        """List the votes that change group, the largest first."""
        changed = sorted(np.flatnonzero(groups != self.home), key=lambda vote: -self.shillings[vote])
        return [
            {"budget_code": self.votes[vote], "from": self.sectors[self.home[vote]], "to": self.sectors[groups[vote]],
             "amount": int(self.shillings[vote])}
            for vote in changed
        ]  # fmt: skip


def _refuse_unknown(fixed: Collection[str], votes: Sequence[str]) -> None:
    faults = [
        Fault(what="is no budget line", value=name, remedy=suggestion(name, votes))
        for name in fixed
        if name not in votes
    ]
    if faults:
        raise InputError(faults)
