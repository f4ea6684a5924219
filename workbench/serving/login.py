"""The dashboards' own login: one token, asked for once a session."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from jupyter_server.auth import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from tornado.httputil import HTTPServerRequest, url_concat
from tornado.web import HTTPError
from traitlets import Any

from workbench.serving.tries import Tries

COOKIE: Final = {"httponly": True, "samesite": "Lax", "expires_days": None}
"""Out of reach of scripts, not sent with what other sites ask for, gone when the browser is closed."""


class TokenLogin(IdentityProvider):
    """Jupyter's token, compared in constant time and with a limit on tries; without a token everybody is let in."""

    tries = Any()

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.cookie_options = dict(COOKIE)
        self.tries = Tries()
        self._left: set[str] = set()

    @property
    def auth_enabled(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.token)

    def get_token(self, handler: JupyterHandler) -> str | None:
        """Return the token in the address or in the header; the login page reads its form itself."""
        found = self.auth_header_pat.match(handler.request.headers.get("Authorization", ""))
        given: str = handler.get_query_argument("token", "") or (found.group(2) if found else "")
        return given or None

    async def get_user_token(self, handler: JupyterHandler) -> User | None:
        """Return the viewer who gives the token in the address or in a header, None for anybody else."""
        given = self.get_token(handler)
        if not self.token or not given or not self.fits(handler, given):
            return None
        return self.get_user_cookie(handler) or self.generate_anonymous_user(handler)

    def get_user_cookie(self, handler: JupyterHandler) -> User | None:
        """Return the viewer whom the cookie names, None where he has logged out since."""
        user: User | None = super().get_user_cookie(handler)
        return None if user is None or user.username in self._left else user

    def leave(self, user: User) -> None:
        """Remember that a viewer has logged out: each login makes up a name of its own, which is never used again."""
        self._left.add(user.username)

    def fits(self, handler: JupyterHandler, given: str) -> bool:
        """Compare a token with the right one.

        Raises
        ------
        HTTPError
            With status 429, where too many wrong ones came from this address.
        """
        address = str(handler.request.remote_ip)
        if not self.tries.may(address):
            raise HTTPError(HTTPStatus.TOO_MANY_REQUESTS)
        right = hmac.compare_digest(given.encode(), str(self.token).encode())
        if not right:
            self.tries.wrong(address)
        return right


def login_address(handler: JupyterHandler, login: str) -> str:
    """Return where to log in, and where to go on from there, which never has the token in it."""
    where = {"next": clean_address(handler.request)}
    return str(url_concat(login, {**where, "wrong": "1"} if "token" in handler.request.query_arguments else where))


def clean_address(request: HTTPServerRequest) -> str:
    """Return the address that was asked for, without a token in it, and never that of another machine."""
    left = [(name, value) for name, values in request.query_arguments.items() for value in values if name != "token"]
    path = "/" + request.path.lstrip("/\\")
    return f"{path}?{urlencode(left)}" if left else path
