"""What the documents are called: the titles that the data packages give to the names in their tables."""

from __future__ import annotations

from dataclasses import replace

from workbench.datasets import open_package, package_names
from workbench.datasets.titles import titled
from workbench.grants import load_design
from workbench.grants.load import design_names
from workbench.scenarios import Record
from workbench.views import text
from workbench.views.content import PageContent
from workbench.views.places import is_working_file, shown_place


def with_titles(content: PageContent) -> PageContent:
    """Return a page whose sources carry their documents' titles where a package gives one, and their places there."""
    sources = content.sources
    named = sources.assign(
        source=[text.SOURCES["note"] if is_working_file(name) else name for name in titled(sources["source"])],
        locator=sources["locator"].map(lambda place: shown_place(str(place)) or None, na_action="ignore"),
    )
    return replace(content, sources=named)


def base_title(record: Record) -> str:
    """Return what the figures are called that a scenario starts from; what has no title stands for itself."""
    base = str(record.content["base"])
    if record.model == "grants" and base in design_names():
        return load_design(base).title
    return open_package(base).title if base in package_names() else base
