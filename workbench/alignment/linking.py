"""Carry a budget's money over a crosswalk to a plan, losing no shilling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.datasets.crosswalk import UNLINKED, Crosswalk

Array = npt.NDArray[np.float64]
Shillings = npt.NDArray[np.int64]
Positions = npt.NDArray[np.intp]

FLOAT_NOISE = 2.0**-50
"""What a product of floating-point numbers may miss a whole shilling by, relative to it."""


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

    The whole shillings of a line are shared out over its links by largest remainder: they add up to it.

    Parameters
    ----------
    lines : DataFrame
        ``budget_code``, ``label``, ``sector``, ``amount`` (KES), ``shillings``; one row a line.
    crosswalk : Crosswalk
        Rows of one period only.
    plan_codes : tuple of str
        The plan's codes.
    """
    rows = crosswalk.table[["budget_code", "plan_code", "share", "reason", "mark"]]
    numbered = lines.assign(line=range(len(lines))).rename(columns={"mark": "line_mark"})
    table = numbered.merge(rows, on="budget_code", how="left", validate="one_to_many").sort_values(
        "line", kind="stable"
    )
    table["share"] /= table.groupby("line")["share"].transform("sum")
    table["mark"] = table["mark"].replace("", "illustrative")
    line = table["line"].to_numpy(np.intp)
    sectors = tuple(dict.fromkeys(lines["sector"]))
    places = {code: place for place, code in enumerate((*plan_codes, UNLINKED))}
    shares = table["share"].to_numpy(np.float64)
    plan = np.array([places[code] for code in table["plan_code"]], dtype=np.intp)
    table["amount"] = _whole_shillings(line, plan, shares, lines["shillings"].to_numpy(np.int64))
    columns = ["budget_code", "label", "sector", "plan_code", "share", "amount", "reason", "mark"]
    arrays = LinkArrays(
        amounts=lines["amount"].to_numpy(np.float64),
        line=line,
        sector=np.array([sectors.index(name) for name in table["sector"]], dtype=np.intp),
        plan=plan,
        shares=shares,
        sizes=(len(sectors), len(plan_codes)),
    )
    return Links(table[columns].reset_index(drop=True), sectors, plan_codes, arrays)


def _whole_shillings(line: Positions, plan: Positions, shares: Array, whole: Shillings) -> Shillings:
    """Share every line's whole shillings out over its links, so that the links of a line add up to it.

    Each link gets its quota rounded down or up. The shillings left over go to the largest remainders, and what earlier
    lines rounded off a plan code is counted with its remainder, so that the plan codes' sums stay near the exact ones.
    """
    exact = shares * whole[line]
    near = np.rint(exact)
    quotas = np.where(np.abs(exact - near) <= exact * FLOAT_NOISE, near, exact)
    amounts = np.floor(quotas).astype(np.int64)
    left = whole - np.bincount(line, amounts, minlength=len(whole)).astype(np.int64)
    starts = np.searchsorted(line, np.arange(len(whole) + 1))
    owed = np.zeros(int(plan.max(initial=0)) + 1)
    for place in np.flatnonzero(left):
        links = slice(starts[place], starts[place + 1])
        remainders = quotas[links] - amounts[links]
        claims = np.where(remainders > 0, remainders + owed[plan[links]], -np.inf)
        amounts[starts[place] + np.argsort(-claims, kind="stable")[: left[place]]] += 1
        owed[plan[links]] += quotas[links] - amounts[links]
    return amounts
