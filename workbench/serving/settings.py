"""What a server is asked for, checked before anything is started."""

from __future__ import annotations

import ipaddress
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import quote

from workbench.errors import Fault, InputError

LARGEST_PORT: Final = 65_535
LEAST_TOKEN: Final = 12
"""Characters that a token has at least where other machines can try it."""

TOKEN_BYTES: Final = 24


@dataclass(frozen=True, kw_only=True)
class ServeSettings:
    """Where and how to serve the dashboards.

    Parameters
    ----------
    port : int
        The port to listen on; 0 takes any free one.
    address : str
        The address to listen on, an IP address or ``localhost``.
    allow_remote : bool
        Whether the pages answer under any host's name, as a proxy in front needs it; asks for a token of one's own.
    token : str, optional
        What a viewer has to know; where none is given one is made up, which this machine alone may use.
    no_token : bool
        Whether to ask for none; on this machine alone.
    behind_hub : bool
        Whether a JupyterHub started the server, and knows the viewers.
    base_url : str
        The path that all addresses begin with, from slash to slash.
    open_browser : bool
        Whether to open the home page in the machine's browser.
    warm_kernels : int
        Kernels kept ready for each dashboard.
    most_kernels : int
        Kernels that may run at the same time, the warm ones included.
    idle_minutes : int
        Minutes after which a page that nobody touches gives its kernel back.
    grace_seconds : int
        Seconds after which a page that was left gives its kernel back; a page that lost its line may come again.
    upload_megabytes : int
        The largest file that a viewer may bring.
    store : str, optional
        Where viewers may keep runs; without it nothing that a viewer does is kept.
    approvers : tuple of str
        Who may approve runs. Behind JupyterHub these are names of its users; without it the server is one person's,
        and the one name is that person's.

    Raises
    ------
    InputError
        With every fault, where one of them cannot be.
    """

    port: int = 8866
    address: str = "127.0.0.1"
    allow_remote: bool = False
    token: str | None = field(default=None, repr=False)
    no_token: bool = False
    behind_hub: bool = False
    base_url: str = "/"
    open_browser: bool = False
    warm_kernels: int = 1
    most_kernels: int = 40
    idle_minutes: int = 60
    grace_seconds: int = 45
    upload_megabytes: int = 5
    store: str | None = None
    approvers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        faults = [
            *self._port_faults(),
            *self._address_faults(),
            *self._token_faults(),
            *self._count_faults(),
            *self._approver_faults(),
        ]
        if faults:
            raise InputError(faults)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the address."""
        return self.address == "localhost" or ipaddress.ip_address(self.address).is_loopback

    @property
    def is_remote(self) -> bool:
        """Whether others than this machine's own users may come."""
        return self.allow_remote or not self.is_loopback

    @cached_property
    def asked(self) -> str:
        """The token that a viewer is asked for; empty where none is."""
        if self.no_token or self.behind_hub:
            return ""
        return self.token or secrets.token_urlsafe(TOKEN_BYTES)

    @property
    def asks_login(self) -> bool:
        """Whether a viewer has to say who he is, or that he knows the token."""
        return self.behind_hub or bool(self.asked)

    def url(self, port: int) -> str:
        """Return the address of the home page, for the port that was really taken.

        On this machine the token stands in it, so that one click opens the page; elsewhere the address may be passed
        on and logged, and the token is known to whoever chose it.
        """
        shown = f"[{self.address}]" if ":" in self.address else self.address
        token = f"?token={quote(self.asked, safe='')}" if self.asked and not self.is_remote else ""
        return f"http://{shown}:{port}{self.base_url}{token}"

    def _port_faults(self) -> list[Fault]:
        if 0 <= self.port <= LARGEST_PORT:
            return []
        return [Fault(what="is no port", value=self.port, remedy=f"choose one from 1 to {LARGEST_PORT}")]

    def _address_faults(self) -> list[Fault]:
        if self.address != "localhost":
            try:
                ipaddress.ip_address(self.address)
            except ValueError:
                remedy = "give an IP address of this machine, such as 127.0.0.1"
                return [Fault(what="is no address to listen on", value=self.address, remedy=remedy)]
        return []

    def _token_faults(self) -> list[Fault]:
        if self.behind_hub:
            return []
        ways = "give a token in WORKBENCH_TOKEN or with --token-file"
        if self.token is not None and not self.token.strip():
            return [Fault(what="the token is empty", remedy=f"{ways}, or leave it out and one is made up")]
        if self.token and self.no_token:
            return [Fault(what="a token is given, and --no-token asks for none", remedy="leave one of them out")]
        if not self._is_address() or not self.is_remote:
            return []
        door = self.address if not self.is_loopback else f"{self.address} with --allow-remote"
        if self.no_token:
            what = "lets other machines in, and --no-token would show them everything"
            return [Fault(what=what, value=door, remedy=ways)]
        if self.token is None:
            what = "lets other machines in, and no token was given that they would have to know"
            return [Fault(what=what, value=door, remedy=f"{ways}, or keep 127.0.0.1")]
        if len(self.token) < LEAST_TOKEN:
            what = f"lets other machines in, and a token of {len(self.token)} characters is soon guessed"
            return [Fault(what=what, value=door, remedy=f"give one of at least {LEAST_TOKEN}")]
        return []

    def _is_address(self) -> bool:
        return not self._address_faults()

    def _count_faults(self) -> list[Fault]:
        least = {"warm_kernels": 0, "most_kernels": 1, "idle_minutes": 1, "grace_seconds": 1, "upload_megabytes": 1}
        return [
            Fault(what=f"is too few for {name.replace('_', ' ')}", value=getattr(self, name), remedy=f"at least {low}")
            for name, low in least.items()
            if getattr(self, name) < low
        ]

    def _approver_faults(self) -> list[Fault]:
        if self.approvers and not self.store:
            remedy = "add --store URL"
            return [Fault(what="could approve nothing: no run is kept", value=", ".join(self.approvers), remedy=remedy)]
        if self.approvers and self.is_remote and not self.behind_hub:
            remedy = "have approvals behind the hub, where everybody logs in, or on this machine alone"
            what = "could be spoken for by whoever has the token: from other machines nobody's name is known"
            return [Fault(what=what, value=", ".join(self.approvers), remedy=remedy)]
        blank = any(not name.strip() for name in self.approvers)
        return [Fault(what="is no name of an approver", value="", remedy="write a name")] if blank else []


def read_token(file: Path) -> str:
    """Return the token in a file's first line.

    Raises
    ------
    InputError
        Where the file cannot be read.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as refusal:
        raise InputError(Fault(what="cannot be read for the token", file=str(file))) from refusal
    return lines[0].strip() if lines else ""
