"""Charts of scenarios: winners and losers, a fan, a tornado, regret; plain figures, drawn by whoever shows them."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from workbench.fiscal import UNITS
from workbench.scenarios import Comparison, Ensemble, Robustness, Sensitivity
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, GREY, SKY, VERMILION, house_layout

MOST_BARS: Final = 20
_MILLION: Final = UNITS["KES million"]


def moves_chart(comparison: Comparison, name: str | None = None) -> Picture:
    """Draw who gains and who loses against the baseline, the largest moves first; KES million."""
    name = name or comparison.names[1]
    moves = comparison.changes[name].dropna(subset=["change"])
    shown = moves.reindex(moves["change"].abs().sort_values(ascending=False, kind="stable").index).head(MOST_BARS)
    shown = shown.sort_values("change", kind="stable")
    colours = [BLUE if change > 0 else VERMILION for change in shown["change"]]
    trace = {"type": "bar", "orientation": "h", "x": shown["change"] / _MILLION, "y": shown["label"],
             "marker": {"color": colours}, "hovertemplate": "%{y}: %{x:,.1f} KES million<extra></extra>"}  # fmt: skip
    won, lost = len(comparison.winners(name)), len(comparison.losers(name))
    left = f" The {len(shown)} largest moves are shown." if len(shown) < len(moves) else ""
    says = f"{name} against {comparison.baseline}: {won} gain (blue) and {lost} lose (red).{left}"
    return picture([trace], house_layout(xaxis={"title": {"text": "Change, KES million"}},
                                         height=_height(len(shown)), showlegend=False), says)  # fmt: skip


def fan_chart(ensemble: Ensemble, name: str) -> Picture:
    """Draw the bands of an output by label: the middle, half of all draws, nine in ten."""
    output = ensemble.output(name)
    bands = ensemble.fan(name)
    ordered = (
        bands if output.dimension == "financial_year" else bands.sort_values("p50", ascending=False, kind="stable")
    )
    shown = ordered.head(MOST_BARS)
    size = _MILLION if output.unit == "KES" else 1
    traces = [
        _band(shown, ("p5", "p95"), SKY, "nine draws in ten", size),
        _band(shown, ("p25", "p75"), BLUE, "half of the draws", size),
        {"type": "scatter", "mode": "markers", "name": "the middle", "x": shown["p50"] / size, "y": shown["label"],
         "marker": {"color": "#1b2733", "size": 8, "symbol": "line-ns-open"}},
    ]  # fmt: skip
    unit = "KES million" if output.unit == "KES" else output.unit
    left = f" The first {len(shown)} of {len(bands)} are shown." if len(shown) < len(bands) else ""
    says = (
        f"{output.label} over {ensemble.draws:,} draws: in nine of ten draws {shown['label'].iloc[0]} lies between"
        f" {_said(shown['p5'].iloc[0], unit, size)} and {_said(shown['p95'].iloc[0], unit, size)}.{left}"
    )
    layout = house_layout(barmode="overlay", yaxis={"autorange": "reversed"}, height=_height(len(shown)),
                          xaxis={"title": {"text": f"{output.label}, {unit}".rstrip(", ")}})  # fmt: skip
    return picture(traces, layout, says)


def tornado_chart(sensitivity: Sensitivity) -> Picture:
    """Draw how far each driver alone moves the output, the widest at the top."""
    table = sensitivity.tornado.head(MOST_BARS).iloc[::-1]
    size = _MILLION if sensitivity.output.unit == "KES" else 1
    middle = float(table["middle"].iloc[0]) / size
    traces = [
        {"type": "bar", "orientation": "h", "name": f"driver at its {name} end", "y": table["driver"], "base": middle,
         "x": table[column] / size - middle, "marker": {"color": colour}}
        for column, name, colour in (("at_low", "low", GREY), ("at_high", "high", BLUE))
    ]  # fmt: skip
    unit = "KES million" if size > 1 else sensitivity.output.unit
    widest = table.iloc[-1]
    says = (
        f"{sensitivity.output.label} with one driver moved at a time: {widest['driver']} alone moves it by"
        f" {widest['swing'] / size:,.1f} {unit}, the most of {len(sensitivity.tornado)} drivers."
    )
    layout = house_layout(barmode="overlay", height=_height(len(table)),
                          xaxis={"title": {"text": f"{sensitivity.output.label}, {unit}".rstrip(", ")}})  # fmt: skip
    return picture(traces, layout, says)


def regret_chart(robustness: Robustness) -> Picture:
    """Draw how much each option is regretted: on average and in the worst of twenty draws."""
    table = robustness.options.iloc[::-1]
    size = _MILLION if robustness.output.unit == "KES" else 1
    measures = (("mean_regret", "on average", BLUE), ("p95_regret", "19 draws in 20 stay below", SKY))
    traces = [
        {"type": "bar", "orientation": "h", "name": name, "y": table["option"], "x": table[column] / size,
         "marker": {"color": colour}}
        for column, name, colour in measures
    ]  # fmt: skip
    unit = "KES million" if size > 1 else robustness.output.unit
    layout = house_layout(barmode="group", height=_height(2 * len(table)),
                          xaxis={"title": {"text": f"Regret, {unit}".rstrip(", ")}})  # fmt: skip
    return picture(traces, layout, robustness.summary())


def _band(shown: pd.DataFrame, ends: tuple[str, str], colour: str, name: str, size: int) -> dict[str, Any]:
    low, high = shown[ends[0]] / size, shown[ends[1]] / size
    return {"type": "bar", "orientation": "h", "name": name, "y": shown["label"], "base": low, "x": high - low,
            "marker": {"color": colour}}  # fmt: skip


def _said(value: float, unit: str, size: int) -> str:
    return f"{value / size:,.1f} {unit}" if unit else f"{value:.3f}"


def _height(bars: int) -> int:
    return 110 + 24 * max(bars, 3)
