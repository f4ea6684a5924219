"""How every chart looks: font, colours that the colour-blind can tell apart, and numbers as people write them."""

from __future__ import annotations

import textwrap
from html import escape
from typing import Any, Final

FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

INK: Final = "#1b2733"
QUIET: Final = "#4a5866"
RULE: Final = "#d5dbe1"
PAPER: Final = "#ffffff"

# Okabe and Ito (2008), the blue and the vermilion a shade darker so that white text on them keeps a contrast of 4.5.
BLUE: Final = "#005f9e"
SKY: Final = "#56b4e9"
GREEN: Final = "#00795a"
ORANGE: Final = "#e69f00"
VERMILION: Final = "#b84a00"
PURPLE: Final = "#a8558a"
GREY: Final = "#8b97a3"

PALETTE: Final = (BLUE, ORANGE, GREEN, SKY, VERMILION, PURPLE, GREY)


def plain_label(text: str, width: int = 26, lines: int | None = None) -> str:
    """Return a label that Plotly shows as it is: wrapped, and with nothing in it that Plotly takes for HTML.

    Parameters
    ----------
    text : str
        A label from data.
    width : int
        Characters a line.
    lines : int, optional
        At most so many; what is left out is shown by an ellipsis.
    """
    wrapped = textwrap.wrap(text, width, max_lines=lines, placeholder=" …") or [""]
    return "<br>".join(escape(line, quote=False) for line in wrapped)


def house_layout(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - a layout holds whatever Plotly's schema does
    """Return a Plotly layout in the house style, with whatever a chart sets of its own.

    Parameters
    ----------
    **more
        Top-level attributes of a Plotly layout; a dictionary is merged into the house's own.
    """
    axis = {
        "gridcolor": RULE,
        "zerolinecolor": QUIET,
        "linecolor": RULE,
        "tickformat": ",",
        "automargin": True,
        "title": {"font": {"size": 13, "color": QUIET}},
    }
    layout: dict[str, Any] = {
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "colorway": list(PALETTE),
        "separators": ".,",
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8, "pad": 4},
        "xaxis": dict(axis),
        "yaxis": dict(axis),
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        "hoverlabel": {"font": {"family": FONT, "size": 14}},
        "bargap": 0.35,
        "dragmode": False,
    }
    for name, value in more.items():
        layout[name] = _merged(layout.get(name), value)
    return layout


def _merged(ours: Any, theirs: Any) -> Any:  # noqa: ANN401 - a layout holds whatever Plotly's schema does
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        return theirs
    return {**ours, **{name: _merged(ours.get(name), value) for name, value in theirs.items()}}
