"""The dashboard of the gap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final, cast

from workbench.datasets import Package, open_package
from workbench.gap import Gap, gap, sides_of
from workbench.panels.guard import checked
from workbench.panels.page import Page, select
from workbench.panels.questions import PUBLISHED, answered, offered, scenario_select, shipped, under
from workbench.panels.sources import with_titles
from workbench.panels.units import checked_unit, in_every_unit, unit_select
from workbench.views import text
from workbench.views.content import PageContent
from workbench.views.gap_page import gap_page
from workbench.views.scale import FITTING


@dataclass(frozen=True)
class Figures:
    """Figures that the dashboard can set against each other, and how they can be shown."""

    package: str
    levels: tuple[str, ...]
    bases: tuple[str, ...]
    stages: tuple[str | None, str | None] = (None, None)
    table: str | None = None


CHOICES: Final = {
    "opm": Figures("opm-strategic-plan", ("sub_programme", "programme"), ("as_computed", "as_printed")),
    "votes": Figures("national-budget", ("sector",), ("as_computed",), ("revised", "expenditure"), "votes"),
}
"""By key: the plan that asked for more than it got, and the national budget's revised estimates against spending."""


@cache
def _opened(package: str) -> Package:
    return open_package(package)


@cache
def measured(figures: str, year: str | None, basis: str) -> Gap:
    """Return the gap of some figures, of one year or of all."""
    chosen = CHOICES[figures]
    sides = sides_of(_opened(chosen.package), *chosen.stages, table=chosen.table)
    return gap(*sides, financial_year=year, basis=basis)


@cache
def years_of(figures: str, scenario: str = PUBLISHED) -> tuple[str, ...]:
    """Return the financial years of some figures, in order; of a scenario, the one that it asks about."""
    if scenario != PUBLISHED:
        return (str(answered(scenario).financial_year),)
    return tuple(measured(figures, None, "as_computed").financial_years)


def bases_of(figures: str, scenario: str = PUBLISHED) -> tuple[str, ...]:
    """Return the ways in which some figures can be summed; a scenario's lines are always added up."""
    return CHOICES[figures].bases if scenario == PUBLISHED else ("as_computed",)


def scenarios_of(figures: str) -> tuple[str, ...]:
    """Return the shipped scenarios that change some figures."""
    return shipped("gap", CHOICES[figures].package)


@cache
def content_of(
    figures: str, year: str, level: str, basis: str, scenario: str = PUBLISHED, unit: str = FITTING
) -> PageContent:
    """Return the page for what the controls say, every value checked.

    Raises
    ------
    UnknownNameError
        For a value that no control offers.
    """
    chosen = CHOICES[checked(figures, tuple(CHOICES), text.OFFERED["figures"])]
    checked(scenario, (PUBLISHED, *scenarios_of(figures)), text.OFFERED["scenario_of_figures"])
    checked(year, years_of(figures, scenario), text.OFFERED["year_of_figures"])
    checked(basis, bases_of(figures, scenario), text.OFFERED["basis"])
    checked(level, chosen.levels, text.OFFERED["level"])
    checked_unit(unit)
    opened = _opened(chosen.package)
    if scenario == PUBLISHED:
        return with_titles(gap_page(measured(figures, year, basis), level, opened.title, sector_names(opened), unit))
    answer = answered(scenario)
    result = cast("Gap", answer.outcome.result)
    return with_titles(under(gap_page(result, level, opened.title, sector_names(opened), unit), answer))


def first_choice() -> tuple[str, str, str, str, str, str]:
    """Return what the page opens with: figures, year, level, way to sum, scenario, unit."""
    first = next(iter(CHOICES))
    return first, years_of(first)[0], CHOICES[first].levels[0], CHOICES[first].bases[0], PUBLISHED, FITTING


def choices() -> Iterator[tuple[str, ...]]:
    """Return everything that the controls can say."""
    yield from in_every_unit(_choices())


def _choices() -> Iterator[tuple[str, ...]]:
    for figures, chosen in CHOICES.items():
        for scenario in (PUBLISHED, *scenarios_of(figures)):
            parts = years_of(figures, scenario), chosen.levels, bases_of(figures, scenario)
            yield from ((figures, *choice, scenario) for choice in product(*parts))


def sector_names(package: Package) -> dict[str, str]:
    """Return the names of a package's sectors by code; empty where it lists none."""
    if "sectors" not in {resource.name for resource in package.descriptor.resources}:
        return {}
    listed = package.table("sectors")
    return dict(zip(listed["code"].astype(str), listed["name"].astype(str), strict=True))


def gap_panel() -> Page:
    """Return the dashboard."""
    first, *_ = first_choice()
    figures = select(text.CONTROLS["figures"], _named(tuple(CHOICES)), first)
    year = select(text.CONTROLS["year"], years_of(first), years_of(first)[0])
    level = select(text.CONTROLS["lines"], _named(CHOICES[first].levels), CHOICES[first].levels[0])
    basis = select(text.CONTROLS["basis"], _named(CHOICES[first].bases), CHOICES[first].bases[0])
    scenario = scenario_select(scenarios_of(first))
    unit = unit_select()

    def offer() -> None:
        chosen = CHOICES[checked(figures.value, tuple(CHOICES), text.OFFERED["figures"])]
        scenario.options = offered(scenarios_of(figures.value))
        level.options = _named(chosen.levels)
        narrow()

    def narrow() -> None:
        checked(scenario.value, (PUBLISHED, *scenarios_of(figures.value)), text.OFFERED["scenario_of_figures"])
        year.options = years_of(figures.value, scenario.value)
        basis.options = _named(bases_of(figures.value, scenario.value))

    def content() -> PageContent:
        return content_of(figures.value, year.value, level.value, basis.value, scenario.value, unit.value)

    controls = {"figures": figures, "scenario": scenario, "year": year, "level": level, "basis": basis, "unit": unit}
    return Page(controls, content, follow={"figures": offer, "scenario": narrow}, name="gap")


def _named(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(text.GAP[key], key) for key in keys]
