"""A result below the controls that led to it: headline figures, picture, table, files, what a reader must know."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from workbench.panels import html
from workbench.panels.chart import Chart
from workbench.panels.download import DownloadBar
from workbench.panels.table import Table
from workbench.views.content import PageContent


class Shown(widgets.VBox):
    """What came of a run; nothing before the first.

    Parameters
    ----------
    make : callable
        Takes a kind of file and returns its name and bytes.
    *beside : Widget
        What stands beside the files.
    """

    def __init__(self, make: Callable[[str], tuple[str, bytes]], *beside: widgets.Widget) -> None:
        super().__init__()
        self.content: PageContent | None = None
        self._cards = part("wb-cards-place")
        self._chart = Chart()
        self._table = Table()
        self._table.add_class("wb-table-place")
        self.files = DownloadBar({}, make)
        self._out = widgets.HBox([self.files, *beside])
        self._out.add_class("wb-out")
        self._foot = part("wb-foot")

    def show(self, content: PageContent, files: Mapping[str, str]) -> None:
        """Show a result in the place of the one before, with the files that it is given as."""
        self.content = content
        self._cards.value = html.cards(content.cards)
        self._chart.show(content.picture)
        self._table.show(content.grid, self._why if content.explain else None)
        self.files.offer(files)
        self.files.tell("")
        self._foot.value = html.foot_of(content)
        self.children = [self._cards, self._chart, self._table, self._out, self._foot]

    def clear(self) -> None:
        """Show nothing: the figures that the result stood on are no more."""
        self.content = None
        self.files.offer({})
        self.children = []

    def _why(self, row: int) -> str:
        content = self.content
        pick = content.grid.picks[row] if content else None
        return content.explain(pick) if content and content.explain and pick is not None else ""


def part(name: str) -> widgets.HTML:
    """Return a place of the page for HTML."""
    place = widgets.HTML()
    place.add_class(name)
    return place


def row(*fields: widgets.Widget) -> widgets.HBox:
    """Return fields side by side that wait for a button: to change one of them asks for nothing yet."""
    made = widgets.HBox(list(fields))
    made.add_class("wb-controls")
    made.add_class("wb-waiting")
    return made
