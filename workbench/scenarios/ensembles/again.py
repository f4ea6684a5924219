"""Draw the ensemble of a record again."""

from __future__ import annotations

from typing import Any

from workbench.errors import Fault, InputError
from workbench.scenarios.ensembles.asked import Asked
from workbench.scenarios.ensembles.ensemble import Ensemble
from workbench.scenarios.ensembles.front import drawn
from workbench.scenarios.ensembles.planning import plan_of
from workbench.scenarios.ensembles.progress import Progress
from workbench.scenarios.record import Record
from workbench.scenarios.scenario import Scenario


def drawn_again(
    record: Record,
    scenario: Scenario,
    *,
    client: Any = None,  # noqa: ANN401 - a distributed.Client, of an optional library
    progress: bool | Progress | None = None,
) -> Ensemble:
    """Draw again what a record says was drawn: the same drivers, seed and blocks.

    Raises
    ------
    InputError
        Where the record does not say it in full, or the workbench of today refuses it.
    """
    said = record.content["ensemble"]
    try:
        inputs = {one["name"]: {key: value for key, value in one.items() if key != "name"} for one in said["drivers"]}
        given = {
            "inputs": inputs,
            "correlations": [{"between": list(pair[:2]), "rank": pair[2]} for pair in said["correlations"]],
            "method": str(said["method"]),
            "years": list(said["years"]) or None,
            "draws": said["draws"],
            "seed": record.content["seed"],
        }
        not_done, _ = frozenset(map(int, said["not_done"])), said["results"]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as fault:
        raise InputError(Fault(what="does not say in full what was drawn", value=record.scenario)) from fault
    # The record's word holds, whatever the scenario's file says of draws.
    asked = Asked(scenario.name, given, {}, "")
    return drawn(
        scenario, plan_of(scenario, asked), asked.draws, client=client, progress=progress, not_done=not_done,
        made_by=record.made_by,
    )  # fmt: skip
