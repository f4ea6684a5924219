"""What a brief puts on paper: its words and figures, shortened where two pages would not hold them."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from workbench.briefs.brief import Brief, Option
from workbench.briefs.drawing import drawn, words_of
from workbench.briefs.words import HEADINGS, PAPER
from workbench.datasets.titles import titled
from workbench.views import text
from workbench.views.content import Column
from workbench.views.places import shown_place

LONGEST: Final = 320
"""Characters of a sentence on paper."""

SHORT: Final = 90
"""Characters of a name on paper."""

SENTENCE: Final = 50
"""Characters, on average, from which a column holds whole sentences."""

WIDEST: Final = 34
"""Characters a line of words in a table."""

MOST_SIDES: Final = 4
"""Sentences for or against an option on paper."""

RECORDED: Final = frozenset({"Run", "Runs", "Parameters", "Versions"})
"""Sections of the run record that paper names: what is assumed stands under what is doubtful, and the hashes of files
in the workbook."""

FEW: Final = 3
"""Places of a source that paper names."""


def on_paper(brief: Brief) -> dict[str, Any]:
    """Return what the two pages show, as plain data."""
    return {
        "words": {**HEADINGS, **PAPER, "name": text.FRAME["name"]},
        "model": brief.model,
        "title": shortened(brief.answer),
        "question": shortened(brief.question),
        "answer": shortened(brief.answer),
        "lead": shortened(brief.lead),
        "illustrative": brief.illustrative,
        "figures": [vars(figure.card) for figure in brief.figures],
        "picture": brief.drawing or drawn(brief.picture),
        "says": shortened(words_of(brief.picture)),
        "table": table_on_paper(brief),
        "options": [_option(option) for option in brief.options],
        "options_note": shortened(brief.options_note),
        "doubts": [shortened(one) for one in brief.doubts],
        "sources": sources_on_paper(brief.sources),
        "run": run_line(brief),
        "record": record_line(brief),
    }


def table_on_paper(brief: Brief) -> dict[str, Any]:
    """Return the page's table, its cells shortened, without columns of whole sentences where there are others."""
    grid = brief.grid
    cells = {place: [row[place] for row in grid.rows] for place in range(len(grid.columns))}
    # The first column says what a row is: without its name a figure says nothing.
    sentences = {place for place, column in cells.items() if place and _mean_length(column) > SENTENCE}
    kept = [place for place in cells if place not in sentences] if len(sentences) < len(cells) - 2 else list(cells)
    return {
        "caption": shortened(grid.caption),
        "columns": [
            {"title": column.title, "number": column.numeric, "width": _width(column, cells[place])}
            for place, column in enumerate(grid.columns)
            if place in kept
        ],
        "rows": [
            {"cells": [shortened(row[place], SHORT) for place in kept], "total": number in grid.total_rows}
            for number, row in enumerate(grid.rows)
        ],
    }


def _mean_length(cells: list[str]) -> float:
    return sum(map(len, cells)) / max(len(cells), 1)


def _width(column: Column, cells: list[str]) -> int:
    """Return how many characters wide a column wants to be: figures whole, words in a line or two."""
    longest = max(map(len, cells), default=0)
    # A heading has four lines at most.
    heading = max(*map(len, column.title.split()), math.ceil(len(column.title) / 4), 0)
    return max(longest if column.numeric else min(longest, WIDEST), heading) + 2


def sources_on_paper(sources: pd.DataFrame) -> list[dict[str, Any]]:
    """Return each document once, with its marks and the first of its places."""
    told = []
    for source, rows in sources[sources["source"].notna()].groupby("source", sort=False):
        places = list(dict.fromkeys(filter(None, map(shown_place, rows["locator"].dropna().astype(str)))))
        shown = "; ".join(shortened(place, 110) for place in places[:FEW] if place)
        if len(places) > FEW:
            shown += HEADINGS["more_sources"].format(count=len(places) - FEW)
        marks = list(dict.fromkeys(rows["mark"].dropna().astype(str)))
        told.append({"title": shortened(titled([str(source)])[0], 160), "marks": marks, "places": shown})
    return told


def run_line(brief: Brief) -> str:
    """Return the run's id for the foot of a page."""
    return f"{HEADINGS['run']}: {brief.run_id}"


def record_line(brief: Brief) -> str:
    """Return what the result was made with, in one paragraph."""
    told = [
        f"{name.replace('_', ' ')}: {value}"
        for section, name, value in brief.record
        if section in RECORDED and value and len(value) <= LONGEST
    ]
    return shortened("; ".join(dict.fromkeys(told)), 900).rstrip(".…") + "."


def shortened(words: str, most: int = LONGEST) -> str:
    """Return a text of at most so many characters, cut between words; lines become one.

    A space at which no line may break stays as it is: a figure keeps its unit.
    """
    kept = words.replace("\u00a0", "\u241f")
    cut = textwrap.shorten(kept, most, placeholder=" …") if len(kept) > most else " ".join(kept.split())
    if cut == " …" or cut == "…":
        cut = kept[: most - 2] + " …"  # one word longer than the room
    return cut.replace("\u241f", "\u00a0").strip()


def _option(option: Option) -> dict[str, Any]:
    return {
        "name": shortened(option.name, SHORT),
        "outcome": shortened(option.outcome),
        "pros": _few(option.pros),
        "cons": _few(option.cons),
    }


def _few(sentences: Iterable[str]) -> list[str]:
    told = [shortened(one, 220) for one in sentences]
    left = len(told) - MOST_SIDES
    # One sentence more costs no more room than saying that it is missing.
    return told if left <= 1 else [*told[:MOST_SIDES], PAPER["more_sides"].format(count=left)]
