"""A scenario beside what it is compared with: inputs first, then headline figures, then who gains and who loses."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from workbench.errors import UnknownNameError
from workbench.fiscal import UNITS, fitting_unit
from workbench.results import records
from workbench.scenarios import Comparison, Record, Run
from workbench.views import text_scenarios
from workbench.views.bars import WIDE, Series, bars
from workbench.views.content import Card, Column, Grid, PageContent, grid
from workbench.views.numbers import TOGETHER, number
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, VERMILION, house_layout

WORDS: Final = text_scenarios.PAGE
MILLION: Final = 1e6
MOST_BARS: Final = 24
ROW: Final = 26
TALL_ROW: Final = 44
"""Pixels of a line, and of one where names take more than one line."""

FEW: Final = 3
"""Inputs of one kind that are listed one by one, though they move alike."""


def scenario_page(answer: Run, comparison: Comparison, against: str) -> PageContent:
    """Return the page of a scenario that was run and compared.

    Parameters
    ----------
    answer : Run
    comparison : Comparison
        Of two runs: what it is compared with first, the answer second.
    against : str
        What it is compared with, as the screen calls it.
    """
    record = answer.record
    return PageContent(
        finding=_finding(comparison),
        lead=WORDS["lead"].format(
            question=record.question,
            model=", ".join(dict.fromkeys((record.model, record.content["base"]))),
            year=record.financial_year or WORDS["unknown"],
            against=against,
        ),
        cards=tuple(_card(row, comparison.names) for row in records(comparison.headline)),
        picture=_picture(comparison),
        grid=_changes(comparison, record),
        sources=comparison.sources,
        notes=comparison.notes,
        illustrative=comparison.illustrative,
        result=answer,
        explain=lambda label: _why(answer, label),
    )


def _why(answer: Run, label: str) -> str:
    """Say why a line gets what it gets; a line that is split by economic class is explained as a whole."""
    try:
        return str(answer.explain(label))
    except UnknownNameError:
        whole = label.rpartition(" / ")[0]
        if not whole:
            raise
        return str(answer.explain(whole))


def inputs_grid(comparison: Comparison) -> Grid:
    """Return what differs in the inputs: name, unit, before and after; many that move alike stand in one row."""
    before, after = comparison.names
    shown = comparison.inputs.rename(columns={before: "before", after: "after"})
    for side in ("before", "after"):
        shown[side] = [_input(value) for value in shown[side]]
    columns = [
        Column(key="input", title=WORDS["input"]),
        Column(key="before", title=WORDS["input_before"]),
        Column(key="after", title=WORDS["input_after"]),
        Column(key="unit", title=WORDS["unit"]),
    ]
    return grid(_together(shown), columns, WORDS["inputs"])


def _together(inputs: pd.DataFrame) -> pd.DataFrame:
    """Put inputs of one kind that go from the same to the same into one row, where there are more than a few."""
    kind = inputs["input"].str.partition(".")[0]
    alike = [kind, inputs["before"], inputs["after"], inputs["unit"]]
    count = inputs.groupby(alike, dropna=False, sort=False)["input"].transform("size")
    many = count > FEW
    named = inputs["input"].where(~many, [WORDS["alike"].format(kind=one, count=size)
                                          for one, size in zip(kind, count, strict=True)])  # fmt: skip
    return inputs.assign(input=named).drop_duplicates(ignore_index=True)


def _input(value: Any) -> str | None:  # noqa: ANN401 - whatever a scenario sets
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return None
    if isinstance(value, (int, float)):
        return f"{value:,.15g}"
    return str(value)


def _counts(comparison: Comparison) -> dict[str, str]:
    won, lost = len(comparison.winners()), len(comparison.losers())
    return {
        "won": WORDS["gain_one"] if won == 1 else WORDS["gain"].format(count=won),
        "lost": WORDS["lose_one"] if lost == 1 else WORDS["lose"].format(count=lost),
    }


def _finding(comparison: Comparison) -> str:
    before, after = comparison.names
    for row in records(comparison.headline):
        if row[before] != row[after]:
            told = {side: _said(row[name], row["unit"]) for side, name in (("before", before), ("after", after))}
            return WORDS["finding"].format(label=row["figure"], **told, **_counts(comparison))
    return WORDS["finding_unmoved"].format(**_counts(comparison))


def _said(value: float | None, unit: str) -> str:
    """Return a headline figure within a sentence."""
    figure, of = _figure(value, unit)
    currency, _, word = of.partition(TOGETHER)
    return TOGETHER.join(filter(None, (currency, figure, word) if unit == "KES" else (figure, of)))


def _figure(value: float | None, unit: str) -> tuple[str, str]:
    """Return a headline figure and its unit as people write them."""
    if value is None or pd.isna(value):
        return WORDS["unknown"], ""
    if unit == "KES" and not value:
        return "0", unit
    if unit == "KES":
        fitting = fitting_unit(value, billions_from=1e9, millions_from=0)
        return number(value / UNITS[fitting], 2), fitting.replace(" ", TOGETHER)
    return number(value, 0 if float(value).is_integer() and unit else 3), unit


def _card(row: Mapping[str, Any], names: tuple[str, ...]) -> Card:
    before, after = (row[name] for name in names)
    value, unit = _figure(after, row["unit"])
    note = WORDS["same"] if before == after else WORDS["before"].format(before=_said(before, row["unit"]))
    return Card(label=str(row["figure"]), value=value, unit=unit, note=note)


def _moves(comparison: Comparison) -> pd.DataFrame:
    moves = comparison.changes[comparison.names[1]]
    by_size = moves["change"].abs().sort_values(ascending=False, kind="stable", na_position="last")
    return moves.reindex(by_size.index)


def _picture(comparison: Comparison) -> Picture:
    moves = _moves(comparison).dropna(subset=["change"])
    if moves.empty:
        return picture([], house_layout(height=120), WORDS["nothing_moves"])
    shown = moves.head(MOST_BARS).sort_values("change", ascending=False, kind="stable")
    series = [
        Series(name=WORDS[name], colour=colour, values=list(values),
               texts=[number(one, 1) for one in values])
        for name, colour, values in (
            ("gains", BLUE, (shown["change"] / MILLION).where(shown["change"] > 0)),
            ("loses", VERMILION, (shown["change"] / MILLION).where(shown["change"] < 0)),
        )
    ]  # fmt: skip
    left = WORDS["left"].format(count=len(shown)) if len(shown) < len(moves) else ""
    says = WORDS["picture"].format(**_counts(comparison), left=left)
    labels = [str(label) for label in shown["label"]]
    high = TALL_ROW if max(map(len, labels)) > WIDE else ROW
    drawn = bars(labels, series, axis=WORDS["axis"], says=says, row=high)
    for figure in (drawn.figure, drawn.narrow or {}):
        figure["layout"]["barmode"] = "overlay"  # a line gains or loses: it has one bar, as broad as it can be
    return drawn


def _changes(comparison: Comparison, record: Record) -> Grid:
    moves = _moves(comparison).copy()
    # Every shilling is shown until there is no room for it.
    unit = fitting_unit(moves[["before", "after"]].astype("float64").abs().max().max(), billions_from=math.inf,
                        millions_from=1e11)  # fmt: skip
    for side in ("before", "after", "change"):
        moves[side] = moves[side].astype("float64") / UNITS[unit]
    columns = [
        Column(key="label", title=WORDS["label"]),
        Column(key="before", title=WORDS["change_before"].format(unit=unit), decimals=0),
        Column(key="after", title=WORDS["change_after"].format(unit=unit), decimals=0),
        Column(key="change", title=WORDS["change"].format(unit=unit), decimals=0),
        Column(key="change_percent", title=WORDS["percent"], decimals=1),
    ]
    caption = WORDS["changes"].format(year=record.financial_year or WORDS["unknown"], unit=unit)
    return grid(moves, columns, caption, pick="label")
