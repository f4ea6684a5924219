"""Refusals without a page, for what no person reads."""

from __future__ import annotations

from tornado.web import RequestHandler


class Quiet(RequestHandler):
    """A handler that refuses by the status alone."""

    def write_error(self, status_code: int, **_kwargs: object) -> None:
        """Send the status."""
        self.set_status(status_code)
        self.finish()
