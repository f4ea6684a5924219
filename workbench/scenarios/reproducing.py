"""Run a record again, and say figure by figure whether the same came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pandas as pd

from workbench.errors import Fault, InputError, WorkbenchError
from workbench.scenarios.ensembles.again import drawn_again
from workbench.scenarios.ensembles.progress import Progress
from workbench.scenarios.loading import parse_scenarios
from workbench.scenarios.models import find_model
from workbench.scenarios.record import Record
from workbench.scenarios.running import Run, made, record_of
from workbench.scenarios.scenario import Scenario, ScenarioText
from workbench.scenarios.store.entry import RunEntry

_COLUMNS = ("table", "row", "column", "recorded", "now")
_FIGURE = ("name", "value", "unit")


@dataclass(frozen=True, eq=False)
class Reproduction:
    """What came out when a record was run again.

    Attributes
    ----------
    record, again : Record
        The record, and the one that was made now.
    differences : DataFrame
        ``table``, ``row`` (its first cells), ``column``, ``recorded``, ``now``: every figure that is not the same.
    figures : int
        How many figures were set against each other.
    notes : tuple of str
        Inputs and versions that are no longer what they were, in whole sentences.
    """

    record: Record
    again: Record
    differences: pd.DataFrame
    figures: int
    notes: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """Whether every figure is the same, and the record is as it was made."""
        return self.differences.empty and self.record.intact

    @property
    def byte_for_byte(self) -> bool:
        """Whether the whole content is the same to the byte: figures, inputs, versions, words."""
        return self.record.content_hash == self.again.content_hash

    def summary(self) -> str:
        """Say in one sentence what came out."""
        if self.identical:
            to_the_byte = ", to the byte" if self.byte_for_byte else ""
            return f"identical: all {self.figures:,} figures are the same{to_the_byte}."
        changed = "" if self.record.intact else "The record was changed after it was made. "
        if self.differences.empty:
            return f"{changed}All {self.figures:,} figures are the same; what was changed is no figure."
        return f"{changed}{len(self.differences):,} of {self.figures:,} figures differ."

    def to_dict(self) -> dict[str, Any]:
        """Return the reproduction for a program."""
        return {
            "identical": self.identical,
            "byte_for_byte": self.byte_for_byte,
            "intact": self.record.intact,
            "figures": self.figures,
            "recorded_hash": self.record.content_hash,
            "hash_now": self.again.content_hash,
            "differences": self.differences.to_dict("records"),
            "notes": list(self.notes),
        }


def reproduce(
    record: Record,
    *,
    client: Any = None,  # noqa: ANN401 - a distributed.Client, of an optional library
    progress: bool | Progress | None = None,
) -> Reproduction:
    """Run or draw a record again, from the texts that it keeps, on the figures that are there now.

    Parameters
    ----------
    record : Record
        Of a run or an ensemble.
    client : distributed.Client, optional
        A Dask cluster to draw an ensemble on.
    progress : bool or callable, optional
        For an ensemble, as :func:`workbench.ensemble` has it.

    Raises
    ------
    InputError
        Where the scenario can no longer be run at all, such as after a parameter was renamed.
    """
    scenario = scenario_of(record)
    if record.kind == "ensemble":
        again = drawn_again(record, scenario, client=client, progress=progress).record
    else:
        again = record_of(scenario, find_model(scenario.model).run(scenario.given), made_by=record.made_by)
    found = list(_differences(record.content, again.content))
    return Reproduction(
        record=record,
        again=again,
        differences=pd.DataFrame(found, columns=list(_COLUMNS)),
        figures=sum(len(table["columns"]) * len(table["rows"]) for table in record.content["tables"].values())
        + len(record.headline),
        notes=tuple(_notes(record.content, again.content)),
    )


def run_again(record: Record, entry: RunEntry | None = None) -> Run:
    """Run the record of a run again, to be looked at and explained as on the day on which it was made.

    Parameters
    ----------
    record : Record
        Of a run, not of an ensemble.
    entry : RunEntry, optional
        Where a store keeps it.

    Returns
    -------
    Run
        With the record as it was kept.

    Raises
    ------
    InputError
        Where another figure comes out now than the record keeps: nobody recorded what would be shown.
    """
    scenario = scenario_of(record)
    outcome = find_model(scenario.model).run(scenario.given)
    again = record_of(scenario, outcome, made_by=record.made_by)
    differing = sum(1 for _ in _differences(record.content, again.content))
    if differing or not record.intact:
        what = f"gives other figures now than it keeps: {differing:,} differ"
        remedy = "workbench reproduce says which, and what has changed since"
        raise InputError(Fault(what=what, value=entry.name if entry is not None else record.scenario, remedy=remedy))
    return made(scenario, outcome, record, entry)


def scenario_of(record: Record) -> Scenario:
    """Rebuild a record's scenario from the texts that it keeps.

    Raises
    ------
    WorkbenchError
        Where the workbench of today refuses it.
    """
    try:
        texts = [ScenarioText(**{key: str(value) for key, value in text.items()})
                 for text in record.content["scenario"]["texts"]]  # fmt: skip
    except TypeError:
        texts = []
    if not texts:
        raise InputError(Fault(what="does not hold the text of its scenario", value=record.scenario))
    try:
        return parse_scenarios(texts, record.content["files"])
    except WorkbenchError as refused:
        raise type(refused)(refused.faults, summary="The record can no longer be run") from refused


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for was, now in zip_longest(before["headline"], after["headline"]):
        # What a figure is called is no figure.
        if [was and was[key] for key in _FIGURE] != [now and now[key] for key in _FIGURE]:
            label = (was or now)["label"]
            yield "headline", label, "value", was["value"] if was else None, now["value"] if now else None
    if "ensemble" in before and before["ensemble"]["results"] != after["ensemble"]["results"]:
        hashes = (before["ensemble"]["results"], after["ensemble"]["results"])
        yield "every draw", "", "SHA-256", *hashes
    for name in dict.fromkeys([*before["tables"], *after["tables"]]):
        was, now = before["tables"].get(name), after["tables"].get(name)
        if was is None or now is None:
            yield name, "", "", "a table" if was else None, "a table" if now else None
        elif was["columns"] != now["columns"]:
            yield name, "", "columns", ", ".join(was["columns"]), ", ".join(now["columns"])
        else:
            yield from _cells(name, was, now)


def _cells(name: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for number, (old, new) in enumerate(zip_longest(was["rows"], now["rows"]), start=1):
        if old is None or new is None:
            yield name, str(number), "", "a row" if old else None, "a row" if new else None
            continue
        label = ", ".join(str(cell) for cell in old[:2])
        for column, one, other in zip(was["columns"], old, new, strict=True):
            # 1 and 1.0 are one figure; a text and a number never are.
            if one != other or isinstance(one, str) != isinstance(other, str):
                yield name, label, column, one, other


def _notes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({*before["inputs"], *after["inputs"]}):
        was, now = before["inputs"].get(name), after["inputs"].get(name)
        if was != now:
            what = (
                "was no input then" if was is None else "is no input any more" if now is None else "has changed since"
            )
            yield f"The input {name} {what}."
    for name in sorted({*before["versions"], *after["versions"]}):
        was, now = before["versions"].get(name), after["versions"].get(name)
        if was != now:
            yield f"{name} was {was} then and is {now} now."
