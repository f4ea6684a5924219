"""The line between a viewer's browser and his kernel: widgets' messages pass, everything that shows code does not."""

from __future__ import annotations

from typing import Any, Final

from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler, read_header_from_binary_message

KEPT_BACK: Final = frozenset({"error", "execute_input", "execute_reply", "execute_result", "stream"})
"""Kernel messages that no viewer gets: tracebacks, code, and what a program prints. Widgets need none of them."""


class WidgetChannel(VoilaKernelWebsocketHandler):
    """Voila's channel, with the kernel's tracebacks and prints kept back."""

    def write_message(self, message: bytes | dict[str, Any], binary: bool = False) -> Any:  # noqa: ANN401 - tornado's
        """Send a message to the browser, unless it is of a kind that is kept back."""
        header = read_header_from_binary_message(message) if isinstance(message, bytes) else message.get("header")
        if header and header.get("msg_type") in KEPT_BACK:
            return None
        return super().write_message(message, binary)
