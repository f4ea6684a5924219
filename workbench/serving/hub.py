"""The dashboards as a viewer's own server behind JupyterHub, which knows who he is."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from tornado.ioloop import PeriodicCallback

from workbench.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOK_EVERY: Final = 60_000
"""Milliseconds between two looks whether anybody has a page open."""

SECRETS: Final = ("JUPYTERHUB_API_TOKEN", "JPY_API_TOKEN")


@dataclass(frozen=True)
class Hub:
    """What JupyterHub told the server that it started.

    Attributes
    ----------
    address : str
    port : int
        Where to listen.
    base_url : str
        The path that the viewer's pages begin with.
    api_token : str
        The server's own key to the hub.
    activity_url : str
        Where to say that somebody is there.
    server_name : str
        Empty for the viewer's only server.
    """

    address: str
    port: int
    base_url: str
    api_token: str = field(repr=False)
    activity_url: str
    server_name: str


def hub_of_environment() -> Hub:
    """Return what the hub says in the environment, and take its key out: the viewers' kernels inherit the rest.

    Raises
    ------
    InputError
        Where no hub started this process.
    """
    needed = ("JUPYTERHUB_SERVICE_URL", "JUPYTERHUB_API_TOKEN", "JUPYTERHUB_CLIENT_ID", "JUPYTERHUB_USER")
    if missing := [name for name in needed if not os.environ.get(name)]:
        remedy = "leave --hub out; it is for servers that deploy/jupyterhub_config.py starts"
        raise InputError(Fault(what="no JupyterHub started this server", value=", ".join(missing), remedy=remedy))
    place = urlsplit(os.environ["JUPYTERHUB_SERVICE_URL"])
    hub = Hub(
        address=place.hostname or "127.0.0.1",
        port=place.port or 0,
        base_url=place.path.rstrip("/") + "/",
        api_token=os.environ["JUPYTERHUB_API_TOKEN"],
        activity_url=os.environ.get("JUPYTERHUB_ACTIVITY_URL", ""),
        server_name=os.environ.get("JUPYTERHUB_SERVER_NAME", ""),
    )
    for name in SECRETS:
        os.environ.pop(name, None)
    return hub


def login_of(hub: Hub) -> type[Any]:
    """Return the login by the hub: a viewer comes with its cookie, anybody else is sent there."""
    from jupyterhub.services.auth import HubOAuth
    from jupyterhub.singleuser.extension import JupyterHubIdentityProvider
    from traitlets import default

    class HubLogin(JupyterHubIdentityProvider):
        """JupyterHub's login, with the key that was taken out of the environment."""

        @default("hub_auth")
        def _hub_auth(self) -> object:
            return HubOAuth(parent=self, api_token=hub.api_token)

    return HubLogin


class Presence:
    """Tells the hub that somebody is there, and ends the server when nobody has been for long.

    Parameters
    ----------
    hub : Hub
        The hub that started the server.
    pages : callable
        The channels that are open now.
    leave_after : float
        Seconds without a page after which the server ends.
    leave : callable
        Ends the server.
    """

    def __init__(
        self, hub: Hub, pages: Callable[[], Iterable[object]], *, leave_after: float, leave: Callable[[], None]
    ) -> None:
        self._hub, self._pages, self._leave_after, self._leave = hub, pages, leave_after, leave
        self._seen = time.monotonic()
        self._look = PeriodicCallback(self.look, LOOK_EVERY)

    def start(self) -> None:
        """Begin to look."""
        self._look.start()

    async def look(self) -> None:
        """Look once."""
        now = time.monotonic()
        if any(self._pages()):
            self._seen = now
            await self._tell()
        elif now - self._seen >= self._leave_after:
            self._leave()

    async def _tell(self) -> None:
        now = datetime.now(UTC).isoformat()
        body = json.dumps({"servers": {self._hub.server_name: {"last_activity": now}}, "last_activity": now})
        headers = {"Authorization": f"token {self._hub.api_token}", "Content-Type": "application/json"}
        try:
            await AsyncHTTPClient().fetch(self._hub.activity_url, method="POST", headers=headers, body=body)
        except (HTTPClientError, OSError):
            return  # a hub that starts anew does not hear it; the next look tells it again
