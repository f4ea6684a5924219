"""The dashboard of the gap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from workbench.datasets import Package, open_package
from workbench.gap import Gap, gap, sides_of
from workbench.panels.guard import checked
from workbench.panels.page import Page, select
from workbench.panels.sources import with_titles
from workbench.views import text
from workbench.views.content import PageContent
from workbench.views.gap_page import gap_page


@dataclass(frozen=True)
class Figures:
    """Figures that the dashboard can set against each other, and how they can be shown."""

    package: str
    levels: tuple[str, ...]
    bases: tuple[str, ...]
    stages: tuple[str | None, str | None] = (None, None)
    table: str | None = None


CHOICES: Final = {
    "opm": Figures("opm-strategic-plan", ("sub_programme", "programme"), ("as_computed", "as_printed")),
    "votes": Figures("national-budget", ("sector",), ("as_computed",), ("revised", "expenditure"), "votes"),
}
"""By key: the plan that asked for more than it got, and the national budget's revised estimates against spending."""


@cache
def _opened(package: str) -> Package:
    return open_package(package)


@cache
def measured(figures: str, year: str | None, basis: str) -> Gap:
    """Return the gap of some figures, of one year or of all."""
    chosen = CHOICES[figures]
    sides = sides_of(_opened(chosen.package), *chosen.stages, table=chosen.table)
    return gap(*sides, financial_year=year, basis=basis)


def years_of(figures: str) -> tuple[str, ...]:
    """Return the financial years of some figures, in order."""
    return tuple(measured(figures, None, "as_computed").financial_years)


def content_of(figures: str, year: str, level: str, basis: str) -> PageContent:
    """Return the page for what the controls say, every value checked.

    Raises
    ------
    UnknownNameError
        For a value that no control offers.
    """
    chosen = CHOICES[checked(figures, tuple(CHOICES), "set of figures")]
    result = measured(
        figures,
        checked(year, years_of(figures), "financial year of these figures"),
        checked(basis, chosen.bases, "way to sum"),
    )
    opened = _opened(chosen.package)
    return with_titles(gap_page(result, checked(level, chosen.levels, "level"), opened.title, sector_names(opened)))


def sector_names(package: Package) -> dict[str, str]:
    """Return the names of a package's sectors by code; empty where it lists none."""
    if "sectors" not in {resource.name for resource in package.descriptor.resources}:
        return {}
    listed = package.table("sectors")
    return dict(zip(listed["code"].astype(str), listed["name"].astype(str), strict=True))


def gap_panel() -> Page:
    """Return the dashboard."""
    first = next(iter(CHOICES))
    figures = select(text.CONTROLS["figures"], _named(tuple(CHOICES)), first)
    year = select(text.CONTROLS["year"], years_of(first), years_of(first)[0])
    level = select(text.CONTROLS["lines"], _named(CHOICES[first].levels), CHOICES[first].levels[0])
    basis = select(text.CONTROLS["basis"], _named(CHOICES[first].bases), CHOICES[first].bases[0])

    def offer() -> None:
        chosen = CHOICES[checked(figures.value, tuple(CHOICES), "set of figures")]
        year.options = years_of(figures.value)
        level.options = _named(chosen.levels)
        basis.options = _named(chosen.bases)

    def content() -> PageContent:
        return content_of(figures.value, year.value, level.value, basis.value)

    follow: dict[str, Callable[[], None]] = {figures.model_id: offer}
    return Page([figures, year, level, basis], content, follow=follow)


def _named(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(text.GAP[key], key) for key in keys]
