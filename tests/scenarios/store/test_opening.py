"""Where a store is, how its tables are made, and what is refused when it is opened."""

import sqlite3
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.scenarios.samples import sample_record
from workbench.scenarios import canonical
from workbench.scenarios.store import StoreError, open_store, trail
from workbench.scenarios.store.engine import _config, _known_versions, writing
from workbench.scenarios.store.entry import columns_of
from workbench.scenarios.store.place import default_path, store_url
from workbench.scenarios.store.schema import METADATA, VERSION


def test_the_default_store_follows_the_xdg_rules(monkeypatch, tmp_path):
    monkeypatch.delenv("WORKBENCH_STORE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    usual = tmp_path / ".local" / "share" / "budget-alignment-workbench" / "store.sqlite3"
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert default_path() == usual
    monkeypatch.setenv("XDG_DATA_HOME", "relative/paths/are/invalid")
    assert default_path() == usual
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_path() == tmp_path / "data" / "budget-alignment-workbench" / "store.sqlite3"
    with open_store() as store:
        assert str(default_path()) in store.address
    assert default_path().is_file()


def test_the_environment_names_a_store_and_an_argument_wins(monkeypatch, tmp_path):
    monkeypatch.setenv("WORKBENCH_STORE", str(tmp_path / "named"))
    assert store_url().database == str(tmp_path / "named")
    assert store_url(tmp_path / "other").database == str(tmp_path / "other")
    assert store_url("postgresql://u:secret@h/d").drivername == "postgresql+psycopg"
    assert store_url("postgres://u@h/d").drivername == "postgresql+psycopg"


@pytest.mark.parametrize("address", ["mysql://h/d", "sqlite://", "sqlite:///:memory:", "http://h/"])
def test_an_address_of_another_kind_is_refused(address):
    with pytest.raises(StoreError, match="is no address of a store"):
        store_url(address)


def test_an_address_is_shown_without_its_password():
    with pytest.raises(StoreError, match="cannot be opened") as refused:
        open_store("postgresql://u:topsecret@127.0.0.1:1/d?connect_timeout=1")
    assert "topsecret" not in str(refused.value)


def test_sqlite_keeps_a_write_ahead_log_and_waits_for_the_disk(tmp_path):
    with open_store(tmp_path / "s") as store, store._engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_the_tables_that_migrations_make_are_those_that_the_code_uses(address, store):
    engine = create_engine(store_url(address))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        moved = [change for change in compare_metadata(context, METADATA) if change[0] != "remove_index"]
    engine.dispose()
    assert moved == []


def test_this_version_works_with_the_newest_migration():
    from alembic.script import ScriptDirectory

    assert ScriptDirectory.from_config(_config()).get_heads() == [VERSION]
    assert VERSION in _known_versions()


def test_a_store_of_a_newer_workbench_is_refused_and_not_touched(address, store, kept):
    engine = create_engine(store_url(address))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"made by a newer workbench .*version 9999.*update the workbench"):
        open_store(address)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": VERSION})
    engine.dispose()
    with open_store(address) as again:
        assert again.run("first").id == kept.id


def test_a_file_that_is_no_store_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("no database " * 100)
    with pytest.raises(StoreError, match="cannot be opened: file is not a database"):
        open_store(tmp_path / "notes.txt")
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE customers (id INTEGER)")
    other.close()
    with pytest.raises(StoreError, match="is a database of something else"):
        open_store(tmp_path / "other.db")


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "file" / "store")


def test_many_who_open_and_write_at_once_all_get_through_and_the_chain_holds(address):
    failed = []

    def work(number):
        try:
            with open_store(address, user=f"user{number}") as mine:
                for turn in range(5):
                    mine.save(sample_record(float(turn)), name=f"{number}-{turn}")
        except Exception as fault:  # noqa: BLE001 - the thread's fault is told by the test
            failed.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with open_store(address) as store:
        assert len(store.runs()) == 30
        assert store.verify().sound


def test_the_migrations_are_modules_of_the_package_so_that_a_wheel_has_them():
    import workbench.scenarios.store.migrations as migrations

    folder = Path(migrations.__file__).parent
    assert (folder / "env.py").is_file()
    assert list((folder / "versions").glob("v0001_*.py"))


def test_a_store_of_the_first_version_is_brought_up_to_date_with_all_that_it_keeps(address):
    engine = create_engine(store_url(address))
    with writing(engine) as connection:
        command.upgrade(_config(connection), "0001")
        record = sample_record()
        row = {"id": "ab" * 6, "name": "old", "status": "draft", **columns_of(record)}
        row.pop("kind")
        names = ", ".join(row)
        marks = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO run ({names}) VALUES ({marks})"), row)  # noqa: S608 - names of columns
        details = {"name": "old", "record": canonical.digest_of_text(record.text), "content": record.content_hash}
        trail.append(connection, "wanjiku", "run saved", "ab" * 6, details)
    engine.dispose()
    with open_store(address) as store:
        assert store.run("old").kind == "run"
        assert store.record("old").content_hash == record.content_hash
        assert store.verify().sound
        with pytest.raises(DBAPIError, match="never changes"), store._engine.begin() as connection:
            connection.execute(text("UPDATE run SET kind = 'ensemble'"))
