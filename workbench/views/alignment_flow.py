"""The money of an alignment from plan sector through working group to vote, as a Sankey diagram."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from workbench.alignment import Alignment
from workbench.datasets.crosswalk import UNLINKED
from workbench.views import text
from workbench.views.content import Column, grid
from workbench.views.exhibit import BILLION, BILLIONS, NO_MONEY, Exhibit, doubtful, when, with_mark
from workbench.views.numbers import number
from workbench.views.picture import Picture, picture
from workbench.views.scale import Scale
from workbench.views.style import BLUE, GREY, ORANGE, SKY, house_layout, plain_label

WORDS: Final = text.ALIGNMENT
LEFT_OUT: Final = WORDS["left_out"]
COLOURS = {"plan_code": ORANGE, "sector": BLUE, "vote": SKY}


def money_flow(
    result: Alignment,
    smallest: float = 0.02,
    *,
    sector_names: Mapping[str, str] | None = None,
    scale: Scale = BILLIONS,
) -> Exhibit:
    """Draw the money from plan sector through working group to vote; on a narrow page, to the working group only.

    Parameters
    ----------
    result : Alignment
    smallest : float
        Votes with less than this share of the budget are drawn together, one band a working group.
    sector_names : mapping, optional
        The working groups' names by code, for the words and the table; the picture has the codes.
    scale : Scale
        What the table's amounts are shown in.
    """
    named = sector_names or {}
    links = result.links.assign(vote=_gathered(result.links, smallest))
    links = links[links["amount"] > 0]
    labels = {**result.plan.set_index("plan_code")["label"], UNLINKED: LEFT_OUT}
    money = links.groupby(["plan_code", "sector"], sort=False)["amount"].sum().reset_index()
    says = NO_MONEY
    if result.linked:
        linked = money[money["plan_code"] != UNLINKED].reset_index(drop=True)
        widest = linked.iloc[int(linked["amount"].to_numpy().argmax())]
        says = WORDS["flows_says"].format(
            plan=linked["plan_code"].nunique(), groups=money["sector"].nunique(), label=labels[widest["plan_code"]],
            group=named.get(widest["sector"], widest["sector"]), amount=number(widest["amount"] / BILLION, 1),
        )  # fmt: skip
    says = with_mark(says, result)
    wide = _sankey(links, ("plan_code", "sector", "vote"), labels, says, 12)
    narrow = _sankey(links, ("plan_code", "sector"), labels, says, 10)
    frame = links.groupby(["plan_code", "sector", "vote"], sort=False)["amount"].sum().reset_index()
    frame = frame.assign(
        label=frame["plan_code"].map(labels), amount=frame["amount"] / scale.size,
        group=[named.get(code, code) for code in frame["sector"]],
        mark=frame["plan_code"].map(doubtful(result, "plan_code")),
    )  # fmt: skip
    columns = [
        Column(key="label", title=WORDS["column_plan_sector"]),
        Column(key="group", title=WORDS["column_group"]),
        Column(key="vote", title=WORDS["column_vote"]),
        Column(
            key="amount", title=WORDS["column_money"].format(unit=scale.unit), decimals=2 if scale == BILLIONS else 0
        ),
    ]
    caption = WORDS["flows_caption"].format(when=when(result))
    return Exhibit(
        wide.with_narrow(narrow), grid(frame, columns, caption, order="amount", pick="plan_code", mark="mark")
    )


def _sankey(links: pd.DataFrame, levels: Sequence[str], labels: Mapping[str, str], says: str, font: int) -> Picture:
    """Draw bands between each level and the next; what is not in the plan is grey."""
    nodes = [(level, name) for level in levels for name in dict.fromkeys(links[level])]
    place = {node: position for position, node in enumerate(nodes)}
    bands: list[tuple[int, int, float]] = []
    for left, right in pairwise(levels):
        money = links.groupby([left, right], sort=False)["amount"].sum().reset_index()
        cells = zip(money[left], money[right], money["amount"] / BILLION, strict=True)
        bands += [(place[left, one], place[right, other], float(amount)) for one, other, amount in cells]
    short = 44 if len(levels) > 2 else 22
    trace: dict[str, Any] = {
        "type": "sankey",
        "valueformat": ",.1f",
        "valuesuffix": WORDS["flows_unit"],
        "node": {
            "label": [_node_label(labels.get(name, name) if level == "plan_code" else name, short)
                      for level, name in nodes],
            "color": [GREY if (level, name) == ("plan_code", UNLINKED) else COLOURS[level] for level, name in nodes],
            "pad": 14,
            "thickness": 14,
        },
        "link": {
            "source": [source for source, _, _ in bands],
            "target": [target for _, target, _ in bands],
            "value": [amount for _, _, amount in bands],
            "color": "rgba(139, 151, 163, 0.35)",
        },
        "textfont": {"size": font},
    }  # fmt: skip
    most = max(len(dict.fromkeys(links[level])) for level in levels)
    layout = house_layout(height=max(420, 40 * most), margin={"t": 14, "b": 14})
    return picture([trace], {key: value for key, value in layout.items() if "axis" not in key}, says)


def _node_label(name: str, width: int) -> str:
    """Return a label of one line: the table beside the picture has the whole name."""
    short = textwrap.shorten(re.sub(r"^State Department (for|of) (the )?", "", name), width, placeholder="…")
    return plain_label(short, 60)


def _gathered(links: pd.DataFrame, smallest: float) -> pd.Series:
    """Name every link's vote, the small votes of a group together."""
    amounts = links.groupby("budget_code")["amount"].sum()
    small = set(amounts.index[amounts < smallest * amounts.sum()])
    counts = links[links["budget_code"].isin(small)].groupby("sector")["budget_code"].nunique()
    all_of_it = links.groupby("sector")["budget_code"].nunique()

    def together(sector: str) -> str:
        kind = WORDS["all_votes" if counts[sector] == all_of_it[sector] else "other_votes"]
        return kind.format(count=counts[sector], group=sector)

    return pd.Series(
        [
            together(sector) if vote in small and counts[sector] > 1 else vote
            for vote, sector in zip(links["budget_code"], links["sector"], strict=True)
        ],
        index=links.index,
    )
