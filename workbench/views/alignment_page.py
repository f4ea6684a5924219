"""An alignment as a page: where the budget's money goes, beside what the plan gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workbench.alignment import Alignment
from workbench.fiscal import format_money
from workbench.views import text
from workbench.views.alignment import Exhibit, money_flow, money_matrix, orphans, plan_against_budget
from workbench.views.content import Card, PageContent
from workbench.views.numbers import TOGETHER, number, percent
from workbench.views.scale import FITTING, Scale, scale_in

WORDS: Final = text.ALIGNMENT
BILLION: Final = 1e9
PICTURES: Final = ("shares", "flows", "matrix", "least")


def alignment_page(
    result: Alignment, shown: str, plan_title: str, names: Mapping[str, str], unit: str = FITTING
) -> PageContent:
    """Return the page of an alignment.

    Parameters
    ----------
    result : Alignment
    shown : {"shares", "flows", "matrix", "least"}
        Which picture, with the table behind it.
    plan_title : str
        The title of the plan list.
    names : mapping of str to str
        The names of the budget's sectors by code.
    unit : str
        What the headline figures and the table are shown in; one of :data:`workbench.views.scale.OFFERED`.

    Returns
    -------
    PageContent
    """
    year, stage = str(result.financial_year), text.STAGES[str(result.stage)].lower()
    scale = scale_in(unit, "KES billion", {"KES billion": 1})
    exhibit = _exhibit(result, shown, names, scale)
    return PageContent(
        finding=_finding(result),
        lead=WORDS["lead"].format(plan=plan_title, year=year, stage=stage, unit=scale.unit),
        cards=_cards(result, scale),
        picture=exhibit.picture,
        grid=exhibit.grid,
        sources=result.sources,
        notes=result.notes,
        illustrative=result.illustrative,
        result=result,
        explain=result.explain,
    )


def _money(amount: float) -> str:
    return format_money(amount, "KES billion", decimals=1).replace(" ", TOGETHER)


def _moved(result: Alignment) -> int:
    return int(result.moves["amount"].sum())


def _finding(result: Alignment) -> str:
    if result.distance is None:
        return WORDS["no_distance"].format(linked=_money(result.linked), total=_money(result.total))
    return WORDS["moves"].format(share=percent(result.distance), moved=_money(_moved(result)))


def _cards(result: Alignment, scale: Scale) -> tuple[Card, ...]:
    coverage = percent(result.linked / result.total if result.total else None)
    if result.distance is None:
        moved = Card(label=WORDS["moved"], value=WORDS["not_known"], unit="", note=WORDS["no_plan_money"])
    else:
        moved = Card(
            label=WORDS["moved"],
            value=scale.figure(_moved(result)),
            unit=scale.unit,
            note=WORDS["moved_note"].format(share=percent(result.distance)),
            tone="short",
        )
    return (
        Card(label=WORDS["budget"], value=scale.figure(result.total), unit=scale.unit),
        Card(
            label=WORDS["linked"],
            value=scale.figure(result.linked),
            unit=scale.unit,
            note=WORDS["linked_note"].format(share=coverage),
        ),
        moved,
        Card(
            label=WORDS["orphans"],
            value=number(len(result.orphans)),
            unit=WORDS["orphans_unit"].format(count=len(result.plan)),
        ),
    )


def _exhibit(result: Alignment, shown: str, names: Mapping[str, str], scale: Scale) -> Exhibit:
    if shown == "flows":
        return money_flow(result, sector_names=names, scale=scale)
    if shown == "matrix":
        return money_matrix(result, sector_names=names, scale=scale)
    if shown == "least":
        return orphans(result, most=len(result.plan), scale=scale)
    return plan_against_budget(result, scale=scale)
