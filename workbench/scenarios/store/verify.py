"""Check a store: the chain of its trail, and that what is kept is what the trail says was kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, RowMapping, select, text

from workbench.errors import WorkbenchError
from workbench.scenarios import canonical
from workbench.scenarios.record import parse_record
from workbench.scenarios.store.entry import columns_of
from workbench.scenarios.store.schema import NOTE, RUN, SCENARIO, TAG
from workbench.scenarios.store.trail import START, AuditEntry, entries


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What a check of a store found.

    Attributes
    ----------
    faults : tuple of str
        Whole sentences; empty where all is well.
    runs, scenarios, entries : int
        How many were checked.
    head : str
        The hash of the trail's last entry. Noted elsewhere, it later proves that the trail was not cut.
    """

    faults: tuple[str, ...]
    runs: int
    scenarios: int
    entries: int
    head: str

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


@dataclass
class _Told:
    """What the trail says of one run."""

    name: str
    record: str
    status: str = "draft"
    approved: tuple[str, str] | None = None
    superseded_by: str | None = None
    tags: set[str] = field(default_factory=set)
    notes: list[tuple[str, str, str]] = field(default_factory=list)


def verify(connection: Connection, *, head: str | None = None) -> Verification:
    """Check the store behind a connection."""
    chain = entries(connection)
    faults = list(_database_faults(connection))
    faults += _chain_faults(chain)
    if head is not None and head not in {entry.hash for entry in chain}:
        faults.append(f"The entry with the hash {head} no longer stands in the trail: its end was cut or rewritten.")
    told, texts, told_faults = _replay(chain)
    faults += told_faults
    runs, run_faults = _run_faults(connection, told)
    scenarios, scenario_faults = _scenario_faults(connection, texts)
    return Verification(
        faults=tuple(faults + run_faults + scenario_faults),
        runs=runs,
        scenarios=scenarios,
        entries=len(chain),
        head=chain[-1].hash if chain else START,
    )


def _database_faults(connection: Connection) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        for (said,) in connection.execute(text("PRAGMA integrity_check")):
            if said != "ok":
                yield f"SQLite's own check says: {said}."
        names = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
    else:
        on = "SELECT tgname || '_' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        names = set(connection.execute(text(on)).scalars())
    yield from (f"The guard {guard} was taken out of the database." for guard in sorted(_guards(connection) - names))


def _guards(connection: Connection) -> set[str]:
    from workbench.scenarios.store.migrations import guards_0001, guards_0002

    if connection.dialect.name == "sqlite":
        return {statement.split()[2] for statement in (*guards_0001.SQLITE, *guards_0002.SQLITE)}
    statements = (*guards_0001.POSTGRESQL, *guards_0002.POSTGRESQL)
    made = [statement.split() for statement in statements if statement.startswith("CREATE TRIGGER")]
    return {f"{words[2]}_{words[words.index('ON') + 1]}" for words in made}


def _chain_faults(chain: list[AuditEntry]) -> Iterator[str]:
    previous = START
    for seq, entry in enumerate(chain, start=1):
        if entry.seq != seq:
            yield f"Entry {seq} is missing from the trail."
            return
        if entry.previous != previous:
            yield f"Entry {seq} does not follow the one before it."
        if entry.computed_hash() != entry.hash:
            yield f"Entry {seq} ({entry.act} by {entry.by}) was changed after it was written."
        previous = entry.hash


def _replay(chain: list[AuditEntry]) -> tuple[dict[str, _Told], dict[str, str], list[str]]:
    told: dict[str, _Told] = {}
    texts: dict[str, str] = {}
    faults: list[str] = []
    for entry in chain:
        of = entry.details
        if entry.act == "scenario saved":
            texts[entry.subject] = of["text"]
        elif entry.act == "run saved":
            told[entry.subject] = _Told(of["name"], of["record"])
        elif entry.subject not in told:
            faults.append(f"Entry {entry.seq} ({entry.act}) speaks of run {entry.subject}, which was never saved.")
        elif entry.act == "run deleted":
            if told.pop(entry.subject).status != "draft":
                faults.append(f"Entry {entry.seq} says that the approved run {entry.subject} was deleted.")
        else:
            _apply(told[entry.subject], entry)
    return told, texts, faults


def _apply(run: _Told, entry: AuditEntry) -> None:
    if entry.act == "run approved":
        run.status, run.approved = "approved", (entry.at, entry.by)
    elif entry.act == "run superseded":
        run.status, run.superseded_by = "superseded", entry.details["by"]
    elif entry.act == "tag added":
        run.tags.add(entry.details["tag"])
    elif entry.act == "tag removed":
        run.tags.discard(entry.details["tag"])
    elif entry.act == "note added":
        run.notes.append((entry.at, entry.by, entry.details["text"]))


def _run_faults(connection: Connection, told: Mapping[str, _Told]) -> tuple[int, list[str]]:
    tags: dict[str, set[str]] = {}
    for run, tag in connection.execute(select(TAG)):
        tags.setdefault(run, set()).add(tag)
    notes: dict[str, list[tuple[str, str, str]]] = {}
    for note in connection.execute(select(NOTE).order_by(NOTE.c.id)):
        notes.setdefault(note.run_id, []).append((note.at, note.by, note.text))
    faults: list[str] = []
    kept: set[str] = set()
    for row in connection.execution_options(yield_per=200).execute(select(RUN)).mappings():
        kept.add(row["id"])
        if row["id"] not in told:
            faults.append(f"Run {row['id']} is kept, but the trail does not say that it was ever saved.")
            continue
        told_run = told[row["id"]]
        faults += _record_faults(row, told_run)
        if tags.get(row["id"], set()) != told_run.tags:
            faults.append(f"The tags of run {row['id']} are not those that the trail tells.")
        if notes.get(row["id"], []) != told_run.notes:
            faults.append(f"The notes on run {row['id']} are not those that the trail tells.")
    faults += [f"Run {run} was saved, never deleted, and is not there." for run in told if run not in kept]
    return len(kept), faults


def _record_faults(row: RowMapping, told: _Told) -> Iterator[str]:
    run = row["id"]
    if canonical.digest_of_text(row["record"]) != told.record:
        yield f"The record of run {run} was changed after it was saved."
        return
    try:
        record = parse_record(row["record"], name=f"run {run}")
    except WorkbenchError as fault:
        yield f"The record of run {run} cannot be read: {fault}."
        return
    moved = [column for column, value in columns_of(record).items() if row[column] != value]
    if moved:
        yield f"Run {run} is listed with another {', '.join(moved)} than its record has."
    listed = (row["name"], row["status"], row["superseded_by"])
    approved = (row["approved_at"], row["approved_by"]) if row["approved_by"] is not None else None
    if listed != (told.name, told.status, told.superseded_by) or approved != told.approved:
        yield f"Run {run} is listed as '{row['name']}', {row['status']}; the trail tells otherwise."


def _scenario_faults(connection: Connection, texts: Mapping[str, str]) -> tuple[int, list[str]]:
    kept = {row.name: canonical.digest_of_text(row.text) for row in connection.execute(select(SCENARIO))}
    faults = [f"The scenario '{name}' is not the one that was saved." for name in kept if texts.get(name) != kept[name]]
    faults += [f"The scenario '{name}' was saved and is not there." for name in texts if name not in kept]
    return len(kept), faults


def details_of(entry: AuditEntry) -> str:
    """Write an entry's details as JSON, for a table."""
    return json.dumps(dict(entry.details), ensure_ascii=False, sort_keys=True)
