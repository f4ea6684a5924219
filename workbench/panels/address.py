"""The page's address: it says what the controls say, so that it opens the same state for a colleague.

A kernel is kept warm before anybody has come, so it cannot know what address its page will have: the browser tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import anywidget
from traitlets import Bool, Dict

from workbench.panels.chart import STATIC
from workbench.views import text

LONGEST: Final = 200
"""Characters of a value in an address; no control's value is longer."""


class Address(anywidget.AnyWidget):
    """A button that copies a link to the page as it is, and the query of the page's own address.

    Parameters
    ----------
    state : mapping of str to str
        The controls' values by their names in the address.
    on_asked : callable
        Takes the values that the page was opened with, unchecked: whatever stood in the address under a known name.
    on_opened : callable, optional
        Called when somebody opens the page, before what the address asks for: what was read while the kernel waited
        for a viewer may be old by then.
    """

    _esm = (STATIC / "address.mjs").read_text(encoding="utf-8")

    state = Dict().tag(sync=True)
    words = Dict(text.ADDRESS).tag(sync=True)
    tells_opening = Bool().tag(sync=True)

    def __init__(
        self,
        state: Mapping[str, str],
        on_asked: Callable[[Mapping[str, str]], None],
        on_opened: Callable[[], None] | None = None,
    ) -> None:
        self._names = tuple(state)
        self._on_asked, self._on_opened = on_asked, on_opened
        super().__init__(state=dict(state), tells_opening=on_opened is not None)
        self.on_msg(_heard)

    def come(self) -> None:
        """Pass on that somebody has opened the page."""
        if self._on_opened is not None:
            self._on_opened()

    def ask(self, wanted: object) -> None:
        """Pass on what the browser read in the address; what is no short text under a known name is left out."""
        if not isinstance(wanted, dict):
            return
        known = {
            name: wanted[name]
            for name in self._names
            if isinstance(wanted.get(name), str) and len(wanted[name]) <= LONGEST
        }
        if known:
            self._on_asked(known)


def _heard(address: Address, message: object, _buffers: object) -> None:
    kind = message.get("kind") if isinstance(message, dict) else None
    if kind == "opened":
        address.come()
    elif kind == "asked" and isinstance(message, dict):
        address.ask(message.get("state"))
