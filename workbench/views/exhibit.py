"""A picture with the table behind it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.alignment import Alignment
from workbench.results import Result
from workbench.views.content import Grid
from workbench.views.picture import Picture

BILLION = 1e9
NO_MONEY = "No money is linked to the plan."


@dataclass(frozen=True)
class Exhibit:
    """A picture and the table behind it."""

    picture: Picture
    grid: Grid


def with_mark(says: str, result: Result) -> str:
    """Return what a picture says, and that the links are illustrative where they are."""
    return says + (" The links are illustrative." if result.illustrative else "")


def when(result: Alignment) -> str:
    """Return a budget's year and stage for a caption; blank where it names neither."""
    year = f"FY {result.financial_year}" if result.financial_year else ""
    return "".join(f", {part}" for part in (year, (result.stage or "").replace("_", " ")) if part)


def doubtful(result: Alignment, column: str) -> dict[str, str]:
    """Return the plan codes (or working groups) that an illustrative link concerns, with that mark."""
    links = result.links
    return dict.fromkeys(links.loc[links["mark"] == "illustrative", column].astype(str), "illustrative")
