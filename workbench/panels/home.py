"""What the home page says of each dashboard: its finding and one figure, as the models compute them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from workbench.panels import alignment, audit, gap, grants
from workbench.scenarios import load_scenario
from workbench.scenarios.loading import scenario_names
from workbench.views import text
from workbench.views.content import Card, PageContent
from workbench.views.numbers import number

ASKED_FIRST: Final = "shilling-at-160"
"""The scenario whose question stands on the card of the scenarios."""


def headlines() -> dict[str, dict[str, str]]:
    """Return what each dashboard's card says: ``finding``, ``value``, ``unit``, ``label``, ``mark``."""
    return {name: dict(headline()) for name, headline in HEADLINES.items()}


def _of_page(content: PageContent, place: int) -> Mapping[str, str]:
    card: Card = content.cards[place]
    mark = text.MARKS["illustrative"] if content.illustrative else ""
    return {"finding": content.finding, "value": card.value, "unit": card.unit, "label": card.label, "mark": mark}


def _scenarios() -> Mapping[str, str]:
    words = text.HOME
    return {
        "finding": load_scenario(ASKED_FIRST).question,
        "value": number(len(scenario_names())),
        "unit": words["scenarios_unit"],
        "label": words["scenarios_label"],
        "mark": "",
    }


HEADLINES: Final[Mapping[str, Callable[[], Mapping[str, str]]]] = {
    "alignment": lambda: _of_page(alignment.content_of(*alignment.first_choice()), 2),
    "gap": lambda: _of_page(gap.content_of(*gap.first_choice()), 2),
    "grants": lambda: _of_page(grants.content_of(*grants.first_choice()), 1),
    "scenarios": _scenarios,
    "audit": lambda: _of_page(audit.content_of(*audit.first_choice()), 3),
}
"""By dashboard: the page as it opens, and which of its four headline figures stands for it."""
