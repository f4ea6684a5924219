"""A scenario without its changes: the figures that it started from, of the same stages, table and year."""

from __future__ import annotations

import io
from typing import Final

from workbench.scenarios.loading import parse_scenarios
from workbench.scenarios.scenario import Scenario, ScenarioText

VIEW: Final = ("envelope", "from", "plan", "request_form", "stage", "table", "to", "year")
"""Changes that choose which figures are looked at, and alter none; requests have none without their form and money."""

NAME: Final = "without-its-changes"


def without_changes(scenario: Scenario) -> Scenario:
    """Return the scenario of the same base and the same choice of figures that changes nothing.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Scenario
        Named :data:`NAME`; its only changes are those of :data:`VIEW` that the scenario has.
    """
    from ruamel.yaml import YAML

    kept = {change.name: change.after for change in scenario.changes if change.name in VIEW}
    tree = {
        "name": NAME,
        "question": f"What is {scenario.base} without the changes of {scenario.name}?",
        "model": scenario.model,
        "base": scenario.base,
        "changes": kept,
    }
    written = io.StringIO()
    writer = YAML(typ="safe")
    writer.default_flow_style = False
    writer.dump({key: value for key, value in tree.items() if value}, written)
    return parse_scenarios([ScenarioText(NAME, f"{NAME}.yaml", written.getvalue())], scenario.files)
