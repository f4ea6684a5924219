"""The line between a viewer's browser and his kernel: widgets' messages pass, everything that shows code does not."""

from __future__ import annotations

import struct
from http import HTTPStatus
from itertools import pairwise
from typing import Any, ClassVar, Final

from tornado.web import HTTPError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler, read_header_from_binary_message

from workbench.serving.quiet import Quiet

PROTOCOL: Final = "v1.kernel.websocket.jupyter.org"
"""The only form of messages that is spoken: in Jupyter's older one a message's kind could not be told for certain."""

KEPT_BACK: Final = frozenset({"error", "execute_input", "execute_reply", "execute_result", "stream"})
"""Kernel messages that no viewer gets: tracebacks, code, and what a program prints. Widgets need none of them."""

WORD: Final = 8
FEWEST_OFFSETS: Final = 6
"""Of the channel's name, header, parent header, metadata and content, and of the end."""

MOST_OFFSETS: Final = 64
PATIENCE: Final = 3
"""Signs of life that a browser may leave unanswered."""

BROKEN: Final = 1007
"""What a channel is closed with: data that are not what they say."""


def is_sound(message: bytes | str) -> bool:
    """Tell whether a message is one of the protocol: offsets of a few parts, one after the other, all within it.

    Jupyter takes the offsets at their word: a number in the place of their count would keep the server, and with it
    every viewer, busy for good, and parts that overlap would be copied until the memory is full.
    """
    if isinstance(message, str) or len(message) < WORD:
        return False
    count = int.from_bytes(message[:WORD], "little")
    start = WORD * (count + 1)
    if not FEWEST_OFFSETS <= count <= MOST_OFFSETS or len(message) < start:
        return False
    offsets = struct.unpack_from(f"<{count}Q", message, WORD)
    in_order = all(one <= after for one, after in pairwise(offsets))
    return offsets[0] >= start and in_order and offsets[-1] <= len(message)


class WidgetChannel(Quiet, VoilaKernelWebsocketHandler):
    """Voila's channel, with the kernel's tracebacks and prints kept back."""

    opened: ClassVar[dict[str, set[WidgetChannel]]] = {}
    """The open channels by kernel."""

    viewers: ClassVar[dict[str, str]] = {}
    """Whose a kernel is: the first who opens its channel, for its id stands in his page alone."""

    @property
    def ping_timeout(self) -> int:
        """Milliseconds after which a browser that answers no sign of life is taken for gone.

        With as long as between two signs Jupyter would close sound channels: the last answer is that old, and a little
        older. Tornado, which reads this before the channel is open, wants no more than that.
        """
        signs = PATIENCE if self.ping_callback is not None else 1
        return signs * int(self.ping_interval)

    async def get(self, kernel_id: str) -> None:
        """Open the channel to a browser that speaks the protocol, and to nobody but the kernel's own viewer."""
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if PROTOCOL not in [name.strip() for name in offered.split(",")]:
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        if self.current_user is None or not self.is_viewer(kernel_id, self.current_user.username):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        await super().get(kernel_id)

    @classmethod
    def is_viewer(cls, kernel_id: str, name: str) -> bool:
        """Tell whether a kernel is somebody's, or may become his."""
        return cls.viewers.get(kernel_id, name) == name

    async def open(self, kernel_id: str) -> None:
        """Remember the channel, so that it can be closed with its kernel."""
        self.opened.setdefault(kernel_id, set()).add(self)
        self.viewers.setdefault(kernel_id, self.current_user.username)
        await super().open(kernel_id)

    def on_message(self, message: bytes | str) -> None:
        """Pass a browser's message on to the kernel; whoever sends what is none is not heard any more."""
        if is_sound(message):
            super().on_message(message)
        else:
            self.close(BROKEN)

    def on_close(self) -> None:
        """Forget the channel."""
        self.opened.get(self.kernel_id, set()).discard(self)
        super().on_close()

    @classmethod
    def all_open(cls) -> list[WidgetChannel]:
        """Return the open channels of all kernels."""
        return [channel for channels in cls.opened.values() for channel in channels]

    @classmethod
    def close_all(cls, kernel_id: str) -> None:
        """Close a kernel's channels: a page whose kernel is gone must be able to say so."""
        cls.viewers.pop(kernel_id, None)
        for channel in tuple(cls.opened.pop(kernel_id, ())):
            channel.close()

    def write_message(self, message: bytes | str | dict[str, Any], binary: bool = False) -> Any:  # noqa: ANN401
        """Send a message to the browser, unless it is kept back, or its kind cannot be told."""
        header = read_header_from_binary_message(message) if isinstance(message, bytes) else None
        if header is None or header.get("msg_type") in KEPT_BACK:
            return None
        return super().write_message(message, binary)
