"""What could be decided about a grant: its gates, the rule of a pool too small, the weights of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from typing import Final

import numpy as np

from workbench.briefs.brief import Option
from workbench.briefs.words import GRANTS_OPTIONS as WORDS
from workbench.fiscal import format_money
from workbench.grants import GrantsResult, Scores, evenness
from workbench.grants.facts import COUNTIES
from workbench.grants.level import LevelAwards
from workbench.grants.scores import MET, UNKNOWN
from workbench.grants.settings import Setting

RULES: Final = ("constrained_equal_awards", "constrained_equal_losses", "talmud")
"""Rules that a pool too small is tried with, beside the design's own."""

PLAIN: Final = "linear"
"""How a score weighs where nothing more is said of it."""

MOST: Final = 5


def options_of(result: GrantsResult) -> tuple[tuple[Option, ...], str]:
    """Return the options, each the same design run again with one thing changed, and what they stand on."""
    tried = [(name, words, other) for name, words, other in _runs(result) if (other.awards != result.awards).any()]
    if not tried:
        return (), WORDS["nothing"]
    others = tuple(_option(result, name, words, other) for name, words, other in tried[: MOST - 1])
    return (_as_it_is(result), *others), WORDS["note"]


def _runs(result: GrantsResult) -> Iterator[tuple[str, str, GrantsResult]]:
    """Yield the design's other ways: a name, what is assumed, and the run."""
    unknown = _unknown(result)
    if unknown:
        yield WORDS["all_met"], WORDS["assumes"].format(count=unknown), result.again(scores=_met(result))
    for level in result.levels:
        title = level.terms.level.title
        own = level.terms.level.rule
        if level.short and level.terms.per_county:
            yield WORDS["full"].format(title=title), "", result.again(settings={f"{level.name}.pool": _due(level)})
        if level.short:
            for rule in RULES:
                if rule != own:
                    yield (WORDS["rule"].format(rule=rule.replace("_", " "), title=title), "",
                           result.again(settings={f"{level.name}.rule": rule}))  # fmt: skip
        curve = level.terms.level.curve
        scored = level.terms.pool is not None and level.terms.level.scored
        # The plainest curve alone: the others hang on a threshold or an exponent that somebody would have to name.
        if scored and curve is not None and curve.kind != PLAIN:
            yield (WORDS["curve"].format(curve=PLAIN, title=title), "",
                   result.again(settings={f"{level.name}.curve.kind": PLAIN}))  # fmt: skip
        parts = level.terms.level.parts
        if level.terms.pool is not None and len(parts) > 1:
            for part in parts:
                weights: dict[str, Setting] = {
                    f"{level.name}.parts.{one}.weight": 100.0 if one == part else 0.0 for one in parts
                }
                name = WORDS["part"].format(part=part.replace("_", " "), title=title)
                yield name, "", result.again(settings=weights)


def _due(level: LevelAwards) -> int:
    """Return the shillings that all counties that qualify for a level are due by its formula."""
    due: int = ceil(level.given.sum())
    return due


def _unknown(result: GrantsResult) -> int:
    """Return how many counties are shut out because nobody knows whether they meet a condition."""
    out = np.zeros(COUNTIES, dtype=bool)
    for level in result.levels:
        if level.terms.pool is None:
            continue
        for name, states in level.gates.items():
            if level.terms.level.gates[name].column is not None:
                out |= np.array([state == UNKNOWN for state in states])
    return int(out.sum())


def _met(result: GrantsResult) -> Scores:
    if result.scores is None:
        return Scores(name=WORDS["assumed_scores"], conditions=(MET,) * COUNTIES,
                      scores=np.full(COUNTIES, np.nan), mark="illustrative")  # fmt: skip
    return replace(result.scores, conditions=tuple(MET if one == UNKNOWN else one for one in result.scores.conditions))


def _as_it_is(result: GrantsResult) -> Option:
    spare = (WORDS["spare"].format(money=_kes(result.unallocated)),) if result.unallocated else ()
    # What a scenario sets in the place of the design's own values is no published rule.
    pros = () if result.parameters["settings"] else (WORDS["as_published"],)
    return Option(name=WORDS["as_it_is"], outcome=_outcome(result), pros=pros, cons=spare)


def _option(before: GrantsResult, name: str, assumes: str, after: GrantsResult) -> Option:
    change = after.awards - before.awards
    pros, cons = [], [assumes] if assumes else []
    if after.pool > before.pool:
        paid = next(one for one, was in zip(after.levels, before.levels, strict=True) if one.pool > was.pool)
        pros.append(WORDS["in_full"].format(count=int(paid.qualifies.sum())))
        cons.append(WORDS["needs"].format(money=_kes(after.pool - before.pool)))
    gain, loss = int((change > 0).sum()), int((change < 0).sum())
    if gain:
        pros.append(WORDS["gain"].format(count=gain, money=_kes(int(change.clip(lower=0).sum()))))
    if loss:
        worst = str(change.idxmin())
        cons.append(WORDS["lose"].format(count=loss, money=_kes(-int(change.clip(upper=0).sum())), county=worst))
    even = [_gini(one) for one in (before, after)]
    if None not in even and round(even[0] or 0, 3) != round(even[1] or 0, 3):
        told = WORDS["even"].format(before=f"{even[0]:.3f}", after=f"{even[1]:.3f}")
        (pros if (even[1] or 0) < (even[0] or 0) else cons).append(told)
    return Option(name=name, outcome=_outcome(after), pros=tuple(pros), cons=tuple(cons))


def _outcome(result: GrantsResult) -> str:
    return WORDS["outcome"].format(awarded=_kes(result.awarded), count=int((result.awards > 0).sum()),
                                   rest=_kes(result.unallocated))  # fmt: skip


def _gini(result: GrantsResult) -> float | None:
    value = evenness(result).set_index("measure")["value"]["Gini by head"]
    return None if np.isnan(value) else float(value)


def _kes(amount: int) -> str:
    return format_money(amount, "KES")
