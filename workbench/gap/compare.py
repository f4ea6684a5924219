"""A gap from year to year, in real shillings, and per head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from workbench.errors import Fault, InputError, LabelError, suggestion
from workbench.fiscal import FiscalYear

if TYPE_CHECKING:
    from workbench.gap.result import Gap

_AMOUNTS = ["requirement", "allocation", "gap"]


@dataclass(frozen=True, kw_only=True)
class Deflator:
    """A price index by financial year, with which amounts of several years are compared.

    Attributes
    ----------
    name : str
        What it is: ``GDP deflator``.
    base : str
        The financial year in whose shillings amounts are told.
    index : mapping
        Index by financial year, any base; above 0.
    reference : str
        Where it comes from, with its date.
    mark : str
        ``certain``, ``one source``, ``inferred`` or ``illustrative``.
    """

    name: str
    base: str
    index: Mapping[str, float]
    reference: str
    mark: str

    def factor(self, financial_year: str) -> float:
        """Return what an amount of a year is multiplied with to stand in shillings of the base year.

        Raises
        ------
        InputError
            For a year that the index does not have.
        """
        index = {str(FiscalYear(year)): value for year, value in self.index.items()}
        base = str(FiscalYear(self.base))
        faults = [
            Fault(what=f"has no {self.name}", value=year, remedy=f"the index has {', '.join(sorted(index))}")
            for year in dict.fromkeys((base, financial_year)) if not index.get(year, 0) > 0
        ]  # fmt: skip
        if faults:
            raise InputError(faults)
        return index[base] / index[financial_year]


def changes(gap: Gap, levels: tuple[str, ...], deflator: Deflator | None = None) -> pd.DataFrame:
    """Return the change of each group against the year before.

    Returns
    -------
    DataFrame
        ``financial_year``, the levels, and for requirement, allocation and gap the amount and its ``..._change`` (KES,
        of the base year with a deflator). The first year, and a year whose forerunner is missing, have none.
    """
    table = gap.at_levels(levels)[["financial_year", *levels, *_AMOUNTS]]
    if deflator is not None:
        factors = table["financial_year"].map(deflator.factor)
        table = table.assign(**{name: (table[name] * factors).round(2) for name in _AMOUNTS})
    before = table.assign(financial_year=[str(FiscalYear(year) + 1) for year in table["financial_year"]])
    merged = table.merge(before, on=["financial_year", *levels], how="left", suffixes=("", "_before"))
    for name in _AMOUNTS:
        merged[f"{name}_change"] = (merged[name] - merged[f"{name}_before"]).round(2)
    return merged.drop(columns=[f"{name}_before" for name in _AMOUNTS])


def per_head(gap: Gap, population: pd.Series) -> pd.DataFrame:
    """Return requirement, allocation and gap for each inhabitant, by county.

    Parameters
    ----------
    gap : Gap
        With the level ``county``.
    population : Series
        Persons by county; every county of the gap must be there.

    Raises
    ------
    LabelError
        For a county without a population, with the nearest right name.
    """
    table = gap.at_levels(("county",))
    if not (table["county"] != "").all():
        raise InputError(Fault(what="not every line names a county", remedy="per head is for counties only"))
    known = [str(name) for name in population.index]
    faults = [
        Fault(what="has no population", value=county, remedy=suggestion(county, known))
        for county in dict.fromkeys(table["county"]) if county not in known
    ]  # fmt: skip
    if faults:
        raise LabelError(faults)
    persons = table["county"].map(population.astype("float64"))
    return table[["financial_year", "county"]].assign(
        population=persons, **{f"{name}_per_head": table[name] / persons for name in _AMOUNTS}
    )
