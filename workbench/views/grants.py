"""Pictures of the grants model: a tile map of the 47 counties and awards as bars, with the tables behind them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.datasets import open_package
from workbench.errors import Fault, InputError
from workbench.grants.compare import by_person, compare
from workbench.grants.model import GrantsResult
from workbench.views import text
from workbench.views.numbers import number
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, GREEN, GREY, INK, ORANGE, PAPER, PURPLE, house_layout, plain_label

Shown = Literal["award", "score", "change", "per_head"]

# Lightness rises in even steps, so that the order of the colours survives colour-blindness and grey print.
LIGHT_TO_DARK: Final = ((0.0, "#eef4fa"), (0.25, "#b9d3ea"), (0.5, "#7fb0d8"), (0.75, "#3f86bd"), (1.0, "#004a80"))
LESS_TO_MORE: Final = (
    (0.0, "#8a3600"), (0.25, "#dc8b52"), (0.5, "#f7f7f7"), (0.75, "#6fa8d3"), (1.0, "#004a80"),
)  # fmt: skip
"""Vermilion for less and blue for more: the two that every kind of colour-blind reader tells apart."""

FEW_DIGITS: Final = 100
"""Below this a tile shows a decimal: 37.5 is no 38."""

UNKNOWN_GREY: Final = "#c9d0d7"

SHOWN: Final = get_args(Shown)
_LEVEL_COLOURS: Final = (BLUE, ORANGE, GREEN, PURPLE)


def map_table(result: GrantsResult, shown: Shown = "award", baseline: GrantsResult | None = None) -> pd.DataFrame:
    """Return the table behind the map: ``code, county, column, row, value`` in ``unit``; blank is not known.

    Parameters
    ----------
    result : GrantsResult
    shown : str
        ``award``, ``score``, ``change`` (against ``baseline``) or ``per_head``.
    baseline : GrantsResult, optional
        For ``change``.
    """
    if shown not in SHOWN:
        known = ", ".join(SHOWN)
        raise InputError(Fault(what="is nothing that the map shows", value=shown, remedy=f"known: {known}"))
    table = result.table[["code", "county"]].merge(_tiles(), on="code", validate="one_to_one")
    return table.assign(value=_values(result, shown, baseline), unit=text.MAP_SHOWN[shown][1])


def county_map(result: GrantsResult, shown: Shown = "award", baseline: GrantsResult | None = None) -> Picture:
    """Draw the 47 counties as equal tiles, coloured by award, score, change or award by head.

    Parameters are those of :func:`map_table`, which holds the same figures.
    """
    table = map_table(result, shown, baseline)
    title, unit = text.MAP_SHOWN[shown]
    highest = table["value"].max()
    decimals = 1 if shown == "score" or highest < FEW_DIGITS else 0
    shape = (int(table["row"].max()), int(table["column"].max()))
    values, names = np.full(shape, np.nan), np.full(shape, "", dtype=object)
    hover, unknown = np.full(shape, "", dtype=object), np.full(shape, np.nan)
    for line in table.itertuples(index=False):
        place = (int(str(line.row)) - 1, int(str(line.column)) - 1)
        value = float(str(line.value))
        told = f"{number(value, decimals)} {unit}" if not np.isnan(value) else text.GRANTS["not_known"]
        name = plain_label(str(line.county), 20)
        values[place] = value
        unknown[place] = 0.0 if np.isnan(value) else np.nan
        names[place] = plain_label(str(line.county).replace("/", "/ "), 9) + f"<br>{number(value, decimals) or '?'}"
        hover[place] = f"{name}: {told}"
    low, high = _limits(values, diverging=shown == "change")
    scale = LESS_TO_MORE if shown == "change" else LIGHT_TO_DARK
    common = {"customdata": hover, "hovertemplate": "%{customdata}<extra></extra>", "xgap": 3, "ygap": 3}
    grey = [[0, UNKNOWN_GREY], [1, UNKNOWN_GREY]]
    traces: list[dict[str, Any]] = [
        {"type": "heatmap", "z": unknown, "colorscale": grey, "showscale": False, **common},
        {
            "type": "heatmap",
            "z": values,
            "zmin": low,
            "zmax": high,
            "colorscale": [list(stop) for stop in scale],
            "colorbar": {"title": {"text": unit, "side": "right"}, "thickness": 14, "outlinewidth": 0, "len": 0.6},
            **common,
        },
        {
            "type": "scatter",
            "mode": "text",
            "x": table["column"] - 1,
            "y": table["row"] - 1,
            "text": [names[row - 1, column - 1] for column, row in zip(table["column"], table["row"], strict=True)],
            "textfont": {
                "size": 11,
                "color": [_text_colour(one, scale, low, high) for one in table["value"].to_numpy(np.float64)],
            },
            "hoverinfo": "skip",
        },
    ]
    layout = house_layout(
        height=660,
        showlegend=False,
        xaxis={"visible": False, "fixedrange": True, "range": [-0.5, shape[1] - 0.5]},
        yaxis={"visible": False, "fixedrange": True, "range": [shape[0] - 0.5, -0.5]},
    )
    return picture(traces, layout, _map_words(result, table, title, unit, decimals))


def tile_colours(values: npt.NDArray[np.float64]) -> list[tuple[str, str]]:
    """Return the colour of each tile and of the text on it, as the map has them; NaN is unknown and grey."""
    low, high = _limits(values, diverging=False)
    return [
        (
            UNKNOWN_GREY if np.isnan(value) else _colour_at(LIGHT_TO_DARK, (value - low) / (high - low)),
            _text_colour(value, LIGHT_TO_DARK, low, high),
        )
        for value in values
    ]


def _text_colour(value: float, scale: tuple[tuple[float, str], ...], low: float, high: float) -> str:
    """Return ink or white, whichever stands out more from the tile's colour."""
    tile = UNKNOWN_GREY if np.isnan(value) else _colour_at(scale, (value - low) / (high - low))
    light = _luminance(tile) + 0.05
    return INK if light / (_luminance(INK) + 0.05) >= 1.05 / light else PAPER


def _colour_at(scale: tuple[tuple[float, str], ...], place: float) -> str:
    stops = [at for at, _ in scale]
    channels = [np.interp(place, stops, [_channels(colour)[one] for _, colour in scale]) for one in range(3)]
    return "#" + "".join(f"{round(float(one)):02x}" for one in channels)


def _channels(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _luminance(colour: str) -> float:
    """Return the relative luminance of the Web Content Accessibility Guidelines."""
    shares = [one / 255 for one in _channels(colour)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _limits(values: npt.NDArray[np.float64], *, diverging: bool) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return 0.0, 1.0
    if diverging:
        most = float(np.abs(known).max()) or 1.0
        return -most, most
    return 0.0, float(known.max()) or 1.0


def _map_words(result: GrantsResult, table: pd.DataFrame, title: str, unit: str, decimals: int) -> str:
    known = table.dropna(subset=["value"])
    words = text.MAP
    head = words["head"].format(title=title, design=result.design.title, year=result.financial_year, unit=unit)
    if result.illustrative:
        head += words["illustrative"].format(what="; ".join(result.illustrations))
    if known.empty:
        return head + words["nothing"]
    high, low = known["value"].max(), known["value"].min()
    if high == low:
        return head + words["same"].format(count=len(known), value=number(high, decimals))
    top = known.loc[known["value"] == high, "county"].tolist()
    bottom = known.loc[known["value"] == low, "county"].tolist()
    unknown = len(table) - len(known)
    left = words["unknown_one" if unknown == 1 else "unknown"].format(count=unknown) if unknown else ""
    return (
        head
        + words["most"].format(
            top=_some(top), most=number(high, decimals), bottom=_some(bottom), least=number(low, decimals)
        )
        + left
    )


def _some(names: list[str]) -> str:
    return names[0] if len(names) == 1 else text.MAP["several"].format(count=len(names), first=names[0])


def _values(result: GrantsResult, shown: Shown, baseline: GrantsResult | None) -> npt.NDArray[np.float64]:
    if shown == "score":
        return result.inputs.scores
    if shown == "per_head":
        return by_person(result)["per_head"].to_numpy(np.float64)
    if shown == "change":
        if baseline is None:
            raise InputError(Fault(what="needs a run to compare with", value=shown))
        return compare(result, baseline).table["change"].to_numpy(np.float64) / 1e6
    return result.awards.to_numpy(np.float64) / 1e6


@lru_cache(maxsize=1)
def _tiles() -> pd.DataFrame:
    return open_package("counties").table("tiles").astype("int64")


def award_bars(result: GrantsResult, *, most: int = 47) -> Picture:
    """Draw each county's award as a bar, the largest on top, its levels side by side in it.

    Parameters
    ----------
    result : GrantsResult
    most : int
        How many counties to show.
    """
    table = result.table.sort_values(["award", "code"], ascending=[False, True], kind="stable").head(most)
    paying = [level for level in result.levels if level.terms.pool is not None]
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": plain_label(level.terms.level.title, 40),
            "y": [plain_label(name, 24) for name in table["county"]],
            "x": table[level.name] / 1e6,
            "marker": {"color": _LEVEL_COLOURS[place % len(_LEVEL_COLOURS)], "line": {"color": GREY, "width": 0.5}},
            "hovertemplate": "%{y}: %{x:,.2f} million<extra>%{fullData.name}</extra>",
        }
        for place, level in enumerate(paying)
    ]
    layout = house_layout(
        barmode="stack",
        height=120 + 19 * len(table),
        bargap=0.25,
        yaxis={"autorange": "reversed", "tickfont": {"size": 12}, "showgrid": False},
        xaxis={"title": {"text": text.GRANTS["axis"]}, "rangemode": "tozero"},
        showlegend=len(paying) > 1,
    )
    first, last = table.iloc[0], table.iloc[-1]
    says = text.GRANTS["total_says"].format(
        summary=result.summary(), first=first["county"], most=number(first["award"]), last=last["county"],
        least=number(last["award"]),
    )  # fmt: skip
    return picture(traces, layout, says)
