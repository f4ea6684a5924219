"""The frame of every dashboard: finding, controls, headline figures, picture, table, why, files, findings, sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import ipywidgets as widgets

from workbench.errors import UnknownNameError
from workbench.panels import html
from workbench.panels.address import Address
from workbench.panels.carried import Carried
from workbench.panels.chart import Chart
from workbench.panels.download import DownloadBar
from workbench.panels.files import KINDS, file_of
from workbench.panels.guard import checked, guarded, in_words, is_dashboard, keep_tracebacks
from workbench.panels.progress import Progress
from workbench.panels.table import Table
from workbench.views import text
from workbench.views.content import PageContent

STYLESHEET: Final = Path(__file__).parent / "static" / "workbench.css"


class Page(Carried):
    """A dashboard: controls, and what is shown for their values.

    Parameters
    ----------
    controls : mapping of str to Dropdown
        What a viewer may change, by its name in the page's address, in the order in which an address is applied.
    content : callable
        Reads the controls, checks every value again, and returns what to show.
    follow : mapping of str to callable, optional
        By a control's name: what has to follow before anything is shown, such as the years that the newly chosen
        figures have.
    name : str
        What the page's files are called, before what its controls say.
    """

    def __init__(
        self,
        controls: Mapping[str, widgets.Dropdown],
        content: Callable[[], PageContent],
        *,
        follow: Mapping[str, Callable[[], None]] | None = None,
        name: str = "workbench",
    ) -> None:
        self._controls = dict(controls)
        self._names = {control.model_id: name for name, control in self._controls.items()}
        self._name = name
        self._content = content
        self._follow = dict(follow or {})
        self._following = False
        self._shown: PageContent | None = None
        self._heading = _part("wb-heading")
        self._error = _part("wb-error-place")
        self.progress = Progress()
        self._cards = _part("wb-cards-place")
        self._chart = Chart()
        self._table = Table()
        self._table.add_class("wb-table-place")
        self._files = DownloadBar(KINDS, self._file)
        self._address = Address(self._state(), self.restore)
        self._document = _part("wb-document")
        self._foot = _part("wb-foot")
        row = widgets.HBox(list(self._controls.values()))
        row.add_class("wb-controls")
        out = widgets.HBox([self._files, self._address])
        out.add_class("wb-out")
        parts = [self._heading, row, self._error, self.progress, self._cards, self._chart, self._table, out]
        super().__init__([*own_style(), *parts, self._document, self._foot])
        self.add_class("wb-page")
        keep_tracebacks(self.tell)
        for control in self._controls.values():
            control.observe(self._changed, names="value")
        self.refresh()

    def refresh(self) -> bool:
        """Show what the controls say now; where that cannot be, the figures before stay, and words say why."""
        return guarded(self._show, self.tell)

    def tell(self, words: str) -> None:
        """Show words in the fixed place for errors; empty words clear it."""
        self._error.value = html.error(words)

    def restore(self, asked: Mapping[str, str]) -> None:
        """Set the controls to what an address asks for; what they do not offer is told, and stays as it was.

        Parameters
        ----------
        asked : mapping of str to str
            Values by the controls' names, unchecked.
        """
        refused: list[str] = []
        self._following = True
        try:
            for name, control in self._controls.items():
                if name not in asked:
                    continue
                offered = {str(value): value for _, value in _offered(control)}
                try:
                    control.value = offered[checked(asked[name], tuple(offered), control.description.lower())]
                except UnknownNameError as refusal:
                    refused.append(in_words(refusal))
                    continue
                if name in self._follow:
                    guarded(self._follow[name], refused.append)
        finally:
            self._following = False
        shown = self.refresh()
        self._address.state = self._state()
        if shown and refused:
            self.tell("\n".join([*refused, text.ADDRESS["kept"]]))

    def _changed(self, change: Mapping[str, Any]) -> None:
        if self._following:  # what follows a control's change is shown with it, once
            return
        self._following = True
        try:
            follow = self._follow.get(self._names[change["owner"].model_id])
            followed = guarded(follow, self.tell) if follow else True
        finally:
            self._following = False
        if followed and self.refresh():
            self._address.state = self._state()

    def _state(self) -> dict[str, str]:
        return {name: str(control.value) for name, control in self._controls.items()}

    def _show(self) -> None:
        shown = self._content()
        self._shown = shown
        self._chart.show(shown.picture)  # first, for the browser takes longest to draw it
        self._heading.value = html.heading(shown)
        self._cards.value = html.cards(shown.cards)
        self._table.show(shown.grid, self._why if shown.explain else None)
        self._document.value = shown.document
        self._foot.value = html.foot(shown)
        self.tell("")

    def _why(self, row: int) -> str:
        """Say why a line of the table that is shown is what it is."""
        shown = self._shown
        pick = shown.grid.picks[row] if shown else None
        return shown.explain(pick) if shown and shown.explain and pick is not None else ""

    def _file(self, kind: str) -> tuple[str, bytes]:
        """Make a file of what is shown."""
        called = "-".join([self._name, *self._state().values()])
        return file_of(self._shown.result if self._shown else None, kind, called)


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


def _offered(control: widgets.Dropdown) -> list[tuple[str, Any]]:
    return [option if isinstance(option, tuple) else (str(option), option) for option in control.options]


def _part(name: str) -> widgets.HTML:
    part = widgets.HTML()
    part.add_class(name)
    return part


def own_style() -> list[widgets.Widget]:
    """Return the stylesheet as a widget, except in a dashboard, whose page has loaded it already."""
    if is_dashboard():
        return []
    return [widgets.HTML(f"<style>{STYLESHEET.read_text(encoding='utf-8')}</style>")]
