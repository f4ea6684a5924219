"""A scenario without its changes: the figures that it started from, of the same stages, table and year."""

from __future__ import annotations

from typing import Final

from workbench.scenarios.scenario import Scenario
from workbench.scenarios.writing import write_scenario

VIEW: Final = ("from", "plan", "request_form", "stage", "table", "to", "year")
"""Changes that choose which figures are looked at, and alter none."""

NAMED: Final = ("envelope",)
"""Changes without which nothing runs: they are named as the base has them."""

NAME: Final = "without-its-changes"


def without_changes(scenario: Scenario) -> Scenario:
    """Return the scenario of the same base and the same choice of figures that changes nothing.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Scenario
        Named :data:`NAME`; its only changes are those of :data:`VIEW` and :data:`NAMED` that the scenario has.
    """
    kept = {change.name: change.after for change in scenario.changes if change.name in VIEW}
    kept |= {one.name: one.before for one in scenario.changes if one.name in NAMED and one.before is not None}
    question = f"What is {scenario.base} without the changes of {scenario.name}?"
    model, base = scenario.model, scenario.base
    return write_scenario(NAME, question, model=model, base=base, changes=kept, files=scenario.files)
