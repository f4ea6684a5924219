"""A file that a viewer brings: sent in pieces over the widget's own channel, held in memory, written nowhere.

The browser checks kind and size to spare the viewer a wait; both are checked again here, for a browser can say
anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import anywidget
from traitlets import Dict, Int, Unicode

from workbench.errors import Fault, InputError
from workbench.panels.chart import STATIC
from workbench.panels.guard import guarded
from workbench.panels.rights import MEGABYTES
from workbench.views import text_own

WORDS: Final = text_own.UPLOAD
KINDS: Final = (".xlsx", ".csv")
PIECE: Final = 200_000
"""Bytes of a piece: well below the largest message that the server takes."""

MEGABYTE: Final = 1024 * 1024
LONGEST_NAME: Final = 200


class Upload(anywidget.AnyWidget):
    """A field that takes one file at a time.

    Parameters
    ----------
    taken : callable
        Takes the file's name and its bytes, once all have come. What it refuses is said below the field.
    megabytes : int
        The largest file.
    """

    _esm = (STATIC / "upload.mjs").read_text(encoding="utf-8")
    _css = (STATIC / "upload.css").read_text(encoding="utf-8")

    words = Dict(WORDS).tag(sync=True)
    megabytes = Int().tag(sync=True)
    piece = Int(PIECE).tag(sync=True)
    told = Unicode().tag(sync=True)

    def __init__(self, taken: Callable[[str, bytes], None], megabytes: int = MEGABYTES) -> None:
        super().__init__(megabytes=megabytes)
        self._taken = taken
        self._most = megabytes * MEGABYTE  # the trait is the browser's to change, this is not
        self._megabytes = megabytes
        self._name = ""
        self._size = 0
        self._held = bytearray()
        self.on_msg(_heard)
        self.add_class("wb-upload-place")

    def begin(self, name: object, size: object) -> None:
        """Take note of what will come; whatever came of another file before is dropped.

        Raises
        ------
        InputError
            For a file that is none of :data:`KINDS`, empty or too large.
        """
        self._drop()
        known = _file_name(name)
        if not known.lower().endswith(KINDS):
            raise InputError(Fault(what=WORDS["kind"], value=known, remedy=WORDS["kind_remedy"]))
        if type(size) is not int or size < 1:
            raise InputError(Fault(what=WORDS["empty"], value=known))
        if size > self._most:
            what = WORDS["too_large"].format(size=f"{size / MEGABYTE:.1f}", megabytes=self._megabytes)
            raise InputError(Fault(what=what, value=known, remedy=WORDS["too_large_remedy"]))
        self._name, self._size = known, size

    def add(self, start: object, content: bytes) -> bool:
        """Add a piece; tell whether the file is whole.

        Raises
        ------
        InputError
            For a piece that does not follow the last one, or is more than was announced.
        """
        follows = type(start) is int and start == len(self._held)
        if not follows or not content or len(self._held) + len(content) > self._size:
            name = self._name
            self._drop()
            raise InputError(Fault(what=WORDS["interrupted"], value=name, remedy=WORDS["interrupted_remedy"]))
        self._held += content
        return len(self._held) == self._size

    def take(self) -> None:
        """Hand over the whole file, and forget it."""
        name, content = self._name, bytes(self._held)
        self._drop()
        self._taken(name, content)

    def _drop(self) -> None:
        self._name, self._size, self._held = "", 0, bytearray()


def _file_name(name: object) -> str:
    """Return a file's name without its folders and without signs that cannot be printed."""
    last = str(name).replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[-LONGEST_NAME:].strip()


def _heard(upload: Upload, message: Any, buffers: Any) -> None:  # noqa: ANN401 - whatever a browser sends
    kind = message.get("kind") if isinstance(message, dict) else None
    if kind not in ("begin", "piece"):
        return
    upload.told = ""
    whole: list[bool] = []

    def hear() -> None:
        if kind == "begin":
            upload.begin(message.get("name"), message.get("size"))
        else:
            whole.append(upload.add(message.get("from"), b"".join(bytes(buffer) for buffer in buffers)))
            if whole[0]:
                upload.take()

    def tell(words: str) -> None:
        upload.told = words

    if not guarded(hear, tell) or whole == [True]:
        upload.send({"kind": "done"})
    else:
        upload.send({"kind": "next", "from": len(upload._held)})  # noqa: SLF001 - this module's own
