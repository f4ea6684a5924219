"""What moves, in shillings, when one crosswalk takes the place of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.alignment.bridges import gather_crosswalk
from workbench.alignment.gathering import Gathering
from workbench.alignment.inputs import gather_budget
from workbench.alignment.linking import Links, link
from workbench.datasets.crosswalk import UNLINKED, Crosswalk
from workbench.datasets.user_table import Tabular
from workbench.fiscal import FiscalYear, fitting_unit, format_money
from workbench.results import Result, records, source_table

SAME_SHARE = 1e-12
"""Shares nearer than this are the same share."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CrosswalkDifference(Result):
    """The difference of two crosswalks over one budget.

    Attributes
    ----------
    rows : DataFrame
        ``budget_code``, ``plan_code``, ``share_before``, ``share_after`` (0 where there is no link), ``amount_before``,
        ``amount_after``, ``difference`` (int64, KES); only links whose shares differ, the greatest difference first.
    by_plan : DataFrame
        ``plan_code``, ``before``, ``after``, ``difference`` (int64, KES), ``unlinked`` among them.
    """

    rows: pd.DataFrame
    by_plan: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The links that differ."""
        return self.rows

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The links that differ, and the money by plan code."""
        return {"rows": self.rows, "by_plan": self.by_plan}

    @property
    def moved(self) -> int:
        """The money that lies under another plan code than before, KES."""
        return int(self.rows["difference"].clip(lower=0).sum())

    def summary(self) -> str:
        """Return what a committee reads first."""
        lines = self.rows.loc[self.rows["difference"] != 0, "budget_code"].nunique()
        text = "The two crosswalks carry every shilling to the same plan sector."
        if lines:
            moved = format_money(float(self.moved), fitting_unit(self.moved))
            many = lines > 1
            text = f"{moved} of {lines} budget line{'s' * many} {'lie' if many else 'lies'} under another plan sector."
        return text + (" Illustrative: the links are judgements." if self.illustrative else "")

    def to_dict(self) -> dict[str, Any]:
        """Return both tables for a program."""
        return {"moved": self.moved, "rows": records(self.rows), "by_plan": records(self.by_plan),
                "illustrative": self.illustrative, "parameters": dict(self.parameters), "notes": list(self.notes),
                "sources": records(self.sources)}  # fmt: skip


def compare_crosswalks(
    before: Tabular | Crosswalk, after: Tabular | Crosswalk, budget: Tabular, *,
    financial_year: str | FiscalYear | None = None, stage: str | None = None,
) -> CrosswalkDifference:  # fmt: skip
    """Tell what moves, in shillings, from one crosswalk to another.

    Parameters
    ----------
    before, after : path, DataFrame or Crosswalk
        Each is checked against the budget; their plan codes need not be the same.
    budget : path or DataFrame
        As for :func:`workbench.align`.
    financial_year, stage : optional
        The same.

    Raises
    ------
    InputError
        With the faults of either crosswalk.
    """
    year = FiscalYear(financial_year) if financial_year is not None else None
    gathering = Gathering()
    lines = gather_budget(budget, gathering, year, stage)
    bridges = [gather_crosswalk(table, lines, None, gathering) for table in (before, after)]
    gathering.refuse()
    sound = [one for one in bridges if one is not None]
    if lines is None or len(sound) < len(bridges):
        raise RuntimeError("a table that was not refused was not read either")
    codes = tuple(dict.fromkeys(row.plan_code for one in sound for row in one.rows if row.plan_code != UNLINKED))
    left, right = (link(lines.lines, one, codes) for one in sound)
    rows = _rows(left, right)
    marks = pd.concat([left.table["mark"], right.table["mark"]]).drop_duplicates()
    files = pd.DataFrame({"source": " and ".join(one.file for one in sound), "locator": "every row", "mark": marks})
    return CrosswalkDifference(
        parameters={"before": sound[0].file, "after": sound[1].file, "stage": lines.stage,
                    "financial_year": str(lines.financial_year) if lines.financial_year else None},
        sources=source_table(lines.lines, files),
        notes=tuple(
            note
            for one in dict.fromkeys(sound)
            for note in (f"{one.file} is illustrative: its links are judgements, none is published."
                         if one.illustrative else "", one.no_reason)
            if note
        ),
        rows=rows[(rows["share_after"] - rows["share_before"]).abs() > SAME_SHARE].reset_index(drop=True),
        by_plan=_by_plan(left, right),
    )  # fmt: skip


def _rows(before: Links, after: Links) -> pd.DataFrame:
    keys = ["budget_code", "plan_code"]
    both = before.table[[*keys, "share", "amount"]].merge(
        after.table[[*keys, "share", "amount"]], on=keys, how="outer", suffixes=("_before", "_after"), sort=False
    )
    # A link that one of the two does not have is a share of nothing: known, and zero.
    both = both.fillna({"share_before": 0.0, "share_after": 0.0, "amount_before": 0, "amount_after": 0})
    both = both.astype({"amount_before": "int64", "amount_after": "int64"})
    both["difference"] = both["amount_after"] - both["amount_before"]
    order = ["budget_code", "plan_code", "share_before", "share_after", "amount_before", "amount_after", "difference"]
    return both[order].sort_values("difference", key=abs, ascending=False, kind="stable", ignore_index=True)


def _by_plan(before: Links, after: Links) -> pd.DataFrame:
    sums = [one.table.groupby("plan_code")["amount"].sum() for one in (before, after)]
    codes = [*before.plan_codes, UNLINKED]
    left, right = (one.reindex(codes, fill_value=0).to_numpy("int64") for one in sums)
    return pd.DataFrame({"plan_code": codes, "before": left, "after": right, "difference": right - left})
