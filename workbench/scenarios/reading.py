"""Read a scenario file: its text into its parts, every mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from workbench.datasets.yaml_file import LineFault, yaml_tree
from workbench.errors import Fault, InputError, suggestion
from workbench.scenarios.models import MODELS
from workbench.scenarios.scenario import ScenarioText

KEYS: Final = ("name", "question", "base", "model", "changes", "notes", "ensemble")
_NEEDED: Final = ("name", "question", "base")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class WrittenChange:
    """One line of ``changes``: a dotted name as written, what it is to be, and where it stands."""

    name: str
    value: Any
    file: str
    line: int
    scenario: str

    def fault(self, what: str, remedy: str | None = None, *, value: object = None) -> LineFault:
        """Build a fault of this line."""
        return LineFault(what=what, file=self.file, row=self.line, column=f"changes.{self.name}",
                         value=value, remedy=remedy)  # fmt: skip


@dataclass(frozen=True)
class ScenarioFile:
    """What one scenario file says; what it does not say is empty."""

    source: ScenarioText
    name: str
    question: str
    base: str
    base_line: int
    model: str
    changes: tuple[WrittenChange, ...]
    notes: tuple[str, ...]
    ensemble: Mapping[str, Any]


def read_scenario_text(text: str, *, file: str) -> tuple[ScenarioFile, list[Fault]]:
    """Read the text of a scenario.

    Parameters
    ----------
    text : str
        YAML.
    file : str
        What messages call it.

    Returns
    -------
    scenario : ScenarioFile
        What could be read.
    faults : list of Fault
        What is wrong, each with its line; the caller adds what the model finds and raises all at once.

    Raises
    ------
    InputError
        For a text that is no YAML mapping at all.
    """
    tree, faults = yaml_tree(text, file)
    if not isinstance(tree, Mapping):
        remedy = f"begin with {', '.join(f'{key}:' for key in _NEEDED)}"
        raise InputError(LineFault(what="holds no scenario", file=file, remedy=remedy))
    faults += _key_faults(tree, file)
    texts = {}
    for key in ("name", "question", "base", "model"):
        texts[key] = _text(tree, key, file, faults)
    if texts["name"] and not _NAME.fullmatch(texts["name"]):
        what = "is no name of a scenario"
        remedy = "write small letters, digits and hyphens: shilling-at-160"
        faults.append(LineFault(what=what, file=file, row=_line(tree, "name"), value=texts["name"], remedy=remedy))
    if texts["model"] and texts["model"] not in MODELS:
        faults.append(
            LineFault(what="is no known model", file=file, row=_line(tree, "model"), value=texts["model"],
                      remedy=suggestion(texts["model"], MODELS))
        )  # fmt: skip
        texts["model"] = ""
    name = texts["name"] or file
    scenario = ScenarioFile(
        source=ScenarioText(name, file, text),
        name=name,
        question=texts["question"],
        base=texts["base"],
        base_line=_line(tree, "base"),
        model=texts["model"],
        changes=tuple(_changes(tree, name, file, faults, text)),
        notes=tuple(_notes(tree, file, faults)),
        ensemble=_mapping(tree, "ensemble", file, faults),
    )
    return scenario, faults


def _line(tree: Any, key: str) -> int:  # noqa: ANN401
    return int(tree.lc.key(key)[0]) + 1 if key in tree else 1


def _key_faults(tree: Any, file: str) -> Iterator[Fault]:  # noqa: ANN401
    for key in tree:
        if key not in KEYS:
            yield LineFault(what="is no key of a scenario", value=key, file=file, row=_line(tree, key),
                            remedy=suggestion(str(key), KEYS))  # fmt: skip
    for key in _NEEDED:
        if key not in tree:
            yield LineFault(what=f"'{key}' is missing", file=file, row=1, remedy=f"add a line {key}: …")


def _text(tree: Any, key: str, file: str, faults: list[Fault]) -> str:  # noqa: ANN401
    value = tree.get(key)
    if value is None:
        if key in tree and key in _NEEDED:
            faults.append(LineFault(what=f"'{key}' is blank", file=file, row=_line(tree, key)))
        return ""
    if not isinstance(value, str):
        faults.append(LineFault(what="is no text", file=file, row=_line(tree, key), column=key, value=str(value)))
        return ""
    return str(value).strip()


def _mapping(tree: Any, key: str, file: str, faults: list[Fault]) -> Mapping[str, Any]:  # noqa: ANN401
    value = tree.get(key)
    if value is None or isinstance(value, Mapping):
        return value or {}
    what = "is no list of names with values"
    faults.append(LineFault(what=what, file=file, row=_line(tree, key), column=key, remedy="write NAME: VALUE lines"))
    return {}


def _changes(
    tree: Any,  # noqa: ANN401 - ruamel's mapping
    scenario: str,
    file: str,
    faults: list[Fault],
    text: str,
) -> Iterator[WrittenChange]:
    changes = _mapping(tree, "changes", file, faults)
    lines = text.splitlines()
    for name, value in changes.items():
        line = int(changes.lc.key(name)[0]) + 1  # type: ignore[attr-defined]  # ruamel's mappings know their lines
        change = WrittenChange(str(name), value, file, line, scenario)
        row, column = changes.lc.value(name)  # type: ignore[attr-defined]  # the same
        if isinstance(value, (int, float)) and lines[row][column : column + 1] == "+":
            # YAML reads +5 as 5: whoever means five more would get five.
            what, remedy = "is written with a plus", "write +5% for a change by a percentage, or the value itself"
            faults.append(change.fault(what, remedy, value=f"+{value}"))
            continue
        yield change


def _notes(tree: Any, file: str, faults: list[Fault]) -> list[str]:  # noqa: ANN401
    notes = tree.get("notes") or []
    notes = [notes] if isinstance(notes, str) else notes
    if isinstance(notes, list) and all(isinstance(note, str) for note in notes):
        return [str(note).strip() for note in notes]
    faults.append(LineFault(what="are no sentences", file=file, row=_line(tree, "notes"), column="notes"))
    return []
