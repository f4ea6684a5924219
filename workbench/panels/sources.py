"""What the documents are called: the titles that the data packages give to the names in their tables."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from workbench.datasets import open_package, package_names
from workbench.views.content import PageContent


@cache
def titles() -> dict[str, str]:
    """Return the title of every source that a shipped package declares, by its name."""
    declared = [source for name in package_names() for source in open_package(name).descriptor.sources]
    return {source.name: source.title for source in declared if source.name}


def with_titles(content: PageContent) -> PageContent:
    """Return a page whose sources carry their documents' titles where a package gives one."""
    named = content.sources.assign(source=content.sources["source"].map(lambda name: titles().get(name, name)))
    return replace(content, sources=named)
