"""Carry a budget's money over a crosswalk to a plan, losing no shilling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.alignment.whole import Shillings, whole_shillings
from workbench.datasets.crosswalk import UNLINKED, Crosswalk

Array = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class LinkArrays:
    """The links of budget lines to plan codes as arrays: what the measures are taken on.

    Attributes
    ----------
    amounts : (L,) float64
        KES of every budget line.
    line, sector, plan : (R,)
        The positions of every link's line, sector and plan code; the plan position of an unlinked one is P.
    shares : (R,) float64
        Those of a line add up to 1; the links of a line stand together.
    sizes : (int, int)
        S and P: how many sectors and plan codes there are.
    """

    amounts: Array
    line: Positions
    sector: Positions
    plan: Positions
    shares: Array
    sizes: tuple[int, int]

    def money(self, shares: Array | None = None) -> Array:
        """Return the linked money M by sector and plan code, in KES, not rounded.

        Parameters
        ----------
        shares : (..., R) array, optional
            Other shares than the given ones, batch first.

        Returns
        -------
        (..., S, P) array
        """
        parts = self.shares if shares is None else shares
        width = self.sizes[1] + 1
        cells = self.sector * width + self.plan
        size = self.sizes[0] * width
        money = parts * self.amounts[self.line]
        if parts.ndim == 1:
            whole = np.bincount(cells, money, minlength=size).astype(np.float64)
        else:
            from scipy.sparse import csr_array

            adding = csr_array((np.ones(len(cells)), (np.arange(len(cells)), cells)), shape=(len(cells), size))
            whole = np.asarray(money @ adding, dtype=np.float64)
        return whole.reshape(*parts.shape[:-1], self.sizes[0], width)[..., :-1]


@dataclass(frozen=True, eq=False)
class Links:
    """Every link of a budget line to a plan code.

    Attributes
    ----------
    table : DataFrame
        ``budget_code``, ``label``, ``sector``, ``plan_code``, ``share``, ``amount`` (int64, whole KES), ``reason``,
        ``mark``; one row a link, the unlinked ones among them, in the order of the budget.
    sectors, plan_codes : tuple of str
        The axes of the matrix; ``unlinked`` is not among the plan codes.
    arrays : LinkArrays
        The same links as arrays.
    """

    table: pd.DataFrame
    sectors: tuple[str, ...]
    plan_codes: tuple[str, ...]
    arrays: LinkArrays

    def shillings(self) -> Shillings:
        """Return the linked money by sector and plan code in whole shillings, (S, P)."""
        whole = np.zeros((len(self.sectors), len(self.plan_codes) + 1), dtype=np.int64)
        np.add.at(whole, (self.arrays.sector, self.arrays.plan), self.table["amount"].to_numpy(np.int64))
        return whole[:, :-1]


def link(lines: pd.DataFrame, crosswalk: Crosswalk, plan_codes: tuple[str, ...]) -> Links:
    """Carry budget lines over a crosswalk that has been checked against them.

    The money is rounded to whole shillings once, here: the whole budget to the nearest shilling, and every line,
    sector, plan code, cell of the matrix and link so that they add up, each within a shilling of its exact amount.

    Parameters
    ----------
    lines : DataFrame
        ``budget_code``, ``label``, ``sector``, ``amount`` (KES, cents allowed); one row a line.
    crosswalk : Crosswalk
        Rows of one period only.
    plan_codes : tuple of str
        The plan's codes.
    """
    rows = crosswalk.table[["budget_code", "plan_code", "share", "reason", "mark"]]
    numbered = lines.assign(line=range(len(lines))).rename(columns={"mark": "line_mark", "amount": "line_amount"})
    table = numbered.merge(rows, on="budget_code", how="left", validate="one_to_many").sort_values(
        "line", kind="stable"
    )
    table["mark"] = table["mark"].replace("", "illustrative")
    sectors = tuple(dict.fromkeys(lines["sector"]))
    places = {code: place for place, code in enumerate((*plan_codes, UNLINKED))}
    line = table["line"].to_numpy(np.intp)
    shares = exact_shares(line, [float(share) for share in table["share"]])
    table["share"] = [float(share) for share in shares]
    arrays = LinkArrays(
        amounts=lines["amount"].to_numpy(np.float64),
        line=line,
        sector=np.array([sectors.index(name) for name in table["sector"]], dtype=np.intp),
        plan=np.array([places[code] for code in table["plan_code"]], dtype=np.intp),
        shares=table["share"].to_numpy(np.float64),
        sizes=(len(sectors), len(plan_codes)),
    )
    money = [Fraction(str(amount)) for amount in lines["amount"]]
    table["amount"] = whole_shillings(
        [share * money[place] for place, share in zip(line, shares, strict=True)], _sums(arrays)
    )
    columns = ["budget_code", "label", "sector", "plan_code", "share", "amount", "reason", "mark"]
    return Links(table[columns].reset_index(drop=True), sectors, plan_codes, arrays)


def exact_shares(line: Positions, given: Sequence[float]) -> list[Fraction]:
    """Return shares as printed, made to add up to 1 for every line: three times 0.333333 is three thirds."""
    printed = [Fraction(str(share)) for share in given]
    whole: dict[int, Fraction] = defaultdict(Fraction)
    for place, share in zip(line, printed, strict=True):
        whole[int(place)] += share
    return [share / whole[int(place)] for place, share in zip(line, printed, strict=True)]


def _sums(arrays: LinkArrays) -> list[list[int]]:
    """List the groups of links whose sums somebody reads: lines and sectors; cells, plan codes and what is linked."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    keys = zip(arrays.line.tolist(), arrays.sector.tolist(), arrays.plan.tolist(), strict=True)
    for place, (line, sector, plan) in enumerate(keys):
        linked = plan < arrays.sizes[1]
        for key in (("line", line), ("sector", sector), ("cell", sector, plan), ("plan", plan), ("linked", linked)):
            groups[key].append(place)
    return list(groups.values())
