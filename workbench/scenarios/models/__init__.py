"""The models that a scenario can run, each behind a thin adapter."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Final

from workbench.errors import unknown_name
from workbench.scenarios.models.base import (
    YEAR,
    Core,
    Given,
    Headline,
    InYear,
    KeyColumn,
    Model,
    NotDrawnError,
    Outcome,
    Output,
    Parameter,
    Value,
)

__all__ = [
    "MODELS",
    "YEAR",
    "Core",
    "Given",
    "Headline",
    "InYear",
    "KeyColumn",
    "Model",
    "NotDrawnError",
    "Outcome",
    "Output",
    "Parameter",
    "Value",
    "find_model",
]

MODELS: Final = ("alignment", "gap", "grants", "requests")
"""The models by name; each stands in the module of its name."""


@cache
def find_model(name: str) -> Model:
    """Return a model's adapter.

    Raises
    ------
    UnknownNameError
        For a name that is no model's.
    """
    if name not in MODELS:
        raise unknown_name("model", name, MODELS)
    adapter: Model = importlib.import_module(f"workbench.scenarios.models.{name}").ADAPTER
    return adapter
