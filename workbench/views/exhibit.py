"""A picture with the table behind it."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.alignment import Alignment
from workbench.results import Result
from workbench.views import text
from workbench.views.content import Grid
from workbench.views.picture import Picture
from workbench.views.scale import Scale

BILLION = 1e9
BILLIONS = Scale("KES billion", 1)
"""What the amounts of an alignment read best in."""

NO_MONEY = text.ALIGNMENT["no_money"]


@dataclass(frozen=True)
class Exhibit:
    """A picture and the table behind it."""

    picture: Picture
    grid: Grid


def with_mark(says: str, result: Result) -> str:
    """Return what a picture says, and that the links are illustrative where they are."""
    return says + (text.ALIGNMENT["illustrative"] if result.illustrative else "")


def when(result: Alignment) -> str:
    """Return a budget's year and stage for a caption; blank where it names neither."""
    year = text.ALIGNMENT["year"].format(year=result.financial_year) if result.financial_year else ""
    stage = text.STAGES.get(result.stage or "", result.stage or "").lower()
    return "".join(f", {part}" for part in (year, stage) if part)


def doubtful(result: Alignment, column: str) -> dict[str, str]:
    """Return the plan codes (or working groups) that an illustrative link concerns, with that mark."""
    links = result.links
    return dict.fromkeys(links.loc[links["mark"] == "illustrative", column].astype(str), "illustrative")
