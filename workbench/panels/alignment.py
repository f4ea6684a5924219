"""The dashboard of the alignment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final, cast

from workbench.alignment import Alignment, align, shipped_plans
from workbench.datasets import open_package
from workbench.panels.guard import checked
from workbench.panels.page import Page, select
from workbench.panels.questions import PUBLISHED, answered, offered, scenario_select, shipped, under
from workbench.panels.sources import with_titles
from workbench.panels.units import checked_unit, in_every_unit, unit_select
from workbench.views import text
from workbench.views.alignment_page import PICTURES, alignment_page
from workbench.views.content import PageContent
from workbench.views.scale import FITTING

PACKAGE: Final = "mtp-mtef"
"""The shipped plan lists and crosswalks."""


@cache
def plans() -> dict[str, str]:
    """Return the plan lists that are shipped: their titles by name."""
    listed = shipped_plans()
    return dict(zip(listed["plan"].astype(str), listed["title"].astype(str), strict=True))


@cache
def stages() -> tuple[str, ...]:
    """Return the stages of the votes, in the order of the budget's year."""
    held = set(open_package("national-budget").table("votes")["stage"])
    return tuple(stage for stage in text.STAGES if stage in held)


@cache
def years() -> tuple[str, ...]:
    """Return the financial years of which the votes are published: there is one."""
    return tuple(sorted(set(open_package("national-budget").table("votes")["financial_year"])))


@cache
def measured(plan: str, stage: str) -> Alignment:
    """Return the alignment of the votes at a stage with a plan list."""
    return align(plan=plan, stage=stage)


@cache
def sector_names() -> dict[str, str]:
    """Return the names of the budget's sectors by code."""
    listed = open_package("national-budget").table("sectors")
    return dict(zip(listed["code"].astype(str), listed["name"].astype(str), strict=True))


def scenarios_of(plan: str, stage: str) -> tuple[str, ...]:
    """Return the shipped scenarios that were asked of a plan list at a stage."""

    def asked(name: str) -> tuple[str, str]:
        result = cast("Alignment", answered(name).outcome.result)
        return str(result.parameters["plan"]), str(result.stage)

    return tuple(name for name in shipped("alignment", PACKAGE) if asked(name) == (plan, stage))


@cache
def content_of(plan: str, stage: str, shown: str, scenario: str = PUBLISHED, unit: str = FITTING) -> PageContent:
    """Return the page for what the controls say, every value checked.

    Raises
    ------
    UnknownNameError
        For a value that no control offers.
    """
    checked(plan, tuple(plans()), text.OFFERED["plan"])
    checked(stage, stages(), text.OFFERED["stage"])
    checked(shown, PICTURES, text.OFFERED["picture"])
    checked_unit(unit)
    checked(scenario, (PUBLISHED, *scenarios_of(plan, stage)), text.OFFERED["scenario_of_plan"])
    if scenario == PUBLISHED:
        return with_titles(alignment_page(measured(plan, stage), shown, plans()[plan], sector_names(), unit))
    answer = answered(scenario)
    result = cast("Alignment", answer.outcome.result)
    return with_titles(under(alignment_page(result, shown, plans()[plan], sector_names(), unit), answer))


def first_choice() -> tuple[str, str, str, str, str]:
    """Return what the page opens with: plan list, stage, picture, scenario, unit."""
    return next(iter(plans())), stages()[0], PICTURES[0], PUBLISHED, FITTING


def choices() -> Iterator[tuple[str, ...]]:
    """Return everything that the controls can say."""
    yield from in_every_unit(_choices())


def _choices() -> Iterator[tuple[str, ...]]:
    for plan, stage in product(plans(), stages()):
        scenarios = (PUBLISHED, *scenarios_of(plan, stage))
        yield from ((plan, stage, *choice) for choice in product(PICTURES, scenarios))


def alignment_panel() -> Page:
    """Return the dashboard."""
    plan = select(text.CONTROLS["plan"], [(title, name) for name, title in plans().items()], next(iter(plans())))
    stage = select(text.CONTROLS["stage"], [(text.STAGES[name], name) for name in stages()], stages()[0])
    shown = select(text.CONTROLS["picture"], [(text.ALIGNMENT[name], name) for name in PICTURES], PICTURES[0])
    scenario = scenario_select(scenarios_of(plan.value, stage.value))
    unit = unit_select()
    year = select(text.CONTROLS["year"], years(), years()[-1])

    def offer() -> None:
        checked(plan.value, tuple(plans()), text.OFFERED["plan"])
        scenario.options = offered(scenarios_of(plan.value, stage.value))

    def content() -> PageContent:
        checked(year.value, years(), text.OFFERED["year_of_figures"])
        return content_of(plan.value, stage.value, shown.value, scenario.value, unit.value)

    return Page(
        {"plan": plan, "year": year, "stage": stage, "scenario": scenario, "picture": shown, "unit": unit},
        content,
        follow={"plan": offer, "stage": offer},
        name="alignment",
    )
