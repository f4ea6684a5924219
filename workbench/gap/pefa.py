"""PEFA's formulas as pure functions: outturn, composition variance, contingency share, and their scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from workbench.errors import Fault, InputError, LabelError, suggestion
from workbench.gap.settings import Contingency, Heads, Outturn, Variance

PLACES = 9
"""Decimals of a ratio that a threshold looks at: in binary 5 per cent may come out as 0.04999999999999999."""


def aggregate_outturn(budget: pd.Series, actual: pd.Series) -> float:
    """Return actual expenditure over the budget: A / B with A = sum(a), B = sum(b). PEFA 2016, PI-1.

    Parameters
    ----------
    budget, actual : Series
        By head, in one unit.

    Returns
    -------
    float
        A fraction; NaN where an amount is unknown, or the budget is nil or less.
    """
    budget, actual = _same_heads(budget, actual)
    return ratio(float(actual.sum(skipna=False)), float(budget.sum(skipna=False)))


def ratio(part: float, whole: float) -> float:
    """Return a part of a whole; NaN where the whole is nil or less, for nothing is a share of it."""
    return part / whole if whole > 0 else float("nan")


def composition_variance(budget: pd.Series, actual: pd.Series) -> float:
    """Return how far the composition of spending strayed from the budget's, its level aside. PEFA 2016, PI-2.

    Each head's budget b is adjusted to the level of spending, b' = b * A / B; the variance is
    sum(abs(a - b')) / sum(b').

    Parameters
    ----------
    budget, actual : Series
        By head, in one unit; both must have the same heads.

    Returns
    -------
    float
        A fraction; NaN where an amount is unknown, or the budget or what was spent is nil or less.

    Raises
    ------
    LabelError
        For a head that stands on one side only.

    Examples
    --------
    >>> composition_variance(pd.Series({"Roads": 50.0, "Clinics": 50.0}), pd.Series({"Roads": 60.0, "Clinics": 40.0}))
    0.2
    """
    budget, actual = _same_heads(budget, actual)
    adjusted = budget * ratio(float(actual.sum(skipna=False)), float(budget.sum(skipna=False)))
    return ratio(float((actual - adjusted).abs().sum(skipna=False)), float(adjusted.sum(skipna=False)))


def largest_heads(budget: pd.Series, actual: pd.Series, rule: Heads) -> tuple[pd.Series, pd.Series]:
    """Keep the largest heads that cover the asked part of the budget, at least so many; add the rest to one line."""
    if len(budget) <= rule.most:
        return budget, actual
    ordered = budget.sort_values(ascending=False, kind="stable")
    covering = int((ordered.cumsum() < rule.cover * ordered.sum()).sum()) + 1
    kept = ordered.index[: max(covering, rule.most)]
    rest = ordered.index.difference(kept, sort=False)
    if rest.empty:
        return budget, actual
    both = [
        pd.concat([side.loc[kept], pd.Series({"all other heads": side.loc[rest].sum(skipna=False)})])
        for side in (budget, actual)
    ]
    return both[0], both[1]


def outturn_score(outturns: Sequence[float], rule: Outturn) -> str | None:
    """Return the score of PI-1 over the years: the best whose band holds in enough of them; None with too few years."""
    within: dict[str, int] = {
        score: sum(rule.lowest[score] <= round(outturn, PLACES) <= rule.highest[score] for outturn in outturns)
        for score in rule.lowest
    }
    return _best(within, len(_known(outturns)), rule.years, rule.in_at_least)


def variance_score(variances: Sequence[float], rule: Variance) -> str | None:
    """Return the score of PI-2.1 or PI-2.2 over the years; None with too few years."""
    below: dict[str, int] = {
        score: sum(round(variance, PLACES) < bound for variance in variances) for score, bound in rule.below.items()
    }
    return _best(below, len(_known(variances)), rule.years, rule.in_at_least)


def contingency_score(shares: Sequence[float], rule: Contingency) -> str | None:
    """Return the score of PI-2.3 from the average share; None with too few years."""
    known = _known(shares)
    if len(known) < rule.years:
        return None
    average = round(sum(known) / len(known), PLACES)
    for score in ("A", "B", "C"):
        if score in rule.below and average < rule.below[score]:
            return score
        if score in rule.at_most and average <= rule.at_most[score]:
            return score
    return "D"


def _best(holds_in: Mapping[str, int], years: int, needed: int, in_at_least: int) -> str | None:
    if years < needed:
        return None
    return next((score for score in sorted(holds_in) if holds_in[score] >= in_at_least), "D")


def _known(values: Sequence[float]) -> list[float]:
    return [value for value in values if not pd.isna(value)]


def _same_heads(budget: pd.Series, actual: pd.Series) -> tuple[pd.Series, pd.Series]:
    sides = {"budget": budget, "actual": actual}
    faults = [
        Fault(what=f"stands in the {side} twice", value=head)
        for side, amounts in sides.items()
        for head in amounts.index[amounts.index.duplicated()]
    ]
    names = {side: [str(head) for head in amounts.index] for side, amounts in sides.items()}
    for side, other in (("budget", "actual"), ("actual", "budget")):
        faults += [
            Fault(what=f"stands in the {side} and not in the {other}", value=head,
                  remedy=suggestion(head, sorted(set(names[other]) - set(names[side])) or names[other]))
            for head in names[side] if head not in set(names[other])
        ]  # fmt: skip
    if faults:
        raise LabelError(faults)
    if not len(budget):
        raise InputError(Fault(what="there are no heads to compare"))
    return budget, actual.loc[budget.index]
