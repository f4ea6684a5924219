"""Kernels that Jupyter's kernel manager gets by a fork of the nursery, instead of a program started from nothing."""

from __future__ import annotations

import asyncio
import json
import os
import select
import subprocess
import sys
import threading
from importlib.metadata import EntryPoint
from typing import Any, Final, cast

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

NAME: Final = "workbench-nursery"
LAUNCHER: Final = "ipykernel_launcher"
ENDS_WITHIN: Final = 5.0
"""Seconds for the parent to end its kernels, which it gives two."""


class Nursery:
    """The parent process of all kernels, started when the first is wanted."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._ready = self._closed = False
        self._turn = threading.Lock()

    @property
    def running(self) -> bool:
        """Whether the parent is there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the parent, which imports everything while the server gets ready itself."""
        self._closed = False
        self._spawn()

    def fork(self, arguments: list[str], env: dict[str, str], cwd: str) -> int:
        """Fork a kernel and return its process id."""
        answer = self._ask({"do": "fork", "arguments": arguments, "env": env, "cwd": cwd})
        return int(answer["pid"])

    def headlines(self) -> dict[str, dict[str, str]]:
        """Return what the home page's cards say; computed once, by the models."""
        answer: dict[str, dict[str, str]] = self._ask({"do": "headlines"})["headlines"]
        return answer

    def poll(self, pid: int) -> int | None:
        """Return a kernel's exit status, None while it runs."""
        if self._process is None or self._process.poll() is not None:
            return 1  # kernels never outlive their parent
        status: int | None = self._ask({"do": "poll", "pid": pid})["status"]
        return status

    def warmed(self) -> bool:
        """Tell whether the parent has computed all that it computes ahead."""
        return bool(self._ask({"do": "ask warmed"})["warmed"])

    def close(self) -> None:
        """End the parent, and with it every kernel that is left."""
        self._closed = True
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:  # it still imports, and has no kernels yet
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def _ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """Give an order and wait for the answer, the first time until the parent has imported everything."""
        with self._turn:
            process = self._spawn()
            if process.stdin is None or process.stdout is None:
                raise RuntimeError("the nursery has no pipes")
            if not self._ready:
                _answer(process)
                self._ready = True
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            return _answer(process)

    def _spawn(self) -> subprocess.Popen[str]:
        if self._closed:
            raise RuntimeError("the nursery of kernels is closed")
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-P", "-m", "workbench.serving.nursery"]
            self._ready = False
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no input of anybody's in the command
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
            )
        return self._process


def _answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise RuntimeError("the nursery of kernels ended unasked; its own message stands above")
    answer: dict[str, Any] = json.loads(line)
    return answer


NURSERY: Final = Nursery()


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
        if self._status is None and not (self._handle and not select.select([self._handle], [], [], 0)[0]):
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


class NurseryProvisioner(LocalProvisioner):
    """Jupyter's local provisioner, with a fork in the place of a new program."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ANN401 - the base class says so
        """Fork a kernel that listens where the connection file says."""
        arguments = cmd[cmd.index(LAUNCHER) + 1 :]
        cwd = str(kwargs.get("cwd") or os.getcwd())  # noqa: PTH109 - goes to another process as text
        # In a thread: the parent may be computing something, and the server has other viewers.
        kernel = ForkedProcess(await asyncio.to_thread(NURSERY.fork, arguments, dict(kwargs["env"]), cwd))
        self.process = cast("Any", kernel)  # the base class knows a Popen, and asks of it only what a kernel answers
        self.pid = kernel.pid
        self.pgid = None  # the fork makes its own group a moment later; a signal goes to the process itself
        self.cwd = cwd
        return self.connection_info


def use_nursery() -> bool:
    """Make forked kernels the default of this process, where the system can fork; tell whether it can."""
    if not hasattr(os, "fork"):
        return False
    factory = KernelProvisionerFactory.instance()
    place = f"{NurseryProvisioner.__module__}:{NurseryProvisioner.__name__}"
    factory.provisioners[NAME] = EntryPoint(name=NAME, value=place, group=KernelProvisionerFactory.GROUP_NAME)
    factory.default_provisioner_name = NAME
    return True
