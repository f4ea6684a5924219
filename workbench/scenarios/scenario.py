"""A scenario: a question, a base, a model, and what is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.scenarios.models import Given, Parameter, Value


@dataclass(frozen=True)
class Change:
    """One value that a scenario sets.

    Attributes
    ----------
    name : str
        The full dotted name.
    before, after : number or str
        What it was in the base, None where the base did not say, and what it is now.
    unit : str
        Of a number.
    written : str
        As the file says it: ``+5%``.
    scenario : str
        The scenario that says so.
    """

    name: str
    before: Value | None
    after: Value
    unit: str
    written: str
    scenario: str

    def to_dict(self) -> dict[str, Any]:
        """Return the change for a program."""
        return vars(self).copy()


@dataclass(frozen=True)
class ScenarioText:
    """The text of one scenario file, and the name by which messages call it."""

    name: str
    file: str
    text: str


@dataclass(frozen=True, eq=False)
class Scenario:
    """A scenario, with those that it stacks on.

    Attributes
    ----------
    name, question : str
        What it is called and what it asks.
    model : str
        The model that it runs.
    base : str
        The package or design at the bottom of the stack.
    changes : tuple of Change
        All that differs from the base, in order of name; a later scenario of the stack wins.
    parameters : mapping of str to Parameter
        Everything that could be changed, with the base's values.
    notes : tuple of str
        What the files say that a reader must know.
    texts : tuple of ScenarioText
        The files, the lowest of the stack first.
    files : mapping of str to str
        The texts of the user's own tables, by the path that the scenario names.
    ensemble : mapping
        What the file says of draws, as it stands; empty where it says nothing.
    ensemble_file : str
        The file of the stack that says so.
    """

    name: str
    question: str
    model: str
    base: str
    changes: tuple[Change, ...]
    parameters: Mapping[str, Parameter]
    notes: tuple[str, ...]
    texts: tuple[ScenarioText, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    ensemble: Mapping[str, Any] = field(default_factory=dict)
    ensemble_file: str = ""

    @property
    def given(self) -> Given:
        """What the model is given."""
        return Given(self.base, {change.name: change.after for change in self.changes}, self.files)

    def __str__(self) -> str:
        changes = [f"  {change.name}: {change.written}" for change in self.changes]
        return "\n".join([f"{self.name}: {self.question} ({self.model}, {self.base})", *changes])
