"""What could be done about a gap: the same money by other rules, as the allocation engine shares it out."""

from __future__ import annotations

from typing import Final

import pandas as pd

from workbench.allocation import Allocation, allocate
from workbench.briefs.brief import Option
from workbench.briefs.paper import shortened
from workbench.briefs.words import GAP_OPTIONS as WORDS
from workbench.gap import Gap
from workbench.gap.amounts import money, per_cent
from workbench.gap.deficits import lines_of_year

RULES: Final = ("proportional", "constrained_equal_awards", "constrained_equal_losses", "talmud")
"""Those that a committee is shown: the four that the literature sets beside each other (Thomson 2019)."""

LONGEST_NAME: Final = 80
"""Characters of a line's name in a sentence."""

TOLD: Final = {
    "proportional": ("Self-duality", "Claims truncation invariance"),
    "constrained_equal_awards": ("Conditional full compensation", "Composition up", "Self-duality"),
    "constrained_equal_losses": ("Composition down", "Conditional full compensation"),
    "talmud": ("Self-duality", "Claims truncation invariance", "Composition up"),
}
"""The axioms told of each rule, kept or broken: those in which the four differ."""


def options_of(result: Gap) -> tuple[tuple[Option, ...], str]:
    """Return the options, and what they stand on.

    The allocation is shared out anew among what was required, by four rules; nothing is added to it.
    """
    if result.stages != ("requirement", "allocation"):
        return (), WORDS["other_stages"]
    lines = lines_of_year(result, None)
    known = lines[lines["requirement"].notna() & lines["allocation"].notna()]
    if known.empty:
        return (), WORDS["none_known"]
    known = known[(known["requirement"] >= 0) & (known["allocation"] >= 0)].set_index("line")
    required, allocated = known["requirement"].round(), known["allocation"].round()
    envelope = float(allocated.sum())
    if known.empty or not 0 < envelope < required.sum():
        return (), WORDS["nothing_to_share"]
    note = WORDS["note"].format(money=money(envelope), count=len(known))
    if len(known) < len(lines):
        note += WORDS["left_out"].format(count=len(lines) - len(known))
    return (_as_it_is(required, allocated), *(by_rule(required, allocated, rule) for rule in RULES)), note


def _as_it_is(required: pd.Series, allocated: pd.Series) -> Option:
    surplus = allocated[allocated > required]
    return Option(
        name=WORDS["as_it_is"],
        outcome=outcome_of(required, allocated),
        pros=(WORDS["nothing_moves"],),
        cons=(WORDS["over"].format(money=money(float((surplus - required[surplus.index]).sum())),
                                   lines=", ".join(map(_named, surplus.index))),) if len(surplus) else (),
    )  # fmt: skip


def by_rule(required: pd.Series, allocated: pd.Series, rule: str) -> Option:
    """Return what a rule makes of the money that was allocated: its axioms, who gives up how much, how far it goes."""
    shared: Allocation = allocate(float(allocated.sum()), required, rule=rule)
    change = shared.awards - allocated
    moved = float(change.clip(lower=0).sum())
    kept = shared.axioms().set_index("axiom").loc[list(TOLD[rule])]
    pros, cons = (
        [str(meaning) for meaning in kept.loc[kept["keeps"].eq(keeps).fillna(False), "meaning"]]
        for keeps in (True, False)
    )
    loses = change.idxmin()
    lose = int((change < -0.5).sum())
    cons.append(
        WORDS["moves"].format(money=money(moved), count=lose, line=_named(loses), loss=money(-float(change.min())))
    )
    return Option(
        name=WORDS["rule"].format(rule=rule.replace("_", " ")),
        outcome=f"{shared.rule.meaning.rstrip('.')}. {outcome_of(required, shared.awards)}",
        pros=tuple(pros),
        cons=tuple(cons),
    )


def _named(line: object) -> str:
    """Return a line's name, short enough to leave room for what is said of it."""
    return shortened(str(line), LONGEST_NAME)


def outcome_of(required: pd.Series, awards: pd.Series) -> str:
    """Say how far the money goes: the least share that a line gets, and how many get all."""
    coverage = (awards / required.where(required > 0)).dropna()
    full = int((coverage >= 1 - 1e-9).sum())
    return WORDS["outcome"].format(
        least=per_cent(float(coverage.min())), line=_named(coverage.idxmin()), full=full, count=len(coverage)
    )
