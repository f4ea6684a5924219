"""Requests that were met from an envelope, shown as a page."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from workbench.allocation import Allocation
from workbench.fiscal import fitting_unit
from workbench.scenarios.models.requests_met import Met
from workbench.views import text_own
from workbench.views.bars import Series, bars
from workbench.views.content import Card, Column, Grid, PageContent, grid
from workbench.views.numbers import number, percent
from workbench.views.picture import Picture
from workbench.views.scale import Scale
from workbench.views.style import BLUE, ORANGE

WORDS: Final = text_own.REQUESTS
MILLION: Final = 1e6
MOST_BARS: Final = 25
ALIKE: Final = 0.0005
"""Shares of one that differ by less read the same."""


def requests_page(result: Met) -> PageContent:
    """Return the page of requests that were met from an envelope."""
    allocation, year = result.allocation, result.financial_year
    rule, count = allocation.rule.name.replace("_", " "), len(allocation.claims)
    return PageContent(
        finding=_finding(result),
        lead=WORDS["lead_one" if count == 1 else "lead"].format(count=count, rule=rule),
        cards=_cards(result),
        picture=_picture(allocation),
        grid=_grid(allocation, year),
        sources=result.sources,
        notes=result.notes,
        illustrative=result.illustrative,
        result=result,
        explain=result.explain,
    )


def _money(amount: float) -> str:
    return Scale(fitting_unit(amount, billions_from=1e9, millions_from=0), 2).money(amount)


def _finding(result: Met) -> str:
    asked, year = _money(result.requested), result.financial_year
    if result.gap < 1:
        return WORDS["finding_all"].format(asked=asked, year=year)
    award = _money(result.allocation.envelope)
    return WORDS["finding"].format(asked=asked, award=award, gap=_money(result.gap), year=year)


def _cards(result: Met) -> tuple[Card, ...]:
    covered = result.allocation.coverage.dropna()
    note = ""
    if len(covered) and covered.max() - covered.min() >= ALIKE:
        note = WORDS["covered_note"].format(line=covered.idxmin(), share=percent(covered.min()))
    share = None if result.covered is None else 100 * result.covered
    return (
        Card(label=WORDS["asked"], value=number(result.requested), unit=WORDS["unit"]),
        Card(label=WORDS["envelope_card"], value=number(result.allocation.envelope), unit=WORDS["unit"]),
        Card(label=WORDS["gap"], value=number(result.gap), unit=WORDS["unit"], tone="short"),
        Card(label=WORDS["covered"], value=number(share, 1), unit=WORDS["per_cent"], note=note),
    )


def _picture(result: Allocation) -> Picture:
    table = result.table.sort_values("claim", ascending=False, kind="stable")
    shown = table.head(MOST_BARS)
    left = WORDS["left"].format(shown=len(shown), count=len(table)) if len(shown) < len(table) else ""
    covered = table.dropna(subset=["coverage"])
    least = ""
    if len(covered) and covered["coverage"].max() - covered["coverage"].min() >= ALIKE:
        worst = covered.sort_values("coverage", kind="stable").iloc[0]
        least = WORDS["least"].format(line=worst["claimant"], share=percent(worst["coverage"]))
    series = [
        Series(name=name, colour=colour, values=list(shown[column] / MILLION),
               texts=[number(one / MILLION, 1) for one in shown[column]])
        for name, column, colour in ((WORDS["asked"], "claim", ORANGE), (WORDS["award"], "award", BLUE))
    ]  # fmt: skip
    says = WORDS["picture"].format(left=left, least=least).strip()
    return bars([str(name) for name in shown["claimant"]], series, axis=WORDS["axis"], says=says)


def _grid(result: Allocation, year: str) -> Grid:
    frame = result.table[["claimant", "claim", "award", "coverage"]].copy()
    asked, awarded = math.fsum(frame["claim"]), int(frame["award"].sum())
    covered = awarded / asked if asked else math.nan
    whole = pd.DataFrame([[WORDS["total"], asked, awarded, covered]], columns=frame.columns)
    frame = pd.concat([frame, whole], ignore_index=True)
    frame["gap"] = frame["claim"] - frame["award"]
    frame["coverage"] *= 100
    frame["pick"] = [*result.table["claimant"], None]
    columns = [
        Column(key="claimant", title=WORDS["line"]),
        Column(key="claim", title=WORDS["column_asked"], decimals=0),
        Column(key="award", title=WORDS["column_award"], decimals=0),
        Column(key="gap", title=WORDS["column_gap"], decimals=0),
        Column(key="coverage", title=WORDS["column_covered"], decimals=1),
    ]
    return grid(frame, columns, WORDS["caption"].format(year=year), totals=[len(frame) - 1], pick="pick")
