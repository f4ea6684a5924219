"""A level's awards over many draws at once: what an ensemble calls.

The published award is worked out in exact fractions by :mod:`workbench.grants.level`. Here the same formula runs in
floats, over blocks of draws that fit into a core's cache. An award can differ from the exact one by a shilling, and the
awards of each draw still add up to the shilling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from workbench.allocation import find_rule, largest_remainder
from workbench.errors import Fault, InputError
from workbench.grants.design import Curve
from workbench.grants.facts import COUNTIES
from workbench.grants.level import CountyInputs
from workbench.grants.shares import by_weight, curve_factor, per_county_awards
from workbench.grants.terms import LevelTerms

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

BLOCK_DRAWS: Final = 2_048
"""Draws in one block: some arrays of 2,048 x 47 cells fit into a core's second cache."""


@dataclass(frozen=True)
class Draws:
    """What varies from draw to draw; what is None is as the level's terms say.

    Attributes
    ----------
    qualifies : (draws, 47)
        Whether each county meets every gate.
    scores : (draws, 47), optional
        Points, 0 to 100; NaN is unknown.
    pool, per_county : (draws,), optional
        Whole KES.
    """

    qualifies: Bools
    scores: Floats | None = None
    pool: Whole | None = None
    per_county: Whole | None = None

    def __post_init__(self) -> None:
        draws = len(self.qualifies)
        shapes = {"qualifies": (draws, COUNTIES), "scores": (draws, COUNTIES), "pool": (draws,), "per_county": (draws,)}
        faults = [
            Fault(what=f"has the shape {np.shape(values)}, not {shape}", value=name)
            for name, shape in shapes.items()
            if (values := getattr(self, name)) is not None and np.shape(values) != shape
        ]
        if faults:
            raise InputError(faults)


def level_draws(terms: LevelTerms, inputs: CountyInputs, draws: Draws) -> Whole:
    """Work out a level's awards for every draw.

    Parameters
    ----------
    terms : LevelTerms
        The level in one year, as set.
    inputs : CountyInputs
        The variables of the formula; its scores and conditions give way to those of the draws.
    draws : Draws

    Returns
    -------
    (draws, 47)
        Whole KES; each row adds up to at most the pool.

    Raises
    ------
    InputError
        For a level with fixed amounts, named counties, floors or caps: run it draw by draw.
    """
    refuse_unvectorised(terms)
    count = len(draws.qualifies)
    awards = np.empty((count, COUNTIES), dtype=np.int64)
    variables = {name: np.nan_to_num(one.values) for name, one in inputs.variables.items()}
    for start in range(0, count, BLOCK_DRAWS):
        block = slice(start, start + BLOCK_DRAWS)
        pool = np.int64(terms.pool or 0) if draws.pool is None else draws.pool[block]
        if terms.per_county is not None:
            amount = np.int64(terms.per_county) if draws.per_county is None else draws.per_county[block]
            awards[block] = per_county_awards(pool, amount, draws.qualifies[block])
            continue
        scores = inputs.scores if draws.scores is None else draws.scores[block]
        awards[block] = _by_parts(terms, variables, draws.qualifies[block], scores, pool)
    return awards


def refuse_unvectorised(terms: LevelTerms) -> None:
    """Raise where a level cannot be worked out over many draws at once."""
    find_rule(terms.level.rule)
    fixed = any(part.kind == "amounts" or part.among for part in terms.level.parts.values())
    if fixed or terms.floor is not None or terms.cap is not None or terms.level.county_floor is not None:
        what = "has fixed amounts, named counties, floors or caps, and cannot be worked out over many draws at once"
        raise InputError(Fault(what=what, value=terms.name, remedy="run it draw by draw"))


def _by_parts(
    terms: LevelTerms, variables: dict[str, Floats], qualifies: Bools, scores: Floats, pool: npt.ArrayLike
) -> Whole:
    pools = np.broadcast_to(np.asarray(pool, dtype=np.int64), len(qualifies))
    parts = terms.level.parts.values()
    weights = [_weights(terms, variables[part.variable] if part.variable else None, qualifies, scores, part.kind)
               for part in parts]  # fmt: skip
    if len(weights) == 1:
        amounts = weights[0]
    else:
        shared = zip(parts, weights, strict=True)
        amounts = np.sum([by_weight(pools * (part.weight.value / 100), one) for part, one in shared], axis=0)
    paid = amounts.any(axis=-1)
    return largest_remainder(amounts, np.where(paid, pools, 0))


def _weights(terms: LevelTerms, variable: Floats | None, qualifies: Bools, scores: Floats, kind: str) -> Floats:
    """Return a county's weight in a part, draw by draw; what is not known weighs nothing."""
    weights = _factors(terms.level.curve, scores) if kind == "index" else np.ones(COUNTIES)
    if terms.level.scored and kind != "index":
        qualifies = qualifies & ~np.isnan(scores)
    if variable is not None:
        weights = weights * variable
    return np.asarray(weights * qualifies)


def _factors(curve: Curve | None, scores: Floats) -> Floats:
    if curve is None:
        return np.nan_to_num(scores) / 100.0
    return np.asarray(curve_factor(scores, curve.kind, curve.threshold, curve.exponent), dtype=np.float64)
