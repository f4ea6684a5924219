"""One level of a design: who qualifies, what the formula gives, what is paid in whole shillings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from workbench.grants.design import Gate, Part
from workbench.grants.facts import Variable
from workbench.grants.shares import (
    Array,
    by_weight,
    curve_factor,
    exact,
    per_county_awards,
    whole_shillings,
    within_bounds,
)
from workbench.grants.terms import COUNTIES, LARGEST, LevelTerms

Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

MET: Final = "met"
NOT_MET: Final = "not met"
UNKNOWN: Final = "unknown"


@dataclass(frozen=True)
class CountyInputs:
    """What is known of each county when awards are worked out, in code order.

    Attributes
    ----------
    conditions : tuple of str, (47,)
        What the score form says of the minimum conditions: ``met``, ``not met`` or ``unknown``; None without a form.
    scores : (47,)
        Points, 0 to 100; NaN is unknown.
    variables : mapping
        Published and supplied variables by name.
    names : tuple of str
        The counties' names.
    """

    names: tuple[str, ...]
    conditions: tuple[str, ...] | None
    scores: npt.NDArray[np.float64]
    variables: Mapping[str, Variable]


@dataclass(frozen=True)
class LevelAwards:
    """What one level pays, and how it came about.

    Attributes
    ----------
    pool, awarded, unallocated : int
        KES; the last two add up to the first.
    awards : (47,)
        Whole KES.
    gates : mapping of str to tuple of str
        For each gate, what holds for each county.
    qualifies : (47,)
        Whether a county meets every gate and, where a score moves money, has one.
    formula : mapping of str to (47,)
        For each part, the exact KES that it gives each county before bounds and rounding.
    bounded : (47,)
        Exact KES after floors, caps and a pool too small.
    missing : mapping of str to str
        Parts that could not be shared, and the variable that each lacks.
    """

    terms: LevelTerms
    awards: Whole
    gates: Mapping[str, tuple[str, ...]]
    qualifies: Bools
    formula: Mapping[str, Array] = field(default_factory=dict)
    bounded: Array | None = None
    missing: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The level's name: ``level_1``."""
        return self.terms.name

    @property
    def pool(self) -> int:
        """KES; nothing where the level has no pool in the year."""
        return self.terms.pool or 0

    @property
    def awarded(self) -> int:
        """KES."""
        return int(self.awards.sum())

    @property
    def unallocated(self) -> int:
        """KES."""
        return self.pool - self.awarded


def evaluate(terms: LevelTerms, inputs: CountyInputs) -> LevelAwards:
    """Work out one level's awards.

    Parameters
    ----------
    terms : LevelTerms
        The level in one year, as set.
    inputs : CountyInputs
        What is known of the counties.
    """
    gates = {name: gate_states(gate, inputs) for name, gate in terms.level.gates.items()}
    qualifies = np.array([all(states[place] == MET for states in gates.values()) for place in range(COUNTIES)])
    if terms.pool is None:
        return LevelAwards(terms, np.zeros(COUNTIES, dtype=np.int64), gates, qualifies)
    if terms.per_county is not None:
        awards = per_county_awards(terms.pool, terms.per_county, qualifies)
        asked = exact(np.where(qualifies, terms.per_county, 0))
        return LevelAwards(terms, awards, gates, qualifies, formula={"per_county": asked}, bounded=exact(awards))
    return _by_parts(terms, inputs, gates, qualifies)


def gate_states(gate: Gate, inputs: CountyInputs) -> tuple[str, ...]:
    """Return what holds at a gate for each county: ``met``, ``not met`` or ``unknown``."""
    if gate.column is not None and inputs.conditions is not None:
        return inputs.conditions
    return (gate.without_form,) * COUNTIES


def _by_parts(
    terms: LevelTerms, inputs: CountyInputs, gates: Mapping[str, tuple[str, ...]], qualifies: Bools
) -> LevelAwards:
    level = terms.level
    if level.scored:
        qualifies = qualifies & ~np.isnan(inputs.scores)
    formula: dict[str, Array] = {}
    missing: dict[str, str] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for name, part in level.parts.items():
        variable = inputs.variables.get(part.variable) if part.variable else None
        if part.variable and variable is None:
            missing[name] = part.variable
            continue
        takes_part = qualifies & _among(part, inputs.names)
        if variable is not None:
            lacking = takes_part & ~variable.known
            if lacking.any():
                unknown[name] = tuple(np.array(inputs.names)[lacking])
                if part.kind != "amounts":
                    missing[name] = variable.name
                    continue
        formula[name] = _part_amounts(part, terms, inputs, takes_part)
    amounts = sum(formula.values(), start=exact(np.zeros(COUNTIES)))
    bounded = _bounded(amounts, terms, qualifies)
    total = bounded.sum()
    awards = whole_shillings(bounded, np.floor(total))
    return LevelAwards(terms, awards, gates, qualifies, formula, bounded, missing, unknown)


def _among(part: Part, names: tuple[str, ...]) -> Bools:
    return np.array([part.among is None or name in part.among for name in names])


def _part_amounts(part: Part, terms: LevelTerms, inputs: CountyInputs, takes_part: Bools) -> Array:
    weight = exact(part.weight.value) / 100
    gate = exact(takes_part.astype(np.int64))
    values = np.ones(COUNTIES)
    if part.variable is not None:
        values = np.nan_to_num(inputs.variables[part.variable].values, nan=0.0)
    if part.kind == "amounts":
        return np.asarray(exact(values) * gate * weight, dtype=object)
    factors = exact(values) * gate
    curve = terms.level.curve
    if part.kind == "index" and curve is not None:
        factors = factors * exact(curve_factor(inputs.scores, curve.kind, curve.threshold, curve.exponent))
    return by_weight(exact(terms.pool or 0) * weight, factors)


def _bounded(amounts: Array, terms: LevelTerms, qualifies: Bools) -> Array:
    pool = exact(terms.pool or 0)[()]
    if amounts.sum() > pool:
        amounts = by_weight(pool, amounts)
    if (terms.floor is None and terms.cap is None) or amounts.sum() == 0:
        return amounts
    gate = exact(qualifies.astype(np.int64))
    lower = exact(np.full(COUNTIES, terms.floor or 0)) * gate
    upper = exact(np.full(COUNTIES, LARGEST if terms.cap is None else terms.cap)) * gate
    return within_bounds(amounts, lower, upper)
