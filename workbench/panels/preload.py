"""Everything that a dashboard's kernel needs, imported and computed before a kernel is forked.

A viewer who moves a control gets an answer that is there already: what the controls of the shipped pages can ask for
is little, and is computed once for all viewers.
"""

from __future__ import annotations

from collections.abc import Iterator

import workbench.panels.own  # noqa: F401 - imported to be there
from workbench.panels import alignment, audit, gap, grants, html, own_crosswalk, scenarios
from workbench.views.content import PageContent

PAGES = (gap, grants, alignment, audit)


def warm_first() -> None:
    """Compute what the pages show when they open."""
    for page in PAGES:
        _drawn(page.content_of(*page.first_choice()))
    scenarios.warm(scenarios.FIRST)


def warm_rest() -> Iterator[None]:
    """Compute the rest, choice by choice, so that whoever has something else to do can stop in between."""
    for page in PAGES:
        for choice in page.choices():
            _drawn(page.content_of(*choice))
            yield
    for name in scenarios.questions():
        scenarios.warm(name)
        yield
    for plan in alignment.plans():
        own_crosswalk.shipped(plan)
        yield


def _drawn(content: PageContent) -> None:
    html.heading(content)
    html.cards(content.cards)
    html.foot(content)
