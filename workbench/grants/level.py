"""One level of a design: who qualifies, what the formula gives, what is paid in whole shillings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.allocation import allocate, find_rule
from workbench.grants.design import Gate, Part
from workbench.grants.facts import COUNTIES, Variable
from workbench.grants.scores import MET, NOT_MET, UNKNOWN
from workbench.grants.shares import Array, by_weight, curve_factor, exact, whole_shillings, within_bounds
from workbench.grants.terms import LevelTerms
from workbench.grants.values import LARGEST, Origin

Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CountyInputs:
    """What is known of each county when awards are worked out, in code order.

    Attributes
    ----------
    names : tuple of str, (47,)
        The counties.
    conditions : tuple of str, (47,)
        What the score form says of the minimum conditions: ``met``, ``not met`` or ``unknown``; None without a form.
    scores : (47,)
        Points, 0 to 100; NaN is unknown.
    variables : mapping
        Published and supplied variables by name.
    form : Origin, optional
        Where conditions and scores come from; None without a form.
    """

    names: tuple[str, ...]
    conditions: tuple[str, ...] | None
    scores: npt.NDArray[np.float64]
    variables: Mapping[str, Variable]
    form: Origin | None = None


@dataclass(frozen=True)
class LevelAwards:
    """What one level pays, and how it came about.

    Attributes
    ----------
    terms : LevelTerms
        The level in its year, as set.
    awards : (47,)
        Whole KES.
    gates : mapping of str to tuple of str
        For each gate, what holds for each county.
    qualifies : (47,)
        Whether a county meets every gate and, where a score moves money, has one.
    without_score : (47,)
        Whether a county meets every gate but lacks the score that the formula needs.
    formula : mapping of str to (47,)
        For each part, the exact KES that it gives each county before bounds, a pool too small and rounding.
    payable : (47,)
        Exact KES after floors, caps and a pool too small.
    short : bool
        Whether the pool is too small for all that qualify.
    takes_part, lacking : mapping of str to (47,)
        For each part, who shares in it, and of whom its variable is not known.
    missing : mapping of str to str
        Parts that could not be shared, and the variable that each lacks.
    unknown : mapping of str to tuple of str
        For each part, the counties of which its variable is not known.
    floors : (47,), optional
        The least KES that each county gets, exactly; None where no floor holds.
    own_floors : bool
        Whether the level's floor by county is among them.
    """

    terms: LevelTerms
    awards: Whole
    gates: Mapping[str, tuple[str, ...]]
    qualifies: Bools
    without_score: Bools
    formula: Mapping[str, Array] = field(default_factory=dict)
    payable: Array | None = None
    short: bool = False
    takes_part: Mapping[str, Bools] = field(default_factory=dict)
    lacking: Mapping[str, Bools] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    floors: Array | None = None
    own_floors: bool = False

    @property
    def name(self) -> str:
        """The level's name: ``level_1``."""
        return self.terms.name

    @property
    def pool(self) -> int:
        """KES; nothing where the level has no pool in the year."""
        return self.terms.pool or 0

    @property
    def given(self) -> Array:
        """What the formula gives each county before bounds, a pool too small and rounding, (47,) exact KES."""
        return sum(self.formula.values(), start=exact(np.zeros(COUNTIES)))

    @property
    def awarded(self) -> int:
        """KES."""
        return int(self.awards.sum())

    @property
    def incomplete(self) -> bool:
        """Whether figures are missing: of a part's variable, or the score of a county that meets every gate."""
        return self.terms.pool is not None and bool(self.missing or self.unknown or self.without_score.any())

    @property
    def unallocated(self) -> int:
        """KES; with ``awarded`` it adds up to the pool."""
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
    find_rule(terms.level.rule)
    gates = {name: gate_states(gate, inputs) for name, gate in terms.level.gates.items()}
    passes = np.array([all(states[place] == MET for states in gates.values()) for place in range(COUNTIES)])
    scored = ~np.isnan(inputs.scores) if terms.level.scored else np.ones(COUNTIES, dtype=np.bool_)
    level = LevelAwards(terms, np.zeros(COUNTIES, dtype=np.int64), gates, passes & scored, passes & ~scored)
    if terms.pool is None:
        return level
    if terms.per_county is not None:
        return _paid(replace(level, formula={"per_county": exact(np.where(passes, terms.per_county, 0))}))
    return _by_parts(level, inputs)


def gate_states(gate: Gate, inputs: CountyInputs) -> tuple[str, ...]:
    """Return what holds at a gate for each county: ``met``, ``not met`` or ``unknown``."""
    if gate.least_score is not None:
        least = gate.least_score
        return tuple(UNKNOWN if np.isnan(one) else MET if one >= least else NOT_MET for one in inputs.scores)
    if gate.column is not None and inputs.conditions is not None:
        return inputs.conditions
    return (gate.without_form,) * COUNTIES


def _by_parts(level: LevelAwards, inputs: CountyInputs) -> LevelAwards:
    formula: dict[str, Array] = {}
    missing: dict[str, str] = {}
    takes_part: dict[str, Bools] = {}
    lacking: dict[str, Bools] = {}
    for name, part in level.terms.level.parts.items():
        takes_part[name] = level.qualifies & _among(part, inputs.names)
        variable = inputs.variables.get(part.variable) if part.variable else None
        if part.variable is not None:
            known = np.zeros(COUNTIES, dtype=np.bool_) if variable is None else variable.known
            lacking[name] = takes_part[name] & ~known
            # Amounts stand alone, county by county; a share of a whole cannot be told while a part of it is unknown.
            if variable is None or (part.kind != "amounts" and lacking[name].any()):
                missing[name] = part.variable
                continue
        formula[name] = _part_amounts(part, level.terms, inputs, takes_part[name])
    unknown = {name: tuple(np.array(inputs.names)[lack]) for name, lack in lacking.items() if lack.any()}
    shared = replace(level, formula=formula, takes_part=takes_part, lacking=lacking, missing=missing, unknown=unknown)
    return _paid(_with_floors(shared, inputs))


def _with_floors(level: LevelAwards, inputs: CountyInputs) -> LevelAwards:
    """Add the least that each county gets; a floor by county waits until nothing that is shared is missing."""
    terms, gate = level.terms, exact(level.qualifies.astype(np.int64))
    flat = None if terms.floor is None else exact(np.full(COUNTIES, terms.floor)) * gate
    by_county = terms.level.county_floor
    variable = None if by_county is None else inputs.variables.get(by_county.variable)
    if by_county is None or variable is None or level.missing or not variable.known[level.qualifies].all():
        return replace(level, floors=flat)
    # Rounded up, so that two halves of an odd shilling are never less than the whole.
    own = exact(np.nan_to_num(variable.values)) * (exact(by_county.weight.value)[()] / 100) * gate
    least = np.array([Fraction(ceil(one)) for one in own], dtype=object)
    return replace(level, floors=least if flat is None else np.maximum(flat, least), own_floors=True)


def _among(part: Part, names: tuple[str, ...]) -> Bools:
    return np.array([part.among is None or name in part.among for name in names])


def _part_amounts(part: Part, terms: LevelTerms, inputs: CountyInputs, takes_part: Bools) -> Array:
    weight = exact(part.weight.value)[()] / 100
    gate = exact(takes_part.astype(np.int64))
    values = np.ones(COUNTIES)
    if part.variable is not None:
        values = np.nan_to_num(inputs.variables[part.variable].values, nan=0.0)
    factors = exact(values) * gate
    if part.kind == "amounts":
        return np.asarray(factors * weight, dtype=object)
    curve = terms.level.curve
    if part.kind == "index" and curve is not None:
        factors = factors * exact(curve_factor(inputs.scores, curve.kind, curve.threshold, curve.exponent))
    return by_weight((terms.pool or 0) * weight, factors)


def _paid(level: LevelAwards) -> LevelAwards:
    """Round what the formula gives to whole shillings, within the bounds and the pool."""
    short = bool(level.given.sum() > level.pool)
    payable = exact(_shared_by_rule(level.terms, level.given)) if short else _bounded(level.given, level)
    unit = level.terms.rounding
    awards = whole_shillings(payable / unit, int(np.floor(payable.sum() / unit))) * unit
    return replace(level, awards=awards, payable=payable, short=short)


def _shared_by_rule(terms: LevelTerms, claims: Array) -> Whole:
    """Share a pool that is too small by the level's rule; claims of a fraction of a shilling are rounded up first."""
    whole = pd.Series(np.ceil(claims).astype(np.int64), index=pd.RangeIndex(1, COUNTIES + 1))
    served = whole[whole > 0]
    awards = allocate(terms.pool or 0, served.astype(np.float64), rule=terms.level.rule).awards
    return np.asarray(awards.reindex(whole.index, fill_value=0).to_numpy(), dtype=np.int64)


def _bounded(amounts: Array, level: LevelAwards) -> Array:
    cap = level.terms.cap
    if (level.floors is None and cap is None) or amounts.sum() == 0:
        return amounts
    gate = exact(level.qualifies.astype(np.int64))
    lower = exact(np.zeros(COUNTIES)) if level.floors is None else level.floors
    upper = exact(np.full(COUNTIES, LARGEST if cap is None else cap)) * gate
    # A cap beats a floor of a county's own.
    return within_bounds(amounts, np.minimum(lower, upper), upper)
