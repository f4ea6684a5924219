"""What is asked of an ensemble, by its caller or else by the scenario's file: read whole, every mistake kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

import pandas as pd

from workbench.datasets.yaml_file import LineFault, Written
from workbench.errors import Fault, WorkbenchError, suggestion
from workbench.scenarios.ensembles.distributions import Distribution
from workbench.scenarios.ensembles.drawing import METHODS, Method, rank_fault
from workbench.scenarios.ensembles.reading import read_distribution
from workbench.scenarios.ensembles.years import read_year_names
from workbench.scenarios.loading import load_scenario
from workbench.scenarios.scenario import Scenario
from workbench.scenarios.store import Store

KEYS: Final = ("draws", "seed", "method", "inputs", "correlations", "years")
DRAWS: Final = 100_000
SEED: Final = 20_100_827
"""The seed where none is given: fixed, so that two people get the same answer."""

Location = tuple[str | int, ...]
Correlations = Mapping[tuple[str, str], float] | pd.DataFrame | Sequence[Mapping[str, Any]]
Made = TypeVar("Made")


class Correlation(NamedTuple):
    """Spearman's rank correlation of two drivers as they are written, and where it stands."""

    one: str
    other: str
    rank: float
    location: Location


class Asked:
    """What is asked of an ensemble; what could not be read has its default, and a fault.

    Parameters
    ----------
    name : str
        The scenario's.
    given : mapping
        What the caller says, by key; None where it does not, and the file's word holds.
    section : mapping
        The ``ensemble:`` section of the scenario's file.
    file : str
        The file that it stands in.

    Attributes
    ----------
    draws, seed : int
    method : str
    years : int, tuple of str or None
    inputs : dict of str to Distribution
        By the names as written.
    correlations : list of Correlation
    unread : list of str
        The names whose distributions could not be read.
    faults : list of Fault
        Those of the file with its line, and the path to what is wrong.
    """

    def __init__(self, name: str, given: Mapping[str, object], section: Mapping[str, Any], file: str) -> None:
        self.name = name
        self._given = {key: value for key, value in given.items() if value is not None}
        self._written = Written(file, section)
        self.faults: list[Fault] = []
        self.unread: list[str] = []
        for key in section:
            if key not in KEYS:
                self.tell((key,), "is no key of an ensemble", value=str(key), remedy=suggestion(str(key), KEYS))
        self.draws = self._count("draws", "is no number of draws", DRAWS, least=1)
        self.seed = self._count("seed", "is no seed", SEED, least=0)
        self.method = self._method()
        self.years = self.attempt(("years",), lambda: read_year_names(self._value("years", None)))
        self.inputs = self._inputs()
        self.correlations = self._correlations()

    def tell(self, location: Location, what: str, *, value: object = None, remedy: str | None = None) -> None:
        """Keep a fault of what stands at a location: ``("inputs", "fx.kes_per_usd", "sd")``."""
        # Where the value is the last step itself, the path leads to what holds it.
        path = [str(step) for step in (location[:-1] if value == location[-1] else location)]
        if location[0] in self._given or location[0] not in self._written.tree:
            self.faults.append(Fault(what=what, column=".".join(path[1:]) or None, value=value, remedy=remedy))
            return
        self.faults.append(
            LineFault(what=what, file=self._written.file, row=self._written.line(location),
                      column=".".join(["ensemble", *path]), value=value, remedy=remedy)
        )  # fmt: skip

    def attempt(self, location: Location, work: Callable[[], Made]) -> Made | None:
        """Do something; where it is refused keep its faults as those of what stands at a location, and return None."""
        try:
            return work()
        except WorkbenchError as refused:
            for fault in refused.faults:
                self.tell(location, fault.what, value=fault.value, remedy=fault.remedy)
            return None

    @property
    def wants_years(self) -> bool:
        """Whether years are asked for, read or not."""
        return self._value("years", None) is not None

    def _value(self, key: str, default: object) -> object:
        value = self._given.get(key, self._written.tree.get(key))
        return default if value is None else value

    def _count(self, key: str, what: str, default: int, *, least: int) -> int:
        given = self._value(key, default)
        whole = int(given) if isinstance(given, (int, float)) and float(given).is_integer() else None
        if whole is None or isinstance(given, bool) or whole < least:
            self.tell((key,), what, value=str(given), remedy=f"a whole number from {least} on")
            return default
        return whole

    def _method(self) -> Method:
        written = str(self._value("method", METHODS[0]))
        for method in METHODS:
            if written == method:
                return method
        self.tell(("method",), "is no way to draw", value=written, remedy=suggestion(written, METHODS))
        return METHODS[0]

    def _inputs(self) -> dict[str, Distribution]:
        inputs = self._value("inputs", {})
        if not isinstance(inputs, Mapping):
            remedy = "write NAME: {distribution: uniform, low: 120, high: 160} lines"
            self.tell(("inputs",), "is no list of names with distributions", value=str(inputs), remedy=remedy)
            return {}
        if not inputs:
            remedy = "give inputs={NAME: DISTRIBUTION}, or an ensemble: section in the scenario's file"
            self.tell(("inputs",), "names nothing to draw", value=self.name, remedy=remedy)
        found: dict[str, Distribution] = {}
        for name, given in inputs.items():
            read = read_distribution(given)
            if isinstance(read, Distribution):
                found[str(name)] = read
                continue
            self.unread.append(str(name))
            for mistake in read:
                location = ("inputs", name, *filter(None, (mistake.key,)))
                self.tell(location, mistake.what, value=mistake.value, remedy=mistake.remedy)
        return found

    def _correlations(self) -> list[Correlation]:
        written = self._value("correlations", ())
        if isinstance(written, pd.DataFrame):
            return self._of_matrix(written)
        if isinstance(written, Mapping):
            written = [
                {"between": pair if isinstance(pair, tuple) else (pair,), "rank": rank}
                for pair, rank in written.items()
            ]
        if not isinstance(written, Sequence) or isinstance(written, str):
            remedy = "write a list of {between: [A, B], rank: 0.5}"
            self.tell(("correlations",), "are no correlations", value=str(written), remedy=remedy)
            return []
        found: list[Correlation] = []
        for place, entry in enumerate(written):
            between = entry.get("between") if isinstance(entry, Mapping) else None
            rank = entry.get("rank") if isinstance(entry, Mapping) else None
            if isinstance(between, Sequence) and len(between) == 2 and isinstance(rank, (int, float)):
                one, other = map(str, between)
                found += self._sound(Correlation(one, other, float(rank), ("correlations", place)))
            else:
                remedy = "write {between: [A, B], rank: 0.5}"
                self.tell(("correlations", place), "is no correlation", value=str(entry), remedy=remedy)
        return found

    def _of_matrix(self, matrix: pd.DataFrame) -> list[Correlation]:
        names = [str(name) for name in matrix.columns]
        values = matrix.to_numpy(dtype=float)
        what = ""
        if names != [str(name) for name in matrix.index]:
            what = "has other rows than columns"
        elif (values != values.T).any():
            what = "is not the same on both sides of its diagonal"
        if what:
            self.tell(("correlations",), what, value="the rank-correlation matrix")
            return []
        places = [(one, other) for one in range(len(names)) for other in range(one) if values[one, other]]
        listed = [Correlation(names[one], names[other], float(values[one, other]), ("correlations",))
                  for one, other in places]  # fmt: skip
        return [sound for one in listed for sound in self._sound(one)]

    def _sound(self, one: Correlation) -> list[Correlation]:
        fault = rank_fault(one.one, one.other, one.rank)
        if fault is None:
            return [one]
        self.tell(one.location, fault.what, value=fault.value, remedy=fault.remedy)
        return []


def load_asked(
    scenario: str | os.PathLike[str] | Scenario, given: Mapping[str, object], *, store: Store | None = None
) -> tuple[Scenario, Asked]:
    """Load a scenario and read what is asked of its ensemble; mistakes of both are told at once.

    Raises
    ------
    InputError
        Where the scenario itself has mistakes; those of the draws alone are kept in what is asked.
    """
    loaded = load_scenario(
        scenario, store=store, also=lambda name, section, file: Asked(name, given, section, file).faults
    )
    return loaded, Asked(loaded.name, given, loaded.ensemble, loaded.ensemble_file)
