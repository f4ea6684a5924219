"""SIGMA's test of alignment between the planned costs of sector strategies and the medium-term budget.

The workbench ships no data for it: Kenya's sector strategies with their costs are for the user to bring.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from workbench.datasets.user_table import Columns, Tabular, UserTable, read_cells, read_decimal
from workbench.errors import Fault, InputError

SIGMA_SAMPLE: Final = 15
SIGMA_EXCESS: Final = 0.20
SIGMA_POINTS: Final = ((3, 3), (6, 2), (9, 1))
"""Up to so many inconsistencies, so many points; with 10 or more, none."""

OBJECTIVES = Columns(("strategy", "objective", "cost", "funding"))


@dataclass(frozen=True, eq=False)
class SigmaAlignment:
    """The result of SIGMA's test of alignment between planned costs and the medium-term budget.

    Attributes
    ----------
    objectives : DataFrame
        ``strategy``, ``objective``, ``cost``, ``funding``, ``consistent``, ``reason``.
    inconsistencies : int
    points : int or None
        0 to 3; None where the sample is not of 15 objectives.
    """

    objectives: pd.DataFrame
    inconsistencies: int
    points: int | None


def sigma_alignment(objectives: Tabular) -> SigmaAlignment:
    """Test whether strategies' costs are in the medium-term budget.

    An objective is inconsistent where its cost is 20 per cent or more above its funding, or where it has no cost or no
    funding can be matched to it. The sample is the three costliest objectives of each of the five newest sector
    strategies; for another number of objectives no points are given.

    OECD/SIGMA, Principles of Public Administration, monitoring portal: "Alignment between planned costs in sector
    policy plans and medium-term budget".

    Parameters
    ----------
    objectives : path or DataFrame
        ``strategy``, ``objective``, ``cost``, ``funding`` in one unit; blank where unknown.
    """
    read = read_cells(objectives, OBJECTIVES, kind="table of objectives")
    faults: list[Fault] = []
    rows = []
    for number, cells in read.records.items():
        cost, funding = (_number(read, number, column, faults) for column in ("cost", "funding"))
        reason = _inconsistency(cost, funding)
        rows.append({"strategy": cells["strategy"], "objective": cells["objective"], "cost": cost, "funding": funding,
                     "consistent": not reason, "reason": reason})  # fmt: skip
    if faults:
        raise InputError(faults)
    table = pd.DataFrame(rows)
    found = int((~table["consistent"]).sum())
    points = next((given for most, given in SIGMA_POINTS if found <= most), 0)
    return SigmaAlignment(table, found, points if len(table) == SIGMA_SAMPLE else None)


def _inconsistency(cost: float, funding: float) -> str:
    if np.isnan(cost):
        return "not costed"
    if np.isnan(funding):
        return "no funding can be matched to it"
    return "cost is 20% or more above funding" if cost >= (1 + SIGMA_EXCESS) * funding and cost > 0 else ""


def _number(table: UserTable, row: int, column: str, faults: list[Fault]) -> float:
    text = table.records[row][column]
    try:
        number = read_decimal(text)
        if number is not None and number < 0:
            raise InputError(Fault(what="is negative", remedy="give an amount of zero or more, or leave it blank"))
    except InputError as error:
        first = error.faults[0]
        faults.append(table.fault(first.what, row=row, column=column, value=text, remedy=first.remedy))
        return float("nan")
    return float("nan") if number is None else float(number)
