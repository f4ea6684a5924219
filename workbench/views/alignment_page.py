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
from workbench.views.numbers import TOGETHER, number, percent
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, GREY, ORANGE, PALETTE, house_layout, plain_label

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
    codes = [*(code for code in labels if code in set(links["plan_code"]))]
    codes += [code for code in dict.fromkeys(links["plan_code"]) if code not in labels]
    names = [
        *(sector_names.get(sector, sector) for sector in sectors),
        *(labels.get(code, WORDS["unlinked"]) for code in codes),
    ]
    colours = {code: PALETTE[place % (len(PALETTE) - 1)] for place, code in enumerate(codes)}
    for code in codes:
        if code not in labels:
            colours[code] = GREY
    largest = links.loc[links[links["plan_code"].isin(labels)]["amount"].idxmax()]
    says = WORDS["flows_picture"].format(
        most=WORDS["flow_most"].format(
            sector=sector_names.get(largest["sector"], largest["sector"]),
            label=labels[largest["plan_code"]],
            amount=number(largest["amount"] / BILLION, 1),
        )
    )

    def figure(width: int, font: int) -> Picture:
        trace = {
            "type": "sankey",
            "valueformat": ",.1f",
            "valuesuffix": f" {WORDS['billion']}",
            "node": {
                "label": [plain_label(name, width) for name in names],
                "color": [GREY] * len(sectors) + [colours[code] for code in codes],
                "pad": 12,
                "thickness": 16,
                "line": {"width": 0},
            },
            "link": {
                "source": [sectors.index(sector) for sector in links["sector"]],
                "target": [len(sectors) + codes.index(code) for code in links["plan_code"]],
                "value": list(links["amount"] / BILLION),
                "color": [_faint(colours[code]) for code in links["plan_code"]],
            },
            "textfont": {"size": font},
        }
        layout = house_layout(height=max(460, 26 * len(names) // 2 + 120))
        return picture([trace], {key: value for key, value in layout.items() if "axis" not in key}, says)

    return figure(34, 13).with_narrow(figure(16, 10))


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.45)"


def _grid(result: Alignment, year: str, stage: str) -> Grid:
    frame = result.by_plan.copy()
    frame[["budget_amount", "plan_amount"]] = frame[["budget_amount", "plan_amount"]].astype("float64") / BILLION
    frame[["budget_share", "plan_share", "difference"]] *= 100
    columns = [
        Column(key="label", title=WORDS["column_plan_sector"]),
        Column(key="budget_amount", title=WORDS["column_budget"], decimals=1),
        Column(key="budget_share", title=WORDS["column_budget_share"], decimals=1),
        Column(key="plan_amount", title=WORDS["column_plan"], decimals=1),
        Column(key="plan_share", title=WORDS["column_plan_share"], decimals=1),
        Column(key="difference", title=WORDS["column_difference"], decimals=1),
    ]
    return grid(frame, columns, WORDS["caption"].format(year=year, stage=stage), order="budget_amount")
