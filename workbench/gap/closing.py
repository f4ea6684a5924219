"""Close a gap: share out what is found, fund under limits, and see what each further million buys."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.allocation import Allocation, Rule, allocate
from workbench.allocation.funding import FundingResult, ShareLimit, fund
from workbench.errors import Fault, InputError, LabelError, suggestion
from workbench.fiscal import FiscalYear
from workbench.gap.amounts import money, per_cent
from workbench.gap.deficits import claims_of_items, deficits_of, notes_of, payable_lines
from workbench.results import Result, records

if TYPE_CHECKING:
    from workbench.gap.result import Gap

MILLION = 1e6


@dataclass(frozen=True, kw_only=True, eq=False)
class Frontier(Result):
    """What each further shilling buys until nothing is left to buy.

    Attributes
    ----------
    steps : DataFrame
        ``extra`` (KES found in all), ``unfunded`` (KES), ``lines_in_full``, ``next_goes_to``: the lines that
        get most of the next step; empty at the end.
    stops_at : float
        KES: beyond it every line has all that it requires, and more money buys nothing.
    """

    steps: pd.DataFrame
    stops_at: float

    @property
    def table(self) -> pd.DataFrame:
        """The steps."""
        return self.steps

    def summary(self) -> str:
        """Say where the money stops buying anything, and the first line that is paid in full."""
        first = self.steps[self.steps["lines_in_full"] > 0].head(1)
        start = f"The first line is paid in full by {money(float(first['extra'].iloc[0]))}. " if len(first) else ""
        return f"{start}Beyond {money(self.stops_at)} more money buys nothing: every line has what it requires."

    def to_dict(self) -> dict[str, Any]:
        """Return the steps for a program, KES."""
        return {**self.parameters, "unit": "KES", "stops_at": self.stops_at, "steps": records(self.steps)}


def share_out(
    gap: Gap,
    extra: float | str,
    rule: str | Rule = "proportional",
    *,
    financial_year: str | FiscalYear | None = None,
    items: pd.DataFrame | None = None,
    **options: Any,  # noqa: ANN401 - handed to the rule
) -> Allocation:
    """Share extra money out among the lines in deficit; the core of :meth:`Gap.share_out`."""
    if items is None:
        lines = payable_lines(gap, financial_year)
        claims, notes = deficits_of(lines), notes_of(lines)
    else:
        claims, notes = claims_of_items(items), ()
    found = allocate(extra, claims, rule=rule, sources=gap.sources, **options)
    return dataclasses.replace(found, notes=(*found.notes, *notes))


def who_is_paid(allocation: Allocation, rules: Sequence[str] | None = None) -> pd.DataFrame:
    """Say for each claimant and rule whether it is paid in full, in part or not at all.

    Parameters
    ----------
    allocation : Allocation
        What :func:`share_out` gave.
    rules : sequence of str, optional
        Without it every rule that can share this out.

    Returns
    -------
    DataFrame
        A row a claimant, ``claim`` (KES) and a column a rule: ``in full``, ``46.9 per cent``, ``nothing``.
    """
    awards = allocation.compare(rules)
    claim = awards["claim"]
    paid = {
        str(rule): [_paid(float(award), float(asked)) for award, asked in zip(awards[rule], claim, strict=True)]
        for rule in awards.columns.drop("claim")
    }
    return pd.DataFrame({"claim": claim, **paid}, index=awards.index)


def fund_gap(
    gap: Gap,
    envelope: float,
    *,
    financial_year: str | FiscalYear | None = None,
    floors: Any = None,  # noqa: ANN401 - whatever constrained funding reads
    development_share: Mapping[str, Any] | pd.Series | None = None,
    priorities: Mapping[str, int] | None = None,
    **limits: Any,  # noqa: ANN401 - handed to constrained funding
) -> FundingResult:
    """Fund the lines' requirements anew from an envelope; the core of :meth:`Gap.fund`."""
    lines = payable_lines(gap, financial_year)
    requests = lines.assign(amount=lines["requirement"] / MILLION, programme=lines["programme"])
    requests = requests[["line", "sector", "vote", "programme", "economic_class", "amount"]]
    notes: list[str] = []
    if isinstance(floors, str):
        floors = _floors(floors, lines)
        notes.append("No line gets less than was allocated to it, up to what it requires.")
    shares = [*_as_list(limits.pop("shares", ()))]
    if development_share is not None:
        row = dict(development_share)
        shares.append(ShareLimit.from_fiscal_rule(row, where={"economic_class": "development"}, of="funded"))
    if priorities is not None:
        if "weights" in limits:
            raise InputError(Fault(what="give priorities or weights, not both"))
        limits["weights"] = _weights(priorities, list(lines["line"]))
        notes.append(
            "The priorities' ranks are turned into weights, the last rank counting 1 and each better one 1 more; lines "
            "without a rank count 1. That is a choice of this model and nobody's law."
        )
    found = fund(requests, envelope / MILLION, floors=floors, shares=shares, lines=["line"], **limits)
    return dataclasses.replace(found, notes=(*found.notes, *notes), sources=gap.sources)


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
    table["unfunded"] = table["unfunded"].clip(lower=0).round(2)
    name = rule if isinstance(rule, str) else rule.name
    return Frontier(
        parameters={"rule": name, "financial_year": str(lines["financial_year"].iloc[0])},
        sources=gap.sources,
        notes=notes_of(lines),
        steps=table,
        stops_at=whole,
    )


def _most(bought: pd.Series) -> str:
    names = [str(name) for name in bought.index[bought >= bought.max() * (1 - 1e-9)]]
    return ", ".join(names) if len(names) <= 2 else f"{len(names)} lines alike"


def _paid(award: float, claim: float) -> str:
    if award >= claim - 0.5:
        return "in full"
    return per_cent(award / claim) if award > 0 else "nothing"


def _floors(floors: str, lines: pd.DataFrame) -> dict[str, float]:
    if floors != "allocated":
        raise InputError(
            Fault(what="is no floor", value=floors, remedy="write 'allocated', or give KES million by line")
        )
    least = lines[["requirement", "allocation"]].min(axis=1, skipna=False).fillna(0.0) / MILLION
    return dict(zip(lines["line"], least.tolist(), strict=True))


def _weights(priorities: Mapping[str, int], lines: list[str]) -> dict[str, float]:
    faults = [
        Fault(what="is no line of this gap", value=name, remedy=suggestion(name, lines))
        for name in priorities if name not in lines
    ]  # fmt: skip
    if faults:
        raise LabelError(faults)
    last = max(priorities.values(), default=0)
    return {line: float(last - priorities[line] + 1) if line in priorities else 1.0 for line in lines}


def _as_list(shares: ShareLimit | Sequence[ShareLimit]) -> list[ShareLimit]:
    return [shares] if isinstance(shares, ShareLimit) else list(shares)
