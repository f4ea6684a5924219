"""Sentences about a solved funding problem: what a limit is worth, and why a line gets what it gets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.allocation.funding.amounts import NEAR, Floats, in_words, listed, plain
from workbench.allocation.funding.limits import Limit
from workbench.allocation.funding.objectives import Leximin, Nearest, Objective
from workbench.allocation.funding.prices import Price
from workbench.allocation.funding.unspent import Unspent

NO_PRICE_LUMPS = (
    "There are no shadow prices: some projects are funded whole or not at all, so that a little more money may buy "
    "nothing, and enough of it a whole project. Move a limit and solve again (moved) to see what it buys."
)
NO_PRICE_LEXIMIN = (
    "There are no shadow prices: leximin compares the whole list of funding ratios, from the lowest up, which is not "
    "one number that money could buy more of. Move a limit and solve again (moved) to see whom it reaches."
)


def measure(objective: Objective) -> str:
    """Name the objective's value."""
    return "of nearness to the proposal" if isinstance(objective, Nearest) else "of weighted funding"


def price_in_words(limit: Limit, price: Price, names: list[str], objective: Objective) -> str:
    """Say what one KSh million more of a limit buys, or costs, and what one less does."""
    subject = _subject(limit)
    what = measure(objective)
    if not np.isfinite(price.one_more):
        return f"{subject} cannot be: no awards would keep all limits."
    verb = "buys" if price.one_more > 0 else "costs"
    amount = f"{verb} {plain(abs(price.one_more))} {what}" if price.one_more else f"changes nothing {what}"
    reach = ""
    if price.holds_for < 1:
        reach = f" (for the next {in_words(price.holds_for)})" if price.holds_for > NEAR else ""
    sentence = f"{subject} {amount}{_moves(price.buys, names)}{reach}."
    if price.two_sided:
        return sentence
    if not np.isfinite(price.one_less):
        return f"{sentence} One less is impossible: no awards would keep all limits."
    verb = "would lose" if price.one_less < 0 else "would gain"
    back = f"{verb} {plain(abs(price.one_less))}" if price.one_less else "would change nothing"
    return f"{sentence} One less {back}."


def _subject(limit: Limit) -> str:
    if limit.kind == "envelope":
        year = limit.name.removeprefix("envelope").strip()
        return f"One more KSh million for {year}" if year else "One more KSh million in the envelope"
    if limit.kind in ("share", "growth"):
        return f"Missing '{limit.name}' by one KSh million"
    return f"One more KSh million in the {limit.name}"


def _moves(buys: Floats, names: list[str]) -> str:
    moved = [at for at in np.argsort(-np.abs(buys), kind="stable") if abs(buys[at]) > NEAR]
    if not moved:
        return ""
    parts = [f"{names[at]} {'+' if buys[at] > 0 else '-'}{plain(abs(buys[at]))}" for at in moved]
    return f": {listed(parts)}"


def line_in_words(name: str, amounts: tuple[float, float], reason: str, binding: list[str]) -> str:
    """Say what a line asked for, what it gets, and why."""
    request, award = amounts
    if request == 0:
        return f"{name} asked for nothing and gets {in_words(award)}."
    first = f"{name} asked for {in_words(request)} and gets {in_words(award)} ({100 * award / request:.1f} per cent)."
    held = f" It stands under {listed(binding)}, {'which is' if len(binding) == 1 else 'which are'} exhausted."
    return f"{first} {reason}" + (held if binding and award < request - NEAR else "")


def reason_for(
    request: float, award: float, floor: float, ceiling: float, *, lump: bool, held: Sequence[str], left: bool
) -> str:
    """Say in one clause what holds a line's award where it is; ``left``: the envelope has money left for it."""
    if request <= NEAR:
        return "Nothing was asked."
    if lump:
        return "It is funded whole." if award > NEAR else "It is funded whole or not at all, and is not funded."
    if award >= request - NEAR:
        return "Its request is met in full."
    if award >= ceiling - NEAR:
        return "It is held at its ceiling."
    if left:
        names = listed([f"'{name}'" for name in held])
        return f"It is {f'held by {names}' if held else 'not given more by the objective'}, and money is left over."
    if floor > 0 and award <= floor + NEAR:
        return "It is held at its floor."
    if award <= NEAR:
        return "The money does not reach it."
    return "The money reaches it in part."


def headline(
    objective: Objective, totals: tuple[float, float, int, int], lowest: float, unspent: Unspent | None = None
) -> str:
    """Return what a committee reads first."""
    awarded, requested, whole, lines = totals
    share = f" ({100 * awarded / requested:.1f} per cent)" if requested else ""
    first = (
        f"{in_words(awarded)} of {in_words(requested)} asked for{share} is awarded; {whole} of {lines} lines in full."
    )
    told = [first]
    if unspent is not None:
        told.append(_left_over(unspent, met=whole == lines))
    if isinstance(objective, Leximin) and np.isfinite(lowest):
        told.append(f"The worst-funded line gets {100 * lowest:.1f} per cent.")
    return " ".join(told)


def _left_over(unspent: Unspent, *, met: bool) -> str:
    amount = f"{in_words(unspent.amount)} of the envelope stays unspent"
    if met:
        return f"{amount}: every request is met in full."
    if not unspent.why:
        return f"{amount}: the objective gives nobody more."
    return f"{amount}, held back by {listed(unspent.why)}."
