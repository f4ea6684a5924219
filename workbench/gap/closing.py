"""Close a gap: share out what is found, fund under limits, and see what each further million buys."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.allocation import Allocation, Rule, allocate, find_rule
from workbench.allocation.funding import FundingResult, fund
from workbench.fiscal import FiscalYear
from workbench.gap.amounts import MILLION, per_cent
from workbench.gap.deficits import claims_of_items, deficits_of, notes_of, payable_lines
from workbench.gap.funding_asked import funding_asked
from workbench.gap.priorities import Priorities
from workbench.results import illustrative_notes, source_table

if TYPE_CHECKING:
    from workbench.gap.result import Gap

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
    return dataclasses.replace(found, notes=(*found.notes, *notes, *said, *illustrative_notes(gap.sources)))


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
    lines = payable_lines(gap, financial_year)
    asked = funding_asked(lines, envelope, floors=floors, development_share=development_share, priorities=priorities,
                          limits=limits)  # fmt: skip
    requests = lines.assign(amount=lines["requirement"] / MILLION, programme=lines["programme"])
    requests = requests[["line", "sector", "vote", "programme", "economic_class", "amount"]]
    found = fund(requests, asked.envelope / MILLION, lines=["line"], **asked.limits)
    sources = source_table(gap.sources, asked.sources, found.sources)
    notes = (*found.notes, *asked.notes, *illustrative_notes(sources))
    return dataclasses.replace(found, notes=notes, sources=sources)


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


def _paid(award: float, claim: float) -> str:
    if award >= claim - 0.5:
        return "in full"
    return per_cent(award / claim) if award > 0 else "nothing"
