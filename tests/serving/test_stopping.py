"""A server that stops leaves nothing behind."""

from __future__ import annotations

import os
import signal
import time

import psutil
import pytest

from tests.running import start_server

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")]


def descendants(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


def wait_for_kernels(pid: int) -> list[psutil.Process]:
    deadline = time.monotonic() + 30
    while len(found := descendants(pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(found) >= 2, "the nursery and at least one warm kernel"
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_server_and_kernels(tmp_path, number):
    running = start_server(tmp_path / "log.txt")
    running.wait_for_figures()
    family = wait_for_kernels(running.process.pid)
    assert running.stop(number) == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    assert "Traceback" not in running.log.read_text()


def test_a_killed_server_leaves_no_orphan(tmp_path):
    running = start_server(tmp_path / "log.txt")
    running.wait_for_figures()
    family = wait_for_kernels(running.process.pid)
    running.process.kill()
    running.process.wait(20)
    running.process.stdout.close()
    _, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []


def test_a_server_that_has_just_started_ends_as_quietly(tmp_path):
    running = start_server(tmp_path / "log.txt")
    family = descendants(running.process.pid)
    assert family, "the parent of the kernels, which imports"
    assert running.stop() == 0
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []
    assert running.log.read_text() == ""
