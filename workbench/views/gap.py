"""Charts of the gap model: requirement against allocation, and the waterfall of the stages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from workbench.gap import Gap, Stages
from workbench.gap.amounts import money
from workbench.gap.deficits import lines_of_year
from workbench.gap.frames import rows
from workbench.views import text
from workbench.views.numbers import number
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, GREEN, GREY, ORANGE, VERMILION, house_layout, plain_label

WORDS: Final = text.GAP_CHARTS
MILLION: Final = 1e6


def gap_bars(gap: Gap, financial_year: str | None = None) -> Picture:
    """Draw what was required and allocated, line by line, with the gap at the end of each pair.

    Parameters
    ----------
    gap : Gap
        A measured gap.
    financial_year : str, optional
        Needed where it spans several years.

    Returns
    -------
    Picture
        Horizontal bars in KSh million, in the order of the document; an unknown amount has no bar.
    """
    lines = lines_of_year(gap, financial_year)
    names = [plain_label(name) for name in lines["line"]]
    sides = dict(zip(("requirement", "allocation"), gap.stages, strict=True))
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": text.STAGES.get(sides[side], sides[side]),
            "y": names,
            "x": (lines[side] / MILLION).round(3),
            "marker": {"color": colour},
            "hovertemplate": WORDS["line_hover"].format(line="%{y}", amount="%{x:,}")
            + "<extra>%{fullData.name}</extra>",
        }
        for side, colour in (("requirement", BLUE), ("allocation", ORANGE))
    ]
    furthest = (lines[["requirement", "allocation"]].max(axis=1) / MILLION).fillna(0)
    layout = house_layout(
        barmode="group",
        height=90 + 52 * len(lines),
        xaxis={"title": {"text": WORDS["unit"]}, "range": [0, float(furthest.max()) * 1.28 or 1.0]},
        yaxis={"autorange": "reversed", "showgrid": False},
        annotations=[
            _gap_text(row, name, float(end)) for row, name, end in zip(rows(lines), names, furthest, strict=True)
        ],
    )
    return picture(traces, layout, gap.summary())


def stages_waterfall(stages: Stages) -> Picture:
    """Draw the stages as a waterfall: the first stage, what each step added or took, and where it ended.

    Returns
    -------
    Picture
        Vertical bars in KSh million.
    """
    steps = stages.steps
    first, last = steps.iloc[0], steps.iloc[-1]
    names = [plain_label(title, 14) for title in steps["title"]]
    measures = ["absolute", *["relative"] * (len(steps) - 1), "total"]
    values = [float(first["amount"]), *steps["change"].iloc[1:].tolist(), float(last["amount"])]
    texts = [number(values[0] / MILLION), *(_signed(value) for value in values[1:-1]), number(values[-1] / MILLION)]
    trace = {
        "type": "waterfall",
        "x": [*names, WORDS["ends"]],
        "y": [round(value / MILLION, 3) for value in values],
        "measure": measures,
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "increasing": {"marker": {"color": GREEN}},
        "decreasing": {"marker": {"color": VERMILION}},
        "totals": {"marker": {"color": BLUE}},
        "connector": {"line": {"color": GREY, "width": 1}},
        "hovertemplate": WORDS["line_hover"].format(line="%{x}", amount="%{text}") + "<extra></extra>",
    }
    highest = float(steps["amount"].max()) / MILLION
    layout = house_layout(
        height=420,
        showlegend=False,
        xaxis={"showgrid": False},
        yaxis={"title": {"text": WORDS["unit"]}, "range": [0, highest * 1.15]},
    )
    return picture([trace], layout, stages.summary())


def _gap_text(row: Mapping[str, Any], name: str, end: float) -> dict[str, Any]:
    said = WORDS[str(row["kind"])].format(amount=money(abs(row["gap"])).removeprefix("KSh "))
    colour = {"deficit": VERMILION, "surplus": GREEN}.get(str(row["kind"]), GREY)
    return {
        "x": end, "y": name, "text": said, "showarrow": False, "xanchor": "left", "xshift": 6,
        "font": {"color": colour, "size": 13},
    }  # fmt: skip


def _signed(value: float) -> str:
    if pd.isna(value) or value == 0:
        return "0"
    return ("+" if value > 0 else "") + number(value / MILLION)
