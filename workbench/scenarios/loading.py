"""Load a scenario: find its file, those that it stacks on, and check all of it against the model in one pass."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from workbench.datasets import data_root
from workbench.datasets.yaml_file import LineFault
from workbench.errors import Fault, InputError, UnknownNameError, WorkbenchError, suggestion, unknown_name
from workbench.scenarios.dotted import matching, remedy
from workbench.scenarios.models import MODELS, Given, Model, Parameter, Value, find_model
from workbench.scenarios.reading import ScenarioFile, WrittenChange, read_scenario_text
from workbench.scenarios.scenario import Change, Scenario, ScenarioText
from workbench.scenarios.store import Store
from workbench.scenarios.values import read_value

Further = Callable[[str, Mapping[str, Any], str], Iterable[Fault]]
_DEEPEST: Final = 20
_SUFFIXES: Final = (".yaml", ".yml")


def scenarios_folder() -> Path:
    """Return the folder of the shipped scenarios."""
    return data_root() / "scenarios"


def scenario_names() -> list[str]:
    """Return the names of the shipped scenarios, in alphabetical order."""
    return sorted(path.stem for path in scenarios_folder().glob("*.yaml"))


def list_scenarios(store: Store | None = None) -> pd.DataFrame:
    """List the shipped scenarios, and those that a store keeps, to choose from.

    Returns
    -------
    DataFrame
        ``name``, ``question``, ``model``, ``base``, ``kept`` (whether the store keeps it; else it is shipped).
    """
    shipped = scenario_names()
    kept = [name for name in store.scenarios() if name not in shipped] if store is not None else []
    found = [load_scenario(name, store=store) for name in (*shipped, *kept)]
    rows = [[one.name, one.question, one.model, one.base, place >= len(shipped)] for place, one in enumerate(found)]
    return pd.DataFrame(rows, columns=["name", "question", "model", "base", "kept"])


def load_scenario(
    scenario: str | os.PathLike[str] | Scenario, *, store: Store | None = None, also: Further | None = None
) -> Scenario:
    """Load a scenario and check it against its model.

    Parameters
    ----------
    scenario : str, path or Scenario
        A YAML file, the name of a scenario that is shipped or kept in the store, or that of a package or design, which
        is taken as it stands; a scenario comes back as it is.
    store : Store, optional
        Where names are looked up that are neither files nor shipped.
    also : callable, optional
        From the scenario's name, its ``ensemble:`` section and the section's file gives what else is wrong, to be told
        with the mistakes of the files where there are any.

    Raises
    ------
    UnknownNameError
        Where there is no such scenario.
    InputError
        With every mistake of all its files at once, each with its line and the nearest right name.
    """
    if isinstance(scenario, Scenario):
        return scenario
    found = _find(os.fspath(scenario), None, store) or _as_it_stands(os.fspath(scenario))
    if found is None:
        known = [*scenario_names(), *(store.scenarios() if store is not None else [])]
        name = os.fspath(scenario)
        if name.endswith(_SUFFIXES):
            remedy = suggestion(Path(name).stem, known)
            raise UnknownNameError(Fault(what="is no file, and no known scenario", value=name, remedy=remedy))
        raise unknown_name("scenario", name, known)
    return _load(found, _Places(found.folder, store), also)


def parse_scenarios(texts: Sequence[ScenarioText], files: Mapping[str, str]) -> Scenario:
    """Build a scenario from texts that a record kept, the lowest of the stack first."""
    return _load(_Found(texts[-1], None), _Places(None, None, texts, files))


class _Found:
    def __init__(self, text: ScenarioText, folder: Path | None) -> None:
        self.text, self.folder = text, folder


class _Places:
    """Where bases and the user's own tables are looked for."""

    def __init__(
        self,
        folder: Path | None,
        store: Store | None,
        kept: Sequence[ScenarioText] | None = None,
        files: Mapping[str, str] | None = None,
    ) -> None:
        self.folder, self.store, self.kept, self.files = folder, store, kept, files

    def below(self, found: _Found, base: str) -> _Found | None:
        """Return the scenario that another one names as its base, or None where it names a package or design."""
        if self.kept is None:
            return _find(base, found.folder, self.store)
        # A record keeps the stack in order: a base may be named by its file, and not by its name.
        place = self.kept.index(found.text)
        return _Found(self.kept[place - 1], None) if place else None

    def table(self, path: str) -> str:
        if self.files is not None:
            return self.files[path]
        return ((self.folder or Path()) / path).read_text(encoding="utf-8-sig")


def _find(name: str, folder: Path | None, store: Store | None) -> _Found | None:
    stem = name if not name.endswith(_SUFFIXES) else None
    beside = (folder or Path()) / name
    candidates = [beside] if stem is None else []
    candidates += [(folder / f"{stem}.yaml")] if folder is not None and stem else []
    candidates += [scenarios_folder() / f"{stem}.yaml"] if stem in scenario_names() else []
    for path in candidates:
        if path.is_file():
            try:
                text = path.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                raise InputError(Fault(what="is not written in UTF-8", file=path.name)) from None
            return _Found(ScenarioText(path.stem, path.name, text), path.parent)
    if store is not None and stem in store.scenarios():
        return _Found(ScenarioText(name, f"{name} (kept in the store)", store.scenario(name)), folder)
    return None


def _as_it_stands(name: str) -> _Found | None:
    """Return a package or design as a scenario that changes nothing."""
    model = next((model for model in MODELS if name in find_model(model).bases()), None)
    if model is None:
        return None
    text = f"name: {name}\nquestion: What does {name} give as it stands?\nbase: {name}\nmodel: {model}\n"
    return _Found(ScenarioText(name, f"{name} (as it stands)", text), None)


def _load(found: _Found, places: _Places, also: Further | None = None) -> Scenario:
    stack, faults, base = _stack(found, places)
    top = stack[-1]
    drawing = next((file for file in reversed(stack) if file.ensemble), top)

    def mistakes() -> InputError:
        further = also(top.name, drawing.ensemble, drawing.source.file) if also else ()
        return _mistakes([*faults, *further], top)

    model_name = next((file.model for file in reversed(stack) if file.model), "")
    for file in stack:
        if file.model and file.model != model_name:
            what = f"runs the model {file.model}, and a scenario that stacks on it runs {model_name}"
            faults.append(Fault(what=what, file=file.source.file, remedy="a stack runs one model"))
    if not model_name and base:
        # Where the model is misspelt, the base tells which one is meant, so that the changes are checked all the same.
        model_name = next((name for name in MODELS if base in find_model(name).bases()), "")
    if not model_name:
        if base:
            faults.append(_no_base(stack[0], "no package, design or scenario", [
                *(one for name in MODELS for one in find_model(name).bases()), *scenario_names()]))  # fmt: skip
        elif not faults:
            faults.append(Fault(what="names no model", file=top.source.file,
                                remedy=f"add model: {' or '.join(MODELS)}"))  # fmt: skip
        raise mistakes()
    model = find_model(model_name)
    checker = _Checker(model, base, places, faults)
    checker.check_base(stack[0])
    changes = checker.changes(stack) if checker.base else {}
    if faults:
        raise mistakes()
    return Scenario(
        name=top.name,
        question=top.question,
        model=model_name,
        base=base,
        changes=tuple(changes[name] for name in sorted(changes)),
        parameters=checker.known,
        notes=tuple(dict.fromkeys(note for file in stack for note in file.notes)),
        texts=tuple(file.source for file in stack),
        files=checker.files,
        ensemble=drawing.ensemble,
        ensemble_file=drawing.source.file,
    )


def _stack(found: _Found, places: _Places) -> tuple[list[ScenarioFile], list[Fault], str]:
    """Read a scenario and all below it; gives the lowest first, what is wrong, and the base at the bottom."""
    stack: list[ScenarioFile] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    while True:
        file, of_file = read_scenario_text(found.text.text, file=found.text.file)
        stack.insert(0, file)
        faults += of_file
        seen.add(found.text.text)
        below = places.below(found, file.base) if file.base and not _is_base(file) else None
        if below is None:
            return stack, faults, file.base
        if below.text.text in seen or len(stack) >= _DEEPEST:
            faults.append(LineFault(what="stacks on itself", value=file.base, file=file.source.file,
                                    row=file.base_line))  # fmt: skip
            return stack, faults, ""
        found = below


def _is_base(file: ScenarioFile) -> bool:
    models = [file.model] if file.model else MODELS
    return any(file.base in find_model(name).bases() for name in models)


def _no_base(lowest: ScenarioFile, what: str, known: Sequence[str]) -> Fault:
    is_what = what if what[:3] != "no " else f"is {what}"
    if lowest.base.endswith(_SUFFIXES):
        is_what = "is no file beside this one"
        known = []
    remedy_ = suggestion(lowest.base, known) if known else "paths are taken from the scenario's own folder"
    return LineFault(what=is_what, value=lowest.base, file=lowest.source.file, row=lowest.base_line, remedy=remedy_)


def _mistakes(faults: Sequence[Fault], top: ScenarioFile) -> InputError:
    many = f"{len(faults)} mistakes" if len(faults) > 1 else "1 mistake"
    ordered = sorted(faults, key=lambda fault: (fault.file or "", fault.row or 0))
    return InputError(ordered, summary=f"The scenario {top.source.file} has {many}")


class _Checker:
    """Checks the changes of a stack against the model, from the lowest up."""

    def __init__(self, model: Model, base: str, places: _Places, faults: list[Fault]) -> None:
        self.model, self.base, self.places, self.faults = model, base, places, faults
        self.known: Mapping[str, Parameter] = {}
        self.files: dict[str, str] = {}

    def check_base(self, lowest: ScenarioFile) -> None:
        """Tell where the base is nothing that the model knows."""
        if not self.base:
            return
        try:
            self.known = self.model.parameters(Given(self.base, {}))
        except WorkbenchError as refused:
            known = [*self.model.bases(), *scenario_names()]
            what = f"no base of the model {self.model.name}, and no scenario"
            if self.base in self.model.bases():
                what = "; ".join(str(fault) for fault in refused.faults)
            self.faults.append(_no_base(lowest, what, known))
            self.base = ""

    def changes(self, stack: Sequence[ScenarioFile]) -> dict[str, Change]:
        """Return what all files together change, by name."""
        written = [change for file in stack for change in file.changes]
        values = self._first_values(written)
        try:
            self.known = self.model.parameters(Given(self.base, values, self.files))
        except WorkbenchError as refused:
            self.faults += refused.faults
            return {}
        found: dict[str, Change] = {}
        for change in written:
            names = matching(change.name, self.known)
            if not names:
                what = f"is nothing that can be changed in '{self.base}'"
                self.faults.append(change.fault(what, remedy(change.name, self.known), value=change.name))
            for name in names:
                self._set(name, change, found)
        return found

    def _first_values(self, written: Sequence[WrittenChange]) -> dict[str, Value]:
        """Return the choices, texts and files: they decide which other parameters there are, such as a stage's."""
        first: dict[str, Value] = {}
        for change in written:
            for name in matching(change.name, self.known):
                parameter = self.known[name]
                if parameter.kind == "number" or "." in name:
                    continue
                value = read_value(change, parameter, parameter.value, self.known)
                if isinstance(value, Fault):
                    continue  # told once, when all changes are read
                if parameter.kind != "file" or self._read_file(str(value), change):
                    first[name] = value
        return first

    def _read_file(self, path: str, change: WrittenChange) -> bool:
        try:
            self.files[path] = self.places.table(path)
            return True
        except (OSError, KeyError, UnicodeDecodeError) as fault:
            what = f"cannot be read: {fault.strerror if isinstance(fault, OSError) else fault}"
            self.faults.append(change.fault(what, "paths are taken from the scenario's own folder", value=path))
            return False

    def _set(self, name: str, change: WrittenChange, found: dict[str, Change]) -> None:
        parameter = self.known[name]
        current = found[name].after if name in found else parameter.value
        value = read_value(change, parameter, current, self.known)
        if isinstance(value, Fault):
            self.faults.append(value)
            return
        text = change.value if isinstance(change.value, (str, int, float)) else dict(change.value)
        found[name] = Change(name, parameter.value, value, parameter.unit, str(text), change.scenario)
