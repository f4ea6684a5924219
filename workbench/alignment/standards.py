"""Two published tests of alignment, for where their data exist: SIGMA's on policy plans and PEFA's PI-16.

The workbench ships no data for them: Kenya's sector strategies with costs, and its medium-term estimates by ministry,
are for the user to bring.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from workbench.datasets.user_table import Columns, Tabular, read_cells, read_decimal
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
    records, file = read_cells(objectives, OBJECTIVES, kind="table of objectives")
    faults: list[Fault] = []
    rows = []
    for number, cells in records.items():
        cost, funding = (_number(cells, column, file, number, faults) for column in ("cost", "funding"))
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


def _number(cells: dict[str, str], column: str, file: str, row: int, faults: list[Fault]) -> float:
    try:
        number = read_decimal(cells[column])
    except InputError as error:
        first = error.faults[0]
        faults.append(
            Fault(what=first.what, file=file, row=row, column=column, value=cells[column], remedy=first.remedy)
        )
        return float("nan")
    return float("nan") if number is None else float(number)


@dataclass(frozen=True)
class MediumTermEvidence:
    """What a country's medium-term budget has, for PI-16.1 and 16.2.

    Parameters
    ----------
    years_of_estimates : int
        The budget year and the years after it for which estimates are presented.
    administrative, economic, programme : bool
        By which classifications.
    years_of_aggregate_ceilings, years_of_ministry_ceilings : int
        The years for which ceilings are set.
    ceilings_before_circular : bool
        Whether they were approved before the first budget circular.
    """

    years_of_estimates: int
    administrative: bool
    economic: bool
    programme: bool
    years_of_aggregate_ceilings: int
    years_of_ministry_ceilings: int
    ceilings_before_circular: bool


def pi_16_1(evidence: MediumTermEvidence) -> str:
    """Score medium-term expenditure estimates, A to D (PEFA 2016, PI-16.1)."""
    if evidence.years_of_estimates < 3:
        return "D"
    if evidence.administrative and evidence.economic:
        return "A" if evidence.programme else "B"
    return "C" if evidence.administrative or evidence.economic or evidence.programme else "D"


def pi_16_2(evidence: MediumTermEvidence) -> str:
    """Score medium-term expenditure ceilings, A to D (PEFA 2016, PI-16.2)."""
    if evidence.years_of_aggregate_ceilings < 3 or not evidence.ceilings_before_circular:
        return "D"
    if evidence.years_of_ministry_ceilings >= 3:
        return "A"
    return "B" if evidence.years_of_ministry_ceilings >= 1 else "C"


PI_16_3_BANDS: Final = ((0.75, "A"), (0.50, "B"), (0.25, "C"))
"""Most, a majority, some: 75, 50, 25 per cent by value. The project's facts hold them from recollection only."""


def pi_16_3(costed: float | None, aligned: float | None) -> str | None:
    """Score the alignment of strategic plans and medium-term budgets, A to D (PEFA 2016, PI-16.3).

    Parameters
    ----------
    costed : float or None
        The share of spending of the ministries that have costed medium-term strategic plans, 0 to 1.
    aligned : float or None
        The share of expenditure policy proposals, by value, that align with them.

    Returns
    -------
    str or None
        The lower of the two scores; None where either is not known. The bands B and C are not confirmed.
    """
    if costed is None or aligned is None:
        return None
    faults = [
        Fault(what="is no share from 0 to 1", value=share, remedy="write three quarters as 0.75")
        for share in (costed, aligned)
        if not 0 <= share <= 1
    ]
    if faults:
        raise InputError(faults)
    least = min(costed, aligned)
    return next((score for floor, score in PI_16_3_BANDS if least >= floor), "D")
