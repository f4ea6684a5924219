"""One problem looked at from more sides: with more money or less, and by other rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.allocation.limits import Limited, share_within_limits
from workbench.allocation.problems import Array
from workbench.allocation.registry import RULES, Rule, find_rule
from workbench.allocation.request import Asked
from workbench.errors import Fault, InputError

if TYPE_CHECKING:
    from workbench.allocation.award import Allocation


def awards_schedule(asked: Asked, steps: int) -> pd.DataFrame:
    """Compute :meth:`workbench.allocation.Allocation.schedule`."""
    if isinstance(steps, bool) or not isinstance(steps, (int, np.integer)) or steps < 1:
        raise InputError(Fault(what="is no number of steps", value=steps, remedy="give a whole number, 1 or more"))
    request = asked.request
    low, high = float(request.floors.sum()), float(request.ceilings.sum())
    points = np.unique(np.append(np.linspace(low, high, steps + 1), min(float(asked.envelope), high)))
    return awards_at(asked, points)


def awards_at(asked: Asked, envelopes: Array) -> pd.DataFrame:
    """Share several envelopes out as one is asked to be, not rounded to whole units.

    Parameters
    ----------
    asked : Asked
        Claims, rule, options and limits.
    envelopes : ndarray
        KES, each between the sum of the floors and that of the ceilings.

    Returns
    -------
    DataFrame
        Index ``envelope``, a column a claimant, KES.
    """
    request = asked.request
    if asked.given_floors or asked.given_ceilings:
        rows = [share_within_limits(replace(request, envelope=float(envelope))).awards for envelope in envelopes]
        awards = np.array(rows)
    else:
        awards = request.rule(envelopes, request.claims, **request.options)
    columns = pd.Index(asked.claims.index, name="claimant")
    return pd.DataFrame(awards, index=pd.Index(envelopes, name="envelope"), columns=columns)


def side_by_side(allocation: Allocation, rules: Iterable[str | Rule] | None) -> pd.DataFrame:
    """Compute :meth:`workbench.allocation.Allocation.compare`."""
    from workbench.allocation.sharing import whole_awards

    asked = allocation.asked
    columns: dict[str, pd.Series] = {"claim": asked.claims}
    without: list[str] = []
    for each in _suitable(asked) if rules is None else [find_rule(name) for name in rules]:
        known = {name: value for name, value in asked.request.options.items() if name in each.options}
        if len(known) < len(asked.request.options):
            without.append(each.name)
        request = replace(asked.request, rule=each, options=known)
        limited: Limited = share_within_limits(request)
        columns[each.name] = whole_awards(replace(asked, request=request), limited).awards
    table = pd.DataFrame(columns)
    table.index.name = "claimant"
    table.attrs["without"] = without
    return table


def _suitable(asked: Asked) -> list[Rule]:
    two_only = "concede_and_divide"
    return [each for name, each in RULES.items() if name != two_only or len(asked.claims) == 2]
