"""A run is the central case where its scenario asks for many draws too: whoever reads it must know."""

from __future__ import annotations

from workbench.scenarios.ensembles.asked import DRAWS
from workbench.scenarios.scenario import Scenario


def central_case(scenario: Scenario) -> tuple[str, ...]:
    """Say that the figures of a run are without the draws that its scenario asks for; nothing where it asks for none.

    Parameters
    ----------
    scenario : Scenario
    """
    if not scenario.ensemble:
        return ()
    draws = scenario.ensemble.get("draws", DRAWS)
    many = f"{draws:,}" if isinstance(draws, int) else str(draws)
    told = (
        f"These figures are the central case alone. How far they may lie from it, in {many} draws of what is uncertain,"
        f" the page of the scenarios shows, and the command workbench ensemble {scenario.name}."
    )
    return (told,)
