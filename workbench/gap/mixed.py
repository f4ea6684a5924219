"""See whether a ledger holds one amount twice: a total beside its parts, or gross beside net."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from workbench.errors import Fault
from workbench.gap.asking import as_text

_TWICE = {
    "economic_class": ("total", ("recurrent", "development"), "its recurrent or development part"),
    "basis": ("gross", ("net",), "net"),
}
"""By column, a value, those that hold part of the same money, and what they are called."""


def counted_twice(kept: Any, stage: str, here: Any) -> dict[str, Any]:  # noqa: ANN401 - ibis columns
    """Return the counts by which :func:`twice_faults` sees what stands twice in a group.

    Parameters
    ----------
    kept : ibis Table
        The lines.
    stage : str
        The stage that is counted.
    here : ibis column
        Which lines are of that stage.
    """
    sums: dict[str, Any] = {}
    for column, (whole, parts, _) in _TWICE.items():
        if column in kept.columns:
            value = as_text(kept[column])
            sums[f"{column}_whole_{stage}"] = kept.count(where=here & (value == whole))
            sums[f"{column}_parts_{stage}"] = kept.count(where=here & value.isin(parts))
    return sums


def twice_faults(grouped: pd.DataFrame, stages: Sequence[str], levels: Sequence[str], name: str) -> list[Fault]:
    """Return a fault for each column by which groups hold one amount twice."""
    faults = []
    keys = ["ledger_year", *(level for level in levels if level != "economic_class")]
    counts = [column for column in grouped if "_whole_" in str(column) or "_parts_" in str(column)]
    added = grouped.groupby(keys, dropna=False, sort=False)[counts].sum()
    for column, (whole, _, parts) in _TWICE.items():
        for stage in stages:
            ours = f"{column}_whole_{stage}"
            if ours in added and ((added[ours] > 0) & (added[f"{column}_parts_{stage}"] > 0)).any():
                what = f"has lines of {column} '{whole}' beside {parts}, which would be counted twice ({stage})"
                faults.append(Fault(what=what, value=name, column=column, remedy="keep one of them"))
    return faults
