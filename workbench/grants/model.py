"""The grants model: a design, a year, what is known of the counties; out come awards that add up to the shilling."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.fiscal import FiscalYear, format_money
from workbench.grants.design import Design
from workbench.grants.facts import Variable, county_names_by_code, known_variables
from workbench.grants.level import MET, UNKNOWN, Bools, CountyInputs, LevelAwards, evaluate
from workbench.grants.load import load_design
from workbench.grants.terms import COUNTIES, Setting, default_year, terms_for
from workbench.results import Result, records, source_table


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
    """

    design: Design
    financial_year: FiscalYear
    inputs: CountyInputs
    levels: tuple[LevelAwards, ...]

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
        return frame

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
                    "counties_paid": int((level.awards > 0).sum()),
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

    def summary(self) -> str:
        """Return what a committee reads first."""
        money = [format_money(amount, "KES") for amount in (self.pool, self.awarded, self.unallocated)]
        paid = int((self.awards > 0).sum())
        return (
            f"{self.design.title}, {self.financial_year}: of {money[0]}, {money[1]} is awarded to {paid} counties"
            f" and {money[2]} stays unallocated."
        )

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
            "notes": list(self.notes),
            "illustrative": self.illustrative,
        }

    def _qualified(self) -> Bools:
        paying = [level.qualifies for level in self.levels if level.terms.pool is not None]
        return np.all(paying, axis=0)

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
    settings: Mapping[str, Setting] | None = None,
) -> GrantsResult:
    """Work out a grant design's awards to the 47 counties.

    Parameters
    ----------
    design : str, path or Design
        ``kdsp2`` or another shipped design, or a YAML file of one's own.
    financial_year : str or FiscalYear, optional
        Without it the first year in which the levels that are spoken of have a pool.
    settings : mapping, optional
        Values by dotted name that stand instead of the design's: ``{"level_2.pool": 12e9}``.

    Returns
    -------
    GrantsResult

    Raises
    ------
    UnknownNameError
        For a design that is not known.
    InputError
        With every fault of the design's file, the settings and the score form.
    """
    loaded = load_design(design)
    settings = dict(settings or {})
    year = FiscalYear(financial_year) if financial_year else default_year(loaded, settings, with_scores=False)
    terms = terms_for(loaded, year, settings)
    inputs = CountyInputs(
        names=tuple(county_names_by_code()),
        conditions=None,
        scores=np.full(COUNTIES, np.nan),
        variables=known_variables(loaded, str(year)),
    )
    levels = tuple(evaluate(one, inputs) for one in terms)
    return GrantsResult(
        design=loaded,
        financial_year=year,
        inputs=inputs,
        levels=levels,
        parameters={"design": loaded.name, "financial_year": str(year), "settings": settings},
        sources=_sources(levels, inputs),
        notes=(*_notes(levels, year), *loaded.notes),
    )


def _sources(levels: Iterable[LevelAwards], inputs: CountyInputs) -> pd.DataFrame:
    rows = []
    for level in levels:
        if level.terms.pool is None:
            continue
        rows += [(term.reference, term.locator, term.mark) for term in level.terms.terms]
        rows += [(gate.reference, gate.locator, gate.mark) for gate in level.terms.level.gates.values()]
        used = {part.variable for name, part in level.terms.level.parts.items() if name in level.formula}
        rows += [_source(inputs.variables[name]) for name in sorted(filter(None, used))]
    return source_table(pd.DataFrame(rows, columns=["source", "locator", "mark"]))


def _source(variable: Variable) -> tuple[str, str, str]:
    return variable.reference, variable.locator, variable.mark


def _notes(levels: Iterable[LevelAwards], year: FiscalYear) -> list[str]:
    notes = []
    for level in levels:
        title = level.terms.level.title
        if level.terms.pool is None:
            notes.append(f"{title}: no pool is published for {year}, so it pays nothing in this year.")
            continue
        for gate, states in level.gates.items():
            unknown = states.count(UNKNOWN)
            if unknown:
                condition = level.terms.level.gates[gate].description
                notes.append(
                    f"{title}: it is not known of {unknown} counties whether they meet this condition, and unknown is"
                    f" not met ({condition})."
                )
        if level.unallocated:
            left = format_money(level.unallocated, "KES")
            after = "is carried over to the year after" if level.terms.level.carry_over else "stays unallocated"
            notes.append(f"{title}: {left} {after}.")
    return notes
