"""The linked money by working group and plan sector as a heat map."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.alignment import Alignment
from workbench.views import text
from workbench.views.content import Column, grid
from workbench.views.exhibit import BILLION, BILLIONS, NO_MONEY, Exhibit, doubtful, when, with_mark
from workbench.views.numbers import number
from workbench.views.picture import Picture, picture
from workbench.views.scale import Scale
from workbench.views.style import BLUE, house_layout, plain_label

WORDS: Final = text.ALIGNMENT

WIDE, NARROW = (46, 15, 12), (17, 9, 9)
"""Characters a line of the rows' and of the columns' names, and the size of the figures in the cells."""

LINES = 3
"""The most lines that a name takes; the table beside the picture has the whole of it."""


def money_matrix(
    result: Alignment, *, sector_names: Mapping[str, str] | None = None, scale: Scale = BILLIONS
) -> Exhibit:
    """Draw the linked money by working group and plan sector, KES billion.

    The longer of the two lists runs down the page. With a long plan the colours follow the logarithm of the money.

    Parameters
    ----------
    result : Alignment
    sector_names : mapping, optional
        The working groups' names by code, for the words and the table; the picture has the codes.
    scale : Scale
        What the table's amounts are shown in; the picture has KSh billion.
    """
    named = sector_names or {}
    labels = dict(zip(result.plan["plan_code"], result.plan["label"], strict=True))
    long = result.matrix.shape[1] > result.matrix.shape[0]
    drawn = (result.matrix.T if long else result.matrix) / BILLION
    values = drawn.to_numpy(dtype=np.float64)
    says = NO_MONEY
    if result.linked:
        sector, code = np.unravel_index(int(result.matrix.to_numpy().argmax()), result.matrix.shape)
        name = str(result.matrix.index[int(sector)])
        says = WORDS["matrix_says"].format(
            held=int((values > 0).sum()), cells=values.size, group=named.get(name, name),
            label=labels[result.matrix.columns[int(code)]], amount=number(values.max(), 1),
        )  # fmt: skip
    says = with_mark(says, result)
    names = [str(labels.get(one, one)) for one in drawn.index], [str(labels.get(one, one)) for one in drawn.columns]
    head = WORDS["column_plan_sector" if long else "column_group"]
    shown = drawn * (BILLION / scale.size)
    frame = shown.set_axis([f"cell {place}" for place in range(drawn.shape[1])], axis=1).reset_index(drop=True)
    columns = [
        Column(key=key, title=title, decimals=scale.decimals)
        for key, title in zip(frame.columns, names[1], strict=True)
    ]
    columns.insert(0, Column(key="name", title=head))
    marks = doubtful(result, "plan_code" if long else "sector")
    frame = frame.assign(
        name=[named.get(one, one) for one in names[0]], pick=list(drawn.index),
        mark=pd.Series([str(one) for one in drawn.index]).map(marks),
    )  # fmt: skip
    wide = _heat(values, names, says, long=long, room=WIDE)
    drawing = wide.with_narrow(_heat(values, names, says, long=long, room=NARROW))
    caption = WORDS["matrix_caption"].format(when=when(result), unit=scale.unit)
    return Exhibit(drawing, grid(frame, columns, caption, pick="pick", mark="mark"))


def _heat(
    values: npt.NDArray[np.float64], names: tuple[list[str], list[str]], says: str, *, long: bool,
    room: tuple[int, int, int],
) -> Picture:  # fmt: skip
    # A cell without money stays empty: a pale colour would look like a little money.
    filled = np.where(values > 0, values, np.nan)
    rows, columns = names
    trace = {
        "type": "heatmap",
        "z": np.log10(filled) if long else filled,
        "x": list(range(len(columns))),
        "y": list(range(len(rows))),
        "text": [["" if np.isnan(cell) else number(cell, 1 if cell < 99.95 else 0) for cell in row] for row in filled],
        "customdata": [[f"{row}, {column}" for column in columns] for row in rows],
        "texttemplate": "%{text}",
        "textfont": {"size": room[2]},
        "hovertemplate": WORDS["matrix_hover"].format(cell="%{customdata}", amount="%{text}") + "<extra></extra>",
        "hoverongaps": False,
        "colorscale": [[0, "#e6f0f7"], [1, BLUE]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
    }

    def ticks(labels: list[str], width: int) -> dict[str, object]:
        wrapped = [plain_label(shorten(label, LINES * width - 4, placeholder="…"), width) for label in labels]
        return {"tickmode": "array", "tickvals": list(range(len(labels))), "ticktext": wrapped, "showgrid": False,
                "zeroline": False, "tickfont": {"size": room[2]}}  # fmt: skip

    layout = house_layout(
        height=110 + (38 if long else 44) * len(rows),
        xaxis={**ticks(columns, room[1]), "side": "top"},
        yaxis={**ticks(rows, room[0]), "autorange": "reversed"},
    )
    return picture([trace], layout, says)
