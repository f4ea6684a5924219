"""The dashboard of the audit: a table as printed, wrong cells marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from workbench.audit import Audit
from workbench.datasets import open_package
from workbench.panels.guard import checked
from workbench.panels.page import Page, select
from workbench.panels.sources import with_titles
from workbench.views import text
from workbench.views.audit_view import audit_view
from workbench.views.content import PageContent

PACKAGES: Final = ("opm-strategic-plan", "national-budget", "counties")
"""The shipped packages that hold tables which add up."""

ALL: Final = ""
"""The choice of all tables at once."""


@cache
def audited(package: str) -> Audit:
    """Return a package's audit."""
    return open_package(package).audit()


@cache
def tables_of(package: str) -> tuple[str, ...]:
    """Return a package's tables in which something can be checked, those with wrong cells first."""
    cells = audited(package).cells
    of_cells = cells[cells["status"] != "unchecked"].groupby("table", sort=False)["status"]
    wrong = of_cells.agg(lambda status: int((status == "wrong").sum()))
    return tuple(wrong.sort_values(ascending=False, kind="stable").index)


@cache
def content_of(package: str, table: str) -> PageContent:
    """Return the page for what the controls say, every value checked.

    Raises
    ------
    UnknownNameError
        For a value that no control offers.
    """
    audit = audited(checked(package, PACKAGES, text.OFFERED["figures"]))
    if checked(table, (ALL, *tables_of(package)), text.OFFERED["table"]) != ALL:
        audit = replace(
            audit,
            findings=audit.findings[audit.findings["table"] == table],
            cells=audit.cells[audit.cells["table"] == table],
        )
    return with_titles(audit_view(audit, open_package(package).title, table))


def first_choice() -> tuple[str, str]:
    """Return what the page opens with: figures and table."""
    return PACKAGES[0], ALL


def choices() -> Iterator[tuple[str, str]]:
    """Return everything that the controls can say."""
    for package in PACKAGES:
        yield from ((package, table) for table in (ALL, *tables_of(package)))


def audit_panel() -> Page:
    """Return the dashboard."""
    package = select(text.CONTROLS["figures"], [(open_package(name).title, name) for name in PACKAGES], PACKAGES[0])
    table = select(text.CONTROLS["table"], _offered(PACKAGES[0]), ALL)

    def offer() -> None:
        table.options = _offered(checked(package.value, PACKAGES, text.OFFERED["figures"]))

    return Page(
        {"figures": package, "table": table},
        lambda: content_of(package.value, table.value),
        follow={"figures": offer},
        name="audit",
    )


def _offered(package: str) -> list[tuple[str, str]]:
    return [(text.AUDIT["all"], ALL), *((name, name) for name in tables_of(package))]
