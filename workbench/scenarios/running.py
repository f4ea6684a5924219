"""Run a scenario: out comes a run, with the record of all that it stood on."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pandas as pd

import workbench
from workbench.errors import unknown_name
from workbench.fiscal import format_money
from workbench.results import Result, records
from workbench.scenarios import canonical
from workbench.scenarios.central import central_case
from workbench.scenarios.loading import load_scenario
from workbench.scenarios.models import Outcome, find_model
from workbench.scenarios.record import FORMAT, Record
from workbench.scenarios.scenario import Scenario
from workbench.scenarios.store import Store, open_store
from workbench.scenarios.store.entry import RunEntry
from workbench.scenarios.store.store import current_user
from workbench.scenarios.store.trail import now

_LIBRARIES = ("numpy", "pandas", "scipy")


@dataclass(frozen=True, kw_only=True, eq=False)
class Run(Result):
    """A scenario that was run.

    Attributes
    ----------
    scenario : Scenario
        What was asked.
    outcome : Outcome
        What the model gave.
    record : Record
        What it stood on and what it gave, to be kept and run again.
    entry : RunEntry or None
        The run in the store; None where it was not kept.
    """

    scenario: Scenario
    outcome: Outcome
    record: Record
    entry: RunEntry | None = None

    @property
    def id(self) -> str | None:
        """Its id in the store; None where it was not kept."""
        return None if self.entry is None else self.entry.id

    @property
    def financial_year(self) -> str | None:
        """The financial year of the result."""
        return self.outcome.financial_year

    @property
    def headline(self) -> pd.DataFrame:
        """The headline figures: ``name``, ``label``, ``value``, ``unit``."""
        return pd.DataFrame([vars(figure) for figure in self.outcome.headline])

    @property
    def changes(self) -> pd.DataFrame:
        """What differs from the base: ``name``, ``before``, ``after``, ``unit``, ``scenario``."""
        columns = ["name", "before", "after", "unit", "scenario"]
        return pd.DataFrame([change.to_dict() for change in self.scenario.changes], columns=[*columns, "written"])[
            columns
        ]

    @property
    def table(self) -> pd.DataFrame:
        """The table in which winners and losers stand."""
        return self.outcome.tables[self.outcome.keys[0].table]

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """All result tables by name."""
        return self.outcome.tables

    def summary(self) -> str:
        """Return the question and what the model answers."""
        return f"{self.scenario.question} {self.outcome.result.summary()}"

    def explain(self, label: str) -> str:
        """Say why a county, a line, a vote or a plan sector gets what it gets.

        Raises
        ------
        UnknownNameError
            For a name that the result does not have.
        """
        explain = getattr(self.outcome.result, "explain", None)
        if explain is None:
            raise unknown_name("thing that can be explained", label, [])
        return str(explain(label))

    def to_dict(self) -> dict[str, Any]:
        """Return the run for a program."""
        return {
            "id": self.id,
            "name": None if self.entry is None else self.entry.name,
            "scenario": self.scenario.name,
            "question": self.scenario.question,
            "model": self.scenario.model,
            "base": self.scenario.base,
            "financial_year": self.financial_year,
            "content_hash": self.record.content_hash,
            "headline": [vars(figure) for figure in self.outcome.headline],
            "changes": records(self.changes),
            "tables": {name: canonical.table(table) for name, table in self.tables.items()},
            "notes": list(self.notes),
            "illustrative": self.illustrative,
            "made_at": self.record.made_at,
            "made_by": self.record.made_by,
        }


def run(
    scenario: str | os.PathLike[str] | Scenario,
    *,
    store: Store | str | os.PathLike[str] | None = None,
    name: str | None = None,
    user: str | None = None,
) -> Run:
    """Run a scenario.

    Parameters
    ----------
    scenario : str, path or Scenario
        A YAML file, or the name of a scenario that is shipped or kept in the store.
    store : Store, str or path, optional
        Where the run is kept; without it, it is not kept.
    name : str, optional
        The name to keep it under; nobody may have used it.
    user : str, optional
        Who runs it; without it ``WORKBENCH_USER`` or the name of the account.

    Returns
    -------
    Run
        Result tables, headline figures, and the record.

    Raises
    ------
    InputError
        With every mistake of the scenario's files.
    NameTakenError
        Where the name is taken.
    """
    opened = store if isinstance(store, Store) or store is None else open_store(store, user=user)
    try:
        loaded = load_scenario(scenario, store=opened)
        outcome = find_model(loaded.model).run(loaded.given)
        record = record_of(loaded, outcome, made_by=user or (opened.user if opened is not None else current_user()))
        entry = opened.save(record, name=name) if opened is not None else None
    finally:
        if opened is not None and opened is not store:
            opened.close()
    return made(loaded, outcome, record, entry)


def made(scenario: Scenario, outcome: Outcome, record: Record, entry: RunEntry | None) -> Run:
    """Return a scenario, what its model gave and the record of both as a run."""
    result = outcome.result
    return Run(
        scenario=scenario,
        outcome=outcome,
        record=record,
        entry=entry,
        parameters={change.name: change.after for change in scenario.changes},
        sources=result.sources,
        findings=result.findings,
        notes=(*central_case(scenario), *_notes(scenario, outcome)),
    )


def record_of(scenario: Scenario, outcome: Outcome, *, made_by: str) -> Record:
    """Write down what a run stood on and what it gave."""
    result = outcome.result
    # What a scenario sets is an assumption: with it, a result is no published figure any more.
    assumed = bool(outcome.notes) or any(change.unit or "." in change.name for change in scenario.changes)
    content = {
        **stood_on(scenario, outcome.financial_year, seed=None),
        "headline": [vars(figure) for figure in outcome.headline],
        "tables": {name: canonical.table(table) for name, table in outcome.tables.items()},
        "keys": [vars(key) for key in outcome.keys],
        "sources": canonical.table(result.sources),
        "findings": canonical.table(result.findings),
        "notes": list(_notes(scenario, outcome)),
        "summary": result.summary(),
        "illustrative": bool(result.illustrative or assumed),
    }
    # Through JSON and back, so that a fresh record and one that was read from a file are the same.
    return Record(content=canonical.plain(content), made_at=now(), made_by=made_by)


def stood_on(scenario: Scenario, financial_year: str | None, *, seed: int | None) -> dict[str, Any]:
    """Return the part of a record that says what a run or an ensemble stood on."""
    return {
        "format": FORMAT,
        "scenario": {
            "name": scenario.name,
            "question": scenario.question,
            "texts": [vars(text) for text in scenario.texts],
        },
        "model": scenario.model,
        "base": scenario.base,
        "financial_year": financial_year,
        "parameters": [change.to_dict() for change in scenario.changes],
        "inputs": dict(find_model(scenario.model).inputs(scenario.given)),
        "files": dict(scenario.files),
        "seed": seed,
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """Return the versions that a figure may hang on: the workbench's, Python's, and those of the libraries."""
    found = {"workbench": workbench.__version__, "python": platform.python_version()}
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:  # a library without metadata has no version to write down
            found[library] = "unknown"
    return found


def _notes(scenario: Scenario, outcome: Outcome) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*scenario.notes, *outcome.notes, *outcome.result.notes)))


def shown_figure(value: float | str | None, unit: str) -> str:
    """Write a headline figure for people: shillings in billions, counts whole, ratios with three decimals."""
    if value is None:
        return "unknown"
    if isinstance(value, str):
        return value
    if unit == "KES":
        return format_money(float(value), "KES billion", decimals=3)
    if isinstance(value, int) or float(value).is_integer():
        return f"{value:,.0f} {unit}".strip()
    return f"{value:,.3f} {unit}".strip()
