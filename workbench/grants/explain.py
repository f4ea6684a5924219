"""The path of one county's money, line by line, in words and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from workbench.datasets.counties import county_name
from workbench.fiscal import format_money
from workbench.grants.design import Curve, Part
from workbench.grants.level import CountyInputs, LevelAwards
from workbench.grants.scores import MET, UNKNOWN
from workbench.grants.shares import curve_factor


@dataclass(frozen=True)
class Step:
    """One line on the way to an award.

    Attributes
    ----------
    level, step, words : str
        Where, what and how.
    kes : float or int, optional
        The shillings at this step; None where the step is about no money.
    """

    level: str
    step: str
    words: str
    kes: float | int | None = None


@dataclass(frozen=True)
class Explanation:
    """Why a county gets what it gets.

    Attributes
    ----------
    county : str
    award : int
        KES, all levels together.
    steps : tuple of Step
        In order, level by level.
    why_not : str
        Why it gets nothing from a level; or that it is paid by each.
    """

    county: str
    award: int
    steps: tuple[Step, ...]
    why_not: str

    @property
    def table(self) -> pd.DataFrame:
        """Columns ``level, step, words, kes``."""
        rows = [(step.level, step.step, step.words, step.kes) for step in self.steps]
        frame = pd.DataFrame(rows, columns=["level", "step", "words", "kes"])
        return frame.astype({"kes": "object"})

    @property
    def text(self) -> str:
        """All steps as sentences, a line each."""
        lines = [f"{self.county}: {format_money(self.award, 'KES')}"]
        level = ""
        for step in self.steps:
            if step.level != level:
                level = step.level
                lines.append(f"{level}")
            lines.append(f"  {step.step}: {step.words}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<p>{self.why_not}</p>{self.table.to_html(index=False, na_rep='')}"


def explain_county(levels: Sequence[LevelAwards], inputs: CountyInputs, county: str) -> Explanation:
    """Show the path of a county's money.

    Parameters
    ----------
    levels : sequence of LevelAwards
    inputs : CountyInputs
    county : str
        In any spelling that published tables use.

    Raises
    ------
    UnknownNameError
        With the nearest right name.
    """
    name = county_name(county)
    place = inputs.names.index(name)
    steps = tuple(step for level in levels for step in _level_steps(level, inputs, place))
    reasons = [reason for level in levels if (reason := _why_nothing(level, inputs, place))]
    paid = f"{name} is awarded money by every level that has a pool in this year."
    award = sum(int(level.awards[place]) for level in levels)
    return Explanation(name, award, steps, " ".join(reasons) or paid)


def _level_steps(level: LevelAwards, inputs: CountyInputs, place: int) -> Iterator[Step]:
    title = level.terms.level.title
    if level.terms.pool is None:
        yield Step(title, "pool", "no pool is published for this year, so the level awards nothing", 0)
        return
    yield Step(title, "pool", f"{_kes(level.pool)} to share", level.pool)
    for gate, states in level.gates.items():
        told = f"{states[place]}: {level.terms.level.gates[gate].description}"
        yield Step(title, "condition", told + ("; unknown is not met" if states[place] == UNKNOWN else ""))
    if level.terms.level.scored or not np.isnan(inputs.scores[place]):
        yield Step(title, "score", _score_words(level, inputs, place))
    if level.qualifies[place]:
        yield from _formula_steps(level, inputs, place)
    award = int(level.awards[place])
    yield Step(title, "award", f"{_kes(award)} in whole shillings", award)


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
            yield Step(title, "formula", f"one amount for each county that qualifies: {_kes(amount)}", _number(amount))
        elif level.takes_part[name][place]:
            words = _part_words(level, part, inputs, place, amount)
            yield Step(title, "formula", words, _number(amount))
        else:
            yield Step(title, "formula", f"{part.description}: the county is not among those that share", 0)
    for name, variable in level.missing.items():
        part = terms.level.parts[name]
        yield Step(
            title, "missing", f"{part.description}: '{variable}' is not known of every county, so it is not shared"
        )
    if level.payable is None:
        return
    before: Any = sum((amounts[place] for amounts in level.formula.values()), start=Fraction(0))
    after = level.payable[place]
    if level.short:
        asked: Any = sum((amounts.sum() for amounts in level.formula.values()), start=Fraction(0))
        rule = terms.level.rule.replace("_", " ")
        words = f"{_kes(asked)} is due and the pool has {_kes(level.pool)}; the rule '{rule}' leaves {_kes(after)}"
        yield Step(title, "pool too small", words, _number(after))
    elif after != before:
        yield Step(title, "bounds", _bound_words(level, before, after), _number(after))
    award = int(level.awards[place])
    if after != award:
        words = f"from {_exact(after)} to {award:,}, by largest remainder, so that the awards add up"
        yield Step(title, "rounding", words, award)


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
        return f"{part.description}: {weight} of {value:,.0f} ({variable.description}) = {_kes(amount)}"
    share = float(amount) / (level.pool * part.weight.value / 100) if amount else 0.0
    curve = " x curve on the score" if part.kind == "index" else ""
    return (
        f"{part.description}: {weight} of the pool x {100 * share:.6f} percent"
        f" ({variable.description}: {value:,.1f}{curve}, over all that qualify) = {_kes(amount)}"
    )


def _name_of(level: LevelAwards, part: Part) -> str:
    return next(name for name, one in level.terms.level.parts.items() if one is part)


def _bound_words(level: LevelAwards, before: Fraction, after: Fraction) -> str:
    terms = level.terms
    if terms.cap is not None and after == terms.cap:
        return f"the cap of {_kes(terms.cap)} holds back {_kes(before - after)}, which the others share"
    if terms.floor is not None and after == terms.floor:
        return f"the floor lifts it by {_kes(after - before)} to {_kes(terms.floor)}, which the others give up"
    word = "adds" if after > before else "takes"
    return f"what floors and caps free or take, shared again, {word} {_kes(abs(after - before))}"


def _why_nothing(level: LevelAwards, inputs: CountyInputs, place: int) -> str:
    """Say why the level pays the county nothing; empty where it pays, or pays nobody in this year."""
    if level.terms.pool is None or level.awards[place] > 0:
        return ""
    name, title = inputs.names[place], level.terms.level.title
    closed = {gate: states[place] for gate, states in level.gates.items() if states[place] != MET}
    score = float(inputs.scores[place])
    but = "" if np.isnan(score) else f" A score of {score:g} does not help: the gate comes before the score."
    if closed:
        told = "; ".join(
            f"'{level.terms.level.gates[gate].description}' is {state}"
            + (", and unknown is not met" * (state == UNKNOWN))
            for gate, state in closed.items()
        )
        return f"{name} gets nothing from {title}: {told}.{but}"
    if level.without_score[place]:
        return f"{name} gets nothing from {title}: its score is not known."
    lacking = [level.missing[part] for part in level.missing]
    lacking += [str(level.terms.level.parts[part].variable) for part, lack in level.lacking.items() if lack[place]]
    if lacking:
        return f"{name} gets nothing from {title} yet: '{lacking[0]}' is not known."
    if level.takes_part and not any(takes[place] for takes in level.takes_part.values()):
        return f"{name} gets nothing from {title}: it is not among the counties that share it."
    if level.pool == 0:
        return f"{name} gets nothing from {title}: the pool is empty."
    return f"{name} gets nothing from {title}: by the formula its share is less than a shilling."


def _kes(amount: Any) -> str:  # noqa: ANN401 - an int, a float or a Fraction
    return format_money(float(amount), "KES", decimals=0 if amount == int(amount) else 2)


def _exact(amount: Fraction) -> str:
    return f"{float(amount):,.4f}"


def _number(amount: Fraction) -> float | int:
    return int(amount) if amount == int(amount) else float(amount)
