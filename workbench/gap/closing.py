"""Close a gap: share out what is found, fund under limits, and see what each further million buys."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from workbench.allocation import Allocation, Rule, allocate, find_rule
from workbench.allocation.funding import FundingResult, ShareLimit, fund
from workbench.errors import Fault, InputError, LabelError, suggestion
from workbench.fiscal import FiscalYear, parse_money
from workbench.gap.amounts import per_cent
from workbench.gap.deficits import claims_of_items, deficits_of, notes_of, payable_lines
from workbench.gap.priorities import Priorities
from workbench.results import source_table

if TYPE_CHECKING:
    from workbench.gap.result import Gap

MILLION = 1e6
PRIORITY = "priority"


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
    options, said = ranked(rule, claims, options)
    found = allocate(extra, claims, rule=rule, sources=gap.sources, **options)
    return dataclasses.replace(found, notes=(*found.notes, *notes, *said))


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
        A row a claimant, ``claim`` (KES) and a column a rule: ``in full``, ``46.9 per cent``, ``nothing``. Where no
        ranks were given, ``priority in printed order`` serves the claimants in the order in which they stand.
    """
    awards = _with_printed_order(allocation, allocation.compare(rules))
    claim = awards["claim"]
    paid = {
        str(rule): [_paid(float(award), float(asked)) for award, asked in zip(awards[rule], claim, strict=True)]
        for rule in awards.columns.drop("claim")
    }
    return pd.DataFrame({"claim": claim, **paid}, index=awards.index)


def fund_gap(
    gap: Gap,
    envelope: float | str,
    *,
    financial_year: str | FiscalYear | None = None,
    floors: Any = None,  # noqa: ANN401 - whatever constrained funding reads
    development_share: Mapping[str, Any] | pd.Series | None = None,
    priorities: Mapping[str, int] | Priorities | None = None,
    **limits: Any,  # noqa: ANN401 - handed to constrained funding
) -> FundingResult:
    """Fund the lines' requirements anew from an envelope; the core of :meth:`Gap.fund`."""
    money_there_is = _envelope(envelope)
    lines = payable_lines(gap, financial_year)
    requests = lines.assign(amount=lines["requirement"] / MILLION, programme=lines["programme"])
    requests = requests[["line", "sector", "vote", "programme", "economic_class", "amount"]]
    notes: list[str] = []
    sources = gap.sources
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
        names = list(lines["line"])
        if isinstance(priorities, Priorities):
            notes += priorities.notes(names)
            sources = source_table(sources, priorities.sources)
            priorities = priorities.ranks(names)
        limits["weights"] = _weights(priorities, names)
        notes.append(
            "The priorities' ranks are turned into weights, the last rank counting 1 and each better one 1 more; lines "
            "without a rank count 1. That is a choice of this model and nobody's law."
        )
    found = fund(requests, money_there_is / MILLION, floors=floors, shares=shares, lines=["line"], **limits)
    return dataclasses.replace(found, notes=(*found.notes, *notes), sources=source_table(sources, found.sources))


def ranked(rule: str | Rule, claims: pd.Series, options: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Rank the claimants in the order in which they stand where a rule of ranks is given none, and say so."""
    if find_rule(rule).name != PRIORITY or options.get("tiers") is not None:
        return options, ()
    served = "each line is served before the next, in the order in which the document prints them"
    tiers = pd.Series(range(1, len(claims) + 1), index=claims.index)
    return {**options, "tiers": tiers}, (f"No ranks (tiers) were given: {served}.",)


def _with_printed_order(allocation: Allocation, awards: pd.DataFrame) -> pd.DataFrame:
    if PRIORITY not in awards or "tiers" in allocation.asked.request.options:
        return awards
    asked = allocation.asked
    options, _ = ranked(PRIORITY, allocation.claims, {})
    ordered = allocate(
        allocation.envelope,
        allocation.claims,
        rule=PRIORITY,
        unit=allocation.unit,
        floors=pd.Series(asked.request.floors, index=awards.index) if asked.given_floors else None,
        ceilings=pd.Series(asked.request.ceilings, index=awards.index) if asked.given_ceilings else None,
        **options,
    )
    return awards.assign(**{PRIORITY: ordered.awards}).rename(columns={PRIORITY: f"{PRIORITY} in printed order"})


def _envelope(given: float | str) -> float:
    """Read an envelope: KES, or words such as ``KSh 2,200 million``."""
    if isinstance(given, (str, int, float, np.number)) and not isinstance(given, bool):
        amount = parse_money(given)
        if amount is not None and amount >= 0:
            return amount
    remedy = "give an amount in KES of 0 or more, or words such as 'KSh 2,200 million'"
    raise InputError(Fault(what="is no envelope", value=given, remedy=remedy))


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
