"""The parts of a page as HTML. Every text is escaped: labels come from data, and data comes from anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Final

import pandas as pd

from workbench.results import inferred_in
from workbench.views import text
from workbench.views.content import Card, PageContent

LONG: Final = 10
"""Characters of a headline figure beyond which it is set smaller."""

KEPT: Final = 512
"""Pages of which the drawn parts are kept: more than all controls can say."""

FEW: Final = 3
"""Places of a source that are shown beside its name."""


@lru_cache(maxsize=KEPT)
def heading(content: PageContent) -> str:
    """Return the finding as the page's title, with its lead and, where it applies, the warning."""
    warnings = [text.SCENARIO["badge"].format(question=content.scenario)] if content.scenario else []
    warnings += [text.PAGE["illustrative"]] if content.illustrative else []
    warnings += _inferred(content.sources)
    badges = "".join(f'<p class="wb-badge">{escape(warning)}</p>' for warning in warnings)
    return f'<h1>{escape(content.finding)}</h1><p class="wb-lead">{escape(content.lead)}</p>{badges}'


def title(words: str, lead: str) -> str:
    """Return a page's title and lead, where the page has no finding yet."""
    return f'<h1>{escape(words)}</h1><p class="wb-lead">{escape(lead)}</p>'


def section(words: str) -> str:
    """Return the title of a part of a page."""
    return f"<h2>{escape(words)}</h2>"


def finding(content: PageContent) -> str:
    """Return a finding that stands within a page, with its lead and, where it applies, the warning."""
    return heading(content).replace("<h1>", '<h3 class="wb-finding">', 1).replace("</h1>", "</h3>", 1)


def _inferred(frame: pd.DataFrame) -> list[str]:
    """Return the warning that names what is inferred, where something is."""
    named = list(inferred_in(frame))
    if not named:
        return []
    more = [text.PAGE["inferred_more"].format(count=len(named) - FEW)] if len(named) > FEW else []
    return [text.PAGE["inferred"].format(what="; ".join([*named[:FEW], *more]))]


def foot_of(content: PageContent) -> str:
    """Return findings, notes and sources, of a page that is shown once and need not be kept."""
    return (
        sentences(text.PAGE["findings"], content.findings)
        + sentences(text.PAGE["notes"], content.notes)
        + sources(content.sources)
    )


foot = lru_cache(maxsize=KEPT)(foot_of)
"""Return findings, notes and sources; what was drawn of a page is kept."""


@lru_cache(maxsize=KEPT)
def cards(shown: tuple[Card, ...]) -> str:
    """Return the headline figures as a list of terms."""
    return f'<dl class="wb-cards">{"".join(map(_card, shown))}</dl>'


def _card(card: Card) -> str:
    note = f'<dd class="wb-card-note">{escape(card.note)}</dd>' if card.note else ""
    size = " wb-long" if len(card.value) > LONG else ""
    value = f'<span class="wb-figure-value{size}">{escape(card.value)}</span>'
    unit = f'<span class="wb-unit">{escape(card.unit)}</span>'
    return f'<div class="wb-card wb-{card.tone}"><dt>{escape(card.label)}</dt><dd>{value} {unit}</dd>{note}</div>'


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
    return f'<span class="{kind}">{escape(text.SOURCE_MARKS.get(mark, mark))}</span>'


def error(words: str) -> str:
    """Return words for the page's fixed place for errors; empty words clear it."""
    return f'<p role="alert" class="wb-error">{escape(words)}</p>' if words else ""


def said(words: str) -> str:
    """Return words that say what was done; a screen reader reads them when they come."""
    return f'<p role="status" class="wb-said-done">{escape(words)}</p>' if words else ""


def plain(words: str) -> str:
    """Return a sentence."""
    return f"<p>{escape(words)}</p>" if words else ""
