"""A scenario made by a program: its YAML text, as a person would have written it, read back and checked."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.scenarios.loading import parse_scenarios
from workbench.scenarios.models import Value
from workbench.scenarios.scenario import Scenario, ScenarioText


def write_scenario(
    name: str,
    question: str,
    *,
    model: str,
    base: str,
    changes: Mapping[str, Value],
    notes: Sequence[str] = (),
    files: Mapping[str, str],
) -> Scenario:
    """Make a scenario that is in no file.

    Parameters
    ----------
    name, question : str
        What it is called, and what it asks.
    model, base : str
    changes : mapping
        By dotted name.
    notes : sequence of str
        What a reader must know.
    files : mapping of str to str
        The texts of the tables that the changes name.

    Raises
    ------
    InputError
        Where the model refuses a change.
    """
    from ruamel.yaml import YAML

    tree: dict[str, Any] = {
        "name": name,
        "question": question,
        "model": model,
        "base": base,
        "changes": dict(changes),
        "notes": list(notes),
    }
    written = io.StringIO()
    writer = YAML(typ="safe")
    writer.default_flow_style = False
    writer.width = 10_000  # a sentence stays on its line
    writer.dump({key: value for key, value in tree.items() if value}, written)
    return parse_scenarios([ScenarioText(name, f"{name}.yaml", written.getvalue())], files)
