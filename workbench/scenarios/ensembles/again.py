"""Draw the ensemble of a record again."""

from __future__ import annotations

from typing import Any

from workbench.errors import Fault, InputError
from workbench.scenarios.ensembles.ensemble import Ensemble
from workbench.scenarios.ensembles.front import drawn, read_count
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
        correlations = [{"between": list(pair[:2]), "rank": pair[2]} for pair in said["correlations"]]
        method, years = str(said["method"]), list(said["years"]) or None
        draws, not_done = read_count("draws", said["draws"], least=1), frozenset(map(int, said["not_done"]))
        seed, _ = read_count("seed", record.content["seed"], least=0), said["results"]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as fault:
        raise InputError(Fault(what="does not say in full what was drawn", value=record.scenario)) from fault
    plan = plan_of(scenario, inputs, seed=seed, method=method, correlations=correlations, years=years)
    return drawn(scenario, plan, draws, client=client, progress=progress, not_done=not_done, made_by=record.made_by)
