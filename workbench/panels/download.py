"""Buttons that give a file to the browser: made when asked for, sent over the widget's own channel, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import anywidget
from traitlets import Dict, List, Unicode

from workbench.errors import InputError
from workbench.panels.guard import checked, guarded
from workbench.views import text

STATIC: Final = Path(__file__).parent / "static"

TYPES: Final = {
    ".csv": "text/csv;charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yaml": "application/yaml",
    ".zip": "application/zip",
}
"""Media types by a file's ending."""


class DownloadBar(anywidget.AnyWidget):
    """A row of buttons, each of which makes one kind of file and hands it to the browser.

    Parameters
    ----------
    kinds : mapping of str to str
        What each button says, by the kind of file.
    make : callable
        Takes a kind and returns the file's name and its bytes. What it refuses is said beside the buttons.
    """

    _esm = (STATIC / "download.mjs").read_text(encoding="utf-8")
    _css = (STATIC / "download.css").read_text(encoding="utf-8")

    kinds = List().tag(sync=True)
    words = Dict(text.DOWNLOAD).tag(sync=True)
    told = Unicode().tag(sync=True)

    def __init__(self, kinds: Mapping[str, str], make: Callable[[str], tuple[str, bytes]]) -> None:
        super().__init__(kinds=[list(pair) for pair in kinds.items()])
        self._made = make
        self._offered = tuple(kinds)  # the trait is the browser's to change, this is not
        self.on_msg(_wanted)
        self.add_class("wb-download-place")

    def offer(self, kinds: Mapping[str, str]) -> None:
        """Show other buttons, and answer those alone."""
        self._offered = tuple(kinds)
        self.kinds = [list(pair) for pair in kinds.items()]

    def tell(self, words: str) -> None:
        """Show words beside the buttons; empty words clear them."""
        self.told = words

    def give(self, kind: str) -> None:
        """Make a file and send it to the browser.

        Raises
        ------
        UnknownNameError
            For a kind that no button offers.
        InputError
            For a name that is a path, or ends in no known way.
        """
        name, content = self._made(checked(kind, self._offered, text.OFFERED["file"]))
        suffix = Path(name).suffix
        if Path(name).name != name or suffix not in TYPES:
            raise InputError(f"{name!r} is no name for a file to download")
        self.send({"kind": "file", "name": name, "type": TYPES[suffix]}, buffers=[content])


def _wanted(bar: DownloadBar, message: object, _buffers: object) -> None:
    if not isinstance(message, dict) or message.get("kind") != "file wanted":
        return
    bar.tell("")
    if not guarded(lambda: bar.give(str(message.get("what"))), bar.tell):
        bar.send({"kind": "no file"})
