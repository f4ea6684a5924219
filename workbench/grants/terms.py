"""The terms of a design in one financial year: what its file says, with what a user sets instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from workbench.errors import Fault, InputError, WorkbenchError
from workbench.fiscal import FiscalYear
from workbench.grants.design import Design, Level
from workbench.grants.facts import COUNTIES
from workbench.grants.settings import Setting, floor_above_cap, read_settings
from workbench.grants.values import LARGEST, Dated, Figure, Origin

SET_BY_USER: Final = "set by the user"


@dataclass(frozen=True)
class Term:
    """One value that a level used.

    Attributes
    ----------
    name : str
        Its dotted name: ``level_2.pool``.
    value : int, float or str
        What it is, in ``unit``.
    """

    name: str
    value: Setting
    unit: str
    reference: str
    locator: str
    mark: str

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return Origin(self.reference, self.locator, self.mark)

    @property
    def set_by_user(self) -> bool:
        """Whether the user set it for this run."""
        return self.reference == SET_BY_USER


@dataclass(frozen=True)
class LevelTerms:
    """What one level pays in one year.

    Attributes
    ----------
    name : str
        ``level_1``.
    level : Level
        The design's level, its curve and part weights as set.
    pool : int
        KES. None where the level has no pool in the year: it pays nothing then.
    per_county, floor, cap : int, optional
        KES for each county.
    rounding : int
        KES; awards are multiples of it.
    terms : tuple of Term
        Every value with its source.
    """

    name: str
    level: Level
    pool: int | None
    per_county: int | None
    floor: int | None
    cap: int | None
    rounding: int = 1
    terms: tuple[Term, ...] = field(default=())

    def origins(self, *names: str) -> tuple[Origin, ...]:
        """Return where the values of some names come from, as far as the level used them: ``pool``, ``cap``."""
        wanted = {f"{self.name}.{name}" for name in names}
        return tuple(term.origin for term in self.terms if term.name in wanted)


def default_year(design: Design, settings: Mapping[str, Setting], *, with_scores: bool) -> FiscalYear:
    """Return the year that is meant where none is named.

    It is the first year in which every level that the scores or settings speak of has a pool of its own.
    """
    gated = {key for key, level in design.levels.items() if any(gate.column for gate in level.gates.values())}
    spoken_of = {name.split(".")[0] for name in settings} & set(design.levels)
    wanted = spoken_of | (gated if with_scores else set())
    for year in design.years:
        if all(year in design.levels[key].years for key in wanted if design.levels[key].years):
            return FiscalYear(year)
    return FiscalYear(design.years[0])


def terms_for(design: Design, year: FiscalYear, settings: Mapping[str, Setting]) -> list[LevelTerms]:
    """Return what each level pays in a year.

    Parameters
    ----------
    design : Design
    year : FiscalYear
    settings : mapping
        Values by dotted name that stand instead of the design's (``{"level_2.pool": 12e9}``), KES or as named.

    Raises
    ------
    InputError
        With every setting that is unknown or cannot be read, or where no level has a pool in the year.
    """
    read, faults = read_settings(design, settings)
    levels = []
    for key in design.levels:
        try:
            levels.append(_Reader(design, key, year, read).read())
        except WorkbenchError as fault:
            faults.extend(fault.faults)
    if faults:
        raise InputError(faults)
    if all(terms.pool is None for terms in levels):
        pools = " or ".join(f"{key}.pool" for key in design.levels)
        raise InputError(
            Fault(
                what=f"is a year in which no level of '{design.name}' has a published pool",
                value=str(year),
                remedy=f"known: {', '.join(design.years)}; or set {pools}",
            )
        )
    return levels


class _Reader:
    """Reads the terms of one level."""

    def __init__(self, design: Design, key: str, year: FiscalYear, settings: Mapping[str, Setting]) -> None:
        self.design, self.key, self.year, self.settings = design, key, str(year), settings
        self.level = self._level_as_set()
        self.terms: list[Term] = []

    def read(self) -> LevelTerms:
        per_county = self._per_county()
        pool = self._money("pool", self.level.pool)
        if pool is None and per_county is not None:
            pool = self._pool_for_all(per_county)
        if self.level.per_county is not None and per_county is None and pool is not None:
            per_county = self._stand_in(self.level.per_county)
        floor, cap = self._money("floor", self.level.floor), self._money("cap", self.level.cap)
        if floor is not None and cap is not None and floor > cap:
            raise InputError(floor_above_cap(self.key, floor, cap))
        if pool is not None:
            self.terms.extend(self._weights())
        rounding = self._rounding() if pool is not None else 1
        return LevelTerms(self.key, self.level, pool, per_county, floor, cap, rounding, tuple(self.terms))

    def _rounding(self) -> int:
        dotted, own = f"{self.key}.rounding", self.level.rounding
        if dotted in self.settings:
            self.terms.append(_set(dotted, self.settings[dotted], "KES"))
            return int(self.settings[dotted])
        if own is None:
            return 1
        self.terms.append(_term(dotted, own, own.unit))
        return int(own.value)

    def _pool_for_all(self, per_county: int) -> int | None:
        if self.level.pool is not None:
            return None
        pool = per_county * COUNTIES
        source = self.terms[-1]
        locator = f"{COUNTIES} counties times {per_county:,}"
        self.terms.append(Term(f"{self.key}.pool", pool, "KES", source.reference, locator, source.mark))
        return pool

    def _stand_in(self, dated: Dated) -> int:
        """Return the amount of the nearest year that has one, for a pool that the user gave to a year without."""
        nearest = min(dated.by_year, key=lambda year: abs(FiscalYear(year) - FiscalYear(self.year)))
        figure = dated.by_year[nearest]
        locator = f"{figure.locator}; the amount of {nearest} stands in for that of {self.year}"
        standing_in = figure.model_copy(update={"locator": locator, "mark": "inferred"})
        self.terms.append(_term(f"{self.key}.per_county", standing_in, dated.unit))
        return int(figure.value)

    def _per_county(self) -> int | None:
        dollars, rate = self.settings.get(f"{self.key}.per_county_usd"), self._rate()
        published = self.level.per_county_usd
        if f"{self.key}.per_county" in self.settings:
            return self._money("per_county", self.level.per_county)
        if dollars is None and self._rate_is_set() and published is not None and self.year in published.by_year:
            dollars = published.by_year[self.year].value
        if dollars is None:
            return self._money("per_county", self.level.per_county)
        if rate is None:
            what = "has no exchange rate in this year"
            raise InputError(Fault(what=what, value=f"{self.key}.per_county_usd", remedy="set fx.kes_per_usd"))
        amount = round(Decimal(str(dollars)) * Decimal(str(rate)))
        if amount > LARGEST:
            what = f"are more than {LARGEST:,} shillings at {rate:g} to the dollar"
            raise InputError(Fault(what=what, value=f"{self.key}.per_county_usd={float(dollars):g}"))
        locator = f"US$ {float(dollars):,.0f} at {rate:g} shillings to the dollar"
        self.terms.append(Term(f"{self.key}.per_county", amount, "KES", SET_BY_USER, locator, "illustrative"))
        return amount

    def _rate_is_set(self) -> bool:
        return "fx.kes_per_usd" in self.settings

    def _rate(self) -> float | None:
        if self._rate_is_set():
            return float(self.settings["fx.kes_per_usd"])
        dated = self.design.fx.get("kes_per_usd")
        figure = dated.by_year.get(self.year) if dated is not None else None
        return None if figure is None else figure.value

    def _money(self, name: str, dated: Dated | None) -> int | None:
        dotted = f"{self.key}.{name}"
        if dotted in self.settings:
            amount = int(self.settings[dotted])
            self.terms.append(_set(dotted, amount, "KES"))
            return amount
        figure = dated.by_year.get(self.year) if dated is not None else None
        if dated is None or figure is None:
            return None
        self.terms.append(_term(dotted, figure, dated.unit))
        return int(figure.value)

    def _weights(self) -> Iterator[Term]:
        for name, part in self.level.parts.items():
            yield _term(f"{self.key}.parts.{name}.weight", part.weight, part.weight.unit)
        if self.level.county_floor is not None:
            weight = self.level.county_floor.weight
            yield _term(f"{self.key}.county_floor", weight, weight.unit)
        curve = self.level.curve
        if curve is not None and self.level.scored:
            shape = {"linear": "", "threshold": f" from {curve.threshold:g} points", "power": f" {curve.exponent:g}"}
            value = curve.kind + shape[curve.kind]
            yield Term(f"{self.key}.curve", value, "points", curve.reference, curve.locator, curve.mark)
        for name in ("rule", "carry_over"):
            if (dotted := f"{self.key}.{name}") in self.settings:
                yield _set(dotted, self.settings[dotted], "name" if name == "rule" else "yes or no")

    def _level_as_set(self) -> Level:
        level = self.design.levels[self.key]
        changes: dict[str, Any] = {}
        for dotted, value in self.settings.items():
            key, _, rest = dotted.partition(".")
            if key != self.key:
                continue
            if rest in ("rule", "carry_over"):
                changes[rest] = value
            elif rest.startswith("curve."):
                changes.setdefault("curve", {})[rest.removeprefix("curve.")] = value
            elif rest.startswith("parts."):
                changes.setdefault("parts", {})[rest.split(".")[1]] = value
        return _changed(level, changes, self.key) if changes else level


def _changed(level: Level, changes: dict[str, Any], key: str) -> Level:
    from pydantic import ValidationError

    data = level.model_dump()
    by_user = {"reference": SET_BY_USER, "locator": "a setting of this run", "mark": "illustrative"}
    for name, value in changes.items():
        if name == "curve":
            data["curve"] |= value | by_user
        elif name == "parts":
            for part, weight in value.items():
                data["parts"][part]["weight"] |= {"value": weight} | by_user
        else:
            data[name] = value
    try:
        return Level.model_validate(data)
    except ValidationError as refused:
        raise InputError(
            [
                Fault(
                    what=str(error["msg"]).removeprefix("Value error, "),
                    column=".".join([key, *(str(step) for step in error["loc"])]),
                    value=error["input"] if isinstance(error["input"], (str, int, float)) else None,
                )
                for error in refused.errors(include_url=False)
            ]
        ) from None


def _term(name: str, figure: Figure, unit: str) -> Term:
    value = int(figure.value) if float(figure.value).is_integer() else figure.value
    return Term(name, value, unit, figure.reference, figure.locator, figure.mark)


def _set(name: str, value: Setting, unit: str) -> Term:
    return Term(name, value, unit, SET_BY_USER, "a setting of this run", "illustrative")
