"""Winners and losers between two runs, and how even a run is by head and by poor person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from workbench.allocation.fairness import gini, lorenz_curve, per_head, per_poor_person, theil, winners_and_losers
from workbench.fiscal import format_money
from workbench.grants.facts import Floats, county_names_by_code, county_table
from workbench.grants.model import GrantsResult
from workbench.results import Result, records, source_table

POVERTY_NOTE = (
    "Poor people are the poverty rate of 2009 times the population of 2019: an old rate, so the figures by poor person"
    " are illustrative."
)


LorenzBy = Literal["head", "poor person", "county"]
_MEASURED: Final[dict[LorenzBy, str]] = {
    "head": "by head",
    "poor person": "by poor person (2009)",
    "county": "by county",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class GrantsComparison(Result):
    """Two runs, county by county.

    Attributes
    ----------
    run, baseline : GrantsResult
        What is compared, and with what.
    """

    run: GrantsResult
    baseline: GrantsResult

    @property
    def table(self) -> pd.DataFrame:
        """By county, in code order: ``code, county, award, baseline, change`` (KES), ``relative``, ``outcome``."""
        outcome = winners_and_losers(self.run.awards, self.baseline.awards).reindex(county_names_by_code())
        outcome = outcome.astype({"baseline": "int64", "change": "int64"}).rename_axis("county").reset_index()
        outcome.insert(0, "code", np.arange(1, len(outcome) + 1))
        return outcome

    @property
    def measures(self) -> pd.DataFrame:
        """Gini and Theil of both runs, by head and by county: ``measure, run, baseline``."""
        ours, theirs = evenness(self.run), evenness(self.baseline)
        return ours.rename(columns={"value": "run"}).assign(baseline=theirs["value"])

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Winners and losers, and the measures."""
        return {"changes": self.table, "measures": self.measures}

    def summary(self) -> str:
        """Return what a committee reads first."""
        outcome = self.table["outcome"].value_counts()
        moved = int(self.table["change"].clip(lower=0).sum())
        return (
            f"{_named(self.run)} against {_named(self.baseline)}: {outcome.get('wins', 0)} counties win"
            f" {format_money(moved, 'KES')} together, {outcome.get('loses', 0)} lose,"
            f" {outcome.get('unchanged', 0)} stay as they are.{_illustrative(self.run, self.baseline)}"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison for a program."""
        return {
            "run": dict(self.run.parameters),
            "baseline": dict(self.baseline.parameters),
            "rows": records(self.table),
            "measures": records(self.measures),
            "notes": list(self.notes),
        }


def compare(run: GrantsResult, baseline: GrantsResult) -> GrantsComparison:
    """Set a run against another design, or the same design under other terms.

    Parameters
    ----------
    run, baseline : GrantsResult
        Any two runs; where their pools differ the comparison says so.
    """
    notes = []
    if run.pool != baseline.pool:
        pools = [format_money(one.pool, "KES") for one in (run, baseline)]
        notes.append(f"The pools differ: {pools[0]} against {pools[1]}; a change is partly more or less money.")
    if run.awarded != baseline.awarded:
        paid = [format_money(one.awarded, "KES") for one in (run, baseline)]
        notes.append(f"What is awarded differs: {paid[0]} against {paid[1]}.")
    notes += [f"{_named(one)} is incomplete: figures are missing." for one in (run, baseline) if one.incomplete]
    return GrantsComparison(
        run=run,
        baseline=baseline,
        parameters={"run": run.parameters, "baseline": baseline.parameters},
        sources=source_table(run.sources, baseline.sources),
        notes=(*notes, POVERTY_NOTE),
    )


def _illustrative(*results: GrantsResult) -> str:
    told = list(dict.fromkeys(one for result in results for one in result.illustrations))
    return f" Illustrative, no published figure: {'; '.join(told)}." if told else ""


def _named(result: GrantsResult) -> str:
    changed = ", ".join(f"{name}={_plain(value)}" for name, value in result.parameters["settings"].items())
    return f"{result.design.name} {result.financial_year}" + (f" ({changed})" if changed else "")


def _plain(value: object) -> str:
    return f"{value:,.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def by_person(result: GrantsResult) -> pd.DataFrame:
    """Return awards by head and by poor person.

    Returns
    -------
    DataFrame
        ``code, county, award`` (KES), ``population_2019``, ``per_head``, ``poor_people_2009`` and ``per_poor_person``
        (KES; illustrative, for the rate is of 2009).
    """
    facts = county_table().set_index("name")
    population = facts["population_2019"].astype("float64")
    rate = facts["poverty_rate_2009"] / 100
    return pd.DataFrame(
        {
            "code": np.arange(1, len(facts) + 1),
            "county": facts.index,
            "award": result.awards.to_numpy(),
            "population_2019": population.to_numpy(),
            "per_head": per_head(result.awards, population).to_numpy(),
            "poor_people_2009": (population * rate).to_numpy(),
            "per_poor_person": per_poor_person(result.awards, population, rate).to_numpy(),
        }
    )


def evenness(result: GrantsResult) -> pd.DataFrame:
    """Return how even the awards are: ``measure, value, meaning``; blank where nothing is awarded.

    By head, each county's award per person counts as often as it has people; by county, each county counts once.
    """
    rows = []
    for by, named in _MEASURED.items():
        values, counted = _spread(result, by)
        paid = bool(np.any(values > 0))
        rows.append((f"Gini {named}", float(gini(values, counted)) if paid else np.nan, "0 is the same for all"))
        rows.append((f"Theil {named}", float(theil(values, counted)) if paid else np.nan, "0 is the same for all"))
    return pd.DataFrame(rows, columns=["measure", "value", "meaning"])


def lorenz(result: GrantsResult, *, by: LorenzBy = "head") -> pd.DataFrame:
    """Return the Lorenz curve: ``people`` and ``money``, shares of one, from the least a head to the most.

    Parameters
    ----------
    result : GrantsResult
    by : str
        ``head``, ``poor person`` or ``county``, which counts each county once.

    Returns
    -------
    DataFrame
        Only its two ends where nothing is awarded.
    """
    if not result.awarded:
        return pd.DataFrame({"people": [0.0, 1.0], "money": [0.0, np.nan]})
    at, share = lorenz_curve(*_spread(result, by))
    return pd.DataFrame({"people": at, "money": share})


def _spread(result: GrantsResult, by: LorenzBy) -> tuple[Floats, Floats | None]:
    """Return what each county has, KES, and how often it counts."""
    people = by_person(result)
    if by == "county":
        return people["award"].to_numpy(np.float64), None
    columns = {"head": ("per_head", "population_2019"), "poor person": ("per_poor_person", "poor_people_2009")}
    value, counted = columns[by]
    return people[value].to_numpy(np.float64), people[counted].to_numpy(np.float64)
