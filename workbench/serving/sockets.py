"""Take the port before anything else is started, so that a port that is taken is told at once, in words."""

from __future__ import annotations

import errno
import socket

from workbench.errors import Fault, InputError

BACKLOG = 128


def take_port(address: str, port: int) -> socket.socket:
    """Bind and listen on an address and port.

    Parameters
    ----------
    address : str
        An IP address of this machine, or ``localhost``.
    port : int
        0 takes any free port.

    Returns
    -------
    socket
        Listening, not blocking.

    Raises
    ------
    InputError
        Where the port is taken or may not be used, or the address is not this machine's.
    """
    host = "127.0.0.1" if address == "localhost" else address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share a port between two servers
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as refusal:
        listener.close()
        raise InputError(_fault(refusal, address, port)) from refusal
    listener.setblocking(False)
    return listener


def _fault(refusal: OSError, address: str, port: int) -> Fault:
    if refusal.errno == errno.EADDRINUSE:
        remedy = f"stop the other program, or choose another port: workbench serve --port {port + 1}"
        return Fault(what=f"is taken on {address}: another program listens there", value=f"port {port}", remedy=remedy)
    if refusal.errno in (errno.EACCES, errno.EPERM):
        return Fault(what="may not be used by you", value=f"port {port}", remedy="choose a port above 1023")
    if refusal.errno == errno.EADDRNOTAVAIL:
        return Fault(what="is no address of this machine", value=address, remedy="127.0.0.1 is always one")
    return Fault(what=f"cannot be listened on: {refusal.strerror}", value=f"{address}, port {port}")
