"""The parts of a page as HTML. Every text is escaped: labels come from data, and data comes from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

import pandas as pd

from workbench.results import inferred_in
from workbench.views import text
from workbench.views.content import Card, Grid, PageContent

LONG: Final = 10
"""Characters of a headline figure beyond which it is set smaller."""

FEW: Final = 3
"""Places of a source that are shown beside its name."""


def heading(content: PageContent) -> str:
    """Return the finding as the page's title, with its lead and, where it applies, the warning."""
    warnings = [text.PAGE["illustrative"]] if content.illustrative else []
    warnings += _inferred(content.sources)
    badges = "".join(f'<p class="wb-badge">{escape(warning)}</p>' for warning in warnings)
    return f'<h1>{escape(content.finding)}</h1><p class="wb-lead">{escape(content.lead)}</p>{badges}'


def _inferred(frame: pd.DataFrame) -> list[str]:
    """Return the warning that names what is inferred, where something is."""
    named = list(inferred_in(frame))
    if not named:
        return []
    more = [text.PAGE["inferred_more"].format(count=len(named) - FEW)] if len(named) > FEW else []
    return [text.PAGE["inferred"].format(what="; ".join([*named[:FEW], *more]))]


def cards(shown: Iterable[Card]) -> str:
    """Return the headline figures as a list of terms."""
    return f'<dl class="wb-cards">{"".join(map(_card, shown))}</dl>'


def _card(card: Card) -> str:
    note = f'<dd class="wb-card-note">{escape(card.note)}</dd>' if card.note else ""
    size = " wb-long" if len(card.value) > LONG else ""
    value = f'<span class="wb-figure-value{size}">{escape(card.value)}</span>'
    unit = f'<span class="wb-unit">{escape(card.unit)}</span>'
    return f'<div class="wb-card wb-{card.tone}"><dt>{escape(card.label)}</dt><dd>{value} {unit}</dd>{note}</div>'


def table(grid: Grid) -> str:
    """Return a table that scrolls in its own frame, with a caption and headings for screen readers."""
    heads = "".join(f'<th scope="col"{_kind(column.decimals)}>{escape(column.title)}</th>' for column in grid.columns)
    body = "".join(_row(grid, position) for position in range(len(grid.rows)))
    empty = f'<p class="wb-empty">{escape(text.PAGE["empty"])}</p>' if not grid.rows else ""
    caption = escape(grid.caption)
    # The title stands outside of the frame that scrolls: on a telephone it would be cut off inside.
    rows = (
        f'<table class="wb-table" aria-label="{caption}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )
    frame = f'<div class="wb-scroll" role="region" tabindex="0" aria-label="{caption}">{rows}</div>'
    return f'<div class="wb-grid"><h2>{caption}</h2>{frame}{empty}</div>'


def _row(grid: Grid, position: int) -> str:
    total = ' class="wb-total"' if position in grid.total_rows else ""
    cells = zip(grid.columns, grid.rows[position], strict=True)
    first = True
    parts = []
    for column, cell in cells:
        tag, scope = ("th", ' scope="row"') if first else ("td", "")
        parts.append(f"<{tag}{scope}{_kind(column.decimals)}>{escape(cell)}</{tag}>")
        first = False
    return f"<tr{total}>{''.join(parts)}</tr>"


def _kind(decimals: int | None) -> str:
    return "" if decimals is None else ' class="wb-number"'


def sentences(title: str, lines: Iterable[str]) -> str:
    """Return a short list under a title, nothing where there is no line."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<section><h2>{escape(title)}</h2><ul>{items}</ul></section>" if items else ""


def sources(frame: pd.DataFrame) -> str:
    """Return the sources, each document once with its places and marks."""
    if frame.empty:
        return ""
    items = []
    for source, rows in frame.groupby("source", sort=False):
        places = list(dict.fromkeys(rows["locator"].dropna().astype(str)))
        marks = "".join(_mark(mark) for mark in dict.fromkeys(rows["mark"].dropna().astype(str)))
        items.append(f"<li>{escape(str(source))} {marks} {_places(places)}</li>")
    return f'<section class="wb-sources"><h2>{escape(text.PAGE["sources"])}</h2><ul>{"".join(items)}</ul></section>'


def _places(places: list[str]) -> str:
    """Return the places in a document: a few beside its name, many to be opened."""
    listed = escape("; ".join(places))
    if len(places) <= FEW:
        return listed
    summary = escape(text.SOURCES["more"].format(count=len(places)))
    return f"<details><summary>{summary}</summary>{listed}</details>"


def _mark(mark: str) -> str:
    kind = "wb-mark wb-mark-illustrative" if mark == "illustrative" else "wb-mark"
    return f'<span class="{kind}">{escape(mark)}</span>'


def error(words: str) -> str:
    """Return words for the page's fixed place for errors; empty words clear it."""
    return f'<p role="alert" class="wb-error">{escape(words)}</p>' if words else ""
