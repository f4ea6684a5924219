"""The gap as a page: what was required, what was allocated, what is lacking."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import pandas as pd

from workbench.fiscal import format_money, table_unit
from workbench.gap import Gap
from workbench.gap.readings import disagreements
from workbench.views import text
from workbench.views.bars import Series, bars
from workbench.views.content import Card, Column, Grid, PageContent, Tone, grid
from workbench.views.numbers import number
from workbench.views.picture import Picture
from workbench.views.scale import FITTING, Scale, scale_in
from workbench.views.style import BLUE, ORANGE

WORDS: Final = text.GAP


def gap_page(
    result: Gap, level: str, title: str, names: Mapping[str, str] | None = None, unit: str = FITTING
) -> PageContent:
    """Return the page of a gap of one financial year.

    Parameters
    ----------
    result : Gap
        Of one year.
    level : str
        What a line of the picture and the table is: ``programme``, ``sub_programme``, ``sector``.
    title : str
        The title of the package that the figures come from.
    names : mapping of str to str, optional
        What lines are called that the figures name by a code.
    unit : str
        What the amounts are shown in; one of :data:`workbench.views.scale.OFFERED`.

    Returns
    -------
    PageContent
    """
    year = result.parameters["financial_year"] or ", ".join(result.financial_years)
    lines = result.at_levels((level,))
    lines["pick"] = lines[level]
    lines[level] = lines[level].map(lambda line: (names or {}).get(line, line))
    scale = scale_of(result, unit)
    return PageContent(
        finding=_finding(result, lines, year, scale) + _lacking(result, lines, scale),
        lead=WORDS["lead"].format(title=title, basis=WORDS[result.parameters["basis"]], unit=scale.unit),
        cards=_cards(result, scale),
        picture=_picture(result, lines, level, (year, scale)),
        grid=_grid(result, lines, level, (year, scale)),
        sources=result.sources,
        findings=(*_disagreements(result), *_audited(result)),
        notes=result.notes,
        illustrative=result.illustrative,
        result=result,
        explain=lambda line: result.explain(line, year),
    )


def scale_of(result: Gap, unit: str = FITTING) -> Scale:
    """Return the unit in which a gap is shown, wherever it is shown."""
    return scale_in(unit, table_unit(float(result.lines[["requirement", "allocation"]].sum().max())))


def _finding(result: Gap, lines: pd.DataFrame, year: str, scale: Scale) -> str:
    gap = result.gap
    if math.isnan(gap):
        kind = "unknown" if math.isnan(result.requirement) else "second_unknown"
    else:
        balanced = "balanced_in_sum" if (lines["gap"] > 0).any() else "balanced"
        kind = "deficit" if gap > 0 else "surplus" if gap < 0 else balanced
    first, second = _phrases(result)
    return WORDS[kind].format(
        year=year,
        gap=scale.money(abs(gap)),
        first=scale.money(result.requirement),
        second=scale.money(result.allocation),
        first_phrase=first,
        second_phrase=second,
    )


def _lacking(result: Gap, lines: pd.DataFrame, scale: Scale) -> str:
    """Say that lines go short where the sum of all hides it; nothing where the sum says so itself."""
    short = lines.loc[lines["gap"] > 0, "gap"]
    if math.isnan(result.gap) or result.gap > 0 or short.empty:
        return ""
    kind = "lines_lose" if _is_moved(result) else "lines_lack"
    words = WORDS[f"{kind}_one" if len(short) == 1 else kind]
    return words.format(count=number(len(short)), lacking=scale.money(float(short.sum())))


def _cards(result: Gap, scale: Scale) -> tuple[Card, ...]:
    first, second = _stage_names(result)
    surplus = result.gap < 0
    tone: Tone = "surplus" if surplus else "short" if result.gap > 0 else "plain"
    funded = number(result.funding_ratio * 100, 1)
    note = WORDS["funded_note"].format(second=second.lower(), first=first.lower())
    return (
        _money_card(first, result.requirement, scale),
        _money_card(second, result.allocation, scale),
        Card(
            label=WORDS["surplus_label"] if surplus else _gap_name(result),
            value=scale.figure(abs(result.gap)) or WORDS["not_known"],
            unit=scale.unit,
            tone=tone,
        ),
        Card(label=_funded_name(result), value=funded or WORDS["not_known"], unit=WORDS["per_cent"], note=note),
    )


def _is_moved(result: Gap) -> bool:
    """Whether a stage is set against itself, as a scenario does that moves its money."""
    return result.stages[0] == result.stages[1]


def _stage_names(result: Gap) -> tuple[str, str]:
    first, second = (text.STAGES[stage] for stage in result.stages)
    return first, WORDS["after"] if _is_moved(result) else second


def _phrases(result: Gap) -> tuple[str, str]:
    first, second = (text.STAGE_PHRASES[stage] for stage in result.stages)
    return first, WORDS["after_phrase"] if _is_moved(result) else second


def _gap_name(result: Gap) -> str:
    return (
        WORDS["after_gap"] if _is_moved(result) else text.GAP_NAMES.get(result.stages[1], text.GAP_NAMES["allocation"])
    )


def _funded_name(result: Gap) -> str:
    named = text.FUNDED_NAMES.get(result.stages[1], text.FUNDED_NAMES["allocation"])
    return WORDS["after_funded"] if _is_moved(result) else named


def _money_card(label: str, amount: float, scale: Scale) -> Card:
    return Card(label=label, value=scale.figure(amount) or WORDS["not_known"], unit=scale.unit)


def _picture(result: Gap, lines: pd.DataFrame, level: str, shown: tuple[str, Scale]) -> Picture:
    year, scale = shown
    first, second = _stage_names(result)
    ordered = lines.sort_values("requirement", ascending=False, kind="stable")
    series = [
        Series(
            name=name,
            colour=colour,
            values=list(ordered[side] / scale.size),
            texts=ordered[side].map(scale.figure).tolist(),
        )
        for name, colour, side in ((first, BLUE, "requirement"), (second, ORANGE, "allocation"))
    ]
    says = WORDS["picture"].format(
        first=first, second=second.lower(), year=year, unit=scale.unit, largest=_largest(lines, level, scale)
    )
    return bars(list(ordered[level]), series, axis=scale.unit, says=says)


def _largest(lines: pd.DataFrame, level: str, scale: Scale) -> str:
    known = lines.dropna(subset=["gap"])
    if known.empty:
        return WORDS["largest_unknown"]
    most = known.iloc[int(known["gap"].argmax())]
    if most["gap"] <= 0:
        return WORDS["no_largest"]
    return WORDS["largest"].format(line=most[level], gap=scale.money(float(most["gap"])))


def _grid(result: Gap, lines: pd.DataFrame, level: str, shown: tuple[str, Scale]) -> Grid:
    year, scale = shown
    whole = pd.DataFrame(
        [
            {
                level: WORDS["whole"],
                "requirement": result.requirement,
                "allocation": result.allocation,
                "gap": result.gap,
                "funding_ratio": result.funding_ratio,
            }
        ]
    )
    columns = [level, "requirement", "allocation", "gap", "funding_ratio", "pick"]
    frame = pd.concat([lines[columns], whole], ignore_index=True)
    assumed = {name for side in result.sides for name in side.loc[side["mark"] == "illustrative", level]}
    frame["mark"] = ["illustrative" if name in assumed else None for name in frame["pick"]]
    frame.loc[len(lines), "mark"] = "illustrative" if assumed else None
    money = ["requirement", "allocation", "gap"]
    frame[money] = frame[money] / scale.size
    frame["funding_ratio"] = frame["funding_ratio"] * 100
    first, second = _stage_names(result)
    return grid(
        frame,
        [
            Column(key=level, title=WORDS[level]),
            Column(key="requirement", title=f"{first}, {scale.unit}", decimals=scale.decimals),
            Column(key="allocation", title=f"{second}, {scale.unit}", decimals=scale.decimals),
            Column(key="gap", title=f"{_gap_name(result)}, {scale.unit}", decimals=scale.decimals),
            Column(key="funding_ratio", title=f"{_funded_name(result)}, %", decimals=1),
        ],
        WORDS["caption"].format(lines=WORDS[level], year=year, unit=scale.unit),
        totals=[len(frame) - 1],
        pick="pick",
        mark="mark",
    )


def _disagreements(result: Gap) -> tuple[str, ...]:
    """Say where the document gives several figures for one quantity, and which one is used."""
    sentences = []
    found = disagreements(result.readings)
    for (year, side), rows in found[found["financial_year"] != ""].groupby(["financial_year", "side"], sort=False):
        named = dict(zip(("requirement", "allocation"), result.stages, strict=True))
        shown = [
            WORDS["reading"].format(
                amount=format_money(float(str(amount))),
                readings=", ".join(same["reading"].unique()),
                used=WORDS["used"] if same["used"].any() else "",
            )
            for amount, same in rows.groupby("amount", sort=False)
        ]
        if len(shown) < 2:  # the others are unknown: nothing contradicts the one that is known
            continue
        sentences.append(
            WORDS["disagree"].format(side=text.STAGES[named[str(side)]].lower(), year=year, readings="; ".join(shown))
        )
    return tuple(sentences)


def _audited(result: Gap) -> tuple[str, ...]:
    if result.findings.empty or "message" not in result.findings:
        return ()
    return tuple(result.findings["message"].astype(str))
