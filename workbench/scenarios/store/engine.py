"""Connections to a store: how SQLite is opened, how writers wait for each other, how tables are brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool

from workbench.errors import Fault
from workbench.scenarios.store.place import shown
from workbench.scenarios.store.refusals import StoreError
from workbench.scenarios.store.schema import VERSION

_WAIT_SECONDS: Final = 60
_WRITES: Final = "workbench_writes"
_LOCK: Final = 0x574B4253  # any fixed number: writers to one PostgreSQL store agree on it


def connect(url: URL) -> Engine:
    """Open a store's database and bring its tables to this version.

    Raises
    ------
    StoreError
        Where it cannot be opened, is no store, or was made by a newer workbench.
    """
    try:
        engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
        try:
            _bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
    except (DBAPIError, OSError) as fault:
        reason = str(fault.orig if isinstance(fault, DBAPIError) else fault).strip().splitlines()[0]
        what = f"cannot be opened: {reason}"
        raise StoreError(Fault(what=what, value=shown(url), remedy="check the address and your rights")) from fault
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that alone may write, so that the audit trail grows by one entry after the other."""
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        yield connection


def _sqlite(url: URL) -> Engine:
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _WAIT_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions by itself: ours begin with IMMEDIATE where they write.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as fault:
        remedy = "install the extra: pip install 'budget-alignment-workbench[postgres]'"
        raise StoreError(
            Fault(what="needs psycopg, which is not installed", value=shown(url), remedy=remedy)
        ) from fault


def _bring_up_to_date(engine: Engine) -> None:
    version = _version(engine)
    if version == VERSION:
        return
    if version is not None and version not in _known_versions():
        raise StoreError(
            Fault(
                what=f"was made by a newer workbench (its tables have version {version}, this one knows {VERSION})",
                value=shown(engine.url),
                remedy="update the workbench; the store was not touched",
            )
        )
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA journal_mode = WAL")
    with writing(engine) as connection:
        if _stated_if_store(connection) != VERSION:  # another process may have been faster
            _migrate(connection)


def _version(engine: Engine) -> str | None:
    # Asking for the version first, and for the tables only where that fails, keeps opening a store quick.
    try:
        with engine.connect() as connection:
            return _stated(connection)
    except (OperationalError, ProgrammingError):
        with engine.connect() as connection:
            return _stated_if_store(connection)


def _stated(connection: Connection) -> str | None:
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _stated_if_store(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return _stated(connection)
    if tables:
        what = "is a database of something else"
        raise StoreError(Fault(what=what, value=shown(connection.engine.url), remedy="name another one"))
    return None


def _config(connection: Connection | None = None) -> Any:  # noqa: ANN401 - Alembic's, imported when it is needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _known_versions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _migrate(connection: Connection) -> None:
    from alembic import command

    command.upgrade(_config(connection), "head")
