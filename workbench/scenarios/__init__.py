"""Scenarios: say what if, keep it, compare it, doubt it."""

from workbench.scenarios.comparing import Comparison, compare
from workbench.scenarios.ensembles import Ensemble, Robustness, Sensitivity, ensemble, robustness, sensitivity
from workbench.scenarios.loading import list_scenarios, load_scenario, scenario_names
from workbench.scenarios.record import Record, read_record
from workbench.scenarios.reproducing import Reproduction, reproduce
from workbench.scenarios.running import Run, run
from workbench.scenarios.scenario import Scenario
from workbench.scenarios.store import Store, open_store

__all__ = [
    "Comparison",
    "Ensemble",
    "Record",
    "Reproduction",
    "Robustness",
    "Run",
    "Scenario",
    "Sensitivity",
    "Store",
    "compare",
    "ensemble",
    "list_scenarios",
    "load_scenario",
    "open_store",
    "read_record",
    "reproduce",
    "robustness",
    "run",
    "scenario_names",
    "sensitivity",
]
