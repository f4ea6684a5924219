"""What each further shilling buys, from nothing to the whole deficit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from workbench.allocation import Rule, allocate
from workbench.allocation.schedule import awards_at
from workbench.fiscal import FiscalYear
from workbench.gap.amounts import MILLION, money, moneys
from workbench.gap.closing import ranked
from workbench.gap.deficits import deficits_of, notes_of, payable_lines
from workbench.results import Result, illustrative_notes, records

if TYPE_CHECKING:
    from workbench.gap.result import Gap

CENT = 0.01
"""KES; less is what adding and subtracting leaves of nothing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Frontier(Result):
    """What each further shilling buys until nothing is left to buy.

    Attributes
    ----------
    steps : DataFrame
        ``extra`` (KES found in all), ``unfunded`` (KES), ``lines_in_full``, ``next_goes_to``: every line that gets
        something of the next million; empty at the end.
    next_million : DataFrame
        ``extra`` (KES found in all) and a column a line: KES that it gets of the next million shillings, or of what is
        lacking where that is less.
    stops_at : float
        KES: beyond it every line has all that it requires, and more money buys nothing.
    """

    steps: pd.DataFrame
    next_million: pd.DataFrame
    stops_at: float

    @property
    def table(self) -> pd.DataFrame:
        """The steps."""
        return self.steps

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The steps, and what each line gets of the next million."""
        return {"steps": self.steps, "next_million": self.next_million}

    def summary(self) -> str:
        """Say where the money stops buying anything, and the first line that is paid in full."""
        first = self.steps[self.steps["lines_in_full"] > 0].head(1)
        start = ""
        if len(first):
            before = self.steps["extra"].iloc[max(int(first.index[0]) - 1, 0)]
            low, high = moneys(float(before), float(first["extra"].iloc[0]))
            start = f"The first line is paid in full between {low} and {high}. "
        end = f"Beyond {money(self.stops_at)} more money buys nothing: every line has what it requires."
        return " ".join([f"{start}{end}", *illustrative_notes(self.sources)])

    def to_dict(self) -> dict[str, Any]:
        """Return the steps for a program, KES."""
        return {**self.parameters, "unit": "KES", "stops_at": self.stops_at, "steps": records(self.steps),
                "next_million": records(self.next_million), "notes": list(self.notes),
                "sources": records(self.sources), "illustrative": self.illustrative}  # fmt: skip


def frontier(
    gap: Gap,
    rule: str | Rule = "constrained_equal_awards",
    *,
    steps: int = 20,
    financial_year: str | FiscalYear | None = None,
    **options: Any,  # noqa: ANN401 - handed to the rule
) -> Frontier:
    """Follow what more money buys, from nothing to the whole deficit; the core of :meth:`Gap.frontier`."""
    lines = payable_lines(gap, financial_year)
    claims = deficits_of(lines).round()
    whole = float(claims.sum())
    options, said = ranked(rule, claims, options)
    found = allocate(whole, claims, rule=rule, **options)
    schedule = found.schedule(steps)
    extra = schedule.index.to_numpy(dtype="float64")
    further = awards_at(found.asked, np.minimum(extra + MILLION, whole))
    bought = pd.DataFrame(further.to_numpy() - schedule.to_numpy(), columns=schedule.columns)
    bought = bought.where(bought >= CENT, 0.0)
    table = pd.DataFrame(
        {
            "extra": extra,
            "unfunded": (whole - schedule.sum(axis=1).to_numpy()).clip(min=0).round(2),
            "lines_in_full": (schedule >= claims - 0.5).sum(axis=1).to_numpy(),
            "next_goes_to": [", ".join(map(str, each.index[each > 0])) for _, each in bought.iterrows()],
        }
    )
    each = bought.rename(columns={"extra": "the line extra"}).rename_axis(columns=None).iloc[:-1]
    name = rule if isinstance(rule, str) else rule.name
    return Frontier(
        parameters={"rule": name, "financial_year": str(lines["financial_year"].iloc[0])},
        sources=gap.sources,
        notes=(*notes_of(lines), *said, *illustrative_notes(gap.sources)),
        steps=table,
        next_million=pd.concat([table[["extra"]].iloc[:-1], each], axis=1),
        stops_at=whole,
    )
