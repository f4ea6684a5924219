"""Refuse a ledger that holds one amount twice: a total beside its parts, or gross beside net."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from workbench.errors import Fault, InputError
from workbench.fiscal import UNITS
from workbench.gap.layouts import Layout
from workbench.gap.stage_names import ALIASES, ORDER

_TWICE = {
    "economic_class": ("total", ("recurrent", "development"), "its recurrent or development part"),
    "basis": ("gross", ("net",), "net"),
}
"""By column, a value, those that hold part of the same money, and what they are called."""

_ODD_UNITS = "odd_units"
_ODD_STAGES = "odd_stages"

KNOWN_STAGES = (*ORDER, *ALIASES, "allocation", "unstated")
"""The stages that a line of the one table may have; a line of any other would be in no sum."""


SPELT = {unit.replace("KES", word): size for unit, size in UNITS.items() for word in ("KES", "KSh", "Ksh", "Kshs")}
"""The size of each unit, by every spelling of the shilling that Kenya's documents use."""


def counted_twice(kept: Any, layout: Layout, stage: str, here: Any) -> dict[str, Any]:  # noqa: ANN401 - ibis columns
    """Return the counts by which :func:`refuse_twice` sees what stands twice in a group; none where it cannot be."""
    sums: dict[str, Any] = {}
    if here is None:
        return sums
    for column, (whole, parts, _) in _TWICE.items():
        if column in kept.columns:
            sums[f"{column}_whole_{stage}"] = kept.count(where=here & (kept[column] == whole))
            sums[f"{column}_parts_{stage}"] = kept.count(where=here & kept[column].isin(parts))
    if layout.unit is not None and layout.unit in kept.columns:
        unit = kept[layout.unit]
        sums[_ODD_UNITS] = kept.count(where=unit.isnull() | ~unit.isin(list(SPELT)))  # noqa: PD003 - a column of Ibis
        written = kept[str(layout.stage)]
        odd = written.isnull() | ~written.isin(list(KNOWN_STAGES))  # noqa: PD003 - a column of Ibis
        sums[_ODD_STAGES] = kept.count(where=odd)
    return sums


def refuse_twice(grouped: pd.DataFrame, stages: Sequence[str], levels: Sequence[str], name: str) -> None:
    """Refuse groups that hold one amount twice, or amounts in no unit of money.

    Raises
    ------
    InputError
        With every such fault.
    """
    faults = []
    if _ODD_UNITS in grouped and grouped[_ODD_UNITS].sum():
        remedy = f"the units are {', '.join(UNITS)}; KSh may stand for KES"
        faults.append(
            Fault(what=f"has {grouped[_ODD_UNITS].sum():,} lines in no unit of money", value=name, remedy=remedy)
        )
    if _ODD_STAGES in grouped and (count := int(grouped[_ODD_STAGES].sum())):
        lines = "1 line" if count == 1 else f"{count:,} lines"
        what = f"has {lines} of a stage that is none, or of no stage, which no sum would hold"
        remedy = f"the stages are {', '.join(dict.fromkeys(KNOWN_STAGES))}"
        faults.append(Fault(what=what, value=name, column="stage", remedy=remedy))
    keys = ["ledger_year", *(level for level in levels if level != "economic_class")]
    counts = [column for column in grouped if "_whole_" in str(column) or "_parts_" in str(column)]
    added = grouped.groupby(keys, dropna=False, sort=False)[counts].sum()
    for column, (whole, _, parts) in _TWICE.items():
        for stage in stages:
            ours = f"{column}_whole_{stage}"
            if ours in added and ((added[ours] > 0) & (added[f"{column}_parts_{stage}"] > 0)).any():
                what = f"has lines of {column} '{whole}' beside {parts}, which would be counted twice ({stage})"
                faults.append(Fault(what=what, value=name, column=column, remedy="keep one of them"))
    if faults:
        raise InputError(faults)
