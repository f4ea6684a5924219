"""The command line, run as a user runs it, from an interpreter that has its libraries loaded already.

A command starts in a third of a second where it would start in two: most of those two are the same imports again.
Each command is a process of its own with its own folder, environment, output and exit code, forked from one that
has only imported; ``tests/cli/test_app.py`` runs commands cold as well.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any, NoReturn

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
LONGEST = 120
"""Seconds that a command may take."""
LOADED = (
    "pandas",
    "workbench.cli.app",
    "workbench.alignment",
    "workbench.audit",
    "workbench.allocation.funding",
    "workbench.gap",
    "workbench.grants",
    "workbench.scenarios",
    "typer.rich_utils",
)


class CommandLine:
    """Starts commands; :meth:`run` gives what ``subprocess.run`` would."""

    def __init__(self) -> None:
        self._parent: subprocess.Popen[str] | None = None

    def run(self, *arguments: str, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a command in a folder and wait for its end."""
        with tempfile.TemporaryDirectory() as kept:
            out, err = Path(kept, "out"), Path(kept, "err")
            job = {"arguments": arguments, "cwd": str(cwd), "environment": environment, "streams": [str(out), str(err)]}
            parent = self._running()
            print(json.dumps(job), file=parent.stdin, flush=True)
            if not select.select([parent.stdout], [], [], LONGEST)[0]:
                self.stop()
                pytest.fail(f"workbench {' '.join(arguments)} took over {LONGEST} seconds: {err.read_text()}")
            code = int(parent.stdout.readline())
            return subprocess.CompletedProcess(arguments, code, out.read_text("utf-8"), err.read_text("utf-8"))

    def stop(self) -> None:
        """End the process that commands are forked from, and with it the command that runs."""
        if self._parent is not None:
            os.killpg(self._parent.pid, 9)
            self._parent.communicate()
            self._parent = None

    def _running(self) -> subprocess.Popen[Any]:
        if self._parent is None:
            self._parent = subprocess.Popen(
                [sys.executable, "-W", "error", __file__],
                env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                start_new_session=True,
            )
        return self._parent


def _serve() -> None:
    for name in LOADED:
        importlib.import_module(name)
    importlib.import_module("workbench.cli.app").build_app()
    gc.freeze()  # a child that never looks at these objects copies no page of them
    for line in sys.stdin:
        job = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(job)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(job: dict[str, Any]) -> NoReturn:
    """Turn this process into ``python -m workbench``, and end it as that ends."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, path in enumerate(job["streams"], start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), number)
    os.environ.clear()
    os.environ.update(job["environment"])
    os.chdir(job["cwd"])
    sys.argv = ["workbench", *job["arguments"]]
    code = 0
    try:
        runpy.run_module("workbench", run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        code = int(stop.code or 0)
    except BaseException:  # noqa: BLE001 - whatever it is, the interpreter would print it and end with 1
        traceback.print_exc()
        code = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # taking every module apart takes longer than most commands


if __name__ == "__main__":
    _serve()
