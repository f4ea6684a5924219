"""The dashboard of the grants to counties."""

from __future__ import annotations

from functools import cache
from typing import Final

from workbench.grants import GrantsResult, grants, load_design
from workbench.panels.guard import checked
from workbench.panels.page import Page, select
from workbench.panels.sources import with_titles
from workbench.views import text
from workbench.views.content import PageContent
from workbench.views.grants_page import grants_page

DESIGNS: Final = ("kdsp2", "kdsp1", "equal-share")
"""Shipped designs whose inputs are published; the bases for revenue sharing need indices that are not."""


@cache
def years_of(design: str) -> tuple[str, ...]:
    """Return the financial years in which a design pays something, in order."""
    return tuple(str(year) for year in load_design(design).years)


@cache
def measured(design: str, year: str) -> GrantsResult:
    """Return a design's awards in a year."""
    return grants(design, year)


def content_of(design: str, year: str) -> PageContent:
    """Return the page for what the controls say, every value checked.

    Raises
    ------
    UnknownNameError
        For a value that no control offers.
    """
    checked(design, DESIGNS, "grant")
    return with_titles(grants_page(measured(design, checked(year, years_of(design), "financial year of this grant"))))


def grants_panel() -> Page:
    """Return the dashboard."""
    first = DESIGNS[0]
    design = select(text.CONTROLS["grant"], [(load_design(name).title, name) for name in DESIGNS], first)
    year = select(text.CONTROLS["year"], years_of(first), years_of(first)[0])

    def offer() -> None:
        year.options = years_of(checked(design.value, DESIGNS, "grant"))

    return Page([design, year], lambda: content_of(design.value, year.value), follow={design.model_id: offer})
