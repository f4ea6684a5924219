"""Test a design by running it again: what a point is worth, whether ranks hold, whether a county can gain by less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.errors import Fault, InputError
from workbench.grants.batch import BLOCK_DRAWS, Draws, level_draws
from workbench.grants.facts import COUNTIES
from workbench.grants.model import GrantsResult
from workbench.grants.scores import MET, NOT_MET, UNKNOWN, Scores

LOWER_BY = (0.1, 1.0, 5.0, 10.0, 25.0)
"""Points by which a county is made to score less in the check for gaming; 0 and no score at all are tried too."""


def worth_of_a_point(result: GrantsResult, points: float = 1.0) -> pd.DataFrame:
    """Say what one more score point is worth to each county, by running the design again for each.

    Parameters
    ----------
    result : GrantsResult
        A run with scores.
    points : float
        How many points more; no score goes above 100.

    Returns
    -------
    DataFrame
        ``code, county, score, award, award_with_more`` (KES) and ``per_point`` (KES a point); blank for a county whose
        score is not known or is 100.
    """
    scores = _scores_of(result)
    rows = []
    for place, name in enumerate(result.inputs.names):
        score, award = float(scores.scores[place]), int(result.awards.iloc[place])
        more = min(100.0, score + points)
        known = not np.isnan(score) and more > score
        raised = int(result.again(scores=scores.with_score(place, more)).awards.iloc[place]) if known else None
        per_point = (raised - award) / (more - score) if raised is not None else np.nan
        rows.append((place + 1, name, score, award, raised, per_point))
    columns = ["code", "county", "score", "award", "award_with_more", "per_point"]
    return pd.DataFrame(rows, columns=columns).astype({"award_with_more": "Int64"})


def gaming(result: GrantsResult) -> pd.DataFrame:
    """Look for a county that gains by a lower score, a false zero, no score at all or a condition denied.

    Returns
    -------
    DataFrame
        ``county, tried, award, award_then, gain`` (KES): one row for each gain found; empty where none was.
    """
    scores = _scores_of(result)
    rows = []
    for place, name in enumerate(result.inputs.names):
        award = int(result.awards.iloc[place])
        for tried, changed in _lies(scores, place):
            then = int(result.again(scores=changed).awards.iloc[place])
            if then > award:
                rows.append((name, tried, award, then, then - award))
    return pd.DataFrame(rows, columns=["county", "tried", "award", "award_then", "gain"])


def _lies(scores: Scores, place: int) -> Iterator[tuple[str, Scores]]:
    score = float(scores.scores[place])
    if not np.isnan(score):
        for less in sorted({max(0.0, score - by) for by in LOWER_BY} | {0.0}):
            if less < score:
                yield f"a score of {less:g} instead of {score:g}", scores.with_score(place, less)
        yield f"no score instead of {score:g}", scores.with_score(place, float("nan"))
    if scores.conditions[place] == MET:
        yield "conditions not met", scores.with_condition(place, NOT_MET)
        yield "conditions left blank", scores.with_condition(place, UNKNOWN)


def rank_stability(
    result: GrantsResult, level: str = "level_2", *, points: float = 3.0, draws: int = 2_000, seed: int = 1
) -> pd.DataFrame:
    """Say how often ranks change when every known score is off by up to some points either way.

    Parameters
    ----------
    result : GrantsResult
        A run with scores.
    level : str
        The level whose awards are ranked.
    points : float
        Half the width of the uniform error; a score stays between 0 and 100.
    draws, seed : int
        How many draws, and the seed of their generator.

    Returns
    -------
    DataFrame
        By county: ``code, county, award`` (KES), ``rank`` (1 is the largest award; equal awards share a rank),
        ``rank_low, rank_high`` (the 5th and 95th percentile), ``moves`` (share of draws in which the rank is another),
        ``award_low, award_high`` (KES, the same percentiles).
    """
    scores = _scores_of(result)
    if draws < 1 or not points >= 0:
        raise InputError(Fault(what="needs at least one draw and an error of 0 points or more", value=draws))
    terms = result.level(level).terms
    error = np.random.default_rng(seed).uniform(-points, points, (draws, COUNTIES))
    drawn = np.clip(scores.scores + error, 0.0, 100.0)
    passes = _passes(result, level, drawn)
    awards = level_draws(terms, result.inputs, Draws(qualifies=passes, scores=drawn))
    base = result.level(level).awards
    rank, ranks = _ranks(base[None, :])[0], _ranks(awards)
    low, high = np.percentile(ranks, [5, 95], axis=0, method="nearest")
    award_low, award_high = np.percentile(awards, [5, 95], axis=0, method="nearest")
    return pd.DataFrame(
        {
            "code": np.arange(1, COUNTIES + 1),
            "county": result.inputs.names,
            "award": base,
            "rank": rank,
            "rank_low": low.astype(np.int64),
            "rank_high": high.astype(np.int64),
            "moves": (ranks != rank).mean(axis=0),
            "award_low": award_low.astype(np.int64),
            "award_high": award_high.astype(np.int64),
        }
    )


def _passes(result: GrantsResult, level: str, drawn: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Return who passes the gates in each draw; a gate that asks for a least score follows the drawn score."""
    evaluated = result.level(level)
    passes = np.ones(drawn.shape, dtype=np.bool_)
    for name, states in evaluated.gates.items():
        least = evaluated.terms.level.gates[name].least_score
        passes &= np.array([state == MET for state in states]) if least is None else drawn >= least
    return passes


def _ranks(awards: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Rank each row's awards from the largest, 1: one more than the number of awards that are larger.

    Awards that differ by no more than the shilling of rounding share a rank: nobody's rank hangs on a shilling.
    """
    ranks = np.empty_like(awards)
    for start in range(0, len(awards), BLOCK_DRAWS):
        block = awards[start : start + BLOCK_DRAWS]
        ranks[start : start + BLOCK_DRAWS] = 1 + (block[:, None, :] > block[:, :, None] + 1).sum(axis=-1)
    return ranks


def _scores_of(result: GrantsResult) -> Scores:
    if result.scores is None:
        remedy = "run the design with a score form first"
        raise InputError(Fault(what="has no scores to change", value=result.design.name, remedy=remedy))
    return result.scores


def dollars_and_shillings(
    result: GrantsResult, rates: Sequence[float], pools: Sequence[float], level: str = "level_2"
) -> pd.DataFrame:
    """Show a level at several exchange rates and pools, in shillings and dollars.

    Parameters
    ----------
    result : GrantsResult
        A run of a design that says one amount for each county in dollars, such as ``kdsp2``.
    rates : sequence of float
        KES per USD.
    pools : sequence of float
        KES.

    Returns
    -------
    DataFrame
        ``kes_per_usd, pool, pool_usd, per_county, counties_in_full`` (how many a pool pays in full), and what the
        counties of this run get: ``qualify, each, awarded, unallocated`` (KES).
    """
    if result.level(level).terms.level.per_county_usd is None:
        raise InputError(Fault(what="says no amount in dollars", value=f"{result.design.name} {level}"))
    rows = []
    for rate in rates:
        for pool in pools:
            run = result.again(settings={"fx.kes_per_usd": rate, f"{level}.pool": pool}).level(level)
            amount = run.terms.per_county or 0
            paid = run.awards[run.awards > 0]
            rows.append(
                {
                    "kes_per_usd": rate,
                    "pool": run.pool,
                    "pool_usd": run.pool / rate,
                    "per_county": amount,
                    "counties_in_full": run.pool // amount if amount else 0,
                    "qualify": int(run.qualifies.sum()),
                    "each": int(paid.min()) if len(paid) else 0,
                    "awarded": run.awarded,
                    "unallocated": run.unallocated,
                }
            )
    return pd.DataFrame(rows)
