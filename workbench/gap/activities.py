"""Planned activities that are funded: the implementation plan's activities with their cost and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import Fault, InputError, LabelError, nearest, suggestion, unknown_name
from workbench.fiscal.money import unit_size
from workbench.gap.amounts import money, per_cent
from workbench.results import Result, illustrative_notes, records, source_table


@dataclass(frozen=True, kw_only=True, eq=False)
class Activities(Result):
    """Which planned activities are funded.

    Attributes
    ----------
    activities : DataFrame
        ``activity``, ``cost``, ``money`` (KES), ``funded`` (``in full``, ``in part``, ``not``, ``unknown``) and
        whatever else was given.
    """

    activities: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The activities."""
        return self.activities

    @property
    def counts(self) -> dict[str, int]:
        """How many activities are funded in full, in part, not, and of how many it is unknown."""
        found = self.activities["funded"].value_counts()
        return {kind: int(found.get(kind, 0)) for kind in ("in full", "in part", "not", "unknown")}

    @property
    def share_funded(self) -> float:
        """The part of the activities with known cost and money that is funded in full; NaN where none is known."""
        known = len(self.activities) - self.counts["unknown"]
        return self.counts["in full"] / known if known else float("nan")

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The activities."""
        return {"activities": self.activities}

    def by(self, level: str) -> pd.DataFrame:
        """Count the activities by whatever describes them, such as ``objective``.

        Returns
        -------
        DataFrame
            ``level``, ``in full``, ``in part``, ``not``, ``unknown``, and ``cost`` and ``money`` (KES) of those known.

        Raises
        ------
        UnknownNameError
            For a column that the activities do not have.
        """
        if level not in self.activities:
            raise unknown_name("column of these activities", level, list(map(str, self.activities.columns)))
        known = self.activities["funded"] != "unknown"
        table = self.activities.assign(
            **{kind: self.activities["funded"] == kind for kind in self.counts},
            cost=self.activities["cost"].where(known), money=self.activities["money"].where(known),
        )  # fmt: skip
        groups = table.groupby(level, sort=False, dropna=False)
        sums = groups[["cost", "money"]].sum(min_count=1)
        return groups[list(self.counts)].sum().join(sums).reset_index()

    def summary(self) -> str:
        """Say how many planned activities are funded, and what the others lack."""
        counts = self.counts
        known = self.activities[self.activities["funded"] != "unknown"]
        if known.empty:
            text = f"Of {len(self.activities)} activities no cost or no money is known: nothing can be said."
            return " ".join([text, *self.notes])
        lacking = float((known["cost"] - known["money"]).clip(lower=0).sum())
        full, part, none, unknown = (counts[kind] for kind in ("in full", "in part", "not", "unknown"))
        told = (
            f"{full} of {len(known)} planned activities are funded in full ({per_cent(self.share_funded)}), {part} in "
            f"part and {none} not; {money(lacking)} is lacking. Of {unknown} more the cost or the money is unknown."
        )
        return " ".join([told, *self.notes])

    def to_dict(self) -> dict[str, Any]:
        """Return the activities for a program, KES."""
        return {
            "unit": "KES",
            "counts": self.counts,
            "activities": records(self.activities),
            "summary": self.summary(),
            "notes": list(self.notes),
            "sources": records(self.sources),
        }


def activities_funded(
    activities: pd.DataFrame, amounts: pd.DataFrame | None = None, *, unit: str = "KES"
) -> Activities:
    """Say which planned activities are funded.

    Parameters
    ----------
    activities : DataFrame
        ``activity`` and whatever describes it, such as ``package.table("implementation_plan")``; with ``cost`` and
        ``money`` in ``unit``, blank where unknown, or without them.
    amounts : DataFrame, optional
        Where the plan prints no amounts: ``cost`` and ``money`` by ``row`` of the activities, or by ``activity``. An
        activity that is not there stays unknown.
    unit : str
        ``KES``, ``KES million``.

    Raises
    ------
    InputError
        With every fault of the columns and amounts.
    LabelError
        For amounts of activities that are not planned.
    """
    table = activities if amounts is None else _with_amounts(activities, amounts)
    notes = []
    if amounts is None and not {"cost", "money"} & set(table) and not _meant(table):
        notes.append("The plan gives no cost and no money of its activities: give them as amounts.")
        table = table.assign(cost=float("nan"), money=float("nan"))
    faults = [
        Fault(what="is missing", column=column, remedy=suggestion(column, list(map(str, table.columns))))
        for column in ("activity", "cost", "money") if column not in table
    ]  # fmt: skip
    if faults:
        raise InputError(faults, summary="The activities cannot be used")
    size = unit_size(unit)
    cost, given = (pd.to_numeric(table[name], errors="coerce") * size for name in ("cost", "money"))
    for name, found in (("cost", cost), ("money", given)):
        for at in np.flatnonzero((table[name].notna() & found.isna()) | (found < 0)):
            value = table[name].iloc[at]
            faults.append(Fault(what="is no amount", row=int(at) + 2, column=name, value=value, remedy="0 or more"))
    if faults:
        raise InputError(faults, summary="The activities cannot be used")
    kinds = [cost.isna() | given.isna(), given >= cost, given > 0]
    funded = np.select(kinds, ["unknown", "in full", "in part"], "not")
    named = {"source", "locator", "mark"} <= set(table.columns)
    sources = source_table(table) if named else source_table()
    return Activities(
        parameters={"unit": unit},
        sources=sources,
        notes=(*notes, *illustrative_notes(sources)),
        activities=table.assign(cost=cost, money=given, funded=funded).reset_index(drop=True),
    )


def _with_amounts(activities: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    key = next((name for name in ("row", "activity") if name in amounts and name in activities), None)
    faults = [
        Fault(what="is missing from the amounts", column=column)
        for column in ("cost", "money")
        if column not in amounts
    ]
    if key is None:
        faults.append(Fault(what="of the amounts: no column says whose they are", remedy="give row or activity"))
    if faults or key is None:
        raise InputError(faults, summary="The amounts cannot be used")
    planned = [str(name) for name in activities[key]]
    wrong = [Fault(what=f"is no planned {key}", value=name, remedy=suggestion(str(name), planned))
             for name in amounts[key] if str(name) not in planned]  # fmt: skip
    wrong += [Fault(what=f"stands twice among the amounts ({key})", value=name)
              for name in amounts.loc[amounts[key].duplicated(), key]]  # fmt: skip
    wrong += [Fault(what=f"names several activities ({key})", value=name, remedy="give the amounts by row")
              for name in dict.fromkeys(amounts[key]) if planned.count(str(name)) > 1]  # fmt: skip
    if wrong:
        raise LabelError(wrong)
    return activities.drop(columns=[name for name in ("cost", "money") if name in activities]).merge(
        amounts[[key, "cost", "money"]], on=key, how="left"
    )


def _meant(table: pd.DataFrame) -> bool:
    """Say whether some column is cost or money misspelt."""
    return any(nearest(name, [str(column) for column in table.columns], cutoff=0.8) for name in ("cost", "money"))
