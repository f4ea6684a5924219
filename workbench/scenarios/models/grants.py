"""Grants as scenarios see them: a design's settings, each county's conditions and score."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from workbench.allocation import RULES
from workbench.grants import Design, GrantsResult, design_names, grants, load_design
from workbench.grants.facts import COUNTIES, county_names_by_code
from workbench.grants.load import designs_folder
from workbench.grants.model import county_inputs, gather_variables
from workbench.grants.scores import MET, NOT_MET, UNKNOWN, Scores, read_scores
from workbench.grants.settings import setting_names
from workbench.grants.terms import LevelTerms, default_year, terms_for
from workbench.grants.values import LARGEST
from workbench.scenarios.models.base import Core, Given, Headline, InYear, KeyColumn, Outcome, Parameter, Value
from workbench.scenarios.models.files import file_hash, opened, package_hashes, shown_path
from workbench.scenarios.models.grants_core import GrantsCore
from workbench.scenarios.models.grants_years import grants_in_years

_CONDITIONS: Final = (MET, NOT_MET, UNKNOWN)
_MEANING: Final = {
    "pool": ("The whole of the level", "KES"),
    "floor": ("The least that a qualifying county gets", "KES"),
    "rounding": ("Awards are multiples of this", "KES"),
    "cap": ("The most that a county gets", "KES"),
    "per_county": ("For each county that qualifies", "KES"),
    "per_county_usd": ("The same in dollars", "USD"),
    "threshold": ("Points below which a score weighs nothing", "points"),
    "exponent": ("The power on the score", "power"),
    "weight": ("Part of the pool", "percent"),
}


class Grants:
    """The adapter of :func:`workbench.grants.grants`."""

    name = "grants"

    def bases(self) -> Sequence[str]:
        """Return the shipped designs."""
        return design_names()

    def parameters(self, given: Given) -> Mapping[str, Parameter]:
        """Return the design's settings, the year, the forms, and each county's condition and score."""
        design = load_design(given.base)
        year = _year(design, given)
        found = [
            Parameter(name="year", description="Financial year", kind="choice", value=year,
                      choices=tuple(design.years)),
            Parameter(name="score_form", kind="file", description="A form: code, county, conditions_met, score"),
            Parameter(name="supplied_form", kind="file", description="The design's inputs that nobody has published"),
            Parameter(name="stand_ins", description="Whether what the design names may stand in for inputs that are not"
                      " supplied; the result is illustrative then", kind="choice", value="no", choices=("no", "yes")),
            *_settings(design, year),
            *_counties(_form(given)),
        ]  # fmt: skip
        return {parameter.name: parameter for parameter in found}

    def inputs(self, given: Given) -> Mapping[str, str]:
        """Return the hashes of the design and of the counties' figures."""
        path = _design_path(given.base)
        return {shown_path(path): file_hash(path), **package_hashes(opened("counties"))}

    def run(self, given: Given) -> Outcome:
        """Work out the awards."""
        design = load_design(given.base)
        supplied = given.values.get("supplied_form")
        result = grants(
            design,
            _year(design, given),
            scores=_scores(given),
            supplied=None if supplied is None else _table(given, str(supplied)),
            settings=_set(design, given),
            illustrative=given.values.get("stand_ins") == "yes",
        )
        return Outcome(
            financial_year=str(result.financial_year),
            tables=result.tables,
            headline=_headline(result),
            keys=(KeyColumn("awards", "county", "award", "KES"),),
            result=result,
            notes=_assumptions(given),
        )

    def core(self, given: Given, drawn: Iterable[str]) -> Core:
        """Make the design ready to draw exchange rates, pools, amounts, conditions and scores."""
        design = load_design(given.base)
        year = _year(design, given)
        settings = _set(design, given)
        supplied = given.values.get("supplied_form")
        table = None if supplied is None else _table(given, str(supplied))
        variables = gather_variables(design, year, table, illustrative=given.values.get("stand_ins") == "yes")
        inputs = county_inputs(_scores(given), variables)
        terms: list[LevelTerms] = terms_for(design, _fiscal(year), settings)
        return GrantsCore(design, year, terms, inputs, settings).core(frozenset(drawn))

    def in_years(self, given: Given, years: Sequence[str]) -> Sequence[InYear]:
        """Return the scenario in each of several years; a year without published amounts is held at the last one."""
        return grants_in_years(load_design(given.base), given, years)


def _fiscal(year: str) -> Any:  # noqa: ANN401 - a FiscalYear
    from workbench.fiscal import FiscalYear

    return FiscalYear(year)


def _year(design: Design, given: Given) -> str:
    # The first year in which the levels behind a gate have a pool, named, so that it hangs on nothing else.
    return str(given.values.get("year") or default_year(design, {}, with_scores=True))


def _design_path(base: str) -> Path:
    shipped = designs_folder() / f"{base}.yaml"
    return shipped if shipped.is_file() else Path(base)


def _set(design: Design, given: Given) -> dict[str, Value | bool]:
    known = set(setting_names(design))
    settings: dict[str, Value | bool] = {name: value for name, value in given.values.items() if name in known}
    return {name: value == "yes" if name.endswith(".carry_over") else value for name, value in settings.items()}


def _table(given: Given, path: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(given.files[path]), dtype="str", keep_default_na=False)


def _form(given: Given) -> Scores | None:
    path = given.values.get("score_form")
    return None if path is None else read_scores(_table(given, str(path)))


def _scores(given: Given) -> Scores | None:
    """Return the score form with what the scenario sets on top; None where neither says anything."""
    form = _form(given)
    names = county_names_by_code()
    conditions = list(form.conditions) if form is not None else [UNKNOWN] * COUNTIES
    scores = form.scores.copy() if form is not None else np.full(COUNTIES, np.nan)
    touched = False
    for place, county in enumerate(names):
        condition, score = given.values.get(f"conditions.{county}"), given.values.get(f"scores.{county}")
        if condition is not None:
            conditions[place], touched = str(condition), True
        if score is not None:
            scores[place], touched = float(score), True
    if not touched:
        return form
    # Beside a form that a user brought, what the scenario sets on top of it is published nowhere either.
    name = "the scenario" if form is None else f"the scenario, on top of {form.name}"
    return Scores(name, tuple(conditions), scores, mark="illustrative",
                  locator="conditions and scores that it assumes")  # fmt: skip


def _assumptions(given: Given) -> tuple[str, ...]:
    kinds = [kind for kind in ("conditions", "scores") if any(name.startswith(f"{kind}.") for name in given.values)]
    if not kinds:
        return ()
    return (f"The {' and '.join(kinds)} of counties are the scenario's assumptions, illustrative: none is published.",)


def _settings(design: Design, year: str) -> Iterator[Parameter]:
    terms = {term.name: term.value for level in terms_for(design, _fiscal(year), {}) for term in level.terms}
    for name in setting_names(design):
        head, _, rest = name.partition(".")
        last = rest.rpartition(".")[2]
        if head == "fx":
            dated = design.fx[rest]
            figure = dated.by_year.get(year)
            yield Parameter(name=name, description=dated.description, unit=dated.unit, low=1e-6,
                            value=figure.value if figure is not None else None)  # fmt: skip
        elif last in ("rule", "kind", "carry_over"):
            yield _choice(design, name, head, last)
        else:
            description, unit = _MEANING[last]
            value = terms.get(name, _undated(design, name, head, year))
            yield Parameter(name=name, description=f"{design.levels[head].title}: {description[0].lower()}"
                            f"{description[1:]}", unit=unit, value=value if not isinstance(value, bool) else None,
                            low=0, high=float(LARGEST) if unit == "KES" else np.inf)  # fmt: skip


def _undated(design: Design, name: str, head: str, year: str) -> float | None:
    level = design.levels[head]
    if name.endswith(".per_county_usd") and level.per_county_usd is not None:
        figure = level.per_county_usd.by_year.get(year)
        return figure.value if figure is not None else None
    if ".curve." in name and level.curve is not None:
        return float(getattr(level.curve, name.rpartition(".")[2]))
    return None


def _choice(design: Design, name: str, head: str, last: str) -> Parameter:
    level = design.levels[head]
    if last == "rule":
        return Parameter(name=name, description=f"{level.title}: the rule that shares a pool which is too small",
                         kind="choice", value=level.rule, choices=tuple(RULES))  # fmt: skip
    if last == "carry_over":
        return Parameter(name=name, description=f"{level.title}: whether what is left is added to the year after",
                         kind="choice", value="yes" if level.carry_over else "no", choices=("no", "yes"))  # fmt: skip
    kind = level.curve.kind if level.curve is not None else None
    return Parameter(name=name, description=f"{level.title}: the curve on the score", kind="choice", value=kind,
                     choices=("linear", "threshold", "power"))  # fmt: skip


def _counties(form: Scores | None) -> Iterator[Parameter]:
    for place, county in enumerate(county_names_by_code()):
        condition = form.conditions[place] if form is not None else UNKNOWN
        yield Parameter(name=f"conditions.{county}", description=f"Whether {county} meets the minimum conditions",
                        kind="choice", value=condition, choices=_CONDITIONS)  # fmt: skip
    for place, county in enumerate(county_names_by_code()):
        score = float(form.scores[place]) if form is not None else np.nan
        yield Parameter(name=f"scores.{county}", description=f"The performance score of {county}", unit="points",
                        value=None if np.isnan(score) else score, low=0, high=100)  # fmt: skip


def _headline(result: GrantsResult) -> tuple[Headline, ...]:
    asked = sum(sum(part.sum() for part in level.formula.values()) for level in result.levels)
    return (
        Headline("awarded", "Awarded", result.awarded, "KES"),
        Headline("counties_paid", "Counties awarded", int((result.awards > 0).sum()), "counties"),
        Headline("short", "Short of what the formula gives", max(0, round(asked) - result.awarded), "KES"),
        Headline("unallocated", "Unallocated", result.unallocated, "KES"),
    )


ADAPTER: Final = Grants()
