"""What each further shilling buys, from nothing to the whole deficit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.allocation import Rule, allocate
from workbench.fiscal import FiscalYear
from workbench.gap.amounts import money
from workbench.gap.closing import MILLION, ranked
from workbench.gap.deficits import deficits_of, notes_of, payable_lines
from workbench.results import Result, records

if TYPE_CHECKING:
    from workbench.gap.result import Gap


@dataclass(frozen=True, kw_only=True, eq=False)
class Frontier(Result):
    """What each further shilling buys until nothing is left to buy.

    Attributes
    ----------
    steps : DataFrame
        ``extra`` (KES found in all), ``unfunded`` (KES), ``lines_in_full``, ``next_goes_to``: the lines that
        get most of the next step; empty at the end.
    next_million : DataFrame
        ``extra`` (KES found in all) and a column a line: KES that it gets of each of the next million shillings, up to
        the next step.
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
            between = f"between {money(float(before))} and {money(float(first['extra'].iloc[0]))}"
            start = f"The first line is paid in full {between}. "
        return f"{start}Beyond {money(self.stops_at)} more money buys nothing: every line has what it requires."

    def to_dict(self) -> dict[str, Any]:
        """Return the steps for a program, KES."""
        return {**self.parameters, "unit": "KES", "stops_at": self.stops_at, "steps": records(self.steps),
                "next_million": records(self.next_million), "notes": list(self.notes)}  # fmt: skip


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
    schedule = allocate(whole, claims, rule=rule, **options).schedule(steps)
    bought = schedule.diff().shift(-1)
    table = pd.DataFrame(
        {
            "extra": schedule.index.to_numpy(dtype="float64"),
            "unfunded": whole - schedule.sum(axis=1).to_numpy(),
            "lines_in_full": (schedule >= claims - 0.5).sum(axis=1).to_numpy(),
            "next_goes_to": [*(_most(bought.iloc[at]) for at in range(len(bought) - 1)), ""],
        }
    )
    each = bought.iloc[:-1].div(schedule.index.to_series().diff().shift(-1).iloc[:-1], axis=0) * MILLION
    table["unfunded"] = table["unfunded"].clip(lower=0).round(2)
    name = rule if isinstance(rule, str) else rule.name
    return Frontier(
        parameters={"rule": name, "financial_year": str(lines["financial_year"].iloc[0])},
        sources=gap.sources,
        notes=(*notes_of(lines), *said),
        steps=table,
        next_million=each.round(2).rename_axis("extra").rename_axis(None, axis=1).reset_index(),
        stops_at=whole,
    )


def _most(bought: pd.Series) -> str:
    names = [str(name) for name in bought.index[bought >= bought.max() * (1 - 1e-9)]]
    return ", ".join(names) if len(names) <= 2 else f"{len(names)} lines alike"
