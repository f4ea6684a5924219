"""Scenarios: say what if, keep it, compare it, doubt it."""

from workbench.scenarios.comparing import Comparison, compare
from workbench.scenarios.loading import load_scenario, scenario_names
from workbench.scenarios.record import Record, read_record
from workbench.scenarios.reproducing import Reproduction, reproduce
from workbench.scenarios.running import Run, run
from workbench.scenarios.scenario import Scenario
from workbench.scenarios.store import Store, open_store

__all__ = [
    "Comparison",
    "Record",
    "Reproduction",
    "Run",
    "Scenario",
    "Store",
    "compare",
    "load_scenario",
    "open_store",
    "read_record",
    "reproduce",
    "run",
    "scenario_names",
]
