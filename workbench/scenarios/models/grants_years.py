"""A design in several years: what is published of each, and what is held where nothing is."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.errors import Fault, InputError
from workbench.grants import Design
from workbench.grants.design import Level
from workbench.scenarios.models.base import Given, InYear, Value

_RATE = "fx.kes_per_usd"


def grants_in_years(design: Design, given: Given, years: Sequence[str]) -> list[InYear]:
    """Return a scenario in each of several years.

    A level without an amount in a year is held at its last published one, as :func:`workbench.grants.tranches.tranches`
    does; what the scenario sets wins.

    Raises
    ------
    InputError
        For years before the first published one, and for a design that carries money over from year to year.
    """
    faults = [
        Fault(what=f"lies before the first published year of '{design.name}'", value=year,
              remedy=f"from {design.years[0]} on")
        for year in years if year < design.years[0]
    ]  # fmt: skip
    for key, level in design.levels.items():
        carries = given.values.get(f"{key}.carry_over", "yes" if level.carry_over else "no")
        if carries == "yes" and len(years) > 1:
            what = "carries money over from one year to the next, so that its years are not drawn one by one"
            faults.append(Fault(what=what, value=key, remedy=f"set {key}.carry_over: no, or use tranches"))
    if faults:
        raise InputError(faults)
    return [_in_year(design, given, year) for year in years]


def _in_year(design: Design, given: Given, year: str) -> InYear:
    held: dict[str, Value] = {}
    stands_on = [year] if year in design.years else []
    for key, level in design.levels.items():
        before = [one for one in level.years if one <= year]
        if not before or before[-1] == year:
            continue
        stands_on.append(before[-1])
        held |= _held(design, key, level, before[-1])
    values = {**held, **given.values, "year": year}
    return InYear(year, Given(given.base, values, given.files), year if year in design.years else max(stands_on))


def _held(design: Design, key: str, level: Level, last: str) -> dict[str, Value]:
    held: dict[str, Value] = {}
    for name, dated in (("pool", level.pool), ("floor", level.floor), ("cap", level.cap)):
        if dated is not None and last in dated.by_year:
            held[f"{key}.{name}"] = round(dated.by_year[last].value)
    amount = level.per_county.by_year.get(last) if level.per_county is not None else None
    if amount is None:
        return held
    dollars = level.per_county_usd.by_year.get(last) if level.per_county_usd is not None else None
    rates = design.fx.get("kes_per_usd")
    rate = rates.by_year.get(last) if rates is not None else None
    if dollars is not None and rate is not None and round(dollars.value * rate.value) == round(amount.value):
        # Held in dollars, so that a rate that is set or drawn moves the amount as it does in the published year.
        return held | {f"{key}.per_county_usd": dollars.value, _RATE: rate.value}
    return held | {f"{key}.per_county": round(amount.value)}
