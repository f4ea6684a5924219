"""The pictures of an alignment, each with the table behind it and a text that says what it shows."""

from __future__ import annotations

from workbench.alignment import Alignment
from workbench.alignment.regrouping import Regrouping
from workbench.views import text
from workbench.views.alignment_flow import money_flow
from workbench.views.alignment_matrix import money_matrix
from workbench.views.bars import Series, bars
from workbench.views.content import Column, grid
from workbench.views.exhibit import BILLION, NO_MONEY, Exhibit, doubtful, when, with_mark
from workbench.views.numbers import number, percent
from workbench.views.picture import picture
from workbench.views.style import BLUE, ORANGE, PAPER, house_layout

__all__ = ["Exhibit", "frontier", "money_flow", "money_matrix", "orphans", "plan_against_budget"]


def plan_against_budget(result: Alignment) -> Exhibit:
    """Draw each plan sector's share of the linked budget beside its share of the plan, the largest first.

    Where the plan has no money only the budget's shares are drawn.
    """
    rows = result.by_plan.sort_values("budget_amount", ascending=False, kind="stable").reset_index(drop=True)
    has_plan = bool(rows["plan_share"].notna().any())
    shares = [("Budget", "budget_share", BLUE), *([("Plan", "plan_share", ORANGE)] if has_plan else [])]
    series = [
        Series(
            name=name, colour=colour, values=list(rows[key] * 100), texts=[number(one * 100, 1) for one in rows[key]]
        )
        for name, key, colour in shares
    ]
    says = NO_MONEY
    if result.linked:
        first = rows.iloc[0]
        says = f"{first['label']} has the largest share of the linked budget, {percent(first['budget_share'])}."
    if result.distance is not None:
        apart = rows.iloc[int(rows["difference"].abs().to_numpy().argmax())]
        says += (
            f" The two differ most in {apart['label']}: {percent(apart['budget_share'])} of the budget, "
            f"{percent(apart['plan_share'])} of the plan."
        )
    drawing = bars(list(rows["label"]), series, axis="%", says=with_mark(says, result), row=58 if has_plan else 30)
    shown = rows.assign(
        budget=rows["budget_amount"] / BILLION, plan=rows["plan_amount"] / BILLION,
        budget_share=rows["budget_share"] * 100, plan_share=rows["plan_share"] * 100,
        difference=rows["difference"] * 100, mark=rows["plan_code"].map(doubtful(result, "plan_code")),
    )  # fmt: skip
    columns = [
        Column(key="label", title=text.ALIGNMENT["column_plan_sector"]),
        Column(key="budget", title=text.ALIGNMENT["column_budget"], decimals=1),
        Column(key="budget_share", title=text.ALIGNMENT["column_budget_share"], decimals=1),
        Column(key="plan", title=text.ALIGNMENT["column_plan"], decimals=1),
        Column(key="plan_share", title=text.ALIGNMENT["column_plan_share"], decimals=1),
        Column(key="difference", title=text.ALIGNMENT["column_difference"], decimals=1),
    ]
    caption = f"Plan sectors{when(result)}; KES billion, blank is not known"
    return Exhibit(drawing, grid(shown, columns, caption, pick="plan_code", mark="mark"))


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
        Column(key="money", title="Money of the moved votes, KES billion", decimals=1),
    ]
    frame = table.assign(money=table["money_moved"] / BILLION)
    return Exhibit(picture([trace], layout, with_mark(says, result)), grid(frame, columns, "Moves against alignment"))


def orphans(result: Alignment, most: int = 12) -> Exhibit:
    """Rank the plan sectors with the least money, those without any first."""
    lowest = result.by_plan.sort_values("budget_amount", kind="stable").head(most).reset_index(drop=True)
    billions = lowest["budget_amount"] / BILLION
    texts = ["no money" if amount == 0 else number(amount, 1) for amount in billions]
    without = list(result.orphans["label"])
    says = f"Every plan sector has money. The least has {lowest['label'].iloc[0]}: KES {texts[0]} billion."
    if without:
        have = "has" if len(without) == 1 else "have"
        says = f"{len(without)} of {len(result.by_plan)} plan sectors {have} no money: {', '.join(without)}."
    says = with_mark(says, result)
    series = [Series(name="Budget", colour=BLUE, values=list(billions), texts=texts)]
    drawing = bars(
        list(lowest["label"]), series, axis="linked money, KES billion", says=with_mark(says, result), row=34
    )
    marks = lowest["plan_code"].map(doubtful(result, "plan_code"))
    frame = lowest.assign(amount=billions, plan=lowest["plan_amount"] / BILLION, mark=marks)
    columns = [
        Column(key="label", title=text.ALIGNMENT["column_plan_sector"]),
        Column(key="amount", title="Linked money, KES billion", decimals=1),
        Column(key="plan", title=text.ALIGNMENT["column_plan"], decimals=1),
    ]
    caption = f"Plan sectors with the least money{when(result)}"
    return Exhibit(drawing, grid(frame, columns, caption, pick="plan_code", mark="mark"))
