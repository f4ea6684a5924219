"""Several years of a design: what is paid, what is carried over, and what it is worth after inflation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.errors import Fault, InputError, suggestion
from workbench.fiscal import FiscalYear
from workbench.grants.model import GrantsResult
from workbench.grants.settings import Setting


@dataclass(frozen=True)
class Tranches:
    """Awards of several years.

    Attributes
    ----------
    runs : tuple of GrantsResult
        One a year, in order.
    table : DataFrame
        By year and level: ``financial_year, level, pool, carried_in, awarded, unallocated, carried_out`` (KES),
        ``awarded_real`` (KES of the first year's prices) and ``basis`` (``as published``, or ``held at YEAR``).
    """

    runs: tuple[GrantsResult, ...]
    table: pd.DataFrame


def tranches(
    result: GrantsResult,
    years: int = 4,
    *,
    inflation: float = 0.0,
    settings: Mapping[str, Mapping[str, Setting]] | None = None,
) -> Tranches:
    """Run a design over several years, from the year of a run on.

    Parameters
    ----------
    result : GrantsResult
        The first year; its scores and settings are held.
    years : int
        How many years, the first included.
    inflation : float
        A year, as a fraction (0.05); the user's assumption, for ``awarded_real`` only.
    settings : mapping of year to settings, optional
        What is set in a later year, such as ``{"2026/27": {"level_2.pool": 13e9}}``.

    Returns
    -------
    Tranches
        Amounts of a year that nobody published are those of the year before, and the table says so. What a level leaves
        over is added to its next pool where the design carries it over.
    """
    _refuse(result, years, inflation, settings or {})
    rows: list[dict[str, Any]] = []
    runs: list[GrantsResult] = []
    pools: dict[str, int] = {}
    amounts: dict[str, int] = {}
    carried = dict.fromkeys(result.design.levels, 0)
    held_at: dict[str, str] = {}
    for step in range(years):
        year = str(result.financial_year + step)
        used = {**result.parameters["settings"], **((settings or {}).get(year, {}))}
        basis: dict[str, str] = {}
        for key, level in result.design.levels.items():
            if f"{key}.pool" in used:
                basis[key] = "set by the user"
            elif year in level.years:
                basis[key], held_at[key] = "as published", year
            elif key in pools:
                basis[key] = f"held at {held_at.get(key, 'the year before')}"
                used[f"{key}.pool"] = pools[key]
                if key in amounts:
                    used[f"{key}.per_county"] = amounts[key]
            else:
                basis[key] = "no pool published"
        plain = _run(result, year, used)
        pools = {level.name: level.pool for level in plain.levels if level.terms.pool is not None}
        amounts = {level.name: level.terms.per_county for level in plain.levels if level.terms.per_county is not None}
        extra = {f"{key}.pool": pools[key] + kept for key, kept in carried.items() if kept and key in pools}
        run = plain.again(settings=extra) if extra else plain
        runs.append(run)
        for paid in run.levels:
            kept = paid.unallocated if paid.terms.level.carry_over else 0
            rows.append(
                {
                    "financial_year": year,
                    "level": paid.name,
                    "pool": paid.pool,
                    "carried_in": carried[paid.name],
                    "awarded": paid.awarded,
                    "unallocated": paid.unallocated,
                    "carried_out": kept,
                    "awarded_real": paid.awarded / (1 + inflation) ** step,
                    "basis": basis[paid.name],
                }
            )
            carried[paid.name] = kept
    return Tranches(tuple(runs), pd.DataFrame(rows))


def _run(result: GrantsResult, year: str, settings: Mapping[str, Setting]) -> GrantsResult:
    from workbench.grants.model import grants

    return grants(
        result.design,
        year,
        scores=result.scores,
        settings=settings,
        supplied=result.supplied,
        illustrative=result.parameters["illustrative"],
    )


def _refuse(result: GrantsResult, years: int, inflation: float, settings: Mapping[str, Mapping[str, Setting]]) -> None:
    covered = [str(result.financial_year + step) for step in range(max(years, 0))]
    faults = []
    if not 1 <= years <= 50:
        faults.append(Fault(what="is no number of years", value=years, remedy="1 to 50"))
    if not -1 < inflation < 10:
        faults.append(Fault(what="is no yearly inflation", value=inflation, remedy="write 5 percent as 0.05"))
    faults += [
        Fault(what="is not among the years", value=year, remedy=suggestion(year, covered))
        for year in settings
        if str(FiscalYear(year)) not in covered
    ]
    if faults:
        raise InputError(faults)
