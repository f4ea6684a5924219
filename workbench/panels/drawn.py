"""Many draws of a scenario above its central case: one sentence, the bands as a picture and as a table."""

from __future__ import annotations

import ipywidgets as widgets

from workbench.panels import html
from workbench.panels.chart import Chart
from workbench.panels.shown import part
from workbench.panels.table import Table
from workbench.views.content import PageContent


class Drawn(widgets.VBox):
    """What the draws give; nothing where a scenario asks for none."""

    def __init__(self) -> None:
        super().__init__()
        self._lead = part("wb-question")
        self._chart = Chart()
        self._table = Table()
        self._table.add_class("wb-table-place")

    def show(self, draws: PageContent | None) -> None:
        """Show draws in the place of those before, or nothing."""
        if draws is None:
            self.children = []
            return
        self._lead.value = html.plain(draws.lead)
        self._chart.show(draws.picture)
        self._table.show(draws.grid)
        self.children = [self._lead, self._chart, self._table]
