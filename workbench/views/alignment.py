"""The pictures of an alignment, each with the table behind it and a text that says what it shows."""

from __future__ import annotations

from typing import Final

from workbench.alignment import Alignment
from workbench.alignment.regrouping import Regrouping
from workbench.views import text
from workbench.views.alignment_flow import money_flow
from workbench.views.alignment_matrix import money_matrix
from workbench.views.bars import Series, bars
from workbench.views.content import Column, grid
from workbench.views.exhibit import BILLION, BILLIONS, NO_MONEY, Exhibit, doubtful, when, with_mark
from workbench.views.numbers import number, percent
from workbench.views.picture import picture
from workbench.views.scale import Scale
from workbench.views.style import BLUE, ORANGE, PAPER, house_layout

WORDS: Final = text.ALIGNMENT

__all__ = ["Exhibit", "frontier", "money_flow", "money_matrix", "orphans", "plan_against_budget"]


def plan_against_budget(result: Alignment, *, scale: Scale = BILLIONS) -> Exhibit:
    """Draw each plan sector's share of the linked budget beside its share of the plan, the largest first.

    Where the plan has no money only the budget's shares are drawn.
    """
    rows = result.by_plan.sort_values("budget_amount", ascending=False, kind="stable").reset_index(drop=True)
    has_plan = bool(rows["plan_share"].notna().any())
    shares = [
        (WORDS["budget"], "budget_share", BLUE),
        *([(WORDS["plan_share"], "plan_share", ORANGE)] if has_plan else []),
    ]
    series = [
        Series(
            name=name, colour=colour, values=list(rows[key] * 100), texts=[number(one * 100, 1) for one in rows[key]]
        )
        for name, key, colour in shares
    ]
    says = NO_MONEY
    if result.linked:
        first = rows.iloc[0]
        says = WORDS["shares_says"].format(label=first["label"], share=percent(first["budget_share"]))
    if result.distance is not None:
        apart = rows.iloc[int(rows["difference"].abs().to_numpy().argmax())]
        says += WORDS["shares_apart"].format(
            label=apart["label"], budget=percent(apart["budget_share"]), plan=percent(apart["plan_share"])
        )
    drawing = bars(
        list(rows["label"]), series, axis=WORDS["axis_share"], says=with_mark(says, result), row=58 if has_plan else 30
    )
    shown = rows.assign(
        budget=rows["budget_amount"] / scale.size, plan=rows["plan_amount"] / scale.size,
        budget_share=rows["budget_share"] * 100, plan_share=rows["plan_share"] * 100,
        difference=rows["difference"] * 100, mark=rows["plan_code"].map(doubtful(result, "plan_code")),
    )  # fmt: skip
    columns = [
        Column(key="label", title=WORDS["column_plan_sector"]),
        Column(key="budget", title=WORDS["column_budget"].format(unit=scale.unit), decimals=scale.decimals),
        Column(key="budget_share", title=WORDS["column_budget_share"], decimals=1),
        Column(key="plan", title=WORDS["column_plan"].format(unit=scale.unit), decimals=scale.decimals),
        Column(key="plan_share", title=WORDS["column_plan_share"], decimals=1),
        Column(key="difference", title=WORDS["column_difference"], decimals=1),
    ]
    caption = WORDS["shares_caption"].format(when=when(result), unit=scale.unit)
    return Exhibit(drawing, grid(shown, columns, caption, pick="plan_code", mark="mark"))


def frontier(result: Regrouping) -> Exhibit:
    """Draw the fewest places that the plan sectors can sit in, by the number of votes that may move."""
    table, words = result.frontier, text.FRONTIER
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
        "hovertemplate": words["hover"].format(moves="%{x}", places="%{y}") + "<extra></extra>",
    }  # fmt: skip
    layout = house_layout(
        height=380, showlegend=False,
        xaxis={"title": {"text": words["axis_moves"]}, "dtick": 1 if len(table) <= 15 else None},
        yaxis={"title": {"text": words["axis_places"]}, "rangemode": "tozero"},
        margin={"t": 24},
    )  # fmt: skip
    first, last = table.iloc[0], table.iloc[-1]
    says = words["says"].format(
        first_moves=first["moves"], first=first["places"], last_moves=last["moves"], last=last["places"]
    )
    if not table["proved"].all():
        says += words["unproved"]
    columns = [
        Column(key=key, title=words[key], decimals=decimals)
        for key, decimals in (("moves_allowed", 0), ("moves", 0), ("places", 0), ("effective_groups", 2),
                              ("v_measure", 3), ("money", 1))
    ]  # fmt: skip
    frame = table.assign(money=table["money_moved"] / BILLION)
    return Exhibit(picture([trace], layout, with_mark(says, result)), grid(frame, columns, words["caption"]))


def orphans(result: Alignment, most: int = 12, *, scale: Scale = BILLIONS) -> Exhibit:
    """Rank the plan sectors with the least money, those without any first."""
    lowest = result.by_plan.sort_values("budget_amount", kind="stable").head(most).reset_index(drop=True)
    billions = lowest["budget_amount"] / BILLION
    texts = [WORDS["no_money_short"] if amount == 0 else number(amount, 1) for amount in billions]
    without = list(result.orphans["label"])
    says = WORDS["least_all"].format(label=lowest["label"].iloc[0], amount=texts[0])
    if without:
        kind = WORDS["least_one" if len(without) == 1 else "least_some"]
        says = kind.format(without=len(without), count=len(result.by_plan), labels=", ".join(without))
    series = [Series(name=WORDS["budget"], colour=BLUE, values=list(billions), texts=texts)]
    drawing = bars(list(lowest["label"]), series, axis=WORDS["axis_linked"], says=with_mark(says, result), row=34)
    marks = lowest["plan_code"].map(doubtful(result, "plan_code"))
    amounts = {"amount": lowest["budget_amount"] / scale.size, "plan": lowest["plan_amount"] / scale.size}
    frame = lowest.assign(**amounts, mark=marks)
    columns = [
        Column(key="label", title=WORDS["column_plan_sector"]),
        Column(key="amount", title=WORDS["column_linked"].format(unit=scale.unit), decimals=scale.decimals),
        Column(key="plan", title=WORDS["column_plan"].format(unit=scale.unit), decimals=scale.decimals),
    ]
    caption = WORDS["least_caption"].format(when=when(result))
    return Exhibit(drawing, grid(frame, columns, caption, pick="plan_code", mark="mark"))
