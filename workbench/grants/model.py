"""The grants model: a design, a year, what is known of the counties; out come awards that add up to the shilling."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import unknown_name
from workbench.fiscal import FiscalYear, format_money
from workbench.grants.assessment import read_assessment
from workbench.grants.design import Design
from workbench.grants.explain import Explanation, explain_county
from workbench.grants.facts import COUNTIES, Variable, county_names_by_code, known_variables
from workbench.grants.forms import Source
from workbench.grants.gathering import Gathered
from workbench.grants.level import Bools, CountyInputs, LevelAwards, evaluate
from workbench.grants.load import load_design
from workbench.grants.notes import (
    illustrations,
    incompleteness,
    missing_by_county,
    remarks,
    used_sources,
    without_effect,
)
from workbench.grants.scores import MET, Scores, read_scores
from workbench.grants.settings import Setting
from workbench.grants.supplied import read_supplied, stand_ins
from workbench.grants.terms import default_year, terms_for
from workbench.results import Result, records


@dataclass(frozen=True, kw_only=True, eq=False)
class GrantsResult(Result):
    """Who gets how much, level by level, in whole shillings.

    Attributes
    ----------
    design : Design
        The design as its file says it; what was set instead stands in ``parameters``.
    financial_year : FiscalYear
        The year.
    inputs : CountyInputs
        What was known of the counties.
    levels : tuple of LevelAwards
        Each level's awards and how they came about.
    scores : Scores, optional
        The assessment that was used.
    supplied : mapping of str to Variable
        The design's inputs that the user supplied.
    """

    design: Design
    financial_year: FiscalYear
    inputs: CountyInputs
    levels: tuple[LevelAwards, ...]
    scores: Scores | None = None
    supplied: Mapping[str, Variable] = field(default_factory=dict)

    @property
    def pool(self) -> int:
        """KES, all levels together."""
        return sum(level.pool for level in self.levels)

    @property
    def awarded(self) -> int:
        """KES, all levels together."""
        return sum(level.awarded for level in self.levels)

    @property
    def unallocated(self) -> int:
        """KES that nobody is known to qualify for."""
        return self.pool - self.awarded

    @property
    def awards(self) -> pd.Series[int]:
        """Whole KES by county, all levels together."""
        total = np.sum([level.awards for level in self.levels], axis=0, dtype=np.int64)
        return pd.Series(total, index=pd.Index(self.inputs.names, name="county"), name="award")

    @property
    def table(self) -> pd.DataFrame:
        """By county, in code order: ``code, county, qualified, conditions, score, award``, then each level; KES."""
        names = self.inputs.names
        frame = pd.DataFrame({"code": np.arange(1, COUNTIES + 1), "county": names, "qualified": self._qualified()})
        frame["conditions"] = self._conditions()
        frame["score"] = self.inputs.scores
        frame["award"] = self.awards.to_numpy()
        for level in self.levels:
            frame[level.name] = level.awards
        if self.incomplete:
            frame["missing"] = missing_by_county(self.levels)
        return frame

    @property
    def incomplete(self) -> bool:
        """Whether figures are missing, so that an award is only a part of what is due.

        What a formula shares by and nobody published or supplied, and the score of a county that meets its conditions
        where a score moves money. A condition that is unknown is not met, by the rule, and makes nothing incomplete.
        """
        return any(level.incomplete for level in self.levels)

    @property
    def illustrations(self) -> tuple[str, ...]:
        """What the run stands on that is no published figure, in clauses; empty where all of it is published."""
        return tuple(illustrations(self.levels, self.inputs))

    @property
    def marks(self) -> pd.Series[str]:
        """How sure each county's awards are, by county: the least sure of what they stand on."""
        return pd.Series({name: self.explain(name).mark for name in self.inputs.names}, name="mark", dtype="str")

    @property
    def level_table(self) -> pd.DataFrame:
        """By level: title, pool, awarded, unallocated (KES), and how many counties qualify."""
        return pd.DataFrame(
            [
                {
                    "level": level.name,
                    "title": level.terms.level.title,
                    "pool": level.pool,
                    "awarded": level.awarded,
                    "unallocated": level.unallocated,
                    "counties_awarded": int((level.awards > 0).sum()),
                }
                for level in self.levels
            ]
        )

    @property
    def terms(self) -> pd.DataFrame:
        """Every value that was used: ``name, value, unit, source, locator, mark``."""
        rows = [
            (term.name, term.value, term.unit, term.reference, term.locator, term.mark)
            for level in self.levels
            for term in level.terms.terms
        ]
        return pd.DataFrame(rows, columns=["name", "value", "unit", "source", "locator", "mark"])

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The awards, the levels and the values used."""
        return {"awards": self.table, "levels": self.level_table, "terms": self.terms}

    def again(self, *, scores: Scores | None = None, settings: Mapping[str, Setting] | None = None) -> GrantsResult:
        """Run the same once more, with other scores or further settings."""
        return grants(
            self.design,
            self.financial_year,
            scores=self.scores if scores is None else scores,
            supplied=self.supplied,
            settings={**self.parameters["settings"], **(settings or {})},
            illustrative=self.parameters["illustrative"],
        )

    def level(self, name: str) -> LevelAwards:
        """Return one level's awards by its name, such as ``level_2``."""
        for level in self.levels:
            if level.name == name:
                return level
        raise unknown_name(f"level of '{self.design.name}'", name, [level.name for level in self.levels])

    def summary(self) -> str:
        """Return what a committee reads first."""
        money = [format_money(amount, "KES") for amount in (self.pool, self.awarded, self.unallocated)]
        awarded = int((self.awards > 0).sum())
        head = "Incomplete, figures are missing. " if self.incomplete else ""
        tail = f" Illustrative, no published figure: {'; '.join(self.illustrations)}." if self.illustrative else ""
        return (
            f"{head}{self.design.title}, {self.financial_year}: by the formula, of {money[0]}, {money[1]} is awarded to"
            f" {awarded} counties and {money[2]} stays unallocated.{tail}"
        )

    def explain(self, county: str) -> Explanation:
        """Show the path of a county's money: conditions, score, share, formula, cap, rounding."""
        return explain_county(self.levels, self.inputs, county)

    def why_not(self, county: str) -> str:
        """Say why a county gets nothing from a level, or that it gets something from each."""
        return self.explain(county).why_not

    def to_dict(self) -> dict[str, Any]:
        """Return the result for a program; KES as integers, None for an unknown score."""
        return {
            "design": self.design.name,
            "financial_year": str(self.financial_year),
            "pool": self.pool,
            "awarded": self.awarded,
            "unallocated": self.unallocated,
            "rows": records(self.table),
            "levels": records(self.level_table),
            "terms": records(self.terms),
            "sources": records(self.sources),
            "notes": list(self.notes),
            "incomplete": self.incomplete,
            "inferred": list(self.inferred),
            "illustrative": self.illustrative,
            "illustrations": list(self.illustrations),
        }

    def _qualified(self) -> Bools:
        paying = [level.qualifies for level in self.levels if level.terms.pool is not None]
        return np.asarray(np.all(paying, axis=0))

    def _conditions(self) -> list[str]:
        if self.inputs.conditions is not None:
            return list(self.inputs.conditions)
        states = [
            states
            for level in self.levels
            for name, states in level.gates.items()
            if level.terms.pool is not None and level.terms.level.gates[name].column is not None
        ]
        return list(states[0]) if states else [MET] * COUNTIES


def grants(
    design: str | os.PathLike[str] | Design,
    financial_year: str | FiscalYear | None = None,
    *,
    scores: Source | Scores | None = None,
    supplied: Source | Mapping[str, Variable] | None = None,
    settings: Mapping[str, Setting] | None = None,
    illustrative: bool = False,
) -> GrantsResult:
    """Work out a grant design's awards to the 47 counties.

    Parameters
    ----------
    design : str, path or Design
        ``kdsp2`` or another shipped design, or a YAML file of one's own.
    financial_year : str or FiscalYear, optional
        Without it the first year in which the levels that are spoken of have a pool.
    scores : path, DataFrame or Scores, optional
        The score form: ``code, county, conditions_met, score``. Without it no county is known to meet a condition.
    supplied : path, DataFrame or mapping, optional
        The design's inputs that nobody has published: ``code, county`` and a column for each.
    settings : mapping, optional
        Values by dotted name that stand instead of the design's: ``{"level_2.pool": 12e9}``.
    illustrative : bool
        Whether what the design names may stand in for inputs that are not supplied; the result says so.

    Returns
    -------
    GrantsResult

    Raises
    ------
    UnknownNameError
        For a design that is not known.
    InputError
        With every fault of the design's file, of the settings or of a form.
    """
    loaded = load_design(design)
    settings = dict(settings or {})
    year = default_year(loaded, settings, with_scores=scores is not None)
    gathered = Gathered()
    with gathered:
        year = year if financial_year is None else FiscalYear(financial_year)
    with gathered:
        terms = terms_for(loaded, year, settings)
    with gathered:
        read = _read_scores(loaded, scores)
    with gathered:
        given = _read_supplied(loaded, supplied)
        variables = gather_variables(loaded, str(year), given, illustrative=illustrative)
    gathered.raise_faults()
    inputs = county_inputs(read, variables)
    levels = tuple(evaluate(one, inputs) for one in terms)
    notes = (
        *incompleteness(levels, inputs),
        *remarks(levels, inputs, year),
        *without_effect(levels, settings),
        *loaded.notes_of(str(year), settings),
    )
    return GrantsResult(
        design=loaded,
        financial_year=year,
        inputs=inputs,
        levels=levels,
        scores=read,
        supplied=given,
        parameters={
            "design": loaded.name,
            "financial_year": str(year),
            "scores": None if read is None else read.name,
            "settings": settings,
            "illustrative": illustrative,
        },
        sources=used_sources(levels, inputs),
        notes=notes,
    )


def _read_scores(design: Design, scores: Source | Scores | None) -> Scores | None:
    if scores is None or isinstance(scores, Scores):
        return scores
    return read_scores(scores) if design.assessment is None else read_assessment(scores, design.assessment)


def county_inputs(scores: Scores | None, variables: Mapping[str, Variable]) -> CountyInputs:
    """Put together what is known of the counties."""
    return CountyInputs(
        names=tuple(county_names_by_code()),
        conditions=None if scores is None else scores.conditions,
        scores=np.full(COUNTIES, np.nan) if scores is None else scores.scores,
        variables=variables,
        form=None if scores is None else scores.origin,
    )


def gather_variables(
    design: Design, year: str, supplied: Source | Mapping[str, Variable] | None, *, illustrative: bool
) -> dict[str, Variable]:
    """Gather the variables of a run: published ones, then stand-ins where they are wanted, then supplied ones."""
    known = dict(known_variables(design, year))
    if illustrative:
        known |= {name: one for name, one in stand_ins(design, known).items() if name not in known}
    return known | _read_supplied(design, supplied)


def _read_supplied(design: Design, supplied: Source | Mapping[str, Variable] | None) -> dict[str, Variable]:
    if supplied is None:
        return {}
    return dict(supplied if isinstance(supplied, Mapping) else read_supplied(supplied, design))
