"""Turn share and growth rules into limits."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.allocation.funding.amounts import numbers, to_millions
from workbench.allocation.funding.gather import Gathered
from workbench.allocation.funding.limits import AT_LEAST, AT_MOST, Limit, LimitBuilder
from workbench.allocation.funding.lines import YEAR, Lines, spoken
from workbench.allocation.funding.rules import ALL_YEARS, EACH_YEAR, GrowthLimit, ShareLimit
from workbench.allocation.funding.statement import by_years
from workbench.errors import suggestion


def add_shares(shares: Sequence[ShareLimit], lines: Lines, builder: LimitBuilder, gathered: Gathered) -> None:
    """Add every share rule, one limit a financial year or one over all of them."""
    for rule in shares:
        if not _bounds_are_sound(rule.name, rule.minimum, rule.maximum, (0.0, 1.0), gathered):
            continue
        meant = _meant(rule, lines, gathered)
        if meant is None:
            continue
        if rule.over not in (EACH_YEAR, ALL_YEARS):
            gathered.value("holds over neither each year nor all years", rule.over, column=rule.name)
            continue
        yearly = rule.over == EACH_YEAR and len(lines.years) > 1
        periods = [(f" in {year}", lines.year_of == at) for at, year in enumerate(lines.years)] if yearly else []
        periods = periods or [("", np.ones(len(lines), dtype=bool))]
        bases = _bases(rule, lines, yearly, builder, gathered)
        for (when, inside), base in zip(periods, bases, strict=True):
            for share, sense in ((rule.minimum, AT_LEAST), (rule.maximum, AT_MOST)):
                if share is not None:
                    _add_share(f"{rule.name}{when}", share, sense, (meant & inside, inside), base, builder)


def _add_share(
    name: str,
    share: float,
    sense: int,
    masks: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    base: float | list[int],
    builder: LimitBuilder,
) -> None:
    """Add one limit; its base is an amount, the positions of envelopes, or an empty list for the money awarded."""
    meant, inside = masks
    bound = "at least" if sense == AT_LEAST else "at most"
    said = f"{name}: {bound} {100 * share:.6g} per cent"
    if base == []:
        columns = np.flatnonzero(inside)
        builder.add(Limit(said, "share", sense, 0.0), columns, np.where(meant[columns], 1.0 - share, -share))
        return
    envelopes = base if isinstance(base, list) else []
    amount = sum(builder.found[at].amount for at in envelopes) if envelopes else float(base)  # type: ignore[arg-type]
    at = builder.add(Limit(said, "share", sense, share * amount), np.flatnonzero(meant))
    for envelope in envelopes:
        builder.link(envelope, at, share)


def _bases(
    rule: ShareLimit, lines: Lines, yearly: bool, builder: LimitBuilder, gathered: Gathered
) -> list[float | list[int]]:
    """Return the denominator of each period: an amount, envelopes by position, or ``[]`` for the money awarded."""
    periods = len(lines.years) if yearly else 1
    of: object = rule.of
    if isinstance(of, str) and of == "funded":
        return [[] for _ in range(periods)]
    if isinstance(of, str) and of == "envelope":
        envelopes = [at for at, limit in enumerate(builder.found) if limit.kind == "envelope"]
        if yearly and len(envelopes) != periods:
            remedy = f"give the envelope by year, or let the rule hold over '{ALL_YEARS}'"
            gathered.value(
                "is a share of each year's envelope, but there is one for all years", rule.name, remedy=remedy
            )
            return [math.nan] * periods
        return [[at] for at in envelopes] if yearly else [envelopes or math.nan]
    if isinstance(of, str):
        remedy = suggestion(of, ["funded", "envelope"]) + ", or give an amount"
        gathered.value("is no denominator of a share", of, column=rule.name, remedy=remedy)
        return [math.nan] * periods
    if isinstance(of, (Mapping, pd.Series)):
        amounts = to_millions(by_years(of, lines, f"base of {rule.name}", gathered), lines.unit)
        return [float(amount) for amount in amounts] if yearly else [float(amounts.sum())]
    amount = to_millions(numbers([of], [f"the base of {rule.name}"], "amount", gathered), lines.unit)
    return [float(amount[0])] * periods


def _meant(rule: ShareLimit, lines: Lines, gathered: Gathered) -> NDArray[np.bool_] | None:
    """Return which lines a share rule means, or None where a column or value of it is unknown."""
    columns = [str(name) for name in lines.table.columns]
    meant = np.ones(len(lines), dtype=bool)
    sound = bool(rule.where)
    if not sound:
        gathered.value(
            "says of no lines that it means them", rule.name, remedy="where={'economic_class': 'development'}"
        )
    for column, wanted in rule.where.items():
        if column not in columns:
            remedy = suggestion(column, columns)
            gathered.label("is no column of the requests", column, column=rule.name, remedy=remedy)
            sound = False
            continue
        values = [wanted] if isinstance(wanted, str) or not isinstance(wanted, Sequence) else list(wanted)
        known = lines.values[column]
        named = [str(name) for name in pd.unique(known) if not pd.isna(name)]
        for value in values:
            if not (known == value).any():
                remedy = suggestion(str(value), named)
                gathered.label(f"is no {column} of the requests", value, column=rule.name, remedy=remedy)
                sound = False
        meant &= pd.Series(known, dtype="object").isin(values).to_numpy()
    return meant if sound else None


def add_growth(rules: Sequence[GrowthLimit], lines: Lines, builder: LimitBuilder, gathered: Gathered) -> None:
    """Add growth rules: each group's award against its award in the year before."""
    for rule in rules:
        if not _bounds_are_sound(rule.name, rule.minimum, rule.maximum, (-1.0, math.inf), gathered):
            continue
        columns = [str(name) for name in lines.table.columns]
        by = (rule.by,) if isinstance(rule.by, str) else tuple(rule.by)
        unknown = [name for name in by if name not in columns or name == YEAR]
        for name in unknown:
            remedy = suggestion(name, [column for column in columns if column != YEAR])
            gathered.label("is no column of the requests to hold together", name, column=rule.name, remedy=remedy)
        if not lines.years:
            gathered.label(f"limits growth, but the requests have no {YEAR}", rule.name)
        if not unknown and lines.years:
            _add_growth(rule, by, lines, builder, gathered)


def _add_growth(
    rule: GrowthLimit, by: tuple[str, ...], lines: Lines, builder: LimitBuilder, gathered: Gathered
) -> None:
    base = _growth_base(rule, by, lines, gathered)
    # A gap in the years is not one year's growth: a group's years are compared only where they follow each other.
    following = [int(b[:4]) - int(a[:4]) == 1 for a, b in pairwise(lines.years)]
    grouped = lines.table.groupby(list(by), sort=False, dropna=False).indices
    for label, members in grouped.items():
        values = label if isinstance(label, tuple) else (label,)
        name = f"{rule.name} of {spoken(by, values, kinds=by != ('programme',))}"
        at = [members[lines.year_of[members] == year] for year in range(len(lines.years))]
        for bound, sense in ((rule.maximum, AT_MOST), (rule.minimum, AT_LEAST)):
            if bound is None:
                continue
            words = f"{'at most' if sense == AT_MOST else 'at least'} {100 * bound:+.6g} per cent"
            before = base.get(label)
            if before is not None and len(at[0]):
                limit = Limit(f"{name} to {lines.years[0]}: {words}", "growth", sense, (1 + bound) * before)
                builder.add(limit, at[0])
            for year, (earlier, later) in enumerate(pairwise(at), start=1):
                if len(earlier) and len(later) and following[year - 1]:
                    coefficients = np.r_[np.ones(len(later)), np.full(len(earlier), -(1.0 + bound))]
                    limit = Limit(f"{name} to {lines.years[year]}: {words}", "growth", sense, 0.0)
                    builder.add(limit, np.r_[later, earlier], coefficients)


def _growth_base(rule: GrowthLimit, by: tuple[str, ...], lines: Lines, gathered: Gathered) -> dict[object, float]:
    if rule.base is None:
        return {}
    series = pd.Series(rule.base, dtype="object")
    groups = list(dict.fromkeys(lines.table[list(by)].itertuples(index=False, name=None)))
    labels = [values[0] if len(values) == 1 else values for values in groups]
    said = [str(label) for label in labels]
    for label in series.index[series.index.duplicated()].unique():
        gathered.label("stands twice in the base of a growth rule", label, column=rule.name, remedy="keep one")
    series = series[~series.index.duplicated()]
    for label in series.index:
        if label not in labels:
            remedy = suggestion(str(label), said)
            gathered.label("has a base but no request", label, column=rule.name, remedy=remedy)
    for label in labels:
        if label not in series.index:
            gathered.label("has requests but no base to grow from", str(label), column=rule.name)
    amounts = to_millions(numbers(series, [str(label) for label in series.index], "base", gathered), lines.unit)
    return dict(zip(series.index.tolist(), amounts.tolist(), strict=True))


def _bounds_are_sound(
    name: str, minimum: float | None, maximum: float | None, allowed: tuple[float, float], gathered: Gathered
) -> bool:
    before = len(gathered.values)
    if minimum is None and maximum is None:
        gathered.value("sets neither a minimum nor a maximum", name)
    least, most = allowed
    for bound in (minimum, maximum):
        if bound is not None and not (math.isfinite(bound) and least <= bound <= most):
            remedy = "a share stands between 0 and 1: 0.3 is 30 per cent" if most == 1 else "0.1 is ten per cent more"
            gathered.value(f"is no {'share' if most == 1 else 'growth'}", bound, column=name, remedy=remedy)
    if len(gathered.values) == before and minimum is not None and maximum is not None and minimum > maximum:
        gathered.value(f"has a minimum of {minimum} above its maximum of {maximum}", name)
    return len(gathered.values) == before
