"""Security headers that go with every answer, whoever of Voila's, Jupyter's or our handlers gives it."""

from __future__ import annotations

import base64
import hashlib
from typing import Final
from urllib.parse import unquote_plus

from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.web import OutputTransform

INLINE_SCRIPTS: Final = (
    "window.voila_heartbeat()",
    "window.workbenchCell()",
    "window.workbenchCellsDone()",
)
"""The only scripts that may stand in a page itself; each is let through by its checksum."""


def _checksum(script: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"


CONTENT_SECURITY_POLICY: Final = "; ".join(
    [
        "default-src 'self'",
        # The widget front end compiles JSON schemas (eval), and loads a widget's script from a blob.
        f"script-src 'self' 'unsafe-eval' blob: {' '.join(map(_checksum, INLINE_SCRIPTS))}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def without_token(address: str) -> str:
    """Return an address without its token, and otherwise as it was written."""
    path, _, query = address.partition("?")
    left = [part for part in query.split("&") if unquote_plus(part.partition("=")[0]) != "token"]
    return "?".join(filter(None, [path, "&".join(left)]))


class SecurityHeaders(OutputTransform):
    """Put the headers on an answer just before it is sent, and keep the request's token out of the log."""

    def __init__(self, request: HTTPServerRequest) -> None:
        # Tornado asks for this before any handler sees the request. What was asked for is logged from here, by four
        # logs, for each answer that is a refusal; the login reads the token from the arguments.
        request.uri = without_token(request.uri or "")
        request.query = request.uri.partition("?")[2]

    def transform_first_chunk(
        self,
        status_code: int,
        headers: HTTPHeaders,
        chunk: bytes,
        finishing: bool,  # noqa: ARG002 - tornado's name
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Set the headers, whatever a handler set before."""
        for name, value in HEADERS.items():
            headers[name] = value
        if "Server" in headers:
            del headers["Server"]  # no need to tell which server, in which version
        return status_code, headers, chunk
