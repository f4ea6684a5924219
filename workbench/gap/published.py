"""The shares and changes that a package's own figures give for the fiscal rules."""

from __future__ import annotations

import pandas as pd

from workbench.datasets import Package
from workbench.errors import unknown_name
from workbench.fiscal import FiscalYear
from workbench.gap.frames import total
from workbench.gap.lines import leaves
from workbench.gap.rule_amounts import Amount
from workbench.gap.sides import prepare


def published_shares(package: Package, financial_year: str | None = None) -> dict[str, list[tuple[Amount, Amount]]]:
    """Return development against all of the votes' revised estimates, by year; empty where a package has no votes."""
    votes = _of_year(package, "votes", financial_year)
    revised = votes[votes["stage"] == "revised"] if len(votes) else votes
    pairs = (
        [_development(str(year), of_year) for year, of_year in revised.groupby("financial_year")] if len(votes) else []
    )
    return {"development_share": pairs} if pairs else {}


def published_changes(
    package: Package, financial_year: str | None = None
) -> dict[str, tuple[pd.DataFrame, pd.DataFrame]]:
    """Return ceilings against estimates by sector, of the years for which a package has both."""
    stages = _of_year(package, "sector_stages", financial_year)
    if stages.empty:
        return {}
    ceilings, estimates = (stages[stages["stage"] == stage] for stage in ("ceiling", "estimate"))
    both = set(ceilings["financial_year"]) & set(estimates["financial_year"])
    ceilings, estimates = (side[side["financial_year"].isin(both)] for side in (ceilings, estimates))
    return {"ceiling_slippage": (ceilings, estimates)} if both else {}


def check_year(package: Package, financial_year: str) -> str:
    """Return a financial year for which the package has votes or sectors.

    Raises
    ------
    UnknownNameError
        For one that it has no figures for.
    """
    year = str(FiscalYear(financial_year))
    known = sorted(
        {one for name in ("votes", "sector_stages") for one in _of_year(package, name, None)["financial_year"]}
    )
    if year not in known:
        raise unknown_name(f"financial year of '{package.name}'", year, known)
    return year


def _development(financial_year: str, revised: pd.DataFrame) -> tuple[Amount, Amount]:
    counted = leaves(prepare(revised, "votes"))
    development = total(counted.loc[counted["economic_class"] == "development", "kes"])
    named = f"the votes' revised gross estimates {financial_year}"
    return Amount("development", development, counted), Amount(named, total(counted["kes"]), counted)


def _of_year(package: Package, table: str, financial_year: str | None) -> pd.DataFrame:
    if table not in package.resources:
        return pd.DataFrame({"financial_year": []}, dtype="str")
    figures = package.table(table)
    if financial_year is None:
        return figures
    return figures[figures["financial_year"] == str(FiscalYear(financial_year))]
