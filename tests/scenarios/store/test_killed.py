"""Killed at any moment, the store opens, verifies and has lost no saved run."""

import json
import os
import subprocess
import sys

import pytest

ROUNDS = 200


@pytest.mark.slow
def test_a_writer_killed_200_times_at_random_points_loses_no_saved_run(tmp_path, repository):
    path = tmp_path / "new" / "store.sqlite3"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.scenarios.store.killer", str(path), str(ROUNDS), "8"],
        cwd=repository,
        env={**os.environ, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["faults"] == []
    # The kills came while runs were written, not only before the first or after the last.
    assert told["saved"] > ROUNDS / 4
    assert told["kept"] >= told["saved"]
    assert told["entries"] > told["kept"]
