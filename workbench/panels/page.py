"""The frame of every dashboard: finding, controls, headline figures, picture, table, findings, sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import ipywidgets as widgets

from workbench.panels import html
from workbench.panels.carried import Carried
from workbench.panels.chart import Chart
from workbench.panels.guard import guarded, is_dashboard, keep_tracebacks
from workbench.views import text
from workbench.views.content import PageContent

STYLESHEET: Final = Path(__file__).parent / "static" / "workbench.css"


class Page(Carried):
    """A dashboard: controls, and what is shown for their values.

    Parameters
    ----------
    controls : sequence of Widget
        What a viewer may change; each has a ``value``.
    content : callable
        Reads the controls, checks every value again, and returns what to show.
    follow : mapping of str to callable, optional
        By a control's ``model_id``: what has to follow before anything is shown, such as the years that the newly
        chosen figures have.
    """

    def __init__(
        self,
        controls: Sequence[widgets.Widget],
        content: Callable[[], PageContent],
        *,
        follow: Mapping[str, Callable[[], None]] | None = None,
    ) -> None:
        self._content = content
        self._follow = dict(follow or {})
        self._following = False
        self._heading = _part("wb-heading")
        self._error = _part("wb-error-place")
        self._cards = _part("wb-cards-place")
        self._chart = Chart()
        self._table = _part("wb-table-place")
        self._document = _part("wb-document")
        self._foot = _part("wb-foot")
        row = widgets.HBox(list(controls))
        row.add_class("wb-controls")
        parts = [self._heading, row, self._error, self._cards, self._chart, self._table]
        super().__init__([*_own_style(), *parts, self._document, self._foot])
        self.add_class("wb-page")
        keep_tracebacks(self.tell)
        for control in controls:
            control.observe(self._changed, names="value")
        self.refresh()

    def refresh(self) -> None:
        """Show what the controls say now; where that cannot be, the figures before stay, and words say why."""
        guarded(self._show, self.tell)

    def tell(self, words: str) -> None:
        """Show words in the fixed place for errors; empty words clear it."""
        self._error.value = html.error(words)

    def _changed(self, change: Mapping[str, Any]) -> None:
        if self._following:  # what follows a control's change is shown with it, once
            return
        self._following = True
        try:
            follow = self._follow.get(change["owner"].model_id)
            followed = guarded(follow, self.tell) if follow else True
        finally:
            self._following = False
        if followed:
            self.refresh()

    def _show(self) -> None:
        shown = self._content()
        self._heading.value = html.heading(shown)
        self._cards.value = html.cards(shown.cards)
        self._chart.show(shown.picture)
        self._table.value = html.table(shown.grid)
        self._document.value = shown.document
        self._foot.value = (
            html.sentences(text.PAGE["findings"], shown.findings)
            + html.sentences(text.PAGE["notes"], shown.notes)
            + html.sources(shown.sources)
        )
        self.tell("")


def select(label: str, options: Sequence[tuple[str, str]] | Sequence[str], value: str) -> widgets.Dropdown:
    """Return a labelled list to choose from.

    Parameters
    ----------
    label : str
        What is chosen.
    options : sequence of str or of (shown, value)
    value : str
        What is chosen at first.
    """
    control = widgets.Dropdown(description=label, options=options, value=value, style={"description_width": "auto"})
    control.add_class("wb-select")

    def show_whether_there_is_a_choice(_change: object = None) -> None:
        # For the eye alone: a browser can still send any value, which whoever reads the control checks.
        control.disabled = len(control.options) < 2

    control.observe(show_whether_there_is_a_choice, names="options")
    show_whether_there_is_a_choice()
    return control


def _part(name: str) -> widgets.HTML:
    part = widgets.HTML()
    part.add_class(name)
    return part


def _own_style() -> list[widgets.Widget]:
    """Return the stylesheet as a widget, except in a dashboard, whose page has loaded it already."""
    if is_dashboard():
        return []
    return [widgets.HTML(f"<style>{STYLESHEET.read_text(encoding='utf-8')}</style>")]
