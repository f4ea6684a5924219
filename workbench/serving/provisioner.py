"""Kernels that Jupyter's kernel manager gets by a fork of the nursery, instead of a program started from nothing."""

from __future__ import annotations

import os
import select
from importlib.metadata import EntryPoint
from typing import Any, Final, cast

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from workbench.serving.parent import NURSERY

NAME: Final = "workbench-nursery"
LAUNCHER: Final = "ipykernel_launcher"


class ForkedProcess:
    """What the kernel manager wants to know of a process, for one that is the nursery's child and not ours."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._status: int | None = None
        self._handle = _handle(pid)

    def poll(self) -> int | None:
        """Return the exit status, None while it runs.

        The system tells whether it runs; the parent, which may be computing something, is asked only how it ended.
        """
        if self._status is None and not (self._handle is not None and _runs(self._handle)):
            self._status = NURSERY.poll(self.pid)
            if self._status is not None and self._handle is not None:
                os.close(self._handle)
                self._handle = None
        return self._status

    def wait(self) -> int:
        """Return the exit status; the manager asks once ``poll`` has given one."""
        return self._status or 0

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


def _handle(pid: int) -> int | None:
    """Return a handle that becomes readable when the process ends; None where the system has none."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _runs(handle: int) -> bool:
    """Tell whether the process of a handle runs; ``select`` could not, once a thousand files are open."""
    look = select.poll()
    look.register(handle, select.POLLIN)
    return not look.poll(0)


class NurseryProvisioner(LocalProvisioner):
    """Jupyter's local provisioner, with a fork in the place of a new program."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ANN401 - the base class says so
        """Fork a kernel that listens where the connection file says."""
        arguments = cmd[cmd.index(LAUNCHER) + 1 :]
        cwd = str(kwargs.get("cwd") or os.getcwd())  # noqa: PTH109 - goes to another process as text
        kernel = ForkedProcess(await NURSERY.fork(arguments, dict(kwargs["env"]), cwd))
        self.process = cast("Any", kernel)  # the base class knows a Popen, and asks of it only what a kernel answers
        self.pid = kernel.pid
        self.pgid = None  # the fork makes its own group a moment later; a signal goes to the process itself
        self.cwd = cwd
        return self.connection_info


def use_nursery() -> None:
    """Make forked kernels the default of this process."""
    factory = KernelProvisionerFactory.instance()
    place = f"{NurseryProvisioner.__module__}:{NurseryProvisioner.__name__}"
    factory.provisioners[NAME] = EntryPoint(name=NAME, value=place, group=KernelProvisionerFactory.GROUP_NAME)
    factory.default_provisioner_name = NAME
