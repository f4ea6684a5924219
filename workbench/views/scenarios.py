"""Charts of scenarios: winners and losers, a fan, a tornado, regret; plain figures, drawn by whoever shows them."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from workbench.errors import Fault, InputError
from workbench.fiscal import UNITS
from workbench.results import records
from workbench.scenarios import Comparison, Ensemble, Robustness, Sensitivity
from workbench.scenarios.models import YEAR, Output
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, GREY, INK, PAPER, SKY, VERMILION, house_layout, plain_label

MOST_BARS: Final = 20
_MILLION: Final = UNITS["KES million"]


def moves_chart(comparison: Comparison, name: str | None = None) -> Picture:
    """Draw who gains and who loses against the baseline, the largest moves first; KSh million."""
    name = name or comparison.names[1]
    moves = comparison.changes[name].dropna(subset=["change"])
    shown = moves.reindex(moves["change"].abs().sort_values(ascending=False, kind="stable").index).head(MOST_BARS)
    shown = shown.sort_values("change", kind="stable")
    colours = [BLUE if change > 0 else VERMILION for change in shown["change"]]
    trace = {"type": "bar", "orientation": "h", "x": shown["change"] / _MILLION, "y": shown["label"],
             "marker": {"color": colours}, "hovertemplate": "%{y}: %{x:,.1f} KSh million<extra></extra>"}  # fmt: skip
    won, lost = len(comparison.winners(name)), len(comparison.losers(name))
    left = f" The {len(shown)} largest moves are shown." if len(shown) < len(moves) else ""
    says = f"{name} against {comparison.baseline}: {won} gain (blue) and {lost} lose (red).{left}"
    return picture([trace], house_layout(xaxis={"title": {"text": "Change, KSh million"}},
                                         height=_height(len(shown)), showlegend=False), says)  # fmt: skip


def fan_chart(ensemble: Ensemble, name: str) -> Picture:
    """Draw the bands of an output: a fan over its years, or a bar a label; the middle, half of all draws, nine in ten.

    Raises
    ------
    InputError
        For an output that is one number a draw.
    """
    output = ensemble.output(name)
    bands = ensemble.fan(name)
    if not output.dimension:
        remedy = "draw it over several years: years=4"
        raise InputError(Fault(what="is one number a draw, and a fan needs several", value=name, remedy=remedy))
    if output.dimension == YEAR:
        return _fan_over_years(ensemble, output, bands)
    shown = bands.sort_values("p50", ascending=False, kind="stable").head(MOST_BARS)
    size = _MILLION if output.unit == "KES" else 1
    traces = [
        _band(shown, ("p5", "p95"), SKY, "nine draws in ten", size),
        _band(shown, ("p25", "p75"), BLUE, "half of the draws", size),
        {"type": "scatter", "mode": "markers", "name": "the middle", "x": shown["p50"] / size, "y": shown["label"],
         "marker": {"color": PAPER, "size": 9, "symbol": "diamond", "line": {"color": INK, "width": 1}}},
    ]  # fmt: skip
    unit = "KSh million" if output.unit == "KES" else output.unit
    left = f" The first {len(shown)} of {len(bands)} are shown." if len(shown) < len(bands) else ""
    says = (
        f"{output.label} over {ensemble.draws:,} draws: in nine of ten draws {shown['label'].iloc[0]} lies between"
        f" {_said(shown['p5'].iloc[0], unit, size)} and {_said(shown['p95'].iloc[0], unit, size)}.{left}"
    )
    layout = house_layout(barmode="overlay", yaxis={"autorange": "reversed"}, height=_height(len(shown)),
                          xaxis={"title": {"text": f"{output.label}, {unit}".rstrip(", ")}})  # fmt: skip
    return picture(traces, layout, says)


def _fan_over_years(ensemble: Ensemble, output: Output, bands: pd.DataFrame) -> Picture:
    size = _MILLION * 1_000 if output.unit == "KES" else 1
    unit = "KSh billion" if output.unit == "KES" else output.unit
    years = bands["label"]
    edges = (("p95", "p5", SKY, "nine draws in ten"), ("p75", "p25", BLUE, "half of the draws"))
    traces: list[dict[str, Any]] = []
    for upper, lower, colour, says in edges:
        outline = {"type": "scatter", "mode": "lines", "x": years, "line": {"width": 0, "color": colour}}
        traces.append(outline | {"y": bands[upper] / size, "showlegend": False, "hoverinfo": "skip"})
        traces.append(outline | {"y": bands[lower] / size, "name": says, "fill": "tonexty", "fillcolor": colour,
                                 "hoverinfo": "skip"})  # fmt: skip
    said = [
        f"{row['label']}: {_said(row['p50'], unit, size)}, in nine of ten draws between"
        f" {_said(row['p5'], unit, size)} and {_said(row['p95'], unit, size)}"
        for row in records(bands)
    ]
    middle = {"type": "scatter", "mode": "lines+markers", "name": "the middle", "x": years, "y": bands["p50"] / size}
    looks = {"line": {"color": INK, "width": 2}, "marker": {"size": 7}}
    traces.append(middle | looks | {"text": said, "hovertemplate": "%{text}<extra></extra>"})
    layout = house_layout(
        height=360, xaxis={"type": "category", "title": {"text": "Financial year"}},
        yaxis={"title": {"text": f"{output.label}, {unit}".rstrip(", ")}, "rangemode": "tozero"},
    )  # fmt: skip
    return picture(traces, layout, f"{output.label} over {ensemble.draws:,} draws. {'; '.join(said)}.")


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
    unit = "KSh million" if size > 1 else sensitivity.output.unit
    widest = table.iloc[-1]
    says = (
        f"{sensitivity.output.label} with one driver moved at a time: {widest['driver']} alone moves it by"
        f" {_said(widest['swing'], unit, size)}, the most of {len(sensitivity.tornado)} drivers."
    )
    layout = house_layout(barmode="overlay", height=_height(len(table)),
                          xaxis={"title": {"text": f"{sensitivity.output.label}, {unit}".rstrip(", ")}})  # fmt: skip
    return picture(traces, layout, says)


def regret_chart(robustness: Robustness) -> Picture:
    """Draw how much each option is regretted: on average and in the worst of twenty draws."""
    table = robustness.options.iloc[::-1]
    size = _MILLION if robustness.output.unit == "KES" else 1
    labels = [
        f"{plain_label(row['option'])}<br><i>best in {row['best_share']:.0%}, fails in {row['failure_share']:.0%}</i>"
        for row in records(table)
    ]
    # Plotly draws the first bar of a group at the bottom: the larger one is given first and named last.
    measures = (("p95_regret", "stays below in 19 of 20 draws", SKY), ("mean_regret", "on average", BLUE))
    traces = [
        {"type": "bar", "orientation": "h", "name": name, "y": labels, "x": table[column] / size,
         "text": [f"{value / size:,.{0 if size > 1 else 3}f}" for value in table[column]], "textposition": "outside",
         "cliponaxis": False, "marker": {"color": colour}, "hovertemplate": f"{name}: %{{text}}<extra></extra>"}
        for column, name, colour in measures
    ]  # fmt: skip
    unit = "KSh million" if size > 1 else robustness.output.unit
    title = f"Regret by '{robustness.output.label}', {unit}".rstrip(", ")
    most = max(float(table["p95_regret"].max()) / size, 1e-9)
    layout = house_layout(barmode="group", height=_height(2 * len(table)) + 30, legend={
        "orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "reversed"},
        xaxis={"title": {"text": title}, "range": [0, 1.15 * most]})  # fmt: skip
    rules = [
        f"{row['option']} fails where {row['fails_when']}."
        for row in records(robustness.options)
        if row["failure_share"] > 0 and row["fails_when"] != "no plain rule"
    ]
    return picture(traces, layout, " ".join([robustness.summary(), *rules]))


def _band(shown: pd.DataFrame, ends: tuple[str, str], colour: str, name: str, size: int) -> dict[str, Any]:
    low, high = shown[ends[0]] / size, shown[ends[1]] / size
    return {"type": "bar", "orientation": "h", "name": name, "y": shown["label"], "base": low, "x": high - low,
            "marker": {"color": colour}}  # fmt: skip


def _said(value: float, unit: str, size: int) -> str:
    if unit.startswith("KSh "):
        return f"KSh {value / size:,.1f} {unit.removeprefix('KSh ')}"
    return f"{value / size:,.1f} {unit}" if unit else f"{value:.3f}"


def _height(bars: int) -> int:
    return 110 + 24 * max(bars, 3)
