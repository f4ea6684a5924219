"""An assessment by conditions and measures: points become one score from 0 to 100, by weights of key result areas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field, model_validator

from workbench.errors import Fault, InputError
from workbench.grants.facts import county_names_by_code
from workbench.grants.forms import CODE, COUNTY, Source, read_county_form
from workbench.grants.scores import (
    CONDITIONS,
    MET,
    NOT_MET,
    NOTE,
    SCORE,
    UNKNOWN,
    Scores,
    read_answers,
    read_points,
    read_scores,
)
from workbench.grants.values import Constant, Referenced, Strict, Text

Column = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
_RESERVED = frozenset({CODE, COUNTY, CONDITIONS, SCORE})


class Condition(Referenced):
    """One minimum condition: a column of the form, answered yes, no or not at all."""

    description: Text


class Area(Strict):
    """A key result area and its weight in the score, percent."""

    description: Text
    weight: Constant


class Measure(Referenced):
    """One performance measure: a column of the form, in points.

    Attributes
    ----------
    area : str
        The key result area that it counts in.
    points : float
        The most that can be had.
    threshold : float
        Fewer points than this count as none.
    """

    description: Text
    area: Column
    points: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    threshold: Annotated[float, Field(ge=0)] = 0.0


class Assessment(Strict):
    """What is assessed: minimum conditions, and measures with points in weighted key result areas."""

    conditions: dict[Column, Condition] = Field(default_factory=dict)
    areas: dict[Column, Area]
    measures: dict[Column, Measure]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        total = sum(area.weight.value for area in self.areas.values())
        if abs(total - 100) > 1e-9:
            raise ValueError(f"the weights of the key result areas add up to {total:g} percent, not 100")
        for name, measure in self.measures.items():
            if measure.area not in self.areas:
                known = ", ".join(self.areas)
                raise ValueError(f"measure '{name}' counts in '{measure.area}', which is no area (known: {known})")
            if measure.threshold > measure.points:
                raise ValueError(f"measure '{name}' has a threshold above its points")
        idle = [name for name in self.areas if all(one.area != name for one in self.measures.values())]
        if idle:
            raise ValueError(f"area '{idle[0]}' has a weight and no measure")
        twice = (self.conditions.keys() & self.measures.keys()) | ({*self.conditions, *self.measures} & _RESERVED)
        if twice:
            raise ValueError(f"'{min(twice)}' cannot name two columns of the form")
        return self


def score_of(assessment: Assessment, points: Mapping[str, npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    """Turn points into scores.

    Parameters
    ----------
    assessment : Assessment
    points : mapping of str to (..., n)
        Points by measure; NaN is unknown.

    Returns
    -------
    (..., n)
        0 to 100: in each area the points had over the points that can be had, times the area's weight; a score of which
        any point is unknown is unknown.
    """
    total: npt.NDArray[np.float64] = np.zeros(np.shape(next(iter(points.values()))))
    for name, area in assessment.areas.items():
        inside = {key: measure for key, measure in assessment.measures.items() if measure.area == name}
        had = np.sum([_counted(points[key], measure.threshold) for key, measure in inside.items()], axis=0)
        total = total + area.weight.value * had / sum(measure.points for measure in inside.values())
    return np.minimum(total, 100.0)


def _counted(points: npt.NDArray[np.float64], threshold: float) -> npt.NDArray[np.float64]:
    return np.where(points < threshold, 0.0, points)


def read_assessment(source: Source, assessment: Assessment) -> Scores:
    """Read a form with a column for each condition and measure, or the plain score form.

    Parameters
    ----------
    source : path or DataFrame
        ``code, county`` and the columns of the assessment; or ``conditions_met, score`` instead of them.
    assessment : Assessment

    Raises
    ------
    InputError
        With every fault of the form.
    """
    own = (*assessment.conditions, *assessment.measures)
    form = read_county_form(source, required=(), optional=(*own, CONDITIONS, SCORE, NOTE))
    if not set(form.cells) & set(own):
        return read_scores(source)
    form.faults += [form.place.fault(f"the column '{name}' is missing") for name in own if name not in form.cells]
    form.faults += [
        form.place.fault("cannot stand beside the columns that it comes from", column=name)
        for name in (CONDITIONS, SCORE)
        if name in form.cells
    ]
    answers = [read_answers(form, name) for name in assessment.conditions if name in form.cells]
    points = {
        name: read_points(form, name, most=measure.points)
        for name, measure in assessment.measures.items()
        if name in form.cells
    }
    form.raise_faults()
    return Scores(
        form.name, tuple(map(_all_met, zip(*answers, strict=True))) or _none(form.rows), score_of(assessment, points)
    )


def _all_met(states: tuple[str, ...]) -> str:
    if NOT_MET in states:
        return NOT_MET
    return UNKNOWN if UNKNOWN in states else MET


def _none(rows: list[int]) -> tuple[str, ...]:
    """Return the answers where there is no condition at all: all of none are met."""
    return (MET,) * len(rows)


def assessment_form(assessment: Assessment | None) -> pd.DataFrame:
    """Return a blank form: a row a county, a column for each condition and measure.

    Raises
    ------
    InputError
        For a design that says nothing of its assessment; its form is ``code, county, conditions_met, score``.
    """
    if assessment is None:
        remedy = "its form is code, county, conditions_met, score"
        raise InputError(Fault(what="the design says nothing of its conditions and measures", remedy=remedy))
    names = county_names_by_code()
    form = pd.DataFrame({CODE: range(1, len(names) + 1), COUNTY: names})
    return form.assign(**dict.fromkeys([*assessment.conditions, *assessment.measures], ""))
