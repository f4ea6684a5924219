"""The shipped scenarios as a control of a model's page, shown by the view that shows what is published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Final

import ipywidgets as widgets

from workbench.panels.page import select
from workbench.scenarios import Run, Scenario, load_scenario, run
from workbench.scenarios.loading import scenario_names
from workbench.views import text
from workbench.views.content import PageContent

PUBLISHED: Final = ""
"""The choice of no scenario."""


@cache
def shipped(model: str, base: str) -> tuple[str, ...]:
    """Return the names of the shipped scenarios of a model that change one base, in alphabetical order."""
    return tuple(one.name for one in _loaded() if (one.model, one.base) == (model, base))


@cache
def _loaded() -> tuple[Scenario, ...]:
    """Return every shipped scenario: each is checked against its whole model, which is slow, and once is enough."""
    return tuple(load_scenario(name) for name in scenario_names())


@cache
def answered(name: str) -> Run:
    """Return a shipped scenario, run; it is kept in no store."""
    return run(name)


def scenario_select(names: Iterable[str]) -> widgets.Dropdown:
    """Return the control that chooses a scenario, or the figures as published."""
    return select(text.CONTROLS["scenario"], offered(names), PUBLISHED)


def offered(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return what the control offers: what is published, then the scenarios by what they are called."""
    return [(text.SCENARIO["published"], PUBLISHED), *((called(name), name) for name in names)]


def called(name: str) -> str:
    """Return a scenario's name as words."""
    return name.replace("-", " ").capitalize().replace("Kdsp2", "KDSP II")


def under(content: PageContent, answer: Run) -> PageContent:
    """Return a page that says of which scenario its figures are, with all that the run says of itself."""
    assumed = bool(answer.record.content["illustrative"])
    return replace(
        content,
        scenario=answer.scenario.question,
        illustrative=content.illustrative or assumed,
        notes=answer.notes,
        result=answer,
    )
