"""A gap from year to year, in real shillings, and per head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from workbench.datasets import open_package
from workbench.errors import Fault, InputError, LabelError, suggestion
from workbench.fiscal import FiscalYear
from workbench.gap.align import LINE_KEYS, SIDES
from workbench.gap.checks import Checks
from workbench.gap.comparable import OVERLAPPING
from workbench.gap.deflator import Deflator

if TYPE_CHECKING:
    from workbench.gap.result import Gap

_AMOUNTS = ["requirement", "allocation", "gap"]
_STANDS = {
    "requirement": ("both", "requirement only"),
    "allocation": ("both", "allocation only"),
    "gap": ("both",),
}


def changes(gap: Gap, levels: tuple[str, ...], deflator: Deflator | None = None) -> pd.DataFrame:
    """Return the change of each group against the year before, over the lines that stand in both years.

    Returns
    -------
    DataFrame
        ``financial_year``, the levels, and for requirement, allocation and gap the amount and its ``..._change`` (KES,
        of the base year with a deflator): of the lines that stand on that side in both years, for the gap on both
        sides in both. ``requirement_left_out`` and ``allocation_left_out`` count the lines that stand there in one of
        the two years only. The first year, and a year whose forerunner is missing, have neither. On the basis
        ``as_printed`` the changes are those of the printed sums, and no line is counted.
    """
    _check_deflator(deflator)
    keys = ["financial_year", *levels]
    table = _deflated(gap.at_levels(levels)[[*keys, *_AMOUNTS, "stands_on"]], deflator)
    if gap.parameters["basis"] == "as_printed":
        return _of_sums(table.drop(columns="stands_on"), keys)
    lines = _deflated(gap.lines, deflator)
    for name in _AMOUNTS:
        table = table.merge(_of_lines(lines[lines["stands_on"].isin(_STANDS[name])], keys, name), on=keys, how="left")
    overlapping = table.loc[table["stands_on"] == OVERLAPPING, keys]
    withheld = pd.MultiIndex.from_frame(pd.concat([overlapping, _a_year_on(overlapping)]))
    held = pd.MultiIndex.from_frame(table[keys]).isin(withheld)
    table = table.assign(**{f"{name}_change": table[f"{name}_change"].mask(held) for name in _AMOUNTS})
    ordered = [*keys, *_AMOUNTS, *(f"{name}_change" for name in _AMOUNTS), *(f"{side}_left_out" for side in SIDES)]
    return table[ordered]


def _check_deflator(given: object) -> None:
    if given is not None and not isinstance(given, Deflator):
        remedy = "give Deflator(...), or Deflator.read(path)"
        raise InputError(Fault(what="is no deflator", value=f"{given!r:.60}", remedy=remedy))


def _of_lines(lines: pd.DataFrame, keys: list[str], name: str) -> pd.DataFrame:
    """Add up by some keys what changed on the lines that stand in a year and the one before."""
    own = lines[[*LINE_KEYS, name]]
    before = _a_year_on(own)
    both = own.merge(before, on=list(LINE_KEYS), how="outer", suffixes=("", "_before"), indicator="found")
    told = set(own["financial_year"]) & set(before["financial_year"]) - {""}
    both = both[both["financial_year"].isin(told)]
    met = both[both["found"] == "both"]
    moved = met.assign(change=met[name] - met[f"{name}_before"]).groupby(keys)["change"].sum(skipna=False).round(2)
    left_out = both["found"].ne("both").groupby([both[key] for key in keys]).sum()
    found = pd.DataFrame({f"{name}_change": moved, f"{name}_left_out": left_out.astype("Int64")})
    return found.rename_axis(keys).reset_index()


def _of_sums(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    before = _a_year_on(table)
    merged = table.merge(before, on=keys, how="left", suffixes=("", "_before"))
    for name in _AMOUNTS:
        merged[f"{name}_change"] = (merged[name] - merged[f"{name}_before"]).round(2)
    return merged.drop(columns=[f"{name}_before" for name in _AMOUNTS])


def _a_year_on(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(financial_year=[str(FiscalYear(year) + 1) if year else "" for year in table["financial_year"]])


def _deflated(table: pd.DataFrame, deflator: Deflator | None) -> pd.DataFrame:
    if deflator is None:
        return table
    factors = table["financial_year"].map(deflator.factor)
    return table.assign(**{name: (table[name] * factors).round(2) for name in _AMOUNTS})


def per_head(gap: Gap, population: pd.Series | Mapping[str, float] | None = None) -> pd.DataFrame:
    """Return requirement, allocation and gap for each inhabitant, by county.

    Parameters
    ----------
    gap : Gap
        With the level ``county``.
    population : Series or mapping, optional
        Persons by county; every county of the gap must be there. Without it the census of 2019.

    Raises
    ------
    LabelError
        For a county without a population, with the nearest right name, and one that stands there twice.
    InputError
        For a population that is no number above 0.
    """
    if population is None:
        population = open_package("counties").table("counties").set_index("name")["population_2019"]
    table = gap.at_levels(("county",))
    if not (table["county"] != "").all():
        raise InputError(Fault(what="not every line names a county", remedy="per head is for counties only"))
    persons = table["county"].map(_population(population, list(dict.fromkeys(table["county"]))))
    return table[["financial_year", "county"]].assign(
        population=persons, **{f"{name}_per_head": table[name] / persons for name in _AMOUNTS}
    )


def _population(given: object, counties: Sequence[str]) -> pd.Series:
    """Return the persons of some counties, every fault of labels and numbers at once."""
    labels, values = Checks(), Checks()
    if not isinstance(given, (pd.Series, Mapping)):
        raise InputError(Fault(what="is no population by county", value=f"{given!r:.60}",
                               remedy="give a Series or a dictionary of persons by county"))  # fmt: skip
    persons = pd.Series(given, dtype=object)
    named = persons.set_axis([str(name) for name in persons.index])
    for county in named.index[named.index.duplicated()].unique():
        labels.fault("stands in the population twice", county, remedy="keep one")
    for county in counties:
        if county not in named.index:
            labels.fault("has no population", county, remedy=suggestion(county, list(named.index)))
    kept = named[named.index.isin(counties)]
    read = values.numbers(kept, kept.index, "the population", above=0.0)
    if values.faults:
        raise InputError([*labels.faults, *values.faults])
    labels.raise_any(kind=LabelError)
    return read
