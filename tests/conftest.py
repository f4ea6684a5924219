"""What every test may use."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.command_line import CommandLine
from tests.postgres import postgres_server, postgres_url
from tests.running import Server, start_server

__all__ = ["postgres_server", "postgres_url"]

REPOSITORY = Path(__file__).resolve().parents[1]

# A shared two-core machine is noisy: a slow example is no failure, and CI draws the same examples every time.
settings.register_profile(
    "workbench", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("workbench")

Workbench = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def command_line() -> Iterator[CommandLine]:
    """Where commands are started from, once for all tests of a worker."""
    commands = CommandLine()
    yield commands
    commands.stop()


@pytest.fixture
def workbench(tmp_path: Path, command_line: CommandLine) -> Workbench:
    """Run the command line in an empty folder, as a user would."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return command_line.run(
            *arguments,
            cwd=tmp_path,
            environment={**os.environ, "PYTHONPATH": str(REPOSITORY), "COLUMNS": "200", **environment},
        )

    return run


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that ask for it; they belong into the xdist group ``browser``."""
    running = start_server(tmp_path_factory.mktemp("server") / "log.txt")
    running.wait_for_figures()
    yield running
    running.stop()


def assert_refused(done: subprocess.CompletedProcess[str], *said: str) -> None:
    """Assert that a command refused its input in words: exit code 2, nothing on standard output, no traceback."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for words in said:
        assert words in done.stderr, done.stderr
