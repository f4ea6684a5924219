"""Keep, find, mark and approve runs, on SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import create_engine, text

from tests.scenarios.samples import sample_record
from workbench.scenarios.store import NameTakenError, NotKeptError, StoreError, open_store
from workbench.scenarios.store.place import store_url


@pytest.fixture
def database(address, store):
    """The database itself, as whoever has its password could write to it."""
    engine = create_engine(store_url(address))
    yield engine
    engine.dispose()


def test_a_kept_run_comes_back_byte_for_byte(store, kept):
    assert store.record(kept.id).text == sample_record().text
    assert (kept.name, kept.model, kept.financial_year, kept.status) == ("first", "grants", "2025/26", "draft")
    assert kept.headline[0]["value"] == 1.5
    assert store.run("first") == store.run(kept.id) == store.run(kept.id[:8]) == kept


def test_the_second_who_saves_under_a_name_is_told_and_nothing_is_overwritten(address, store, kept):
    with open_store(address, user="otieno") as other, pytest.raises(NameTakenError, match=r"'first' is taken: wanjiku"):
        other.save(sample_record(99.0), name="first")
    assert store.record("first").headline[0]["value"] == 1.5
    assert len(store.runs()) == 1
    assert store.verify().sound


def test_a_scenario_is_kept_once_and_the_same_text_again_is_no_fault(address, store):
    store.save_scenario("cut", "name: cut\n")
    store.save_scenario("cut", "name: cut\n")
    with open_store(address, user="otieno") as other, pytest.raises(NameTakenError, match="wanjiku kept another"):
        other.save_scenario("cut", "name: cut\nquestion: another\n")
    assert store.scenario("cut") == "name: cut\n"
    assert store.scenarios() == ["cut"]
    with pytest.raises(NotKeptError, match="did you mean 'cut'"):
        store.scenario("cutt")


def test_runs_are_listed_newest_first_and_found_by_word_tag_model_and_status(store):
    ids = [
        store.save(sample_record(at=number, scenario=f"s{number}", model="gap" if number % 2 else "grants")).id
        for number in range(6)
    ]
    assert [run.id for run in store.runs()] == ids[::-1]
    assert [run.id for run in store.runs(limit=2)] == ids[:3:-1]
    assert {run.id for run in store.runs(model="gap")} == set(ids[1::2])
    store.tag(ids[3], "committee", "march")
    assert [run.id for run in store.runs(tag="committee")] == [ids[3]]
    assert store.run(ids[3]).tags == ("committee", "march")
    store.untag(ids[3], "march")
    assert store.run(ids[3]).tags == ("committee",)
    store.note(ids[2], "The Treasury doubts 100% of this")
    assert [run.id for run in store.runs(search="treasury DOUBTS")] == [ids[2]]
    assert [run.id for run in store.runs(search="100%")] == [ids[2]]
    assert store.runs(search="%") == store.runs(search="100%")
    store.approve(ids[0])
    assert [run.id for run in store.runs(status="approved")] == [ids[0]]
    assert [note["by"] for note in store.notes(ids[2])] == ["wanjiku"]


def test_an_approved_run_cannot_be_changed_or_deleted_only_superseded(store, kept):
    approved = store.approve("first")
    assert (approved.status, approved.approved_by) == ("approved", "wanjiku")
    for act in (
        lambda: store.tag("first", "late"),
        lambda: store.untag("first", "review"),
        lambda: store.note("first", "late"),
        lambda: store.delete("first"),
        lambda: store.approve("first"),
    ):
        with pytest.raises(StoreError, match="is approved and cannot be"):
            act()
    newer = store.save(sample_record(2.0))
    store.approve(newer.id, supersedes="first")
    assert (store.run("first").status, store.run("first").superseded_by) == ("superseded", newer.id)
    last = store.save(sample_record(3.0))
    with pytest.raises(StoreError, match="was superseded by run"):
        store.approve(last.id, supersedes="first")
    assert store.run(last.id).status == "draft", "a refused approval leaves nothing behind"
    assert store.verify().sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE run SET record = '{}' WHERE name = 'first'",
        "UPDATE run SET headline = '[]' WHERE name = 'first'",
        "UPDATE run SET name = 'other' WHERE name = 'first'",
        "UPDATE run SET approved_by = 'otieno' WHERE name = 'first'",
        "UPDATE run SET status = 'draft', approved_by = NULL, approved_at = NULL WHERE name = 'first'",
        "DELETE FROM run WHERE name = 'first'",
        "DELETE FROM tag",
        "UPDATE tag SET tag = 'other'",
        "INSERT INTO tag SELECT id, 'more' FROM run",
        "INSERT INTO note (id, run_id, at, by, text) SELECT 1, id, 'now', 'me', 'more' FROM run",
        "UPDATE audit SET by = 'nobody'",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT seq + 5, at, by, act, subject, details, previous, 'x' FROM audit WHERE seq = 1",
        "INSERT INTO audit SELECT seq + 3, at, by, act, subject, details, previous, 'x' FROM audit WHERE seq = 1",
        "UPDATE scenario SET text = 'other'",
    ],
)
def test_the_database_itself_refuses_to_rewrite_what_is_approved_or_told(store, kept, database, statement):
    store.save_scenario("cut", "name: cut\n")
    store.approve("first")
    assert len(store.trail()) == 4
    with pytest.raises(Exception, match=r"approved|never|only grows"), database.begin() as connection:
        connection.execute(text(statement))
    assert store.verify().faults == ()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO run SELECT * FROM run WHERE name = 'first'",
        "INSERT OR REPLACE INTO run SELECT 'new', name, scenario, question, model, financial_year, made_at, made_by, 'draft', NULL, NULL, NULL, content_hash, illustrative, headline, '{}', kind FROM run WHERE name = 'first'",
        "UPDATE OR REPLACE run SET name = 'first' WHERE name = 'second'",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
        "INSERT OR REPLACE INTO scenario VALUES ('cut', 'other', 'now', 'me')",
    ],
)
def test_sqlites_replacing_statements_find_no_way_round_the_guards(tmp_path, statement):
    path = tmp_path / "store.sqlite3"
    with open_store(path) as store:
        store.save(sample_record(), name="first")
        store.save(sample_record(2.0), name="second")
        store.save_scenario("cut", "name: cut\n")
        store.approve("first")
        engine = create_engine(f"sqlite:///{path}")
        with pytest.raises(Exception, match=r"taken|only grows|never|approved"), engine.begin() as connection:
            connection.execute(text(statement))
        engine.dispose()
        assert store.verify().faults == ()


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["run", "audit", "tag", "note", "scenario"])
def test_postgresql_empties_no_table(postgres_url, table):
    with open_store(postgres_url) as store:
        store.save(sample_record())
        engine = create_engine(store_url(postgres_url))
        with pytest.raises(Exception, match="never rewritten"), engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {table} CASCADE"))
        engine.dispose()


def test_a_draft_can_be_deleted_and_the_trail_keeps_that_it_was_there(store, kept):
    store.delete("first")
    assert store.runs() == []
    assert [entry.act for entry in store.trail(kept.id)] == ["run saved", "tag added", "run deleted"]
    assert store.verify().sound


def test_an_unknown_run_is_refused_in_words(store, kept):
    for name in ("", "second", "'; DROP TABLE run"):
        with pytest.raises(NotKeptError, match="is no run of this store"):
            store.run(name)


def test_every_act_stands_in_the_trail_with_who_and_when(store, kept):
    store.note("first", "why")
    store.approve("first")
    trail = store.trail()
    assert [entry.seq for entry in trail] == [1, 2, 3, 4]
    assert [entry.act for entry in trail] == ["run saved", "tag added", "note added", "run approved"]
    assert {entry.by for entry in trail} == {"wanjiku"}
    assert all(entry.at.endswith("Z") for entry in trail)
    assert [entry.previous for entry in trail[1:]] == [entry.hash for entry in trail[:-1]]
