"""What is known of the 47 counties, as arrays in the order of their codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.datasets.counties import counties_package
from workbench.grants.values import Origin

if TYPE_CHECKING:
    from workbench.grants.design import Design

Floats = npt.NDArray[np.float64]

COUNTIES: Final = 47
EQUITABLE_SHARE: Final = "equitable_share"
POOR_2009: Final = "poor_people_2009"
_SHARE_OF_YEAR = re.compile(r"equitable_share_(?P<first>\d{4})_(?P<second>\d{2})")


@dataclass(frozen=True)
class Variable:
    """A figure for each county.

    Attributes
    ----------
    values : (47,)
        In code order; NaN is unknown.
    """

    name: str
    values: Floats
    description: str
    reference: str
    locator: str
    mark: str

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Which counties have a figure, (47,)."""
        return ~np.isnan(self.values)

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        return Origin(self.reference, self.locator, self.mark)


@lru_cache(maxsize=1)
def county_table() -> pd.DataFrame:
    """Return the package's county facts in code order."""
    return counties_package().table("counties").sort_values("code", ignore_index=True)


def county_names_by_code() -> list[str]:
    """Return the 47 names, Mombasa (1) to Nairobi City (47)."""
    return [str(name) for name in county_table()["name"]]


def known_variables(design: Design, year: str) -> Mapping[str, Variable]:
    """Return the published variables that a design can use in a year, by name."""
    facts = county_table()
    population = Variable(
        "population_2019", facts["population_2019"].to_numpy(np.float64), "Census population, persons",
        "KNBS 2019 census", "volume I, tables 2.2 and 2.4", "certain",
    )  # fmt: skip
    area = Variable(
        "area_km2", facts["area_km2"].to_numpy(np.float64), "Land area, square kilometres",
        "KNBS 2019 census", "volume I, table 2.4", "certain",
    )  # fmt: skip
    poor = Variable(
        POOR_2009, facts["poverty_rate_2009"].to_numpy(np.float64) / 100 * population.values,
        "People below the poverty line: the rate of 2009 times the population of 2019, an old rate",
        "KNBS 2009 small-area estimate", "poverty_rate_2009 times population_2019", "illustrative",
    )  # fmt: skip
    variables = [population, area, poor, equitable_share(design, year)]
    return {variable.name: variable for variable in variables} | _named_by_year(design)


def _named_by_year(design: Design) -> dict[str, Variable]:
    """Return the inputs of a design that are the equitable shares of a named year, as far as they are published."""
    found = {}
    for name, asked in design.inputs.items():
        year = _SHARE_OF_YEAR.fullmatch(name)
        if year is None:
            continue
        values, locator = published_shares(f"{year['first']}/{year['second']}")
        if not np.isnan(values).all():
            source = "County Allocation of Revenue Acts"
            found[name] = Variable(name, values, asked.description, source, locator, "one source")
    return found


def equitable_share(design: Design, year: str) -> Variable:
    """Return the equitable shares, in KES, that a design uses in a year.

    The design names the year whose shares stand in where those of the year itself were not found in full.
    """
    of_year = design.equitable_share_of.get(year, year)
    mark = "certain"
    values, locator = published_shares(of_year)
    if of_year != year:
        mark, locator = "inferred", f"{locator}; the shares of {of_year} stand in for those of {year}"
    return Variable(
        EQUITABLE_SHARE,
        values,
        f"Equitable share of {of_year}, KES",
        "County Allocation of Revenue Acts",
        locator,
        mark,
    )


def published_shares(year: str) -> tuple[Floats, str]:
    """Return one year's published equitable shares, (47,) KES with NaN for unknown, and where they stand."""
    figures = _equitable_shares()
    rows = figures[(figures["financial_year"] == year) & (figures["line"] == "item")]
    values = np.full(47, np.nan)
    values[rows["row"].to_numpy(np.int64) - 1] = rows["amount"].to_numpy(np.float64)
    locator = str(rows["locator"].iloc[0]) if len(rows) else f"none found for {year}"
    return values, locator


@lru_cache(maxsize=1)
def _equitable_shares() -> pd.DataFrame:
    return counties_package().table("equitable_share")
