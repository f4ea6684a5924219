"""Everything that a dashboard's kernel needs, imported and computed before a kernel is forked.

A viewer who moves a control gets an answer that is there already: what the controls of the shipped pages can ask for
is little, and is computed once for all viewers.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.panels import alignment, audit, gap, grants, html
from workbench.views.content import PageContent

PAGES = (gap, grants, alignment, audit)


def warm_first() -> None:
    """Compute what the pages show when they open; each kernel would do it again, and the home page tells of it."""
    for page in PAGES:
        _drawn(page.content_of(*page.first_choice()))


def warm_rest() -> Iterator[None]:
    """Compute the rest, choice by choice, so that whoever has something else to do can stop in between."""
    for page in PAGES:
        for choice in page.choices():
            _drawn(page.content_of(*choice))
            yield


def _drawn(content: PageContent) -> None:
    html.heading(content)
    html.cards(content.cards)
    html.foot(content)
