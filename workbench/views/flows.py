"""Streams of money from one list to another, such as from the budget's sectors to a plan's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workbench.views.picture import Picture, picture
from workbench.views.style import GREY, house_layout, plain_label

ROW: Final = 44
"""Pixels for a name on the side that has more of them."""


@dataclass(frozen=True, kw_only=True)
class End:
    """Where streams start or end.

    Attributes
    ----------
    name, short : str
        For a wide and for a narrow page.
    colour : str
        ``#rrggbb``; a stream has its target's.
    """

    name: str
    short: str
    colour: str = GREY


def flows(
    starts: Sequence[End], ends: Sequence[End], streams: Sequence[tuple[int, int, float]], *, unit: str, says: str
) -> Picture:
    """Draw streams.

    Parameters
    ----------
    starts, ends : sequence of End
        The two lists, the first on top.
    streams : sequence of (int, int, float)
        Positions in the two lists, and an amount in ``unit``.
    unit : str
        The unit of the amounts.
    says : str
        What the picture shows.
    """

    def figure(names: Sequence[str], width: int, font: int) -> Picture:
        trace = {
            "type": "sankey",
            "valueformat": ",.1f",
            "valuesuffix": f" {unit}",
            "node": {
                "label": [plain_label(name, width) for name in names],
                "color": [end.colour for end in (*starts, *ends)],
                "pad": 20,
                "thickness": 16,
                "line": {"width": 0},
            },
            "link": {
                "source": [start for start, _, _ in streams],
                "target": [len(starts) + end for _, end, _ in streams],
                "value": [amount for _, _, amount in streams],
                "color": [_faint(ends[end].colour) for _, end, _ in streams],
            },
            "textfont": {"size": font},
        }
        layout = house_layout(height=ROW * max(len(starts), len(ends)) + 40)
        return picture([trace], {key: value for key, value in layout.items() if "axis" not in key}, says)

    everything = (*starts, *ends)
    wide = figure([end.name for end in everything], 64, 13)
    return wide.with_narrow(figure([end.short for end in everything], 18, 10))


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.45)"
