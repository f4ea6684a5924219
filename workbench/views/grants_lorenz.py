"""The Lorenz curve of a grant: how much of the money goes to those who get least, as a picture, a table and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from workbench.grants.compare import LorenzBy, by_person, evenness, lorenz
from workbench.grants.facts import known_variables
from workbench.grants.model import GrantsResult
from workbench.views import text
from workbench.views.content import Column, Grid, grid
from workbench.views.numbers import number
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, ORANGE, QUIET, house_layout, plain_label

WORDS: Final = text.LORENZ
_MEASURE: Final[dict[str, str]] = {
    "head": "Gini by head",
    "poor person": "Gini by poor person (2009)",
    "county": "Gini by county",
}


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


def per_head_grid(result: GrantsResult) -> Grid:
    """Return the counties behind the curve by head: people, award, award by head, and how far each takes the curve."""
    counties = by_person(result).sort_values("per_head", kind="stable", ignore_index=True)
    people, money = counties["population_2019"], counties["award"].astype("float64")
    paid = float(money.sum()) or np.nan
    frame = counties.assign(
        people_so_far=100 * people.cumsum() / people.sum(), money_so_far=100 * money.cumsum() / paid
    )
    columns = [
        Column(key="county", title=text.GRANTS["county"]),
        Column(key="population_2019", title=WORDS["column_people"], decimals=0),
        Column(key="award", title=text.GRANTS["award"], decimals=0),
        Column(key="per_head", title=WORDS["column_per_head"], decimals=1),
        Column(key="people_so_far", title=WORDS["column_people_so_far"], decimals=1),
        Column(key="money_so_far", title=WORDS["column_money_so_far"], decimals=1),
    ]
    return grid(frame, columns, WORDS["caption"].format(year=result.financial_year), pick="county")


def people_source(result: GrantsResult) -> pd.DataFrame:
    """Return where the people come from by whom the awards are divided: ``source, locator, mark``."""
    counted = known_variables(result.design, str(result.financial_year))["population_2019"]
    return pd.DataFrame([{"source": counted.reference, "locator": counted.locator, "mark": counted.mark}])


def lorenz_chart(result: GrantsResult, baseline: GrantsResult | None = None, *, by: LorenzBy = "head") -> Picture:
    """Draw the curve beside the line on which everybody has the same; parameters are those of :func:`lorenz_table`."""
    table, who = lorenz_table(result, baseline, by=by), text.LORENZ_WHO[by]
    looks: dict[str, Any] = {"mode": "lines", "type": "scatter"}
    traces = [
        {**looks, "name": WORDS["same"], "x": [0, 100], "y": [0, 100], "hoverinfo": "skip",
         "line": {"color": QUIET, "dash": "dot", "width": 1.5}}
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
                "hovertemplate": WORDS["hover"].format(people="%{x:.0f}", who=who, money="%{y:.1f}")
                + "<extra></extra>",
            }
        )
    axes = {
        "xaxis": {"title": {"text": WORDS["axis_people"].format(who=who)}, "range": [0, 100]},
        "yaxis": {"title": {"text": WORDS["axis_money"]}, "range": [0, 100]},
    }
    layout = house_layout(height=460, showlegend=True, **axes)
    return picture(traces, layout, _words([run for run in (result, baseline) if run is not None], table, by))


def _names(runs: Sequence[GrantsResult]) -> list[str]:
    names = [f"{run.design.title}, {run.financial_year}" for run in runs]
    return names if len(set(names)) == len(names) else [names[0], WORDS["compared"].format(name=names[1])]


def _words(runs: Sequence[GrantsResult], table: pd.DataFrame, by: LorenzBy) -> str:
    told = [WORDS["head"].format(by=text.LORENZ_BY[by])]
    for name, run in zip(_names(runs), runs, strict=True):
        curve = table[table["run"] == name]
        if not run.awarded:
            told.append(WORDS["nobody"].format(name=name))
            continue
        half = float(np.interp(50, curve["people"], curve["money"]))
        gini = evenness(run).set_index("measure").loc[_MEASURE[by], "value"]
        told.append(
            WORDS["half"].format(
                name=name,
                who=text.LORENZ_WHO[by],
                share=number(half, 1),
                gini=f"{float(str(gini)):.3f}",
                same=WORDS["same"],
            )
        )
        if run.illustrative:
            told.append(WORDS["illustrative"].format(what="; ".join(run.illustrations)))
    if by == "poor person":
        told.append(WORDS["poverty"])
    return " ".join(told)
