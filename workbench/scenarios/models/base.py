"""What the scenarios ask of a model: its parameters by dotted name, a run, and a core that takes many draws at once.

A model's adapter is thin: what a model can do, and which figures it knows, stands in the model and its data alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.allocation import RULES
from workbench.errors import Fault, InputError
from workbench.results import Result

Floats = npt.NDArray[np.float64]
Value = str | int | float
Kind = Literal["number", "choice", "text", "file"]
YEAR: Final = "financial_year"
"""The dimension of outputs that have one number a year."""

SET_BY_SCENARIO: Final = {"source": "set by the scenario", "locator": "a change of this run", "mark": "illustrative"}
"""The source, locator and mark of a figure that a scenario sets: nobody published it."""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """Something that a scenario can change.

    Attributes
    ----------
    name : str
        Its dotted name: ``fx.kes_per_usd``, ``ceilings.Health.2025/26``.
    description : str
        What it is.
    kind : str
        ``number``, ``choice`` (one of ``choices``), ``text``, or ``file`` (a table of the user's own).
    unit : str
        Of a number; empty for the others.
    value : number or str, optional
        What it is in the base; None where the base does not say.
    low, high : float
        Bounds of a number.
    choices : tuple of str
        What a choice can be.
    shares : str
        For a part of a whole: what the whole is. Such parts add up to one and are never drawn one by one.
    """

    name: str
    description: str
    kind: Kind = "number"
    unit: str = ""
    value: Value | None = None
    low: float = -np.inf
    high: float = np.inf
    choices: tuple[str, ...] = ()
    shares: str = ""


@dataclass(frozen=True)
class Headline:
    """One of the figures that a reader sees first."""

    name: str
    label: str
    value: float | int | None
    unit: str


@dataclass(frozen=True)
class KeyColumn:
    """The column that says who won and who lost: a table, what its rows are called, the amount and its unit."""

    table: str
    label: str
    value: str
    unit: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """What a model gave for one set of parameters.

    Attributes
    ----------
    financial_year : str or None
        Of the result.
    tables : mapping of str to DataFrame
        The result tables.
    headline : tuple of Headline
        Four figures.
    keys : tuple of KeyColumn
        Where winners and losers stand.
    result : Result
        The model's own result, for its sources, notes, findings, summary and explanations.
    notes : tuple of str
        What the adapter did beyond the model, in whole sentences.
    """

    financial_year: str | None
    tables: Mapping[str, pd.DataFrame]
    headline: tuple[Headline, ...]
    keys: tuple[KeyColumn, ...]
    result: Result
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Output:
    """Something that a core gives for every draw.

    Attributes
    ----------
    name, label, unit : str
        What it is called.
    dimension : str
        What its labels are (``county``, ``financial_year``); empty for one number a draw.
    labels : tuple of str
        Along the dimension.
    better : str
        Whether ``more`` or ``less`` of it is better, for questions of choice.
    """

    name: str
    label: str
    unit: str
    dimension: str = ""
    labels: tuple[str, ...] = ()
    better: Literal["more", "less"] = "more"

    @property
    def is_few(self) -> bool:
        """Whether it is one number a draw, or one a year: few enough to be kept draw by draw."""
        return self.dimension in ("", YEAR)


Evaluate = Callable[[Mapping[str, Floats], int], Mapping[str, npt.NDArray[Any]]]


@dataclass(frozen=True)
class Core:
    """A model made ready for many draws.

    Attributes
    ----------
    outputs : tuple of Output
        What it gives.
    evaluate : callable
        ``evaluate(drawn, count)``: arrays ``(count,)`` by parameter name, those of shares ``(count, parts)`` by the
        name of the whole; gives arrays ``(count,)`` or ``(count, labels)`` by output name.
    drawn : frozenset of str
        The parameters that it can draw.
    """

    outputs: tuple[Output, ...]
    evaluate: Evaluate
    drawn: frozenset[str] = field(default_factory=frozenset)

    def output(self, name: str) -> Output:
        """Return an output by its name."""
        return next(output for output in self.outputs if output.name == name)


class NotDrawnError(InputError):
    """Parameters that a model cannot draw, all of them at once.

    Attributes
    ----------
    names : tuple of str
    """

    def __init__(self, names: Iterable[str], remedy: str) -> None:
        self.names = tuple(sorted(names))
        super().__init__([Fault(what="cannot be drawn", value=name, remedy=remedy) for name in self.names])


@dataclass(frozen=True)
class Given:
    """What a scenario gives a model: the base's name, values by dotted name, texts of the user's own files by path."""

    base: str
    values: Mapping[str, Value]
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class InYear:
    """A scenario in one of several years.

    Attributes
    ----------
    year : str
        The financial year.
    given : Given
        The scenario in it.
    figures_of : str
        The year whose figures it stands on: its own, or the last one before it for which any are published.
    """

    year: str
    given: Given
    figures_of: str

    @property
    def is_held(self) -> bool:
        """Whether the year stands on the figures of an earlier one."""
        return self.figures_of != self.year


class Model(Protocol):
    """An adapter of one model."""

    name: str

    def bases(self) -> Sequence[str]:
        """Return the names of the packages or designs that it can start from."""
        ...

    def parameters(self, given: Given) -> Mapping[str, Parameter]:
        """Return what can be changed, with the base's values; what is given decides which there are."""
        ...

    def inputs(self, given: Given) -> Mapping[str, str]:
        """Return the SHA-256 of every file of figures and every design that a run stands on, by its name."""
        ...

    def run(self, given: Given) -> Outcome:
        """Run the model."""
        ...

    def core(self, given: Given, drawn: Iterable[str]) -> Core:
        """Make the model ready to draw some of its parameters."""
        ...

    def in_years(self, given: Given, years: Sequence[str]) -> Sequence[InYear]:
        """Return the scenario in each of several years, or refuse those of which nothing is known."""
        ...


def rules_for_any_list() -> tuple[str, ...]:
    """Return the rules that share among any list of claimants, by name.

    A rule that needs an order of its own, or exactly two claimants, cannot stand for any list.
    """
    return tuple(rule for rule in RULES if rule not in ("priority", "concede_and_divide"))


def in_known_years(given: Given, years: Sequence[str], known: Sequence[str]) -> list[InYear]:
    """Return the scenario in each of several years, for a model that knows figures of these years alone.

    Raises
    ------
    InputError
        With every year that has no figures.
    """
    unknown = [year for year in years if year not in known]
    if unknown:
        remedy = f"figures are there of {', '.join(known)}"
        raise InputError([Fault(what="is a year without figures", value=year, remedy=remedy) for year in unknown])
    return [InYear(year, Given(given.base, {**given.values, "year": year}, given.files), year) for year in years]
