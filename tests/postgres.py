"""A real PostgreSQL for the tests: started once a session, one empty database a test, on a socket and no port.

``postgres_url`` is what a test asks for; ``postgres_server`` is there for what needs the server itself.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

_NUMBERS = itertools.count()
_USER = "workbench"


def postgres_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL of this machine, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def _lacking(why: str) -> None:
    """Skip where a developer has no PostgreSQL, fail where CI has none."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have a PostgreSQL: {why}")
    pytest.skip(why)


def _as_nobody_special(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: hand the folder to the user postgres and run as that."""
    if os.getuid() != 0:
        return {}
    try:
        account = pwd.getpwnam("postgres")
    except KeyError:
        _lacking("root cannot run PostgreSQL, and there is no user 'postgres' to run it as")
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Path]:
    """Start a PostgreSQL; gives the folder of its socket."""
    programs = postgres_programs()
    if programs is None:
        _lacking("no PostgreSQL found (apt-get install postgresql)")
        return
    # The path of a socket may have some hundred bytes only, so that pytest's own long folders will not do.
    folder = Path(tempfile.mkdtemp(prefix="workbench-pg-"))
    account = _as_nobody_special(folder)
    cluster = folder / "cluster"
    common: dict[str, Any] = {"cwd": folder, **account}
    subprocess.run(
        [programs / "initdb", "--pgdata", cluster, "--username", _USER, "--auth", "trust", "--encoding", "UTF8",
         "--locale", "C", "--no-sync"],
        check=True, capture_output=True, **common,
    )  # fmt: skip
    settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off", "max_connections": "50"}
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([programs / "postgres", "-D", cluster, *options], stdout=log, stderr=log, **common)
    try:
        _wait(programs, folder, server)
        yield folder
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
        shutil.rmtree(folder)


def _wait(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        asked = subprocess.run([programs / "pg_isready", "-h", folder, "-U", _USER], capture_output=True, check=False)
        if asked.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"PostgreSQL did not start: {(folder / 'log').read_text()}")


@pytest.fixture
def postgres_url(postgres_server: Path) -> str:
    """Make an empty database; gives its address as libpq, psycopg, SQLAlchemy and Ibis read it."""
    import psycopg

    name = f"test_{next(_NUMBERS)}"
    with psycopg.connect(f"postgresql://{_USER}@/postgres?host={postgres_server}", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://{_USER}@/{name}?host={postgres_server}"
