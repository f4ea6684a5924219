"""A check of the store finds what somebody changed behind its back, even one who took the guards out first."""

import re

import pytest
from sqlalchemy import create_engine, text

from tests.scenarios.samples import sample_record
from workbench.errors import InputError
from workbench.scenarios.store.place import store_url

TAMPERING = {
    "UPDATE run SET record = replace(record, '1.5', '9.5') WHERE name = 'first'": "record of run .* was changed",
    "UPDATE run SET headline = replace(headline, '1.5', '9.5') WHERE name = 'first'": "listed with another headline",
    "UPDATE run SET approved_by = 'otieno' WHERE name = 'first'": "the trail tells otherwise",
    "UPDATE run SET name = 'renamed' WHERE name = 'first'": "the trail tells otherwise",
    "DELETE FROM run WHERE name = 'first'": "was saved, never deleted, and is not there",
    "DELETE FROM tag": "tags of run .* are not those",
    "UPDATE note SET text = 'all is well'": "notes on run .* are not those",
    "UPDATE audit SET by = 'otieno' WHERE seq = 2": "Entry 2 .* was changed",
    "DELETE FROM audit WHERE seq = 3": "Entry 3 is missing",
    "UPDATE scenario SET text = 'name: other'": "is not the one that was saved",
    "DELETE FROM scenario": "was saved and is not there",
}


@pytest.fixture
def tampered(address, store):
    """A store with an approved run, and a way to write to it with every guard taken out."""
    store.save(sample_record(), name="first", tags=["review"])
    store.note("first", "doubtful")
    store.save_scenario("cut", "name: cut\n")
    store.approve("first")
    engine = create_engine(store_url(address))

    def change(statement):
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                guards = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
                for guard in guards.all():
                    connection.execute(text(f"DROP TRIGGER {guard}"))
            else:
                for table in ("run", "audit", "tag", "note", "scenario"):
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(text(statement))

    yield change
    engine.dispose()


@pytest.mark.parametrize("statement", TAMPERING)
def test_what_was_changed_behind_the_stores_back_is_found(store, tampered, statement):
    assert store.verify().sound
    tampered(statement)
    said = "\n".join(store.verify().faults)
    assert "was taken out of the database" in said
    assert re.search(TAMPERING[statement], said), said


def test_a_trail_that_was_cut_at_its_end_is_found_by_the_head_that_somebody_noted(store, tampered):
    head = store.verify().head
    assert store.verify(head=head).sound
    tampered("DELETE FROM audit WHERE seq = 5")
    assert any(head in fault for fault in store.verify(head=head).faults)


def test_a_sound_store_is_said_to_be_sound(store, kept):
    found = store.verify()
    assert (found.sound, found.runs, found.scenarios, found.entries) == (True, 1, 0, 2)


def test_a_record_that_was_changed_with_its_hashes_is_found_out_by_the_trail(store, tampered):
    changed = sample_record(9.5).text.replace("'", "''").replace(":", "\\:")
    tampered(f"UPDATE run SET record = '{changed}' WHERE name = 'first'")  # noqa: S608 - a test's own text
    with pytest.raises(InputError, match="was changed after it was made"):
        store.record("first")
    assert not store.record("first", changed_too=True).intact
