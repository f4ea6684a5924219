"""What a server is asked for, checked before anything is started."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final

from workbench.errors import Fault, InputError

LARGEST_PORT: Final = 65_535


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
        Whether other machines may connect: the address need not be this machine's own loopback then.
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
    open_browser: bool = False
    warm_kernels: int = 1
    most_kernels: int = 24
    idle_minutes: int = 60
    grace_seconds: int = 45
    upload_megabytes: int = 5
    store: str | None = None
    approvers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        faults = [*self._port_faults(), *self._address_faults(), *self._count_faults(), *self._approver_faults()]
        if faults:
            raise InputError(faults)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the address."""
        return self.address == "localhost" or ipaddress.ip_address(self.address).is_loopback

    def url(self, port: int) -> str:
        """Return the address of the home page, for the port that was really taken."""
        shown = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{shown}:{port}/"

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
        if self.is_loopback or self.allow_remote:
            return []
        what = "would let other machines open the dashboards, and there is no login yet"
        remedy = "keep 127.0.0.1, or add --allow-remote where a proxy with a login stands in front"
        return [Fault(what=what, value=self.address, remedy=remedy)]

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
        blank = any(not name.strip() for name in self.approvers)
        return [Fault(what="is no name of an approver", value="", remedy="write a name")] if blank else []
