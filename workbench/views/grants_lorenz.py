"""The Lorenz curve of a grant: how much of the money goes to those who get least, as a picture, a table and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from workbench.grants.compare import LorenzBy, evenness, lorenz
from workbench.grants.model import GrantsResult
from workbench.views.numbers import number
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, ORANGE, QUIET, house_layout, plain_label

_WHO: Final[dict[str, str]] = {"head": "people", "poor person": "poor people", "county": "counties"}
_MEASURE: Final[dict[str, str]] = {
    "head": "Gini by head",
    "poor person": "Gini by poor person (2009)",
    "county": "Gini by county",
}
_SAME: Final = "the same for all"


def lorenz_table(result: GrantsResult, baseline: GrantsResult | None = None, *, by: LorenzBy = "head") -> pd.DataFrame:
    """Return the table behind the curve: ``run, people, money`` in percent, from the least a head to the most.

    Parameters
    ----------
    result : GrantsResult
    baseline : GrantsResult, optional
        Another run to compare with.
    by : str
        ``head``, ``poor person`` (illustrative, for the poverty rate is of 2009) or ``county``.
    """
    runs = [run for run in (result, baseline) if run is not None]
    curves = [(100 * lorenz(run, by=by)).assign(run=name) for run, name in zip(runs, _names(runs), strict=True)]
    return pd.concat(curves, ignore_index=True)[["run", "people", "money"]]


def lorenz_chart(result: GrantsResult, baseline: GrantsResult | None = None, *, by: LorenzBy = "head") -> Picture:
    """Draw the curve beside the line on which everybody has the same; parameters are those of :func:`lorenz_table`."""
    table, who = lorenz_table(result, baseline, by=by), _WHO[by]
    looks: dict[str, Any] = {"mode": "lines", "type": "scatter"}
    traces = [
        {**looks, "name": _SAME, "x": [0, 100], "y": [0, 100], "line": {"color": QUIET, "dash": "dot", "width": 1.5},
         "hoverinfo": "skip"}
    ]  # fmt: skip
    for (name, curve), colour, dash in zip(
        table.groupby("run", sort=False), (BLUE, ORANGE), ("solid", "dash"), strict=False
    ):
        traces.append(
            {
                **looks,
                "name": plain_label(str(name), 40),
                "x": curve["people"],
                "y": curve["money"],
                "line": {"color": colour, "dash": dash, "width": 3},
                "hovertemplate": f"%{{x:.0f}} percent of {who}: %{{y:.1f}} percent of the money<extra></extra>",
            }
        )
    axes = {
        "xaxis": {"title": {"text": f"Percent of {who}, least first"}, "range": [0, 100]},
        "yaxis": {"title": {"text": "Percent of the money"}, "range": [0, 100]},
    }
    layout = house_layout(height=460, showlegend=True, **axes)
    return picture(traces, layout, _words([run for run in (result, baseline) if run is not None], table, by))


def _names(runs: Sequence[GrantsResult]) -> list[str]:
    names = [f"{run.design.name} {run.financial_year}" for run in runs]
    return names if len(set(names)) == len(names) else [names[0], f"{names[1]}, compared with"]


def _words(runs: Sequence[GrantsResult], table: pd.DataFrame, by: LorenzBy) -> str:
    told = [f"Lorenz curve of the awards by {by}."]
    for name, run in zip(_names(runs), runs, strict=True):
        curve = table[table["run"] == name]
        if not run.awarded:
            told.append(f"{name}: nobody is awarded anything.")
            continue
        half = float(np.interp(50, curve["people"], curve["money"]))
        gini = evenness(run).set_index("measure").loc[_MEASURE[by], "value"]
        told.append(
            f"{name}: the half of the {_WHO[by]} with the least has {number(half, 1)} percent of the money; Gini"
            f" {float(str(gini)):.3f}, where 0 is {_SAME}."
        )
        if run.illustrative:
            told.append(f"Illustrative: {'; '.join(run.illustrations)}.")
    if by == "poor person":
        told.append("Illustrative: the poverty rate is of 2009.")
    return " ".join(told)
