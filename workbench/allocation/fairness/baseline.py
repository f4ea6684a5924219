"""Awards by label: per head, per poor person, as a part of the claim, and against a baseline."""

from __future__ import annotations

import numpy as np
import pandas as pd

from workbench.allocation.labels import aligned
from workbench.errors import Fault, InputError


def per_head(awards: pd.Series, population: pd.Series) -> pd.Series:
    """Return KES per person; ``population`` must name every claimant, and no other."""
    people = aligned(population, awards, "population", partial=False)
    if not np.all(people > 0):
        raise InputError(Fault(what="population is unknown or not above 0", remedy="give the people of every claimant"))
    return (awards / people).rename("per_head")


def per_poor_person(awards: pd.Series, population: pd.Series, poverty_rate: pd.Series) -> pd.Series:
    """Return KES per poor person; ``poverty_rate`` lies between 0 and 1, and where it is 0 there is no figure."""
    people = aligned(population, awards, "population", partial=False)
    rate = aligned(poverty_rate, awards, "poverty rates", partial=False)
    if not np.all((rate >= 0) & (rate <= 1)):
        remedy = "give rates between 0 and 1: 0.361 for 36.1 per cent"
        raise InputError(Fault(what="poverty rates are unknown or not between 0 and 1", remedy=remedy))
    poor = pd.Series(people * rate, index=awards.index)
    return (awards / poor.where(poor > 0)).rename("per_poor_person")


def coverage(awards: pd.Series, claims: pd.Series) -> pd.Series:
    """Return the part of each claim that is met, between 0 and 1; unknown where nothing is claimed."""
    wanted = pd.Series(aligned(claims, awards, "claims", partial=False), index=awards.index)
    return (awards / wanted.where(wanted > 0)).rename("coverage")


def winners_and_losers(awards: pd.Series, baseline: pd.Series) -> pd.DataFrame:
    """Set awards against a baseline, the largest gain first.

    Returns
    -------
    DataFrame
        Index claimant; ``award``, ``baseline`` and ``change`` in KES, ``relative`` (change over baseline, unknown where
        that is 0) and ``outcome``: ``wins``, ``loses`` or ``unchanged``.
    """
    before = pd.Series(aligned(baseline, awards, "baseline awards", partial=False), index=awards.index)
    if before.isna().any():
        raise InputError(Fault(what="baseline awards are unknown", remedy="give all of them: unknown is not zero"))
    change = awards - before
    outcome = np.select([change > 0, change < 0], ["wins", "loses"], "unchanged")
    table = pd.DataFrame(
        {
            "award": awards,
            "baseline": before,
            "change": change,
            "relative": change / before.where(before > 0),
            "outcome": outcome,
        }
    )
    return table.sort_values("change", ascending=False, kind="stable")
