"""The home page says what the pages say."""

from __future__ import annotations

from workbench.panels import audit, gap
from workbench.panels.home import HEADLINES, headlines
from workbench.scenarios.loading import scenario_names
from workbench.views import text


def test_a_card_has_the_finding_and_a_headline_figure_of_its_page():
    said = headlines()
    assert {"alignment", "gap", "grants", "audit"} <= set(said) & set(text.CARDS)
    page = gap.content_of(*gap.first_choice())
    assert said["gap"] == {
        "finding": page.finding,
        "value": "1,247",
        "unit": "KSh million",
        "label": "Gap: Strategic Plan of the Prime Minister's Office",
        "mark": "",
    }
    assert said["audit"]["value"] == str(audit.audited(audit.PACKAGES[0]).counts["wrong"])
    assert said["scenarios"]["value"] == str(len(scenario_names()))


def test_what_is_illustrative_is_marked_on_its_card():
    marks = {name: headline()["mark"] for name, headline in HEADLINES.items()}
    assert marks == {"alignment": "illustrative", "gap": "", "grants": "", "scenarios": "", "audit": ""}
