import os
import subprocess
import sys

import pytest

import workbench as package
from workbench.cli import app


def test_the_version_is_told(workbench):
    assert workbench("--version").stdout.strip() == package.__version__


@pytest.mark.parametrize(
    "arguments",
    ["gap opm-strategic-plan", "align", "grants kdsp2 --year 2025/26", "credibility national-budget", "scenarios"],
)
def test_a_command_needs_nothing_that_another_has_loaded(arguments, tmp_path, repository):
    """The other tests fork from a process that has every library; this one starts cold, as a user does."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "workbench", *arguments.split()],
        env={**os.environ, "PYTHONPATH": str(repository), "WORKBENCH_STORE": str(tmp_path / "runs.sqlite3")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_an_unknown_command_is_refused(workbench):
    done = workbench("gapp")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_fault_of_our_own_is_told_without_a_traceback(monkeypatch, capsys):
    def fail():
        raise RuntimeError("the roof leaks")

    monkeypatch.setattr(app, "build_app", lambda: fail)
    monkeypatch.delenv("WORKBENCH_DEBUG", raising=False)
    with pytest.raises(SystemExit) as stopped:
        app.main()
    assert stopped.value.code == app.BROKEN
    assert "RuntimeError: the roof leaks" in capsys.readouterr().err
    monkeypatch.setenv("WORKBENCH_DEBUG", "1")
    with pytest.raises(RuntimeError):
        app.main()


def test_a_reader_that_closes_the_pipe_is_no_fault(workbench, tmp_path, repository):
    command = f"{sys.executable} -m workbench data list --json | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
