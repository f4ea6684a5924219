"""An alignment as a page: where the budget's money goes, beside what the plan gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from workbench.alignment import Alignment
from workbench.fiscal import format_money
from workbench.views import text
from workbench.views.bars import Series, bars
from workbench.views.content import Card, Column, Grid, PageContent, grid
from workbench.views.flows import End, flows
from workbench.views.numbers import TOGETHER, number, percent
from workbench.views.picture import Picture
from workbench.views.style import BLUE, ORANGE, PALETTE

WORDS: Final = text.ALIGNMENT
BILLION: Final = 1e9
PICTURES: Final = ("shares", "flows")


def alignment_page(result: Alignment, shown: str, plan_title: str, names: Mapping[str, str]) -> PageContent:
    """Return the page of an alignment.

    Parameters
    ----------
    result : Alignment
    shown : {"shares", "flows"}
        Which picture.
    plan_title : str
        The title of the plan list.
    names : mapping of str to str
        The names of the budget's sectors by code.

    Returns
    -------
    PageContent
    """
    year, stage = str(result.financial_year), text.STAGES[str(result.stage)].lower()
    return PageContent(
        finding=_finding(result),
        lead=WORDS["lead"].format(plan=plan_title, year=year, stage=stage),
        cards=_cards(result),
        picture=_shares(result) if shown == "shares" else _flows(result, names),
        grid=_grid(result, year, stage),
        sources=result.sources,
        notes=result.notes,
        illustrative=result.illustrative,
        result=result,
        explain=result.explain,
    )


def _money(amount: float) -> str:
    return format_money(amount, "KES billion", decimals=1).replace("KSh", "KES").replace(" ", TOGETHER)


def _moved(result: Alignment) -> int:
    return int(result.moves["amount"].sum())


def _finding(result: Alignment) -> str:
    if result.distance is None:
        return WORDS["no_distance"].format(linked=_money(result.linked), total=_money(result.total))
    return WORDS["moves"].format(share=percent(result.distance), moved=_money(_moved(result)))


def _cards(result: Alignment) -> tuple[Card, ...]:
    coverage = percent(result.linked / result.total if result.total else None)
    if result.distance is None:
        moved = Card(label=WORDS["moved"], value=WORDS["not_known"], unit="", note=WORDS["no_plan_money"])
    else:
        moved = Card(
            label=WORDS["moved"],
            value=number(_moved(result) / BILLION, 1),
            unit=WORDS["billion"],
            note=WORDS["moved_note"].format(share=percent(result.distance)),
            tone="short",
        )
    return (
        Card(label=WORDS["budget"], value=number(result.total / BILLION, 1), unit=WORDS["billion"]),
        Card(
            label=WORDS["linked"],
            value=number(result.linked / BILLION, 1),
            unit=WORDS["billion"],
            note=WORDS["linked_note"].format(share=coverage),
        ),
        moved,
        Card(
            label=WORDS["orphans"],
            value=number(len(result.orphans)),
            unit=WORDS["orphans_unit"].format(count=len(result.plan)),
        ),
    )


def _shares(result: Alignment) -> Picture:
    rows = result.by_plan.sort_values("budget_share", ascending=False, kind="stable")
    series = [_share_series(rows, "budget_share", BLUE)]
    if rows["plan_share"].notna().any():
        series.append(_share_series(rows, "plan_share", ORANGE))
    most = WORDS["most"].format(label=rows.iloc[0]["label"], share=percent(rows.iloc[0]["budget_share"]))
    says = WORDS["shares_picture"].format(most=most)
    return bars(list(rows["label"]), series, axis="%", says=says, row=58 if len(series) > 1 else 30)


def _share_series(rows: pd.DataFrame, column: str, colour: str) -> Series:
    values = rows[column] * 100
    return Series(name=WORDS[column], colour=colour, values=list(values), texts=[number(one, 1) for one in values])


def _flows(result: Alignment, sector_names: Mapping[str, str]) -> Picture:
    links = result.links.groupby(["sector", "plan_code"], sort=False, as_index=False)["amount"].sum()
    links = links[links["amount"] > 0]
    labels = dict(zip(result.plan["plan_code"], result.plan["label"], strict=True))
    sectors = list(dict.fromkeys(links["sector"]))
    reached = list(dict.fromkeys(links["plan_code"]))
    codes = [code for code in labels if code in reached] + [code for code in reached if code not in labels]
    starts = [End(name=sector_names.get(sector, sector), short=sector) for sector in sectors]
    colours = PALETTE[:-1]  # the last is grey: it stands for what is left out
    ends = [
        End(name=labels[code], short=labels[code], colour=colours[place % len(colours)])
        if code in labels
        else End(name=WORDS["unlinked"], short=WORDS["unlinked"])
        for place, code in enumerate(codes)
    ]
    streams = [
        (sectors.index(sector), codes.index(code), amount / BILLION)
        for sector, code, amount in zip(links["sector"], links["plan_code"], links["amount"], strict=True)
    ]
    linked = [stream for stream in streams if codes[stream[1]] in labels]
    most = ""
    if linked:
        start, end, amount = max(linked, key=lambda stream: stream[2])
        most = WORDS["flow_most"].format(sector=starts[start].name, label=ends[end].name, amount=number(amount, 1))
    says = WORDS["flows_picture"].format(most=most)
    return flows(starts, ends, streams, unit=WORDS["billion"], says=says)


def _doubtful(result: Alignment) -> dict[str, str]:
    """Return the plan sectors that an illustrative link gives money to, with that mark."""
    links = result.links
    return dict.fromkeys(links.loc[links["mark"] == "illustrative", "plan_code"].astype(str), "illustrative")


def _grid(result: Alignment, year: str, stage: str) -> Grid:
    frame = result.by_plan.copy()
    frame[["budget_amount", "plan_amount"]] = frame[["budget_amount", "plan_amount"]].astype("float64") / BILLION
    frame["mark"] = frame["plan_code"].map(_doubtful(result))
    frame[["budget_share", "plan_share", "difference"]] *= 100
    columns = [
        Column(key="label", title=WORDS["column_plan_sector"]),
        Column(key="budget_amount", title=WORDS["column_budget"], decimals=1),
        Column(key="budget_share", title=WORDS["column_budget_share"], decimals=1),
        Column(key="plan_amount", title=WORDS["column_plan"], decimals=1),
        Column(key="plan_share", title=WORDS["column_plan_share"], decimals=1),
        Column(key="difference", title=WORDS["column_difference"], decimals=1),
    ]
    return grid(
        frame,
        columns,
        WORDS["caption"].format(year=year, stage=stage),
        order="budget_amount",
        pick="plan_code",
        mark="mark",
    )
