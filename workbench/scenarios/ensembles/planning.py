"""From a scenario and its inputs to a plan of an ensemble: every driver checked, every mistake told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from workbench.errors import Fault, InputError, WorkbenchError, suggestion
from workbench.scenarios import canonical
from workbench.scenarios.dotted import matching, remedy
from workbench.scenarios.ensembles.asked import Asked
from workbench.scenarios.ensembles.distributions import Dirichlet, Distribution
from workbench.scenarios.ensembles.drawing import Driver, Sampler, normal_factor
from workbench.scenarios.ensembles.years import (
    ENDS_WITH_YEAR,
    YearsCore,
    in_each_year,
    in_years,
    named_by_year,
    parameters_by_year,
)
from workbench.scenarios.models import Core, Given, InYear, Parameter, find_model
from workbench.scenarios.scenario import Scenario

_MOST_CORES: Final = 8
_CORES: dict[str, Core] = {}


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


def plan_of(scenario: Scenario, asked: Asked) -> Plan:
    """Check what is asked of an ensemble against the scenario's model.

    Raises
    ------
    InputError
        With every mistake: what could not be read, and every driver that is unknown, has no value to vary around, is a
        share of its own, or that the model cannot draw.
    """
    years = _years(scenario, asked)
    known = _Known(scenario, years or ())
    drivers: dict[str, Driver] = {}
    written: dict[str, str] = {}
    unread = [*asked.unread]
    for name, distribution in asked.inputs.items():
        found = known.drivers(name, distribution) if years is not None else known.of_any_year(name)
        if isinstance(found, Fault):
            unread.append(name)
            asked.tell(("inputs", name), found.what, value=found.value, remedy=found.remedy)
        else:
            drivers |= {driver.name: driver for driver in found}
            written |= {driver.name: name for driver in found}
    pairs = _pairs(asked, drivers, unread) if years is not None else {}
    factor = asked.attempt(("correlations",), lambda: normal_factor(list(drivers), pairs)) or ()
    told = tuple((one, other, rank) for (one, other), rank in pairs.items())
    sampler = Sampler(tuple(drivers.values()), asked.seed, asked.method, factor)
    plan = Plan(scenario.model, scenario.given, sampler, known.years, told)
    if drivers:
        _make_ready(plan, asked, written)
    if asked.faults:
        summary = f"The ensemble of {scenario.name} cannot be drawn" if len(asked.faults) > 1 else None
        raise InputError(sorted(asked.faults, key=lambda fault: fault.row or 0), summary=summary)
    return plan


def _years(scenario: Scenario, asked: Asked) -> tuple[InYear, ...] | None:
    """Return the scenario in the years asked for, none where none are; None where they are not known."""
    if asked.years is None and asked.wants_years:
        return None
    return asked.attempt(("years",), lambda: in_years(scenario, asked.years))


def _make_ready(plan: Plan, asked: Asked, written: Mapping[str, str]) -> None:
    """Make the model ready, so that what it cannot draw is told with all else."""
    try:
        _ = plan.core
    except WorkbenchError as refused:
        for fault in refused.faults:
            name = written.get(str(fault.value))
            location = ("inputs",) if name is None else ("inputs", name)
            asked.tell(location, fault.what, value=fault.value, remedy=fault.remedy)


class _Known:
    """What the drivers of an ensemble can be: the parameters of the scenario's year, or of several."""

    def __init__(self, scenario: Scenario, years: tuple[InYear, ...]) -> None:
        self.base, self.years = scenario.base, years
        self.by_year = parameters_by_year(scenario, years)
        values = scenario.given.values
        own = {name: replace(one, value=values.get(name, one.value)) for name, one in scenario.parameters.items()}
        self.names = named_by_year(self.by_year) if years else {name: (one, "", "") for name, one in own.items()}

    def of_any_year(self, name: str) -> list[Driver] | Fault:
        """Return what is wrong with a written name while the years are not known; no drivers where nothing is."""
        names = {**self.names, **{one.shares: (one, "", "") for one, _, _ in self.names.values() if one.shares}}
        if ENDS_WITH_YEAR.search(name) or matching(name, names):
            return []
        return self._unknown(name)

    def _unknown(self, name: str) -> Fault:
        return Fault(what=f"is nothing that '{self.base}' has", value=name, remedy=remedy(name, self.names))

    def drivers(self, name: str, distribution: Distribution) -> list[Driver] | Fault:
        """Return what a written name means, or what is wrong with it."""
        if isinstance(distribution, Dirichlet):
            return self._share_drivers(name, distribution)
        names = matching(name, self.names)
        if not names:
            return self._unknown(name)
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


def _pairs(asked: Asked, drivers: Mapping[str, Driver], unread: Sequence[str]) -> dict[tuple[str, str], float]:
    """Return the correlated drivers; what correlates a driver that could not be read is not told of again."""
    pairs: dict[tuple[str, str], float] = {}
    for one, other, rank, location in asked.correlations:
        ends = [matching(name, drivers) for name in (one, other)]
        for name, found in zip((one, other), ends, strict=True):
            if not found and not any(matching(name, [wrong]) or matching(wrong, [name]) for wrong in unread):
                what = "is no driver of this ensemble"
                asked.tell(location, what, value=name, remedy=suggestion(name, list(drivers)))
        for first in ends[0]:
            pairs |= {(first, second): rank for second in ends[1] if first != second}
    if pairs and any(isinstance(driver.distribution, Dirichlet) for driver in drivers.values()):
        what = "cannot be combined with shares that are drawn together"
        asked.tell(("correlations",), what, value="correlations")
        return {}
    return pairs
