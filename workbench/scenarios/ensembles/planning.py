"""From a scenario and its inputs to a plan of an ensemble: every driver checked, every mistake told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import pandas as pd

from workbench.errors import Fault, InputError, suggestion
from workbench.scenarios import canonical
from workbench.scenarios.dotted import matching, remedy
from workbench.scenarios.ensembles.distributions import Dirichlet, Distribution, read_distribution
from workbench.scenarios.ensembles.drawing import METHODS, Driver, Method, Sampler, normal_factor
from workbench.scenarios.ensembles.years import YearsCore, in_each_year, named_by_year, parameters_by_year, read_years
from workbench.scenarios.models import Core, Given, InYear, Parameter, find_model
from workbench.scenarios.scenario import Scenario

KEYS: Final = ("draws", "seed", "method", "inputs", "correlations", "years")
_MOST_CORES: Final = 8
_CORES: dict[str, Core] = {}

Correlations = Mapping[tuple[str, str], float] | pd.DataFrame | Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Plan:
    """An ensemble that can be evaluated block by block, on any machine.

    Attributes
    ----------
    model : str
    given : Given
        The scenario.
    sampler : Sampler
        The drivers.
    years : tuple of InYear
        The scenario in each of several years; empty where it is about its own year alone.
    correlations : tuple of (str, str, float)
        Spearman's, between drivers.
    """

    model: str
    given: Given
    sampler: Sampler
    years: tuple[InYear, ...] = ()
    correlations: tuple[tuple[str, str, float], ...] = ()

    @cached_property
    def key(self) -> str:
        """A hash of everything that the draws hang on."""
        drivers = [
            [one.name, one.distribution.to_dict(), list(one.centre), list(one.centres)] for one in self.sampler.drivers
        ]
        years = [[one.year, one.given.values] for one in self.years]
        return canonical.digest(
            [self.model, self.given.base, self.given.values, self.given.files, drivers, self.sampler.seed,
             self.sampler.method, self.sampler.normal_correlation, years]
        )  # fmt: skip

    @property
    def core(self) -> Core:
        """The model made ready; made once a process."""
        if self.key not in _CORES:
            while len(_CORES) >= _MOST_CORES:
                _CORES.pop(next(iter(_CORES)))
            drivers = self.sampler.drivers
            _CORES[self.key] = (
                YearsCore(self.model, self.years, drivers).core() if self.years
                else find_model(self.model).core(self.given, [driver.name for driver in drivers])
            )  # fmt: skip
        return _CORES[self.key]


def plan_of(
    scenario: Scenario,
    inputs: object,
    *,
    seed: int,
    method: str = "sobol",
    correlations: object = (),
    years: object = None,
) -> Plan:
    """Check the inputs of an ensemble against the scenario's model.

    Parameters
    ----------
    inputs, correlations : object
        As :func:`workbench.ensemble` has them, or whatever else a file says.
    years : int or sequence of str, optional
        How many years from the scenario's own on, or which.

    Raises
    ------
    InputError
        With every driver that is unknown, has no value to vary around, or is a share of its own.
    """
    faults: list[Fault] = []
    if method not in METHODS:
        faults.append(Fault(what="is no way to draw", value=method, remedy=suggestion(method, METHODS)))
    named = _named(inputs, scenario, faults)
    drivers: dict[str, Driver] = {}
    known = _Known(scenario, read_years(scenario, years))
    for name, given in named.items():
        distribution = read_distribution(name, given)
        if isinstance(distribution, list):
            faults += distribution
            continue
        found = known.drivers(name, distribution)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            drivers |= {driver.name: driver for driver in found}
    pairs = _pairs(correlations, drivers, faults)
    if faults:
        raise InputError(
            faults, summary=f"The ensemble of {scenario.name} cannot be drawn" if len(faults) > 1 else None
        )
    factor = normal_factor(list(drivers), pairs)
    chosen: Method = method  # type: ignore[assignment]  # seen above to be one
    told = tuple((one, other, rank) for (one, other), rank in pairs.items())
    return Plan(
        scenario.model, scenario.given, Sampler(tuple(drivers.values()), seed, chosen, factor), known.years, told
    )


def _named(inputs: object, scenario: Scenario, faults: list[Fault]) -> Mapping[str, object]:
    if not isinstance(inputs, Mapping):
        remedy = "write NAME: {distribution: uniform, low: 120, high: 160} lines"
        faults.append(Fault(what="is no list of names with distributions", value=str(inputs), remedy=remedy))
        return {}
    if not inputs:
        remedy = "give inputs={NAME: DISTRIBUTION}, or an ensemble: section in the scenario's file"
        faults.append(Fault(what="names nothing to draw", value=scenario.name, remedy=remedy))
    return {str(name): given for name, given in inputs.items()}


class _Known:
    """What the drivers of an ensemble can be: the parameters of the scenario's year, or of several."""

    def __init__(self, scenario: Scenario, years: tuple[InYear, ...]) -> None:
        self.base, self.years = scenario.base, years
        self.by_year = parameters_by_year(scenario, years)
        values = scenario.given.values
        own = {name: replace(one, value=values.get(name, one.value)) for name, one in scenario.parameters.items()}
        self.names = named_by_year(self.by_year) if years else {name: (one, "", "") for name, one in own.items()}

    def drivers(self, name: str, distribution: Distribution) -> list[Driver] | Fault:
        """Return what a written name means, or what is wrong with it."""
        if isinstance(distribution, Dirichlet):
            return self._share_drivers(name, distribution)
        names = matching(name, self.names)
        if not names:
            return Fault(what=f"is nothing that '{self.base}' has", value=name, remedy=remedy(name, self.names))
        drivers = []
        for one in names:
            parameter, own, year = self.names[one]
            if parameter.shares:
                what = "is a share of a whole: shares add up to one and are drawn together"
                remedy_ = f"write {parameter.shares}: {{distribution: dirichlet, concentration: 50}}"
                return Fault(what=what, value=one, remedy=remedy_)
            centre = float(parameter.value) if isinstance(parameter.value, (int, float)) else float("nan")
            driver = Driver(one, distribution, (centre,), parameter.low, parameter.high, own, year)
            if self.years and not year and distribution.how != "value":
                driver = in_each_year(driver, self.by_year)
            if distribution.how != "value" and all(value != value for value in driver.centres or driver.centre):  # NaN
                what = f"has no value in the scenario that a draw could be {distribution.how} to"
                return Fault(what=what, value=one, remedy="set it under changes, or draw its value")
            drivers.append(driver)
        return drivers

    def _share_drivers(self, name: str, distribution: Dirichlet) -> list[Driver] | Fault:
        wholes: dict[str, list[str]] = {}
        for one, (parameter, _, year) in self.names.items():
            if parameter.shares and not year:
                wholes.setdefault(parameter.shares, []).append(one)
        names = matching(name, wholes)
        if not names:
            what = f"is no whole in '{self.base}' whose shares could be drawn"
            return Fault(what=what, value=name, remedy=remedy(name, wholes) if wholes else None)
        drivers = []
        for one in names:
            found = {self._shares(wholes[one], parameters) for parameters in self.by_year.values()}
            found = found or {self._shares(wholes[one], {part: self.names[part][0] for part in wholes[one]})}
            if len(found) > 1:
                return Fault(what="has other shares in another year, and cannot be drawn over all of them", value=one,
                             remedy="draw each year by itself")  # fmt: skip
            shares = found.pop()
            # A line that serves one plan sector alone has nothing to be drawn.
            drivers += [Driver(one, distribution, shares, 0, 1, one)] if len(shares) > 1 else []
        if not drivers:
            return Fault(what="has one share only, and nothing to draw", value=name)
        return drivers

    def _shares(self, parts: Sequence[str], parameters: Mapping[str, Parameter]) -> tuple[float, ...]:
        values = [parameters[part].value if part in parameters else None for part in parts]
        return tuple(float(value) for value in values if isinstance(value, (int, float)) and value > 0)


def _pairs(correlations: object, drivers: Mapping[str, Driver], faults: list[Fault]) -> dict[tuple[str, str], float]:
    pairs: dict[tuple[str, str], float] = {}
    for one, other, rank in _listed(correlations, faults):
        ends = [matching(name, drivers) for name in (one, other)]
        for name, found in zip((one, other), ends, strict=True):
            if not found:
                faults.append(Fault(what="is no driver of this ensemble", value=name,
                                    remedy=suggestion(name, list(drivers))))  # fmt: skip
        for first in ends[0]:
            pairs |= {(first, second): rank for second in ends[1] if first != second}
    if pairs and any(isinstance(driver.distribution, Dirichlet) for driver in drivers.values()):
        faults.append(Fault(what="cannot be combined with shares that are drawn together", value="correlations"))
    return pairs


def _listed(correlations: object, faults: list[Fault]) -> list[tuple[str, str, float]]:
    if isinstance(correlations, pd.DataFrame):
        names = [str(name) for name in correlations.columns]
        if names != [str(name) for name in correlations.index]:
            faults.append(Fault(what="has other rows than columns", value="the rank-correlation matrix"))
            return []
        values = correlations.to_numpy(dtype=float)
        if (values != values.T).any():
            faults.append(
                Fault(what="is not the same on both sides of its diagonal", value="the rank-correlation matrix")
            )
            return []
        places = [(one, other) for one in range(len(names)) for other in range(one)]
        return [(names[one], names[other], float(values[one, other])) for one, other in places if values[one, other]]
    if isinstance(correlations, Mapping):
        correlations = [
            {"between": pair if isinstance(pair, tuple) else (pair,), "rank": rank}
            for pair, rank in correlations.items()
        ]
    found: list[tuple[str, str, float]] = []
    if not isinstance(correlations, Sequence) or isinstance(correlations, str):
        remedy = "write a list of {between: [A, B], rank: 0.5}"
        faults.append(Fault(what="are no correlations", value=str(correlations), remedy=remedy))
        return found
    for entry in correlations:
        between = entry.get("between") if isinstance(entry, Mapping) else None
        rank = entry.get("rank") if isinstance(entry, Mapping) else None
        if not (isinstance(between, Sequence) and len(between) == 2 and isinstance(rank, (int, float))):
            faults.append(
                Fault(what="is no correlation", value=str(entry), remedy="write {between: [A, B], rank: 0.5}")
            )
            continue
        found.append((str(between[0]), str(between[1]), float(rank)))
    return found
