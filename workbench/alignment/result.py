"""What an alignment of a budget with a plan results in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from workbench.alignment import measures
from workbench.alignment.inputs import Budget
from workbench.alignment.linking import Links
from workbench.datasets.crosswalk import UNLINKED, Crosswalk
from workbench.errors import unknown_name
from workbench.fiscal import fitting_unit, format_money
from workbench.results import Result, records

if TYPE_CHECKING:
    from workbench.alignment.changes import Change
    from workbench.alignment.doubt import Doubt, Draws
    from workbench.alignment.regrouping import Regrouping
    from workbench.alignment.regrouping_problem import Limits
    from workbench.alignment.whatif import WhatIf


@dataclass(frozen=True, kw_only=True, eq=False)
class Alignment(Result):
    """A budget carried over a crosswalk to a plan, and how far the two agree.

    Attributes
    ----------
    financial_year, stage : str or None
        Of the budget; None where it names none.
    plan : DataFrame
        ``plan_code``, ``label``, ``parent``, ``amount`` (KES, NaN unknown) and its source.
    budget : Budget
        Its lines.
    crosswalk : Crosswalk
        The rows that were used.
    linked_lines : Links
        Every link of a budget line to a plan code.
    moves : DataFrame
        ``from``, ``to`` (plan codes), ``amount`` (int64, KES): the least money that has to move for the linked budget
        to have the plan's shares; empty where the plan has no money.
    """

    financial_year: str | None
    stage: str | None
    plan: pd.DataFrame
    budget: Budget
    crosswalk: Crosswalk
    linked_lines: Links
    moves: pd.DataFrame

    @property
    def links(self) -> pd.DataFrame:
        """Every link: budget line, sector, plan code, share, amount (int64, KES), reason, mark."""
        return self.linked_lines.table

    @cached_property
    def money(self) -> measures.Array:
        """The linked money M by sector and plan code, (S, P), KES, not rounded: what the measures are taken on."""
        return self.linked_lines.arrays.money()

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """Linked money by sector (rows) and plan code (columns), int64, whole KES."""
        links = self.linked_lines
        return pd.DataFrame(links.shillings(), index=pd.Index(links.sectors, name="sector"),
                            columns=pd.Index(links.plan_codes, name="plan_code"))  # fmt: skip

    @property
    def total(self) -> int:
        """The whole budget, KES."""
        return int(self.links["amount"].sum())

    @property
    def unlinked(self) -> int:
        """What is deliberately left out of the plan, KES."""
        return int(self.links.loc[self.links["plan_code"] == UNLINKED, "amount"].sum())

    @property
    def linked(self) -> int:
        """What is linked to a plan sector, KES."""
        return self.total - self.unlinked

    @property
    def distance(self) -> float | None:
        """The share of the linked budget that would have to move to have the plan's shares, 0 to 1.

        None where the plan has no money, or no money is linked.
        """
        return _known(measures.distance(self.money.sum(axis=0), self.plan["amount"].to_numpy(np.float64)))

    @property
    def no_distance(self) -> str:
        """Why the distance is not given, in a sentence; blank where it is."""
        if self.distance is not None:
            return ""
        blank = list(self.plan.loc[self.plan["amount"].isna(), "label"])
        why = "no money is linked to the plan"
        if len(blank) == len(self.plan):
            why = "the plan has no money"
        elif blank:
            why = f"the plan gives no money for {', '.join(blank)}"
        elif not self.plan["amount"].sum() > 0:
            why = "the plan gives nothing to any of its sectors"
        return f"The distance is not given: {why}."

    @property
    def index(self) -> float | None:
        """1 less the distance: the share of the linked budget that already lies as the plan wants it.

        The workbench's own definition; Kenya publishes no alignment index.
        """
        return None if self.distance is None else 1.0 - self.distance

    @property
    def homogeneity(self) -> float | None:
        """1 - H(p|s)/H(p): 1 where every sector serves one plan code only; None where no money is linked."""
        return _known(measures.homogeneity(self.money))

    @property
    def completeness(self) -> float | None:
        """1 - H(s|p)/H(s): 1 where every plan code sits in one sector only; None where no money is linked."""
        return _known(measures.completeness(self.money))

    @property
    def v_measure(self) -> float | None:
        """The harmonic mean of homogeneity and completeness; None where no money is linked."""
        return _known(measures.v_measure(self.money))

    @cached_property
    def by_plan(self) -> pd.DataFrame:
        """A row a plan code: ``budget_amount`` (int64, KES), ``plan_amount``, their shares, and the ``difference``."""
        by_plan = self.matrix.sum(axis=0).to_numpy(np.int64)
        plan_amount = self.plan["amount"].to_numpy(np.float64)
        budget_share, plan_share = measures.shares(self.money.sum(axis=0)), measures.shares(plan_amount)
        return self.plan[["plan_code", "label"]].assign(
            budget_amount=by_plan, budget_share=budget_share, plan_amount=plan_amount, plan_share=plan_share,
            difference=budget_share - plan_share,
        )  # fmt: skip

    @property
    def by_sector(self) -> pd.DataFrame:
        """A row a sector: ``amount``, ``linked``, ``unlinked`` (int64, KES)."""
        parts = self.links.assign(linked=self.links["amount"].where(self.links["plan_code"] != UNLINKED, 0))
        whole = parts.groupby("sector", sort=False)[["amount", "linked"]].sum().reset_index()
        return whole.assign(unlinked=whole["amount"] - whole["linked"])

    @property
    def orphans(self) -> pd.DataFrame:
        """The plan sectors without money: ``plan_code``, ``label``, ``plan_amount`` (KES)."""
        empty = np.flatnonzero(self.money.sum(axis=0) == 0)
        return self.by_plan[["plan_code", "label", "plan_amount"]].iloc[empty].reset_index(drop=True)

    @property
    def unlinked_lines(self) -> pd.DataFrame:
        """What is left out: ``budget_code``, ``sector``, ``amount`` (int64, KES), ``reason``, the largest first."""
        left_out = self.links[self.links["plan_code"] == UNLINKED]
        columns = ["budget_code", "sector", "amount", "reason"]
        return left_out.sort_values("amount", ascending=False, kind="stable")[columns].reset_index(drop=True)

    @property
    def fragmentation(self) -> pd.DataFrame:
        """Over how many sectors each plan code is spread: ``effective_groups``, ``groups``, and the ``largest``."""
        return _spread(self.matrix, self.money, "plan_code", "groups")

    @property
    def spread(self) -> pd.DataFrame:
        """Over how many plan codes each sector is spread: the mirror of :attr:`fragmentation`."""
        return _spread(self.matrix.T, self.money.T, "sector", "plan_codes")

    @property
    def measures(self) -> pd.DataFrame:
        """The headline measures: ``measure``, ``value``, ``meaning``; none of them is official."""
        rows = (
            ("distance", self.distance, "share of linked money that would have to move to have the plan's shares"),
            ("coverage", self.linked / self.total if self.total else None, "share of the budget that is linked"),
            ("homogeneity", self.homogeneity, "1 where every sector serves one plan sector only"),
            ("completeness", self.completeness, "1 where every plan sector sits in one sector only"),
            ("v_measure", self.v_measure, "harmonic mean of the two"),
        )
        return pd.DataFrame(rows, columns=["measure", "value", "meaning"]).astype({"value": "float64"})

    @property
    def table(self) -> pd.DataFrame:
        """The plan sectors with the budget's and the plan's shares."""
        return self.by_plan

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """All tables by name."""
        return {
            "by_plan": self.by_plan, "measures": self.measures, "moves": self.moves, "orphans": self.orphans,
            "unlinked": self.unlinked_lines, "fragmentation": self.fragmentation, "spread": self.spread,
            "by_sector": self.by_sector, "matrix": self.matrix.reset_index(), "links": self.links,
        }  # fmt: skip

    def summary(self) -> str:
        """Return what a committee reads first."""
        what = " ".join(filter(None, ("The budget", f"of FY {self.financial_year}" if self.financial_year else "",
                                      f"({self.stage})" if self.stage else "")))  # fmt: skip
        parts = [f"{what} is {_said(self.total)}; {_said(self.linked)} of it is linked to the plan's sectors."]
        if self.distance is None:
            parts.append(self.no_distance)
        else:
            moved = int(self.moves["amount"].sum())
            parts.append(f"{self.distance:.1%} of that ({_said(moved)}) would have to move to have the plan's shares.")
        if len(self.orphans):
            parts.append(f"Plan sectors without money: {', '.join(self.orphans['label'])}.")
        if self.illustrative:
            parts.append("Illustrative: the links are judgements, not a published crosswalk.")
        return " ".join(parts)

    def explain(self, code: str) -> str:
        """Tell where a plan code's, a sector's or a budget line's money comes from or goes to, and why.

        Raises
        ------
        UnknownNameError
            For a name that is none of these.
        """
        for column in ("plan_code", "sector", "budget_code"):
            rows = self.links[self.links[column] == code]
            if len(rows):
                ordered = rows.sort_values("amount", ascending=False, kind="stable").to_dict("records")
                head = f"{code}: {_said(int(rows['amount'].sum()))}"
                return "\n".join([head, *(_link_text(row) for row in ordered)])
        if code in self.linked_lines.plan_codes:
            return f"{code}: no budget line is linked to it"
        known = [*self.linked_lines.plan_codes, *self.linked_lines.sectors, *dict.fromkeys(self.links["budget_code"])]
        raise unknown_name("plan code, sector or budget line", code, known)

    def uncertainty(self, draws: Draws | None = None, *, measure: str | None = None) -> Doubt:
        """Draw crosswalks around this one; see :func:`workbench.alignment.uncertainty`."""
        from workbench.alignment.doubt import uncertainty

        return uncertainty(self, draws, measure=measure)

    def regroup(self, moves: Sequence[int] = (0, 1, 2, 3, 4, 5), limits: Limits | None = None) -> Regrouping:
        """Find the best regroupings of votes; see :func:`workbench.alignment.regroup`."""
        from workbench.alignment.regrouping import regroup

        return regroup(self, moves, limits)

    def what_if(self, changes: Change | Sequence[Change]) -> WhatIf:
        """Make changes and measure again; see :func:`workbench.alignment.what_if`."""
        from workbench.alignment.whatif import what_if

        return what_if(self, changes)

    def to_dict(self) -> dict[str, Any]:
        """Return the measures for a program; amounts in whole KES, None for what is not known."""
        groups = self.fragmentation.set_index("plan_code")["effective_groups"]
        plan_codes = self.spread.set_index("sector")["effective_plan_codes"]
        return {
            "financial_year": self.financial_year,
            "stage": self.stage,
            "total": self.total,
            "linked": self.linked,
            "unlinked": self.unlinked,
            "distance": self.distance,
            "index": self.index,
            "moves": records(self.moves),
            "orphans": list(self.orphans["plan_code"]),
            "homogeneity": self.homogeneity,
            "completeness": self.completeness,
            "v_measure": self.v_measure,
            "effective_groups": {code: _known(number) for code, number in groups.items()},
            "effective_plan_codes": {code: _known(number) for code, number in plan_codes.items()},
            "by_plan": {code: int(amount) for code, amount in self.matrix.sum(axis=0).items()},
            "matrix": {
                sector: {code: int(cell) for code, cell in row.items()} for sector, row in self.matrix.iterrows()
            },
            "by_sector": dict(zip(self.by_sector["sector"], map(int, self.by_sector["amount"]), strict=True)),
            "illustrative": self.illustrative,
            "parameters": dict(self.parameters),
            "notes": list(self.notes),
            "sources": records(self.sources),
        }


def _known(value: object) -> float | None:
    number = float(value)  # type: ignore[arg-type]  # numpy's scalars and 0-d arrays both turn into a float
    return None if np.isnan(number) else number


def _spread(matrix: pd.DataFrame, money: measures.Array, name: str, parts: str) -> pd.DataFrame:
    """Tell of every column over how many rows it is spread."""
    return pd.DataFrame(
        {
            name: list(matrix.columns),
            f"effective_{parts}": measures.effective_numbers(money),
            parts: (matrix > 0).sum(axis=0).to_numpy(np.int64),
            "largest": [column.idxmax() if column.sum() else None for _, column in matrix.items()],
            "largest_share": measures.shares(money, axis=0).max(axis=0) if len(money) else np.nan,
        }
    )


def _said(amount: int) -> str:
    unit = fitting_unit(amount) if amount else "KES billion"
    return format_money(float(amount), unit, decimals=0 if unit == "KES" else 1)


def _link_text(row: Mapping[Any, Any]) -> str:
    return (
        f"  {_said(row['amount'])}: {row['share']:.0%} of {row['budget_code']} ({row['sector']}) to "
        f"{row['plan_code']}. {row['reason'] or 'No reason is given.'} [{row['mark']}]"
    )
