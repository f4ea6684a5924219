"""The line to the parent process of all kernels; it imports nothing heavy, so that the parent can start first."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

ENDS_WITHIN: Final = 5.0
"""Seconds for the parent to end its kernels, which it gives two."""


class Nursery:
    """The parent process of all kernels, where the system can fork."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._ready = self._closed = False
        self._turn = threading.Lock()
        # A thread of its own: orders that wait for a parent that still imports must not take those of everything else.
        self._waiting = ThreadPoolExecutor(1, thread_name_prefix="nursery")

    @property
    def running(self) -> bool:
        """Whether the parent is there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the parent, which imports everything while the server gets ready itself."""
        if hasattr(os, "fork"):
            self._closed = False
            self._spawn()

    async def fork(self, arguments: list[str], env: dict[str, str], cwd: str) -> int:
        """Fork a kernel and return its process id."""
        answer = await self._answer_to({"do": "fork", "arguments": arguments, "env": env, "cwd": cwd})
        return int(answer["pid"])

    async def headlines(self) -> dict[str, dict[str, str]]:
        """Return what the home page's cards say; computed once, by the models."""
        answer: dict[str, dict[str, str]] | None = (await self._answer_to({"do": "headlines"}))["headlines"]
        if answer is None:
            raise RuntimeError("the nursery of kernels could not compute them; its own message stands above")
        return answer

    async def warmed(self) -> bool:
        """Tell whether the parent has computed all that it computes ahead."""
        return bool((await self._answer_to({"do": "ask warmed"}))["warmed"])

    def poll(self, pid: int) -> int | None:
        """Return a kernel's exit status, None while it runs."""
        if self._process is None or self._process.poll() is not None:
            return 1  # kernels never outlive their parent
        status: int | None = self._ask({"do": "poll", "pid": pid})["status"]
        return status

    def close(self) -> None:
        """End the parent, and with it every kernel that is left."""
        self._closed = True
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(ENDS_WITHIN if self._ready else 0)
        except subprocess.TimeoutExpired:  # it still imports, and has no kernels yet
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    async def _answer_to(self, order: dict[str, Any]) -> dict[str, Any]:
        """Give an order without keeping the server from its viewers: the parent may be computing something."""
        return await asyncio.get_running_loop().run_in_executor(self._waiting, self._ask, order)

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
