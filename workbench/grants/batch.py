"""A level's awards over many draws at once: what an ensemble calls.

The published award is worked out in exact fractions by :mod:`workbench.grants.level`. Here the same formula runs in
floats, over blocks of draws that fit into a core's cache. An award can differ from the exact one by a shilling, and the
awards of each draw still add up to the shilling.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from workbench.allocation import find_rule, largest_remainder
from workbench.errors import Fault, InputError
from workbench.grants.bounds import within_bounds_of_draws
from workbench.grants.design import Part
from workbench.grants.facts import COUNTIES, Variable
from workbench.grants.level import CountyInputs
from workbench.grants.shares import by_weight, curve_factor, per_county_awards
from workbench.grants.terms import LARGEST, LevelTerms

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

_NOISE: Final = 1e-3
"""KES: what floats may lose of a sum of 47 amounts, far below the shilling that is rounded to."""

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
    pool, per_county, floor, cap : (draws,), optional
        Whole KES.
    threshold, exponent : (draws,), optional
        Of the curve on the score: points below 100, and a power from 0.
    """

    qualifies: Bools
    scores: Floats | None = None
    pool: Whole | None = None
    per_county: Whole | None = None
    floor: Whole | None = None
    cap: Whole | None = None
    threshold: Floats | None = None
    exponent: Floats | None = None

    def __post_init__(self) -> None:
        draws = len(self.qualifies)
        shapes = {one.name: (draws, COUNTIES) if one.name in ("qualifies", "scores") else (draws,)
                  for one in fields(self)}  # fmt: skip
        faults = [
            Fault(what=f"has the shape {np.shape(values)}, not {shape}", value=name)
            for name, shape in shapes.items()
            if (values := getattr(self, name)) is not None and np.shape(values) != shape
        ]
        if faults:
            raise InputError(faults)

    def part(self, start: int) -> Draws:
        """Return one block of the draws, from some draw on."""
        block = slice(start, start + BLOCK_DRAWS)
        varying = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(self, **{name: values[block] for name, values in varying.items() if values is not None})


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
        For a rule that needs an order of its own, where a pool may be too small for fixed amounts.
    """
    return draws_of_level(terms, inputs, draws)[0]


def draws_of_level(terms: LevelTerms, inputs: CountyInputs, draws: Draws) -> tuple[Whole, Floats]:
    """Work out a level's awards for every draw, ``(draws, 47)``, and what its formula gives in all, ``(draws,)``; KES.

    As :func:`level_draws` otherwise.
    """
    refuse_unvectorised(terms)
    count = len(draws.qualifies)
    if terms.level.scored and draws.scores is None:
        draws = replace(draws, scores=np.broadcast_to(inputs.scores, (count, COUNTIES)))
    awards, asked = np.empty((count, COUNTIES), dtype=np.int64), np.empty(count)
    plain = _is_plain(terms, inputs, draws)
    for start in range(0, count, BLOCK_DRAWS):
        part, block = draws.part(start), slice(start, start + BLOCK_DRAWS)
        pool = np.broadcast_to(np.int64(terms.pool or 0) if part.pool is None else part.pool, len(part.qualifies))
        if terms.per_county is not None:
            amount = np.int64(terms.per_county) if part.per_county is None else part.per_county
            awards[block] = per_county_awards(pool, amount, part.qualifies)
            asked[block] = np.count_nonzero(part.qualifies, axis=-1) * amount
        else:
            work = _by_parts if plain else _within_bounds
            awards[block], asked[block] = work(terms, inputs, part, pool)
    return awards, asked


def refuse_unvectorised(terms: LevelTerms) -> None:
    """Raise where a level cannot be worked out over many draws at once."""
    find_rule(terms.level.rule)
    fixed = any(part.kind == "amounts" for part in terms.level.parts.values())
    if fixed and terms.level.rule in ("priority", "concede_and_divide"):
        what = (
            f"shares fixed amounts by the rule {terms.level.rule}, which cannot be worked out over many draws at once"
        )
        raise InputError(Fault(what=what, value=terms.name, remedy="run it draw by draw, or set another rule"))
    if terms.level.county_floor is not None or terms.rounding != 1:
        what = "holds each county at its own floor, or awards in steps: it cannot be worked out over many draws at once"
        raise InputError(Fault(what=what, value=terms.name, remedy="run it draw by draw"))


def _is_plain(terms: LevelTerms, inputs: CountyInputs, draws: Draws) -> bool:
    """Return whether the whole pool is shared by weights alone: the common case, and the quick one."""
    bounded = any(one is not None for one in (terms.floor, terms.cap, draws.floor, draws.cap))
    parts = terms.level.parts.values()
    return not bounded and all(
        part.kind != "amounts" and part.among is None and _known(part, inputs).all() for part in parts
    )


def _by_parts(terms: LevelTerms, inputs: CountyInputs, draws: Draws, pools: Whole) -> tuple[Whole, Floats]:
    parts = terms.level.parts.values()
    weights = [_weights(terms, part, inputs, draws) for part in parts]
    if len(weights) == 1:
        amounts = weights[0]
    else:
        shared = zip(parts, weights, strict=True)
        amounts = np.sum([by_weight(pools * (part.weight.value / 100), one) for part, one in shared], axis=0)
    paid = amounts.any(axis=-1)
    shared_out = np.where(paid, pools, 0)
    return largest_remainder(amounts, shared_out), shared_out.astype(np.float64)


def _within_bounds(terms: LevelTerms, inputs: CountyInputs, draws: Draws, pools: Whole) -> tuple[Whole, Floats]:
    """Work out a level with floors, caps, fixed amounts, named counties or figures that are not known."""
    claims = np.zeros(draws.qualifies.shape)
    for part in terms.level.parts.values():
        weights = _weights(terms, part, inputs, draws)
        if part.kind == "amounts":
            claims += weights * (part.weight.value / 100)
            continue
        # A share of a whole cannot be told while a part of it is unknown: the part is not shared out then.
        unknown = _takes_part(terms, part, inputs, draws) & ~_known(part, inputs)
        claims += np.where(
            unknown.any(axis=-1, keepdims=True), 0.0, by_weight(pools * (part.weight.value / 100), weights)
        )
    payable = _bounded(terms, claims, draws)
    short = claims.sum(axis=-1) > pools + _NOISE
    if short.any():
        whole = np.ceil(claims[short])
        payable[short] = find_rule(terms.level.rule)(pools[short].astype(np.float64), whole)
    totals = np.minimum(np.floor(payable.sum(axis=-1) + _NOISE).astype(np.int64), pools)
    return largest_remainder(payable, totals), claims.sum(axis=-1)


def _bounded(terms: LevelTerms, claims: Floats, draws: Draws) -> Floats:
    floor, cap = (
        term if drawn is None else drawn for term, drawn in ((terms.floor, draws.floor), (terms.cap, draws.cap))
    )
    if floor is None and cap is None:
        return claims
    gate = _scored(terms, draws).astype(np.float64)
    lower, upper = (
        np.broadcast_to(np.asarray(bound, dtype=np.float64), (len(claims),)).reshape(-1, 1) * gate
        for bound in (0 if floor is None else floor, LARGEST if cap is None else cap)
    )
    # Draws of a floor and a cap may cross: then the cap holds.
    return within_bounds_of_draws(claims, np.minimum(lower, upper), upper)


def _scored(terms: LevelTerms, draws: Draws) -> Bools:
    """Return who qualifies and, where a score moves money, has one."""
    if not terms.level.scored or draws.scores is None:
        return draws.qualifies
    return np.asarray(draws.qualifies & ~np.isnan(draws.scores))


def _takes_part(terms: LevelTerms, part: Part, inputs: CountyInputs, draws: Draws) -> Bools:
    takes = _scored(terms, draws)
    return takes if part.among is None else takes & np.array([name in part.among for name in inputs.names])


def _known(part: Part, inputs: CountyInputs) -> Bools:
    variable = _variable(part, inputs)
    return np.full(COUNTIES, part.variable is None) if variable is None else variable.known


def _variable(part: Part, inputs: CountyInputs) -> Variable | None:
    return inputs.variables.get(part.variable) if part.variable is not None else None


def _weights(terms: LevelTerms, part: Part, inputs: CountyInputs, draws: Draws) -> Floats:
    """Return a county's weight in a part, draw by draw; what is not known weighs nothing."""
    weights = _factors(terms, draws) if part.kind == "index" else np.ones(COUNTIES)
    if part.variable is not None:
        variable = _variable(part, inputs)
        weights = weights * (np.zeros(COUNTIES) if variable is None else np.nan_to_num(variable.values))
    return np.asarray(weights * _takes_part(terms, part, inputs, draws))


def _factors(terms: LevelTerms, draws: Draws) -> Floats:
    scores = np.full(COUNTIES, np.nan) if draws.scores is None else draws.scores
    curve = terms.level.curve
    if curve is None:
        return np.nan_to_num(scores) / 100.0
    threshold = curve.threshold if draws.threshold is None else draws.threshold[:, None]
    exponent = curve.exponent if draws.exponent is None else draws.exponent[:, None]
    return np.asarray(curve_factor(scores, curve.kind, threshold, exponent), dtype=np.float64)
