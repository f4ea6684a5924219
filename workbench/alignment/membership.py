"""Votes change sector working group; the date decides which one held them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from workbench.alignment.inputs import Budget
from workbench.datasets import Package
from workbench.fiscal import FiscalYear


@dataclass(frozen=True, eq=False)
class Membership:
    """Which sector held a vote, and when, where the sources show a move.

    Attributes
    ----------
    rows : DataFrame
        ``budget_code``, ``sector`` (missing: known to have left, not known where to), ``valid_from``, ``valid_to``
        (text dates), ``source``, ``locator``, ``mark``, ``reason``.
    """

    rows: pd.DataFrame

    @classmethod
    def of(cls, package: Package) -> Membership:
        """Read a package's table ``sector_membership``."""
        return cls(package.table("sector_membership"))

    def on(self, day: dt.date) -> pd.DataFrame:
        """Return the rows that hold on a day; a vote without one is not spoken of."""
        text = day.isoformat()
        held = self.rows[(self.rows["valid_from"] <= text) & (text <= self.rows["valid_to"])]
        return held.reset_index(drop=True)

    def place(self, budget: Budget, year: FiscalYear) -> tuple[Budget, tuple[str, ...]]:
        """Return a budget with the sectors that held its votes on 1 July of another year, and what was changed.

        A vote that the table does not speak of on that day keeps the sector that the budget gives it.
        """
        lines = budget.lines.copy()
        notes = []
        for row in self.on(year.start).to_dict("records"):
            here = lines["budget_code"] == row["budget_code"]
            if not here.any():
                continue
            before = lines.loc[here, "sector"].iloc[0]
            if pd.isna(row["sector"]):
                notes.append(
                    f"{row['budget_code']} had left {before} in FY {year}; where to is not known, so it stays."
                )
            elif row["sector"] != before:
                lines.loc[here, "sector"] = row["sector"]
                notes.append(f"{row['budget_code']} is placed in {row['sector']}, as in FY {year}, not in {before}.")
        return replace(budget, lines=lines), tuple(notes)
