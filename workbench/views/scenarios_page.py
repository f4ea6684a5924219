"""A scenario beside what it is compared with: inputs first, then headline figures, then who gains and who loses."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from workbench.errors import UnknownNameError
from workbench.fiscal import UNITS, fitting_unit, format_money
from workbench.results import records
from workbench.scenarios import Comparison, Record, Run, canonical
from workbench.scenarios.comparing import notes_by_run
from workbench.views import text, text_scenarios
from workbench.views.bars import Series, bars
from workbench.views.content import Card, Column, Grid, PageContent, grid
from workbench.views.numbers import TOGETHER, number, shown_unit
from workbench.views.picture import Picture, picture
from workbench.views.style import BLUE, VERMILION, house_layout

WORDS: Final = text_scenarios.PAGE
MILLION: Final = 1e6
MOST_BARS: Final = 24
ROW: Final = 26
BROAD: Final = 44
"""Pixels of a line, and characters of a vote's name on one line of the picture."""

ROOM, NARROW_ROOM = 0.1, 0.3
"""The part of the picture's width that is kept for a figure beyond a bar's end."""

FEW: Final = 3
"""Inputs of one kind that are listed one by one, though they move alike."""


def scenario_page(answer: Run, comparison: Comparison, against: str, base: str) -> PageContent:
    """Return the page of a scenario that was run and compared.

    Parameters
    ----------
    answer : Run
    comparison : Comparison
        Of two runs: what it is compared with first, the answer second.
    against : str
        What it is compared with, as the screen calls it.
    base : str
        The title of the figures that it starts from.
    """
    record = answer.record
    return PageContent(
        finding=_finding(comparison),
        lead=WORDS["lead"].format(
            question=record.question,
            model=text.CARDS[record.model][0] if record.model in text.CARDS else record.model,
            base=base,
            year=record.financial_year or WORDS["unknown"],
            against=against,
        ),
        cards=tuple(_card(row, comparison.names) for row in records(comparison.headline)),
        picture=_picture(comparison),
        grid=_changes(comparison, record),
        sources=comparison.sources,
        findings=_findings(comparison),
        notes=tuple(_note(note, places) for note, places in notes_by_run(comparison.compared)),
        illustrative=comparison.illustrative,
        result=answer,
        explain=lambda label: _why(answer, comparison, label),
    )


def _note(note: str, places: tuple[int, ...]) -> str:
    """Return a note with the run that it is about, where it is not about both."""
    if len(places) > 1:
        return note
    return WORDS["note_after" if places[0] else "note_before"].format(note=note)


def _findings(comparison: Comparison) -> tuple[str, ...]:
    """Return what the audit found in the figures of either run, each sentence once."""
    found = (canonical.frame(record.content["findings"]) for record in comparison.compared)
    return tuple(dict.fromkeys(str(one) for frame in found if "message" in frame for one in frame["message"]))


def _why(answer: Run, comparison: Comparison, label: str) -> str:
    """Say why a line gets what it gets: the very line that stands in the table, then the whole that it is a part of."""
    try:
        told = [str(answer.explain(label))]
    except UnknownNameError:
        whole = label.rpartition(" / ")[0]
        if not whole:
            raise
        part = _move(comparison, label)
        told = [part, WORDS["why_whole"].format(whole=whole, told=answer.explain(whole))]
    return " ".join([*told, *_found(answer, label)])


def _move(comparison: Comparison, label: str) -> str:
    """Say what a line had before, and what it has in the scenario."""
    changes = comparison.changes[comparison.names[1]]
    move = changes[changes["label"] == label].iloc[0]
    before, after, change, percent = (
        float(move[column]) for column in ("before", "after", "change", "change_percent")
    )  # fmt: skip
    kind = "why_unknown" if math.isnan(change) else "why_more" if change > 0 else "why_less"
    said = WORDS[kind].format(amount=format_money(abs(change)))
    if not math.isnan(percent):
        said = WORDS["why_percent"].format(change=said, percent=number(percent, 1))
    was, now = (format_money(amount) or WORDS["unknown"] for amount in (before, after))
    return WORDS["why_line"].format(label=label, before=was, after=now, change=said)


def _found(answer: Run, label: str) -> list[str]:
    """Return why a line gets so much of the money that a scenario finds; nothing where it finds none for the line."""
    extra = answer.tables.get("extra")
    if extra is None:
        return []
    return [WORDS["why_extra"].format(reason=reason) for reason in extra.loc[extra["line"] == label, "reason"]]


def inputs_grid(comparison: Comparison) -> Grid:
    """Return what differs in the inputs: name, unit, before and after; many that move alike stand in one row."""
    before, after = comparison.names
    shown = comparison.inputs.rename(columns={before: "before", after: "after"})
    rules = shown["input"].str.endswith(".rule")
    for side in ("before", "after"):
        shown[side] = [_input(value) for value in shown[side]]
        shown[side] = shown[side].mask(rules, shown[side].str.replace("_", " "))
    shown["unit"] = shown["unit"].map(shown_unit)
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
    counted = {"won": ("gain", len(comparison.winners())), "lost": ("lose", len(comparison.losers()))}
    endings = {0: "_none", 1: "_one"}
    told = {side: WORDS[verb + endings.get(count, "")].format(count=count) for side, (verb, count) in counted.items()}
    return told | ({"lost": WORDS["by_class"].format(lost=told["lost"])} if _is_by_class(comparison) else {})


def _is_by_class(comparison: Comparison) -> bool:
    """Whether the lines that move are a vote's recurrent and its development money, and more than the votes are."""
    labels = comparison.changes[comparison.names[1]]["label"].astype(str)
    return bool(labels.str.endswith((" / recurrent", " / development")).any())


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
        return "0", shown_unit(unit)
    if unit == "KES":
        fitting = fitting_unit(value, billions_from=1e9, millions_from=0)
        return number(value / UNITS[fitting], 2), shown_unit(fitting).replace(" ", TOGETHER)
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
        if values.notna().any()
    ]  # fmt: skip
    left = WORDS["left"].format(count=len(shown)) if len(shown) < len(moves) else ""
    says = WORDS["picture"].format(**_counts(comparison), left=left)
    drawn = bars([str(label) for label in shown["label"]], series, axis=WORDS["axis"], says=says, row=ROW,
                 broad=BROAD)  # fmt: skip
    ends = (min(0.0, shown["change"].min() / MILLION), max(0.0, shown["change"].max() / MILLION))
    for figure, part in ((drawn.figure, ROOM), (drawn.narrow or {}, NARROW_ROOM)):
        figure["layout"]["barmode"] = "overlay"  # a line gains or loses: it has one bar, as broad as it can be
        # The figure at the end of the longest bar stands beyond it, and must not run into the names.
        room = part * (ends[1] - ends[0])
        figure["layout"]["xaxis"]["range"] = [ends[0] - room * (ends[0] < 0), ends[1] + room * (ends[1] > 0)]
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
        Column(key="before", title=WORDS["change_before"].format(unit=shown_unit(unit)), decimals=0),
        Column(key="after", title=WORDS["change_after"].format(unit=shown_unit(unit)), decimals=0),
        Column(key="change", title=WORDS["change"].format(unit=shown_unit(unit)), decimals=0),
        Column(key="change_percent", title=WORDS["percent"], decimals=1),
    ]
    caption = WORDS["changes"].format(year=record.financial_year or WORDS["unknown"], unit=shown_unit(unit))
    moves["mark"] = "illustrative" if comparison.illustrative else None
    return grid(moves, columns, caption, pick="label", mark="mark")
