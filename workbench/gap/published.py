"""The shares and changes that a package's own figures give for the fiscal rules."""

from __future__ import annotations

import pandas as pd

from workbench.datasets import Package
from workbench.fiscal import FiscalYear
from workbench.gap.fiscal_rules import Amount
from workbench.gap.frames import total
from workbench.gap.lines import leaves
from workbench.gap.sides import prepare


def published_shares(package: Package, financial_year: str) -> dict[str, list[tuple[Amount, Amount]]]:
    """Return development against all of the votes' revised estimates, where the package has votes for the year."""
    if "votes" not in package.resources:
        return {}
    votes = package.table("votes")
    votes = votes[votes["financial_year"] == str(FiscalYear(financial_year))]
    if votes.empty:
        return {}
    counted = leaves(prepare(votes[votes["stage"] == "revised"], "votes"))
    development = total(counted.loc[counted["economic_class"] == "development", "kes"])
    whole = Amount(f"the votes' revised gross estimates {financial_year}", total(counted["kes"]))
    return {"development_share": [(Amount("development", development), whole)]}


def published_changes(package: Package, financial_year: str) -> dict[str, tuple[pd.DataFrame, pd.DataFrame]]:
    """Return ceilings against estimates by sector, where the package has both for the year."""
    if "sector_stages" not in package.resources:
        return {}
    stages = package.table("sector_stages")
    stages = stages[stages["financial_year"] == str(FiscalYear(financial_year))]
    ceilings, estimates = (stages[stages["stage"] == stage] for stage in ("ceiling", "estimate"))
    return {"ceiling_slippage": (ceilings, estimates)} if len(ceilings) and len(estimates) else {}
