"""The pictures of an alignment, each with the table behind it and a text that says what it shows."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.alignment import Alignment
from workbench.alignment.regrouping import Regrouping
from workbench.datasets.crosswalk import UNLINKED
from workbench.views.content import Column, Grid, grid
from workbench.views.numbers import number, percent
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, GREY, ORANGE, PAPER, SKY, VERMILION, house_layout, plain_label

BILLION = 1e9
ILLUSTRATIVE = " The links are illustrative."


@dataclass(frozen=True)
class Exhibit:
    """A picture and the table behind it."""

    picture: Picture
    grid: Grid


def plan_against_budget(result: Alignment) -> Exhibit:
    """Draw each plan sector's share of the plan beside its share of the linked budget.

    Where the plan has no money only the budget's shares are drawn.
    """
    by_plan = result.by_plan
    names = [plain_label(label) for label in by_plan["label"]]
    has_plan = result.distance is not None
    traces = [_bars("Budget", names, by_plan["budget_share"] * 100, BLUE)]
    if has_plan:
        traces.append(_bars("Plan", names, by_plan["plan_share"] * 100, ORANGE))
    layout = house_layout(
        barmode="group", height=120 + 52 * len(names), showlegend=has_plan,
        xaxis={"title": {"text": "per cent of the linked budget and of the plan" if has_plan
                         else "per cent of the linked budget"}, "rangemode": "tozero"},
        yaxis={"autorange": "reversed", "showgrid": False},
    )  # fmt: skip
    largest = by_plan.iloc[int(by_plan["budget_amount"].to_numpy().argmax())] if result.linked else None
    says = "No money is linked to the plan."
    if largest is not None:
        says = f"{largest['label']} has the largest share of the linked budget, {percent(largest['budget_share'])}."
    if has_plan:
        apart = by_plan.iloc[int(by_plan["difference"].abs().to_numpy().argmax())]
        says += (
            f" The two differ most in {apart['label']}: {percent(apart['budget_share'])} of the budget, "
            f"{percent(apart['plan_share'])} of the plan."
        )
    shown = by_plan.assign(
        budget=by_plan["budget_amount"] / BILLION, plan=by_plan["plan_amount"] / BILLION,
        budget_share=by_plan["budget_share"] * 100, plan_share=by_plan["plan_share"] * 100,
        difference=by_plan["difference"] * 100,
    )  # fmt: skip
    columns = [
        Column(key="label", title="Plan sector"),
        Column(key="budget", title="Budget, KSh billion", decimals=1),
        Column(key="budget_share", title="Budget, %", decimals=1),
        Column(key="plan", title="Plan, KSh billion", decimals=1),
        Column(key="plan_share", title="Plan, %", decimals=1),
        Column(key="difference", title="Difference, points", decimals=1),
    ]
    kept = columns if has_plan else columns[:3]
    return Exhibit(
        _picture(result, traces, layout, says), grid(shown, kept, "The linked budget and the plan by plan sector")
    )


def money_matrix(result: Alignment) -> Exhibit:
    """Draw the linked money by working group and plan sector as a heat map, KSh billion.

    The longer of the two lists runs down the page. With a long plan the colours follow the logarithm of the money.
    """
    labels = dict(zip(result.plan["plan_code"], result.plan["label"], strict=True))
    matrix = result.matrix.rename(columns=labels) / BILLION
    long = matrix.shape[1] > matrix.shape[0]
    drawn = matrix.T if long else matrix
    values = drawn.to_numpy(dtype=np.float64)
    # A cell without money stays empty: a pale colour would look like a little money.
    filled = np.where(values > 0, values, np.nan)
    width, height = (14, 38) if long else (16, 44)
    trace = {
        "type": "heatmap",
        "z": np.log10(filled) if long else filled,
        "x": [plain_label(str(name), width) for name in drawn.columns],
        "y": [plain_label(str(name), 46) for name in drawn.index],
        "text": [["" if np.isnan(cell) else number(cell, 1 if cell < 99.95 else 0) for cell in row] for row in filled],
        "texttemplate": "%{text}",
        "hovertemplate": "%{y}, %{x}: KSh %{text} billion<extra></extra>",
        "colorscale": [[0, "#e6f0f7"], [1, BLUE]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }
    layout = house_layout(
        height=110 + height * len(drawn),
        xaxis={"showgrid": False, "side": "top"},
        yaxis={"showgrid": False, "autorange": "reversed"},
    )
    row, column = np.unravel_index(int(matrix.to_numpy().argmax()), matrix.shape)
    says = (
        f"{int((values > 0).sum())} of {values.size} cells hold money. The largest is {matrix.index[int(row)]} for "
        f"{matrix.columns[int(column)]}: KSh {number(matrix.iloc[int(row), int(column)], 1)} billion."
    )
    columns = [Column(key="sector", title="Working group")]
    columns += [Column(key=label, title=label, decimals=1) for label in labels.values()]
    table = grid(matrix.reset_index(), columns, "Linked money, KSh billion")
    return Exhibit(_picture(result, [trace], layout, says), table)


def money_flow(result: Alignment, smallest: float = 0.02) -> Exhibit:
    """Draw the money from plan sector through working group to vote as a Sankey diagram.

    Parameters
    ----------
    result : Alignment
    smallest : float
        Votes with less than this share of the budget are drawn together, one band a working group.
    """
    links = result.links.assign(vote=_gathered(result.links, smallest))
    labels = {**result.plan.set_index("plan_code")["label"], UNLINKED: "Not in the plan"}
    left = links.groupby(["plan_code", "sector"], sort=False)["amount"].sum().reset_index()
    right = links.groupby(["sector", "vote"], sort=False)["amount"].sum().reset_index()
    left, right = left[left["amount"] > 0], right[right["amount"] > 0]
    nodes = [("plan", code) for code in dict.fromkeys(left["plan_code"])]
    nodes += [("sector", name) for name in dict.fromkeys(left["sector"])]
    nodes += [("vote", name) for name in dict.fromkeys(right["vote"])]
    place = {node: position for position, node in enumerate(nodes)}
    colours = {"plan": ORANGE, "sector": BLUE, "vote": SKY}
    source = [place["plan", code] for code in left["plan_code"]] + [place["sector", name] for name in right["sector"]]
    target = [place["sector", name] for name in left["sector"]] + [place["vote", name] for name in right["vote"]]
    values = np.concatenate([left["amount"], right["amount"]]) / BILLION
    trace = {
        "type": "sankey",
        "valueformat": ",.1f",
        "valuesuffix": " KSh billion",
        "node": {
            "label": [_node_label(labels.get(name, name) if kind == "plan" else name) for kind, name in nodes],
            "color": [GREY if name == UNLINKED else colours[kind] for kind, name in nodes],
            "pad": 14,
            "thickness": 14,
        },
        "link": {"source": source, "target": target, "value": values, "color": "rgba(139, 151, 163, 0.35)"},
    }
    layout = house_layout(height=max(520, 25 * len(place)), font={"size": 12})
    widest = left.iloc[int(left["amount"].to_numpy().argmax())]
    says = (
        f"Money from {len(set(left['plan_code']) - {UNLINKED})} plan sectors through {left['sector'].nunique()} "
        f"working groups to the votes. The widest band is {labels[widest['plan_code']]} to {widest['sector']}: "
        f"KSh {number(widest['amount'] / BILLION, 1)} billion."
    )
    frame = links.groupby(["plan_code", "sector", "vote"], sort=False)["amount"].sum().reset_index()
    frame = frame.assign(label=frame["plan_code"].map(labels), amount=frame["amount"] / BILLION)
    columns = [
        Column(key="label", title="Plan sector"),
        Column(key="sector", title="Working group"),
        Column(key="vote", title="Vote"),
        Column(key="amount", title="KSh billion", decimals=2),
    ]
    table = grid(frame, columns, "Money by plan sector, working group and vote", order="amount")
    return Exhibit(_picture(result, [trace], layout, says), table)


def frontier(result: Regrouping) -> Exhibit:
    """Draw the fewest places that the plan sectors can sit in, by the number of votes that may move."""
    table = result.frontier
    trace = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": table["moves_allowed"],
        "y": table["places"],
        "text": table["places"].astype(str),
        "textposition": "top right",
        "line": {"color": BLUE, "shape": "hv"},
        "marker": {"color": [BLUE if proved else PAPER for proved in table["proved"]], "size": 9,
                   "line": {"color": BLUE, "width": 2}},
        "hovertemplate": "%{x} moves: %{y} places<extra></extra>",
    }  # fmt: skip
    layout = house_layout(
        height=380, showlegend=False,
        xaxis={"title": {"text": "votes that may change working group"}, "dtick": 1 if len(table) <= 15 else None},
        yaxis={"title": {"text": "places"}, "rangemode": "tozero"},
        margin={"t": 24},
    )  # fmt: skip
    first, last = table.iloc[0], table.iloc[-1]
    says = (
        f"With {first['moves']} moves the plan sectors sit in {first['places']} places; with {last['moves']} in "
        f"{last['places']}."
    )
    if not table["proved"].all():
        says += " An open marker is the best that was found in the time given, without proof that nothing is better."
    columns = [
        Column(key="moves_allowed", title="Votes that may move", decimals=0),
        Column(key="moves", title="Votes that move", decimals=0),
        Column(key="places", title="Places", decimals=0),
        Column(key="effective_groups", title="Effective groups, mean", decimals=2),
        Column(key="v_measure", title="V-measure", decimals=3),
        Column(key="money", title="Money of the moved votes, KSh billion", decimals=1),
    ]
    frame = table.assign(money=table["money_moved"] / BILLION)
    suffix = ILLUSTRATIVE if result.illustrative else ""
    return Exhibit(picture([trace], layout, says + suffix), grid(frame, columns, "Moves against alignment"))


def orphans(result: Alignment, most: int = 12) -> Exhibit:
    """Rank the plan sectors with the least money, those without any first."""
    lowest = result.by_plan.sort_values("budget_amount", kind="stable").head(most).reset_index(drop=True)
    names = [plain_label(label, 34) for label in lowest["label"]]
    billions = lowest["budget_amount"] / BILLION
    trace = _bars("Budget", names, billions, BLUE)
    trace["text"] = ["no money" if amount == 0 else number(amount, 1) for amount in billions]
    trace["textfont"] = {"color": [VERMILION if amount == 0 else BLUE for amount in billions]}
    trace["hovertemplate"] = "%{y}: KSh %{x:,.1f} billion<extra></extra>"
    layout = house_layout(
        height=110 + 34 * len(names), showlegend=False,
        xaxis={"title": {"text": "linked money, KSh billion"}, "rangemode": "tozero"},
        yaxis={"autorange": "reversed", "showgrid": False},
    )  # fmt: skip
    without = list(result.orphans["label"])
    says = f"{len(without)} of {len(result.by_plan)} plan sectors have no money"
    says += f": {', '.join(without)}." if without else f". The least has {lowest['label'].iloc[0]}."
    frame = lowest.assign(amount=billions, plan=lowest["plan_amount"] / BILLION)
    columns = [
        Column(key="label", title="Plan sector"),
        Column(key="amount", title="Linked money, KSh billion", decimals=1),
        Column(key="plan", title="Plan, KSh billion", decimals=1),
    ]
    return Exhibit(_picture(result, [trace], layout, says), grid(frame, columns, "Plan sectors with the least money"))


def _bars(name: str, labels: list[str], values: pd.Series, colour: str) -> dict[str, object]:
    return {
        "type": "bar", "orientation": "h", "name": name, "y": labels, "x": values, "marker": {"color": colour},
        "text": [number(value, 1) for value in values], "textposition": "outside", "cliponaxis": False,
        "hovertemplate": "%{y}: %{x:,.1f}<extra>" + name + "</extra>",
    }  # fmt: skip


def _node_label(name: str) -> str:
    """Return a label of one line: the table beside the picture has the whole name."""
    short = textwrap.shorten(re.sub(r"^State Department (for|of) (the )?", "", name), 44, placeholder="…")
    return plain_label(short, 60)


def _gathered(links: pd.DataFrame, smallest: float) -> pd.Series:
    """Name every link's vote, the small votes of a group together."""
    amounts = links.groupby("budget_code")["amount"].sum()
    small = set(amounts.index[amounts < smallest * amounts.sum()])
    counts = links[links["budget_code"].isin(small)].groupby("sector")["budget_code"].nunique()
    return pd.Series(
        [
            f"{counts[sector]} other votes of {sector}" if vote in small and counts[sector] > 1 else vote
            for vote, sector in zip(links["budget_code"], links["sector"], strict=True)
        ],
        index=links.index,
    )


def _picture(
    result: Alignment, traces: Sequence[Mapping[str, object]], layout: Mapping[str, object], says: str
) -> Picture:
    return picture(traces, layout, says + (ILLUSTRATIVE if result.illustrative else ""))
