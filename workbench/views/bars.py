"""Horizontal bars: one or two series, the first line on top, long names wrapped, for a wide and a narrow page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

from workbench.views.picture import Picture, picture
from workbench.views.style import house_layout, plain_label

WIDE: Final = 30
"""Characters of a name on one line, where a page is as broad as a projector's."""

LINE: Final = 1.25
"""The height of a line of a name, in heights of its letters."""

BETWEEN: Final = 6
"""Pixels between two names that fill their rows."""

MOST_LINES: Final = 8
"""Of a name for which a row grows."""

NARROW: Final = 15
HEAD: Final = 90
"""Pixels for legend and axis."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of bars.

    Attributes
    ----------
    name, colour : str
    values : sequence of float
        One a line; NaN draws no bar.
    texts : sequence of str
        The figures as people write them, shown at the bars' ends and on hover.
    """

    name: str
    colour: str
    values: Sequence[float]
    texts: Sequence[str]


def bars(labels: Sequence[str], series: Sequence[Series], *, axis: str, says: str, row: int = 58,
         broad: int | None = None) -> Picture:  # fmt: skip
    """Draw horizontal bars.

    Parameters
    ----------
    labels : sequence of str
        The lines, the first on top.
    series : sequence of Series
        One bar a line each.
    axis : str
        What the length is measured in.
    says : str
        What the picture shows.
    row : int
        Pixels a line.
    broad : int, optional
        Characters of a name on one line of a broad page; a row is then as high as the longest name needs, for its last
        words tell it from another.
    """
    wide, narrow = (broad or WIDE, 14, row), (NARROW, 11, max(row, 24))
    if broad is not None:
        wide, narrow = _grown(labels, wide), _grown(labels, narrow)
    drawn = _figure(labels, series, axis=axis, says=says, room=wide)
    return drawn.with_narrow(_figure(labels, series, axis=axis, says=says, room=narrow))


def _grown(labels: Sequence[str], room: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return the room with rows as high as the longest name needs."""
    width, font, row = room
    lines = max((plain_label(label, width, MOST_LINES).count("<br>") + 1 for label in labels), default=1)
    return width, font, max(row, ceil(LINE * font * lines) + BETWEEN if lines > 1 else row)


def _figure(
    labels: Sequence[str], series: Sequence[Series], *, axis: str, says: str, room: tuple[int, int, int]
) -> Picture:
    width, font, row = room
    # A name of more lines than its bars are high would be written over the next one's.
    lines = max(2, int(row / (LINE * font)))
    wrapped = [plain_label(label, width, lines) for label in labels]
    # Two lines may have the same name; a bar's place is its number, its name only the axis' text.
    places = list(range(len(labels)))
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": one.name,
            "y": places,
            "x": list(one.values),
            "marker": {"color": one.colour},
            "text": list(one.texts),
            "textposition": "auto",
            "textangle": 0,
            "insidetextanchor": "end",
            "constraintext": "none",
            "cliponaxis": False,
            "textfont": {"size": font - 1},
            "customdata": [plain_label(label, width) for label in labels],
            "hovertemplate": f"%{{customdata}}<br>{one.name}: %{{text}} {axis}<extra></extra>",
        }
        for one in series
    ]
    y_axis: dict[str, Any] = {
        "autorange": "reversed",
        "tickmode": "array",
        "tickvals": places,
        "ticktext": wrapped,
        "tickfont": {"size": font},
        "showgrid": False,
        "zeroline": False,
    }
    layout = house_layout(
        barmode="group",
        height=HEAD + row * max(len(labels), 1),
        showlegend=len(series) > 1,
        xaxis={"title": {"text": axis}, "tickfont": {"size": font - 1}, "nticks": 4 if width == NARROW else 6},
        yaxis=y_axis,
        margin={"l": 8, "r": 40, "t": 30 if len(series) > 1 else 8, "b": 8, "pad": 6},
    )
    return picture(traces, layout, says)
