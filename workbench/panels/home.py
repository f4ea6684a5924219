"""What the home page says of each dashboard: its finding and one figure, as the models compute them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from workbench.datasets import open_package
from workbench.grants import load_design
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


def _of_page(content: PageContent, place: int, of: str) -> Mapping[str, str]:
    card: Card = content.cards[place]
    mark = text.MARKS["illustrative"] if content.illustrative else ""
    label = text.HOME["label"].format(label=card.label, of=of)
    return {"finding": content.finding, "value": card.value, "unit": card.unit, "label": label, "mark": mark}


def _alignment() -> Mapping[str, str]:
    choice = alignment.first_choice()
    return _of_page(alignment.content_of(*choice), 2, alignment.plans()[choice[0]])


def _gap() -> Mapping[str, str]:
    choice = gap.first_choice()
    return _of_page(gap.content_of(*choice), 2, text.GAP[choice[0]])


def _grants() -> Mapping[str, str]:
    choice = grants.first_choice()
    return _of_page(grants.content_of(*choice), 1, f"{load_design(choice[0]).title}, {choice[1]}")


def _audit() -> Mapping[str, str]:
    choice = audit.first_choice()
    return _of_page(audit.content_of(*choice), 3, open_package(choice[0]).title)


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
    "alignment": _alignment,
    "gap": _gap,
    "grants": _grants,
    "scenarios": _scenarios,
    "audit": _audit,
}
"""By dashboard: the page as it opens, and which of its four headline figures stands for it."""
