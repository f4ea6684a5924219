"""The dashboard of the grants to counties."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final, cast

from workbench.grants import GrantsResult, grants, load_design
from workbench.panels.guard import checked
from workbench.panels.page import Page, select
from workbench.panels.questions import PUBLISHED, answered, offered, scenario_select, shipped, under
from workbench.panels.sources import with_titles
from workbench.panels.units import checked_unit, in_every_unit, unit_select
from workbench.views import text
from workbench.views.content import PageContent
from workbench.views.grants_page import PICTURES, grants_page
from workbench.views.scale import FITTING

DESIGNS: Final = ("kdsp2", "kdsp1", "equal-share")
"""Shipped designs whose inputs are published; the bases for revenue sharing need indices that are not."""


@cache
def years_of(design: str, scenario: str = PUBLISHED) -> tuple[str, ...]:
    """Return the financial years in which a design pays something, in order; of a scenario, the one it asks about."""
    if scenario != PUBLISHED:
        return (str(answered(scenario).financial_year),)
    return tuple(str(year) for year in load_design(design).years)


@cache
def measured(design: str, year: str) -> GrantsResult:
    """Return a design's awards in a year."""
    return grants(design, year)


@cache
def content_of(
    design: str, year: str, shown: str = PICTURES[0], scenario: str = PUBLISHED, unit: str = FITTING
) -> PageContent:
    """Return the page for what the controls say, every value checked.

    Raises
    ------
    UnknownNameError
        For a value that no control offers.
    """
    checked(design, DESIGNS, text.OFFERED["grant"])
    checked(shown, PICTURES, text.OFFERED["picture"])
    checked(scenario, (PUBLISHED, *shipped("grants", design)), text.OFFERED["scenario_of_grant"])
    checked(year, years_of(design, scenario), text.OFFERED["year_of_grant"])
    checked_unit(unit)
    if scenario == PUBLISHED:
        return with_titles(grants_page(measured(design, year), shown, unit))
    answer = answered(scenario)
    return with_titles(under(grants_page(cast("GrantsResult", answer.outcome.result), shown, unit), answer))


def first_choice() -> tuple[str, str, str, str, str]:
    """Return what the page opens with: grant, year, picture, scenario, unit."""
    return DESIGNS[0], years_of(DESIGNS[0])[0], PICTURES[0], PUBLISHED, FITTING


def choices() -> Iterator[tuple[str, ...]]:
    """Return everything that the controls can say."""
    yield from in_every_unit(_choices())


def _choices() -> Iterator[tuple[str, ...]]:
    for design in DESIGNS:
        for scenario in (PUBLISHED, *shipped("grants", design)):
            parts = years_of(design, scenario), PICTURES
            yield from ((design, *choice, scenario) for choice in product(*parts))


def grants_panel() -> Page:
    """Return the dashboard."""
    first = DESIGNS[0]
    design = select(text.CONTROLS["grant"], [(load_design(name).title, name) for name in DESIGNS], first)
    year = select(text.CONTROLS["year"], years_of(first), years_of(first)[0])

    shown = select(text.CONTROLS["picture"], [(text.GRANTS[name], name) for name in PICTURES], PICTURES[0])
    scenario = scenario_select(shipped("grants", first))
    unit = unit_select()

    def offer() -> None:
        scenario.options = offered(shipped("grants", checked(design.value, DESIGNS, text.OFFERED["grant"])))
        narrow()

    def narrow() -> None:
        checked(scenario.value, (PUBLISHED, *shipped("grants", design.value)), text.OFFERED["scenario_of_grant"])
        year.options = years_of(design.value, scenario.value)

    return Page(
        {"grant": design, "scenario": scenario, "year": year, "picture": shown, "unit": unit},
        lambda: content_of(design.value, year.value, shown.value, scenario.value, unit.value),
        follow={"grant": offer, "scenario": narrow},
        name="grants",
    )
