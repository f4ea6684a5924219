"""Several years of one future: the same draws through the model of each year, side by side and added up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from workbench.errors import Fault, InputError, WorkbenchError
from workbench.fiscal import FiscalYear
from workbench.scenarios.ensembles.drawing import Driver
from workbench.scenarios.models import YEAR, Core, InYear, NotDrawnError, Output, Parameter, find_model
from workbench.scenarios.scenario import Scenario

Floats = npt.NDArray[np.float64]
IN_ALL: Final = "_in_all"
"""What ends the name of an output that is added up over the years."""

ENDS_WITH_YEAR: Final = re.compile(r"\.(\d{4}/\d{2})$")
_MOST_YEARS: Final = 50


def read_year_names(asked: object) -> int | tuple[str, ...] | None:
    """Read which years are asked for: a number of years, or their names; None where none are.

    Raises
    ------
    InputError
        For what names no years.
    """
    if asked is None or (isinstance(asked, int) and not isinstance(asked, bool) and 1 <= asked <= _MOST_YEARS):
        return asked
    names = [asked] if isinstance(asked, str) else asked
    if not isinstance(names, Sequence) or not names or not all(isinstance(name, str) for name in names):
        remedy = f"write a number of years from 1 to {_MOST_YEARS}, or their names: 2025/26, 2026/27"
        raise InputError(Fault(what="names no years", value=str(asked), remedy=remedy))
    read: list[str] = []
    faults: list[Fault] = []
    for name in names:
        try:
            read.append(str(FiscalYear(name.strip())))
        except WorkbenchError as fault:
            faults += fault.faults
    faults += [Fault(what="is named twice", value=name) for name in dict.fromkeys(read) if read.count(name) > 1]
    if faults:
        raise InputError(faults)
    return tuple(sorted(read))


def in_years(scenario: Scenario, asked: int | tuple[str, ...] | None) -> tuple[InYear, ...]:
    """Return the scenario in each of the years asked for, a number of them counted from its own year on.

    Raises
    ------
    InputError
        For years of which nothing is known.
    """
    if asked is None:
        return ()
    if isinstance(asked, int):
        own = FiscalYear(str(scenario.given.values.get("year", scenario.parameters["year"].value)))
        asked = tuple(str(own + step) for step in range(asked))
    return tuple(find_model(scenario.model).in_years(scenario.given, asked))


def parameters_by_year(scenario: Scenario, years: Sequence[InYear]) -> dict[str, Mapping[str, Parameter]]:
    """Return what can be drawn in each year, with the values of the year whose figures it stands on."""
    model = find_model(scenario.model)
    found: dict[str, Mapping[str, Parameter]] = {}
    for one in years:
        given = replace(one.given, values={**scenario.given.values, "year": one.figures_of})
        found[one.year] = {
            name: replace(parameter, value=one.given.values.get(name, parameter.value))
            for name, parameter in model.parameters(given).items()
        }
    return found


def named_by_year(by_year: Mapping[str, Mapping[str, Parameter]]) -> dict[str, tuple[Parameter, str, str]]:
    """Return every name that a driver can have, with its parameter, its name in the model, and its one year.

    A parameter's own name means all years, unless it ends with a year itself; with ``.2025/26`` after it, that one.
    """
    names: dict[str, tuple[Parameter, str, str]] = {}
    for year, parameters in by_year.items():
        for name, parameter in parameters.items():
            dated = ENDS_WITH_YEAR.search(name)
            if dated is not None:
                if dated[1] == year:
                    names[name] = (parameter, name, year)
                continue
            names.setdefault(name, (parameter, name, ""))
            names[f"{name}.{year}"] = (parameter, name, year)
    return names


def in_each_year(driver: Driver, by_year: Mapping[str, Mapping[str, Parameter]]) -> Driver:
    """Return a driver that is drawn once for all years, each year around its own value."""
    centres = []
    for parameters in by_year.values():
        value = parameters[driver.own].value if driver.own in parameters else None
        centres.append(float(value) if isinstance(value, (int, float)) else float("nan"))
    return replace(driver, centres=tuple(centres))


class YearsCore:
    """The cores of several years, to which the same draws go."""

    def __init__(self, model: str, years: Sequence[InYear], drivers: Sequence[Driver]) -> None:
        self.years = [one.year for one in years]
        self.parts: list[tuple[Core, Mapping[str, Driver]]] = []
        remedies: dict[str, str | None] = {driver.name: None for driver in drivers}
        used: set[str] = set()
        for one in years:
            wanted = {driver.own: driver for driver in drivers if driver.year in ("", one.year)}
            # What is drawn for this year alone wins over what is drawn for all.
            wanted |= {driver.own: driver for driver in drivers if driver.year == one.year}
            try:
                core = find_model(model).core(one.given, wanted)
            except NotDrawnError as refused:
                # A pool that this year does not have, say: another year may have it.
                remedies |= {wanted[name].name: refused.faults[0].remedy for name in refused.names}
                wanted = {name: driver for name, driver in wanted.items() if name not in refused.names}
                core = find_model(model).core(one.given, wanted)
            self.parts.append((core, wanted))
            used |= {driver.name for driver in wanted.values()}
        nowhere = {name: remedy for name, remedy in remedies.items() if name not in used}
        if nowhere:
            raise NotDrawnError(nowhere, next((one for one in nowhere.values() if one), "") or "see the other years")

    def core(self) -> Core:
        """Return the core over all years: single numbers by year, money also added up over the years."""
        drawn = frozenset(driver.name for _, wanted in self.parts for driver in wanted.values())
        first = self.parts[0][0].outputs
        outputs: list[Output] = []
        for one in first:
            if not one.dimension:
                outputs.append(replace(one, dimension=YEAR, labels=tuple(self.years)))
            if one.unit == "KES" and self._alike(one.name):
                added = replace(one, label=f"{one.label}, {len(self.years)} years together")
                outputs.append(added if one.dimension else replace(added, name=one.name + IN_ALL))
        return Core(tuple(outputs), self.evaluate, drawn)

    def evaluate(self, drawn: Mapping[str, Floats], count: int) -> Mapping[str, npt.NDArray[Any]]:
        """Work out every draw in every year: ``(count, years)``, or added up over the years."""
        found = [
            core.evaluate(
                {name: driver.in_year(drawn[driver.name], place) for name, driver in wanted.items()}, count
            )
            for place, (core, wanted) in enumerate(self.parts)
        ]  # fmt: skip
        given: dict[str, npt.NDArray[Any]] = {}
        for one in self.parts[0][0].outputs:
            if not one.dimension:
                given[one.name] = np.stack([of_year[one.name] for of_year in found], axis=1)
            if one.unit == "KES" and self._alike(one.name):
                added = np.sum([of_year[one.name] for of_year in found], axis=0)
                given[one.name if one.dimension else one.name + IN_ALL] = added
        return given

    def _alike(self, name: str) -> bool:
        """Return whether an output has the same labels in all years, so that it can be added up."""
        return len({core.output(name).labels for core, _ in self.parts}) == 1
