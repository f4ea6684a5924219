"""Planned activities that are funded: the implementation plan's activities with their cost and money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import Fault, InputError, suggestion
from workbench.fiscal.money import unit_size
from workbench.gap.amounts import money, per_cent
from workbench.results import Result, records, source_table


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

    def summary(self) -> str:
        """Say how many planned activities are funded, and what the others lack."""
        counts = self.counts
        known = self.activities[self.activities["funded"] != "unknown"]
        if known.empty:
            return f"Of {len(self.activities)} activities no cost or no money is known: nothing can be said."
        lacking = float((known["cost"] - known["money"]).clip(lower=0).sum())
        full, part, none, unknown = (counts[kind] for kind in ("in full", "in part", "not", "unknown"))
        return (
            f"{full} of {len(known)} planned activities are funded in full ({per_cent(self.share_funded)}), {part} in "
            f"part and {none} not; {money(lacking)} is lacking. Of {unknown} more the cost or the money is unknown."
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the activities for a program, KES."""
        return {"unit": "KES", "counts": self.counts, "activities": records(self.activities), "summary": self.summary()}


def activities_funded(activities: pd.DataFrame, *, unit: str = "KES") -> Activities:
    """Say which planned activities are funded.

    Parameters
    ----------
    activities : DataFrame
        ``activity``, ``cost`` and ``money`` in ``unit``, blank where unknown; and whatever describes them.
    unit : str
        ``KES``, ``KES million``.
    """
    faults = [
        Fault(what="is missing", column=column, remedy=suggestion(column, list(map(str, activities.columns))))
        for column in ("activity", "cost", "money") if column not in activities
    ]  # fmt: skip
    if faults:
        raise InputError(faults, summary="The activities cannot be used")
    size = unit_size(unit)
    cost, given = (pd.to_numeric(activities[name], errors="coerce") * size for name in ("cost", "money"))
    for name, amounts in (("cost", cost), ("money", given)):
        for at in np.flatnonzero((activities[name].notna() & amounts.isna()) | (amounts < 0)):
            value = activities[name].iloc[at]
            faults.append(Fault(what="is no amount", row=int(at) + 2, column=name, value=value, remedy="0 or more"))
    if faults:
        raise InputError(faults, summary="The activities cannot be used")
    kinds = [cost.isna() | given.isna(), given >= cost, given > 0]
    funded = np.select(kinds, ["unknown", "in full", "in part"], "not")
    named = {"source", "locator", "mark"} <= set(activities.columns)
    return Activities(
        parameters={"unit": unit},
        sources=source_table(activities) if named else source_table(),
        activities=activities.assign(cost=cost, money=given, funded=funded).reset_index(drop=True),
    )
