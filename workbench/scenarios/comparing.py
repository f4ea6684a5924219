"""Compare runs: what changed in the inputs first, then the headline figures, then who won and who lost."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from workbench.errors import Fault, InputError
from workbench.results import Result, records
from workbench.scenarios import canonical
from workbench.scenarios.ensembles import Ensemble
from workbench.scenarios.loading import load_scenario, scenario_names
from workbench.scenarios.record import Record, read_record
from workbench.scenarios.running import Run, run, shown_figure
from workbench.scenarios.store import NotKeptError, Store

Comparable = Run | Ensemble | Record | str | os.PathLike[str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison(Result):
    """Runs side by side, the baseline first.

    Attributes
    ----------
    names : tuple of str
        What the runs are called here, the baseline first.
    compared : tuple of Record
        The runs.
    inputs : DataFrame
        What is not the same in all runs: ``input``, ``unit`` and a column a run; blank is as in the base.
    headline : DataFrame
        ``figure``, ``unit``, a column a run, and for each but the baseline its ``change``.
    changes : mapping of str to DataFrame
        For each run but the baseline: ``what``, ``label``, ``before``, ``after``, ``change``, ``change_percent``,
        the largest gain first; only what moved.
    """

    names: tuple[str, ...]
    compared: tuple[Record, ...]
    inputs: pd.DataFrame
    headline: pd.DataFrame
    changes: Mapping[str, pd.DataFrame]

    @property
    def baseline(self) -> str:
        """The run that the others are held against."""
        return self.names[0]

    @property
    def table(self) -> pd.DataFrame:
        """The headline figures side by side."""
        return self.headline

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The inputs, the headline, and the winners and losers of each run."""
        return {"inputs": self.inputs, "headline": self.headline,
                **{f"changes_{name}": table for name, table in self.changes.items()}}  # fmt: skip

    def winners(self, name: str | None = None) -> pd.DataFrame:
        """Return what gained against the baseline, the largest gain first."""
        table = self.changes[name or self.names[1]]
        return table[table["change"] > 0].reset_index(drop=True)

    def losers(self, name: str | None = None) -> pd.DataFrame:
        """Return what lost against the baseline, the largest loss first."""
        table = self.changes[name or self.names[1]]
        return table[table["change"] < 0].sort_values("change", kind="stable").reset_index(drop=True)

    def summary(self) -> str:
        """Say what changed, and what that did to the headline figures."""
        parts = [f"{self.baseline} against {', '.join(self.names[1:])}: {len(self.inputs)} inputs differ."]
        for name in self.names[1:]:
            moved = [
                f"{row['figure']} {shown_figure(row[self.baseline], row['unit'])} to"
                f" {shown_figure(row[name], row['unit'])}"
                for row in records(self.headline)
                if row[self.baseline] != row[name]
            ]
            won, lost = len(self.winners(name)), len(self.losers(name))
            said = "; ".join(moved) if moved else "no headline figure moves"
            parts.append(f"{name}: {said}. {won} gain, {lost} lose.")
        return " ".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison for a program."""
        return {
            "baseline": self.baseline,
            "runs": list(self.names),
            "model": self.compared[0].model,
            "financial_year": self.compared[0].financial_year,
            "inputs": records(self.inputs),
            "headline": records(self.headline),
            "changes": {name: records(table) for name, table in self.changes.items()},
            "illustrative": self.illustrative,
        }

    @property
    def illustrative(self) -> bool:
        """Whether any of the runs stands on something illustrative."""
        return any(record.illustrative for record in self.compared)


def compare(*runs: Comparable, baseline: int = 0, store: Store | None = None) -> Comparison:
    """Compare runs of one model and one financial year.

    Parameters
    ----------
    *runs : Run, Ensemble, Record, str or path
        Two or more: runs or ensembles, records, ids or names of what is kept in the store, files of records, or
        scenarios, which are run. Ensembles are compared by their medians.
    baseline : int
        The position of the one that the others are held against; any may be it.
    store : Store, optional
        Where ids and names are looked up.

    Raises
    ------
    InputError
        For fewer than two runs, and for runs of different models or years, with the reason.
    """
    found = [_record_of(one, store) for one in runs]
    if len(found) < 2:
        raise InputError(Fault(what="needs two runs at least", value="compare"))
    ordered = [found[baseline], *(one for place, one in enumerate(found) if place != baseline % len(found))]
    names = _names([name for name, _ in ordered])
    compared = tuple(record for _, record in ordered)
    _refuse_unlike(names, compared)
    sources, findings = (
        pd.concat([canonical.frame(record.content[kind]) for record in compared], ignore_index=True)
        for kind in ("sources", "findings")
    )
    return Comparison(
        names=names,
        compared=compared,
        inputs=_inputs(names, compared),
        headline=_headline(names, compared),
        changes={name: _changes(compared[0], record) for name, record in zip(names[1:], compared[1:], strict=True)},
        parameters={"baseline": names[0], "runs": names},
        sources=sources.drop_duplicates(ignore_index=True),
        findings=findings.drop_duplicates(ignore_index=True),
        notes=tuple(_said_by(names, places, note) for note, places in notes_by_run(compared)),
    )


def notes_by_run(compared: Sequence[Record]) -> list[tuple[str, tuple[int, ...]]]:
    """Return every note of some runs once, with the positions of the runs that say it."""
    said: dict[str, list[int]] = {}
    for place, record in enumerate(compared):
        for note in dict.fromkeys(record.content["notes"]):
            said.setdefault(str(note), []).append(place)
    return [(note, tuple(places)) for note, places in said.items()]


def _said_by(names: Sequence[str], places: Sequence[int], note: str) -> str:
    """Return a note with the runs that it is about, where it is not about all of them."""
    return note if len(places) == len(names) else f"{', '.join(names[place] for place in places)}: {note}"


_KINDS: Final = {"run": "a single run", "ensemble": "an ensemble of many draws"}


def _record_of(one: Comparable, store: Store | None) -> tuple[str, Record]:
    if isinstance(one, (Run, Ensemble)):
        return one.scenario.name, one.record
    if isinstance(one, Record):
        return one.scenario, one
    text = os.fspath(one)
    if text.endswith(".json"):
        record = read_record(text)
        return record.scenario, record
    if store is not None:
        try:
            return store.run(text).name, store.record(text)
        except NotKeptError:
            if not text.endswith((".yaml", ".yml")) and text not in (*scenario_names(), *store.scenarios()):
                raise
    made = run(load_scenario(text, store=store))
    return made.scenario.name, made.record


def _names(given: Sequence[str]) -> tuple[str, ...]:
    """Return the names with a number where one occurs more than once."""
    return tuple(
        name if given.count(name) == 1 else f"{name} ({given[: place + 1].count(name)})"
        for place, name in enumerate(given)
    )


def _refuse_unlike(names: Sequence[str], compared: Sequence[Record]) -> None:
    first = compared[0]
    faults = []
    for name, record in zip(names[1:], compared[1:], strict=True):
        if record.model != first.model:
            what = f"is a run of the model {record.model}, and {names[0]} one of {first.model}: they share no figure"
            faults.append(Fault(what=what, value=name, remedy="compare runs of one model"))
        elif record.kind != first.kind:
            what = f"is {_KINDS[record.kind]}, and {names[0]} {_KINDS[first.kind]}: a median is no figure of one run"
            faults.append(Fault(what=what, value=name, remedy="compare runs with runs and ensembles with ensembles"))
        elif record.financial_year != first.financial_year:
            years = f"is about {record.financial_year}, and {names[0]} about {first.financial_year}"
            what = f"{years}: prices and programmes of two years are not comparable"
            faults.append(Fault(what=what, value=name, remedy="set the same year in both"))
    if faults:
        raise InputError(faults)


def _inputs(names: Sequence[str], compared: Sequence[Record]) -> pd.DataFrame:
    settings = [{one["name"]: one for one in record.content["parameters"]} for record in compared]
    rows = []
    for name in sorted({name for one in settings for name in one}):
        told = next(one[name] for one in settings if name in one)
        values = [one[name]["after"] if name in one else told["before"] for one in settings]
        rows.append([name, told["unit"], *values])
    bases = [record.content["base"] for record in compared]
    rows.insert(0, ["base", "", *bases])
    rows += _draws(compared)
    # A form of the user's own is an input as a published file is, and two of one name may hold other figures.
    own = [{name: canonical.digest_of_text(text) for name, text in record.content["files"].items()}
           for record in compared]  # fmt: skip
    files = [{**record.content["inputs"], **texts} for record, texts in zip(compared, own, strict=True)]
    rows += [
        [f"file {name}", "SHA-256", *((one.get(name) or "")[:12] or None for one in files)]
        for name in sorted({name for one in files for name in one})
    ]
    versions = [record.content["versions"] for record in compared]
    rows += [
        [f"version of {name}", "", *(one.get(name) for one in versions)]
        for name in sorted({name for one in versions for name in one})
    ]
    differing = [row for row in rows if any(value != row[2] for value in row[3:])]
    return pd.DataFrame(differing, columns=["input", "unit", *names]).astype(object)


def _draws(compared: Sequence[Record]) -> list[list[Any]]:
    """Return how the draws of ensembles differ: how many, the seed, how each driver is drawn."""
    if compared[0].kind != "ensemble":
        return []
    told: list[dict[str, Any]] = []
    for record in compared:
        of = record.content["ensemble"]
        drawn = {f"draws of {one['name']}": _written(one) for one in of["drivers"]}
        pairs = {f"rank correlation of {one} and {other}": rank for one, other, rank in of["correlations"]}
        left = {"draws": of["draws"], "seed": record.content["seed"], "how drawn": of["method"],
                "blocks not done": len(of["not_done"])}  # fmt: skip
        told.append(left | drawn | pairs)
    return [[name, "", *(one.get(name) for one in told)] for name in dict.fromkeys(key for one in told for key in one)]


def _written(driver: Mapping[str, Any]) -> str:
    shape = ", ".join(
        f"{key} {value:,.12g}" if isinstance(value, (int, float)) else f"{key} {value}"
        for key, value in driver.items()
        if key not in ("name", "distribution", "reference") and (key, value) != ("how", "value")
    )
    return f"{driver['distribution']}: {shape}"


def _headline(names: Sequence[str], compared: Sequence[Record]) -> pd.DataFrame:
    figures = [{one["name"]: one for one in record.headline} for record in compared]
    rows = []
    for name, first in figures[0].items():
        values = [one.get(name, {}).get("value") for one in figures]
        changes = [None if value is None or values[0] is None else value - values[0] for value in values[1:]]
        rows.append([first["label"], first["unit"], *values, *changes])
    columns = ["figure", "unit", *names, *(f"change in {name}" for name in names[1:])]
    return pd.DataFrame(rows, columns=columns)


def _changes(before: Record, after: Record) -> pd.DataFrame:
    tables = [_key_values(before, after, key) for key in before.content["keys"]]
    moved = pd.concat(tables, ignore_index=True)
    return moved.sort_values("change", ascending=False, kind="stable", ignore_index=True)


def _key_values(before: Record, after: Record, key: Mapping[str, str]) -> pd.DataFrame:
    was, now = (
        canonical.frame(record.content["tables"][key["table"]])[[key["label"], key["value"]]]
        .set_axis(["label", side], axis=1)
        for record, side in ((before, "before"), (after, "after"))
    )  # fmt: skip
    merged = was.merge(now, on="label", how="outer", sort=False)
    amounts = merged[["before", "after"]].astype("float64")
    merged["change"] = amounts["after"] - amounts["before"]
    merged["change_percent"] = merged["change"] / amounts["before"].where(amounts["before"] != 0) * 100
    merged.insert(0, "what", key["label"])
    # A line that stands in one run only is listed with the other side unknown, never dropped.
    return merged[(merged["change"] != 0) | merged["change"].isna()]
