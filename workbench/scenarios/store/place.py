"""Where a store is: a file of one's own, or a database by its address."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from workbench.errors import Fault
from workbench.scenarios.store.refusals import StoreError

ENVIRONMENT: Final = "WORKBENCH_STORE"
_FOLDER = "budget-alignment-workbench"
_FILE = "store.sqlite3"


def default_path() -> Path:
    """Return the store of the user at this machine, by the XDG rules: an absolute ``XDG_DATA_HOME``, or its default."""
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    home = named if named.is_absolute() else Path.home() / ".local" / "share"
    return home / _FOLDER / _FILE


def store_url(store: str | os.PathLike[str] | None = None) -> URL:
    """Return the address of a store.

    Parameters
    ----------
    store : str or path, optional
        ``sqlite:///runs.sqlite3``, ``postgresql://user@host/database``, or the path of an SQLite file. Without it,
        what ``WORKBENCH_STORE`` says; without that, the user's own file.

    Raises
    ------
    StoreError
        For an address of another kind.
    """
    given = store if store is not None else os.environ.get(ENVIRONMENT) or default_path()
    text = os.fspath(given)
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().resolve()))
    try:
        url = make_url(text)
    except ArgumentError:
        raise _unreadable(text) from None
    kind = url.get_backend_name()
    if kind == "postgres" or url.drivername == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return url.set(database=str(Path(url.database).expanduser().resolve()))
    if url.drivername == "postgresql+psycopg":
        return url
    raise _unreadable(url.render_as_string(hide_password=True))


def shown(url: URL) -> str:
    """Write an address without its password."""
    return url.render_as_string(hide_password=True)


def _unreadable(text: str) -> StoreError:
    return StoreError(
        Fault(what="is no address of a store", value=text,
              remedy="give a path, sqlite:///FILE or postgresql://USER@HOST/DATABASE")
    )  # fmt: skip
