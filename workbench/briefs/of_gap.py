"""The brief of a gap."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from workbench.briefs.brief import Brief, Figure
from workbench.briefs.common import Stamp, brief_from, document_title
from workbench.briefs.of_gap_options import options_of
from workbench.briefs.of_gap_tables import inputs_of, results_of, sources_of
from workbench.briefs.tables import Formula, Table
from workbench.briefs.words import GAP
from workbench.datasets import open_package
from workbench.errors import Fault, InputError
from workbench.gap import Gap
from workbench.views import text
from workbench.views.content import Card
from workbench.views.gap_page import gap_page, scale_of

MOST_LINES: Final = 20
"""Lines of the narrowest level that still fit on a page."""

_LEVELS: Final = ("sub_programme", "programme", "vote", "sector", "county")


def brief_of_gap(result: Gap, stamp: Stamp) -> Brief:
    """Return the brief of a gap of one financial year, by the narrowest level whose lines fit on a page.

    Parameters
    ----------
    result : Gap
    stamp : Stamp
        What it was made with.

    Raises
    ------
    InputError
        For a gap that spans several years.
    """
    if len(result.financial_years) != 1:
        remedy = f"give financial_year: one of {', '.join(result.financial_years)}"
        raise InputError(Fault(what=GAP["several_years"], remedy=remedy))
    level = level_of(result)
    names = {**(_sector_names() if level == "sector" else {}), "": GAP["unnamed"]}
    lines = result.at_levels((level,))
    lines = lines.assign(shown=[names.get(line, line) for line in lines[level]])
    inputs = inputs_of(result, level, lines)
    page = gap_page(result, level, document_title(result), names)
    labels = [column.title.rpartition(", ")[0] for column in page.grid.columns[1:]]
    results = results_of(result, level, lines, inputs, labels)
    year = result.financial_years[0]
    first, second = (text.STAGE_PHRASES[stage] for stage in result.stages)
    return brief_from(
        page, result, stamp,
        model="gap",
        question=GAP["question"].format(year=year, first=first, second=second),
        figures=_figures(result, results, page.cards),
        options=options_of(result),
        tables=(inputs, results),
        sources=sources_of(result),
    )  # fmt: skip


def level_of(result: Gap) -> str:
    """Return the narrowest level at which every figure has a name and whose lines fit on a page."""
    named = [level for level in _LEVELS if (result.lines[level] != "").all()]
    named = named or [level for level in _LEVELS if (result.lines[level] != "").any()] or ["sector"]
    fitting = [level for level in named if result.lines[level].nunique() <= MOST_LINES]
    return (fitting or named[-1:])[0]


def _figures(result: Gap, results: Table, cards: tuple[Card, ...]) -> tuple[Figure, ...]:
    scale = scale_of(result)
    last = len(results.rows) - 1
    shown = (
        ("requirement", result.requirement, scale.size, scale.decimals, ""),
        ("allocation", result.allocation, scale.size, scale.decimals, ""),
        ("gap", abs(result.gap), scale.size, scale.decimals, "ABS"),
        ("funding_ratio", result.funding_ratio, 0.01, 1, ""),
    )
    figures = []
    for card, (field, value, size, decimals, wrap) in zip(cards, shown, strict=True):
        cell = results.cell_elsewhere(field, last)
        formula = f'=IF(ISNUMBER({cell}),{wrap}({cell})/{size:.12g},"")'
        worth = None if math.isnan(value) else value / size
        figures.append(Figure(card=card, formula=Formula(formula, worth), decimals=decimals))
    return tuple(figures)


def _sector_names() -> Mapping[str, str]:
    listed = open_package("national-budget").table("sectors")
    return dict(zip(listed["code"].astype(str), listed["name"].astype(str), strict=True))
