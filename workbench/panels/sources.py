"""What the documents are called: the titles that the data packages give to the names in their tables."""

from __future__ import annotations

from dataclasses import replace

from workbench.datasets.titles import titled
from workbench.views.content import PageContent


def with_titles(content: PageContent) -> PageContent:
    """Return a page whose sources carry their documents' titles where a package gives one."""
    named = content.sources.assign(source=titled(content.sources["source"]))
    return replace(content, sources=named)
