"""The server, started as a user starts it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

Answer = TypeVar("Answer")
REPOSITORY = Path(__file__).resolve().parents[1]


class Server:
    """A running server: its process, its address without and with its token, and the file that its log goes to."""

    def __init__(self, process: subprocess.Popen[str], entry: str, log: Path) -> None:
        self.process, self.entry, self.log = process, entry, log
        self.url = entry.partition("?")[0]
        self.ready = False

    def wait_for_figures(self) -> None:
        """Wait until the server says that nobody who opens a page has to wait any more."""
        while not self.ready and (line := self.process.stdout.readline()):
            self.ready = line.startswith("The figures are ready.")
        if not self.ready:
            pytest.fail(f"the server ended before its figures were there: {self.log.read_text()}")

    def stop(self, number: int = signal.SIGINT) -> int:
        """End it by a signal, as Ctrl-C does, and return its exit code."""
        self.process.send_signal(number)
        try:
            return self.process.wait(30)
        finally:
            self.process.stdout.close()


def run_to_its_end(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Run a coroutine in a thread of its own, for a browser of another test may hold the loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def start_server(log: Path, *options: str, asks: bool = False, **environment: str) -> Server:
    """Start the server on a free port and wait for its address; it asks for a token only where that is tested."""
    options = options if asks else ("--no-token", *options)
    command = [sys.executable, "-m", "workbench", "serve", "--port", "0", "--no-browser", *options]
    with log.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=log.parent,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        )
    line = process.stdout.readline()
    address = re.search(r"http://\S+", line)
    if address is None:
        process.kill()
        process.wait()
        pytest.fail(f"the server did not start: {line}{log.read_text()}")
    return Server(process, address[0], log)
