"""Pictures as SVG, for paper: the horizontal bars that the pages draw, without a browser."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final
from xml.etree import ElementTree as ET

from workbench.views.numbers import number
from workbench.views.picture import Picture
from workbench.views.style import INK, QUIET, RULE

FONT: Final = "Libertinus Serif"
"""One of those that come with typst: a brief looks the same on every machine."""

WIDTH: Final = 500.0
"""Points; everything below is in points too."""

MOST_LINES: Final = 30
TALLEST: Final = 300.0
LABELS: Final = 168.0
FIGURES: Final = 50.0
_CHARACTER: Final = 0.46
"""The width of a character, on average, in its own size."""


@dataclass(frozen=True)
class _Bars:
    names: tuple[str, ...]
    colours: tuple[tuple[str, ...], ...]  # by series and line
    values: tuple[tuple[float | None, ...], ...]
    texts: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    axis: str

    @property
    def count(self) -> int:
        return len(self.labels)


def drawn(picture: Picture) -> str:
    """Return a picture of horizontal bars as SVG, at most :data:`TALLEST` points high and :data:`WIDTH` wide.

    Parameters
    ----------
    picture : Picture
        Bars, as :func:`workbench.views.bars.bars` or :func:`workbench.views.scenarios.moves_chart` give them.

    Raises
    ------
    ValueError
        For a picture of another kind.
    """
    return _svg(_read(picture))


def words_of(picture: Picture) -> str:
    """Return what a picture says, and how many of its lines paper leaves out."""
    left = max(len(_read(picture).labels) - MOST_LINES, 0) if _is_bars(picture) else 0
    return picture.says + (f" The first {MOST_LINES} lines are drawn." if left else "")


def document(width: float, height: float, says: str = "") -> ET.Element:
    """Return an empty drawing of a size in points."""
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "width": f"{width:g}pt",
                               "height": f"{height:g}pt", "viewBox": f"0 0 {width:g} {height:g}"})  # fmt: skip
    if says:
        ET.SubElement(root, "title").text = says
    return root


def write_text(parent: ET.Element, place: tuple[float, float], words: str, **style: str) -> None:
    """Add a text to a drawing; escaped by the writer."""
    look = {"font-family": FONT, "fill": INK, "font-size": "8", **{k.replace("_", "-"): v for k, v in style.items()}}
    ET.SubElement(parent, "text", {"x": f"{place[0]:.2f}", "y": f"{place[1]:.2f}", **look}).text = words


def box(parent: ET.Element, place: tuple[float, float], size: tuple[float, float], colour: str) -> None:
    """Add a filled rectangle to a drawing."""
    ET.SubElement(parent, "rect", {"x": f"{place[0]:.2f}", "y": f"{place[1]:.2f}", "width": f"{size[0]:.2f}",
                                    "height": f"{size[1]:.2f}", "fill": colour})  # fmt: skip


def as_text(root: ET.Element) -> str:
    """Return a drawing as SVG text."""
    return ET.tostring(root, encoding="unicode")


def lines_of(label: str, room: float, size: float, most: int) -> list[str]:
    """Break a label into at most so many lines that fit; what is left over ends with an ellipsis."""
    characters = max(int(room / (size * _CHARACTER)), 8)
    lines = textwrap.wrap(label, characters) or [""]
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], textwrap.shorten(" ".join(lines[most - 1 :]), characters, placeholder=" …")]


def _is_bars(picture: Picture) -> bool:
    data = picture.figure["data"]
    return bool(data) and all(trace["type"] == "bar" and trace.get("orientation") == "h" for trace in data)


def _read(picture: Picture) -> _Bars:
    if not _is_bars(picture):
        raise ValueError("only horizontal bars can be drawn on paper")
    data: Sequence[Mapping[str, Any]] = picture.figure["data"]
    layout: Mapping[str, Any] = picture.figure["layout"]
    ticks = layout["yaxis"].get("ticktext")
    labels = [_plain(one) for one in (ticks if ticks is not None else data[0]["y"])]
    # Plotly puts the first line at the bottom unless the axis is reversed.
    order = slice(None) if layout["yaxis"].get("autorange") == "reversed" else slice(None, None, -1)
    values, texts, colours = [], [], []
    for trace in data:
        xs = [None if x is None else float(x) for x in trace["x"]]
        colour = trace["marker"]["color"]
        values.append(tuple(xs[order]))
        texts.append(tuple(list(trace.get("text") or map(_figure, xs))[order]))
        colours.append(tuple((list(colour) if isinstance(colour, list) else [colour] * len(xs))[order]))
    return _Bars(
        names=tuple(str(trace.get("name") or "") for trace in data),
        colours=tuple(colours),
        values=tuple(values),
        texts=tuple(texts),
        labels=tuple(labels[order]),
        axis=_plain(layout["xaxis"]["title"]["text"]),
    )


def _plain(markup: object) -> str:
    return unescape(str(markup).replace("<br>", " ")).strip()


def _figure(value: float | None) -> str:
    return "" if value is None else number(value, 1)


def _svg(bars: _Bars) -> str:
    several = len(bars.names) > 1
    head, foot = (16.0 if several else 2.0), 24.0
    count = min(bars.count, MOST_LINES)
    row = min((TALLEST - head - foot) / max(count, 1), 12.0 + 10.0 * len(bars.names))
    height = head + row * max(count, 1) + foot
    root = document(WIDTH, height)
    if several:
        _legend(root, bars)
    known = [x for xs in bars.values for x in xs[:count] if x is not None]
    low, high, step = _ticks(min([0.0, *known]), max([0.0, *known]))
    left, right = LABELS, WIDTH - FIGURES
    room = FIGURES if low < 0 else 0.0  # figures of what is below nothing stand at its left
    left += room

    def at(value: float) -> float:
        return left + (right - left) * (value - low) / (high - low)

    _axis(root, bars.axis, (low, high, step), (head, head + row * count), at)
    thick = min((row - 3.0) / max(len(bars.names), 1), 12.0)
    size = min(8.5, max(row * 0.72, 5.0))
    for place in range(count):
        top = head + row * place
        _label(root, bars.labels[place], top, row, size)
        start = top + (row - thick * len(bars.names)) / 2
        for series in range(len(bars.names)):
            bar = (bars.values[series][place], bars.texts[series][place], bars.colours[series][place])
            _bar(root, bar, start + series * thick, thick, at)
    return as_text(root)


def _legend(root: ET.Element, bars: _Bars) -> None:
    along = LABELS
    for name, colours in zip(bars.names, bars.colours, strict=True):
        box(root, (along, 3), (8, 8), colours[0] if colours else QUIET)
        write_text(root, (along + 12, 10), name, font_size="8.5")
        along += 30 + len(name) * 8.5 * _CHARACTER


def _axis(
    root: ET.Element, title: str, scale: tuple[float, float, float], span: tuple[float, float], at: Any  # noqa: ANN401
) -> None:  # fmt: skip
    low, high, step = scale
    decimals = max(0, -math.floor(math.log10(step))) if step < 1 else 0
    for tick in range(round(low / step), round(high / step) + 1):
        place = at(tick * step)
        width = "0.9" if tick == 0 else "0.4"
        ET.SubElement(root, "line", {"x1": f"{place:.2f}", "x2": f"{place:.2f}", "y1": f"{span[0]:.2f}",
                                      "y2": f"{span[1]:.2f}", "stroke": QUIET if tick == 0 else RULE,
                                      "stroke-width": width})  # fmt: skip
        write_text(root, (place, span[1] + 10), number(tick * step, decimals), text_anchor="middle", font_size="7.5",
                   fill=QUIET)  # fmt: skip
    write_text(root, ((at(low) + at(high)) / 2, span[1] + 21), title, text_anchor="middle", font_size="8", fill=QUIET)


def _label(root: ET.Element, label: str, top: float, row: float, size: float) -> None:
    wrapped = lines_of(label, LABELS - 8, size, 2 if row >= 2.2 * size else 1)
    first = top + row / 2 + size * 0.33 - (len(wrapped) - 1) * size * 0.52
    for place, line in enumerate(wrapped):
        write_text(root, (LABELS - 8, first + place * size * 1.04), line, text_anchor="end", font_size=f"{size:.2f}")


def _bar(root: ET.Element, bar: tuple[float | None, str, str], top: float, thick: float, at: Any) -> None:  # noqa: ANN401
    value, words, colour = bar
    if value is None:
        return
    start, end = sorted((at(0.0), at(value)))
    box(root, (start, top), (max(end - start, 0.3), thick * 0.88), colour)
    below = value < 0
    write_text(root, (start - 3 if below else end + 3, top + thick * 0.75), words, fill=INK,
               text_anchor="end" if below else "start", font_size=f"{min(thick * 0.92, 7.5):.2f}")  # fmt: skip


def _ticks(low: float, high: float) -> tuple[float, float, float]:
    """Return the ends of an axis and its step, round figures both: 1, 2 or 5 times a power of ten."""
    if low == high:
        return 0.0, 1.0, 1.0
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= rough)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step
