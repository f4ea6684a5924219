"""Says that the page works, and how far it is, where that takes more than half a second."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import anywidget
from traitlets import Dict

from workbench.panels.chart import STATIC
from workbench.views import text


class Progress(anywidget.AnyWidget):
    """A line of words and a bar, hidden while there is nothing to wait for.

    A moved control needs nothing of this in Python: the browser itself sees that no answer comes. Work of several
    steps says them with :meth:`steps`.
    """

    _esm = (STATIC / "progress.mjs").read_text(encoding="utf-8")

    step = Dict().tag(sync=True)
    words = Dict(text.PROGRESS).tag(sync=True)

    def at(self, words: str, done: int = 0, of: int = 0) -> None:
        """Say what is being done, and how many steps of how many are behind; no number where that is not known."""
        self.step = {"words": words, "done": done, "of": of}

    @contextmanager
    def steps(self, words: str, of: int = 0) -> Iterator[None]:
        """Say what is being done for as long as it takes, however it ends."""
        self.at(words, 0, of)
        try:
            yield
        finally:
            self.step = {}
