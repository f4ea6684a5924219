"""Everything that a dashboard's kernel needs, imported and computed before a kernel is forked.

A viewer who moves a control gets an answer that is there already: what the controls of the shipped pages can ask for
is little, and is computed once for all viewers.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.panels import alignment, audit, gap, grants

PAGES = (gap, grants, alignment, audit)


def warm_first() -> None:
    """Compute what the pages show when they open."""
    for page in PAGES:
        page.content_of(*page.first_choice())


def warm_rest() -> Iterator[None]:
    """Compute the rest, choice by choice, so that whoever has something else to do can stop in between."""
    for page in PAGES:
        for choice in page.choices():
            page.content_of(*choice)
            yield
