"""What the documents are called: the titles that the data packages give to the names in their tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from workbench.datasets.locate import package_names
from workbench.datasets.package import open_package


@cache
def document_titles() -> dict[str, str]:
    """Return the title of every source that a shipped package declares, by its name.

    A table of a package that itself stands as a source, such as a crosswalk, goes by ``package/file.csv``.
    """
    titles: dict[str, str] = {}
    for name in package_names():
        descriptor = open_package(name).descriptor
        titles |= {f"{name}/{resource.path}": resource.title for resource in descriptor.resources if resource.title}
        titles |= {source.name: source.title for source in descriptor.sources if source.name}
    return titles


def titled(names: Iterable[str]) -> list[str]:
    """Return what the sources of these names are called; a name without a title stands for itself."""
    titles = document_titles()
    return [titles.get(name, name) for name in names]
