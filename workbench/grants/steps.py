"""The steps from a level's pool to one county's award, each in words and with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from workbench.fiscal import format_money
from workbench.grants.design import Curve, Part
from workbench.grants.level import CountyInputs, LevelAwards
from workbench.grants.scores import UNKNOWN
from workbench.grants.shares import curve_factor
from workbench.grants.values import Origin, least_sure


@dataclass(frozen=True)
class Step:
    """One line on the way to an award.

    Attributes
    ----------
    level, step, words : str
        Where, what and how.
    kes : float or int, optional
        The shillings at this step; None where the step is about no money.
    origins : tuple of Origin
        Where the step's own values come from; of an award, all that it stands on.
    """

    level: str
    step: str
    words: str
    kes: float | int | None = None
    origins: tuple[Origin, ...] = ()

    @property
    def mark(self) -> str:
        """How sure it is: the least sure of its values' marks; blank where it has none of its own."""
        return least_sure(self.origins)


def level_steps(level: LevelAwards, inputs: CountyInputs, place: int) -> Iterator[Step]:
    """Yield the steps from a level's pool to the award of the county at a place in code order."""
    title, origins = level.terms.level.title, level.terms.origins
    form = () if inputs.form is None else (inputs.form,)
    if level.terms.pool is None:
        yield Step(title, "pool", "no pool is published for this year, so the level awards nothing", 0)
        return
    steps = [Step(title, "pool", f"{_kes(level.pool)} to share", level.pool, origins("pool"))]
    for name, states in level.gates.items():
        gate = level.terms.level.gates[name]
        told = f"{states[place]}: {gate.description}" + ("; unknown is not met" if states[place] == UNKNOWN else "")
        by_form = form if gate.column is not None or gate.least_score is not None else ()
        steps.append(Step(title, "condition", told, origins=(gate.origin, *by_form)))
    if level.terms.level.scored or not np.isnan(inputs.scores[place]):
        steps.append(Step(title, "score", _score_words(level, inputs, place), origins=(*form, *origins("curve"))))
    if level.without_score[place]:
        words = "the county meets the conditions, but its score is not known, so that it gets nothing yet"
        steps.append(Step(title, "missing", words))
    if level.qualifies[place]:
        steps += _formula_steps(level, inputs, place)
    yield from steps
    award = int(level.awards[place])
    # A score that moves no money makes an award no less sure.
    counted = [step for step in steps if step.step != "score" or level.terms.level.scored]
    stands_on = tuple(dict.fromkeys(origin for step in counted for origin in step.origins))
    yield Step(title, "award", f"{_kes(award)} in whole shillings", award, stands_on)


def _score_words(level: LevelAwards, inputs: CountyInputs, place: int) -> str:
    score = float(inputs.scores[place])
    if np.isnan(score):
        return "not known"
    if not level.terms.level.scored:
        return f"{score:g} points; no score moves money at this level"
    curve = level.terms.level.curve
    factor = _factor(curve, score)
    return f"{score:g} points weigh {factor:.6g} by the curve '{curve.kind if curve else 'linear'}'"


def _factor(curve: Curve | None, score: float) -> float:
    if curve is None:
        return score / 100
    return float(curve_factor(np.array([score]), curve.kind, curve.threshold, curve.exponent)[0])


def _formula_steps(level: LevelAwards, inputs: CountyInputs, place: int) -> Iterator[Step]:
    title, terms = level.terms.level.title, level.terms
    for name, amounts in level.formula.items():
        amount = amounts[place]
        part = terms.level.parts.get(name)
        if part is None:
            words = f"one amount for each county that qualifies: {_kes(amount)}"
            yield Step(title, "formula", words, _number(amount), terms.origins("per_county"))
        elif level.takes_part[name][place]:
            words = _part_words(level, part, inputs, place, amount)
            yield Step(title, "formula", words, _number(amount), _part_origins(level, name, inputs))
        else:
            words = f"{part.description}: the county is not among those that share"
            yield Step(title, "formula", words, 0, _part_origins(level, name, inputs))
    for name, variable in level.missing.items():
        part = terms.level.parts[name]
        yield Step(
            title, "missing", f"{part.description}: '{variable}' is not known of every county, so it is not shared"
        )
    if level.payable is None:
        return
    before, after = level.given[place], level.payable[place]
    if level.short:
        asked = level.given.sum()
        rule = terms.level.rule.replace("_", " ")
        words = f"{_kes(asked)} is due and the pool has {_kes(level.pool)}; the rule '{rule}' leaves {_kes(after)}"
        origins = (*_form_origin(level, inputs), *terms.origins("rule"))
        yield Step(title, "pool too small", words, _number(after), origins)
    elif after != before:
        words = _bound_words(level, place, before, after)
        yield Step(title, "bounds", words, _number(after), _bound_origins(level, inputs))
    award = int(level.awards[place])
    if after != award:
        unit = "" if terms.rounding == 1 else f" in steps of {terms.rounding:,}"
        words = f"from {_exact(after)} to {award:,}{unit}, by largest remainder, so that the awards add up"
        yield Step(title, "rounding", words, award, terms.origins("rounding"))


def _part_origins(level: LevelAwards, name: str, inputs: CountyInputs) -> tuple[Origin, ...]:
    part = level.terms.level.parts[name]
    variable = () if part.variable is None else (inputs.variables[part.variable].origin,)
    curve = level.terms.origins("curve") if part.kind == "index" else ()
    form = () if part.kind == "amounts" else _form_origin(level, inputs)
    return (*level.terms.origins(f"parts.{name}.weight"), *variable, *curve, *form)


def _form_origin(level: LevelAwards, inputs: CountyInputs) -> tuple[Origin, ...]:
    """Return the score form where it says who shares in the level or how much a score weighs."""
    gated = any(gate.column or gate.least_score is not None for gate in level.terms.level.gates.values())
    return (inputs.form,) if inputs.form is not None and (gated or level.terms.level.scored) else ()


def _part_words(level: LevelAwards, part: Part, inputs: CountyInputs, place: int, amount: Fraction) -> str:
    weight = f"{part.weight.value:g} percent"
    if part.kind == "equal":
        count = int(level.takes_part[_name_of(level, part)].sum())
        return f"{part.description}: {weight} of the pool / {count} counties = {_kes(amount)}"
    variable = inputs.variables[str(part.variable)]
    value = float(variable.values[place])
    if np.isnan(value):
        return f"{part.description}: '{variable.name}' of the county is not known"
    if part.kind == "amounts":
        return f"{part.description}: {weight} of {_plain(value)} ({variable.description}) = {_kes(amount)}"
    share = float(amount) / (level.pool * part.weight.value / 100) if amount else 0.0
    curve = " x curve on the score" if part.kind == "index" else ""
    return (
        f"{part.description}: {weight} of the pool x {100 * share:.6f} percent"
        f" ({variable.description}: {_plain(value)}{curve}, over all that qualify) = {_kes(amount)}"
    )


def _name_of(level: LevelAwards, part: Part) -> str:
    return next(name for name, one in level.terms.level.parts.items() if one is part)


def _bound_origins(level: LevelAwards, inputs: CountyInputs) -> tuple[Origin, ...]:
    by_county = level.terms.level.county_floor
    variable = () if by_county is None or not level.own_floors else (inputs.variables[by_county.variable].origin,)
    return (*level.terms.origins("floor", "cap", "county_floor"), *variable)


def _bound_words(level: LevelAwards, place: int, before: Fraction, after: Fraction) -> str:
    terms, by_county = level.terms, level.terms.level.county_floor
    if terms.cap is not None and after == terms.cap:
        return f"the cap of {_kes(terms.cap)} holds back {_kes(before - after)}, which the others share"
    if terms.floor is not None and after == terms.floor:
        return f"the floor lifts it by {_kes(after - before)} to {_kes(terms.floor)}, which the others give up"
    if level.floors is not None and level.own_floors and by_county is not None and after == level.floors[place]:
        lifted = f"lifts it by {_kes(after - before)} to {_kes(after)}, which the others give up"
        return f"the county's own floor ({by_county.description}) {lifted}"
    word = "adds" if after > before else "takes"
    return f"what floors and caps free or take, shared again, {word} {_kes(abs(after - before))}"


def _kes(amount: Any) -> str:  # noqa: ANN401 - an int, a float or a Fraction
    return format_money(float(amount), "KES", decimals=0 if amount == int(amount) else 2)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.1f}"


def _exact(amount: Fraction) -> str:
    return f"{float(amount):,.4f}"


def _number(amount: Fraction) -> float | int:
    return int(amount) if amount == int(amount) else float(amount)
