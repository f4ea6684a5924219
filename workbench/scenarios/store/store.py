"""The store: keep runs and scenarios, find them, mark them, approve them; every act leaves an entry in the trail."""

from __future__ import annotations

import getpass
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

from workbench.errors import Fault, suggestion
from workbench.scenarios import canonical
from workbench.scenarios.record import Record, changed, parse_record
from workbench.scenarios.store import trail
from workbench.scenarios.store.engine import connect, writing
from workbench.scenarios.store.entry import RunEntry, columns_of, entries_of
from workbench.scenarios.store.finding import listing, refuse_taken, row_of, with_content
from workbench.scenarios.store.place import shown, store_url
from workbench.scenarios.store.refusals import NotKeptError, StoreError, approved, taken
from workbench.scenarios.store.schema import NOTE, RUN, SCENARIO, TAG
from workbench.scenarios.store.verify import Verification, verify


def current_user() -> str:
    """Return who is at work: ``WORKBENCH_USER``, or the name of the account."""
    return os.environ.get("WORKBENCH_USER") or getpass.getuser()


def open_store(store: str | os.PathLike[str] | None = None, *, user: str | None = None) -> Store:
    """Open a store; make it, or bring its tables up to date, where that is needed.

    Parameters
    ----------
    store : str or path, optional
        The path of an SQLite file, or an address such as ``postgresql://treasury@db/workbench``. Without it, what the
        environment variable ``WORKBENCH_STORE`` says, or the file of the user's own under ``~/.local/share``.
    user : str, optional
        Who the trail says it was; without it ``WORKBENCH_USER`` or the name of the account.

    Raises
    ------
    StoreError
        Where it cannot be opened, or was made by a newer workbench.
    """
    url = store_url(store)
    return Store(connect(url), url, user or current_user())


class Store:
    """A store of runs and scenarios; close it after use, or use it in a ``with`` statement."""

    def __init__(self, engine: Engine, url: URL, user: str) -> None:
        self._engine = engine
        self._url = url
        self.user = user

    def __repr__(self) -> str:
        return f"Store({self.address!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _where: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @property
    def address(self) -> str:
        """Where it is, without a password."""
        return shown(self._url)

    def save(self, record: Record, *, name: str | None = None, tags: Sequence[str] = ()) -> RunEntry:
        """Keep a run or an ensemble.

        Parameters
        ----------
        record : Record
            What it stood on and what it gave.
        name : str, optional
            A name that nobody has used; without it the scenario's name with the id.
        tags : sequence of str
            Words to find it by.

        Returns
        -------
        RunEntry
            What was kept. An ensemble without a name of its own has an id that hangs on its content alone: kept twice,
            it is there once.

        Raises
        ------
        NameTakenError
            Where the name is taken; nothing is overwritten.
        StoreError
            For a record that was changed after it was made.
        """
        if not record.intact:
            raise StoreError(Fault(what="was changed after it was made, and is not kept", value=record.scenario))
        run = secrets.token_hex(6)
        if record.kind == "ensemble" and name is None and not tags:
            run = record.content_hash[:12]
            with self._engine.connect() as connection:
                same = with_content(connection, run, record.content_hash)
            if same is not None:
                return same
        name = name or f"{record.scenario}-{run}"
        row = {"id": run, "name": name, "status": "draft", **columns_of(record)}
        details = {"name": name, "record": canonical.digest_of_text(record.text), "content": record.content_hash}
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(RUN), row)
                trail.append(connection, self.user, "run saved", run, details)
                for tag in sorted(set(tags)):
                    self._add_tag(connection, run, tag)
        except IntegrityError:
            with self._engine.connect() as connection:
                same = with_content(connection, run, record.content_hash)
                if same is not None:
                    return same  # another process kept the same ensemble a moment before
                refuse_taken(connection, name)
            raise
        return self.run(run)

    def run(self, run: str) -> RunEntry:
        """Return a kept run by its id, its name, or the first digits of its id.

        Raises
        ------
        NotKeptError
            Where there is none, or more than one begins so.
        """
        with self._engine.connect() as connection:
            return entries_of(connection, [row_of(connection, run)._mapping])[0]  # noqa: SLF001 - SQLAlchemy's own way, in spite of its name

    def record(self, run: str, *, changed_too: bool = False) -> Record:
        """Return the record of a kept run or ensemble.

        Parameters
        ----------
        run : str
        changed_too : bool
            Whether a record that was changed after it was kept is returned too; :attr:`Record.intact` tells.

        Raises
        ------
        NotKeptError
            Where there is none.
        InputError
            For a record whose content does not have its own hash, or is not the one that the trail says was kept.
        """
        with self._engine.connect() as connection:
            row = row_of(connection, run)
            text = connection.execute(select(RUN.c.record).where(RUN.c.id == row.id)).scalar_one()
            saved = [entry.details for entry in trail.entries(connection, row.id) if entry.act == "run saved"]
        record = parse_record(text, name=f"run {row.id}", changed_too=changed_too)
        if not saved or saved[-1].get("record") != canonical.digest_of_text(text):
            # A record that somebody changed together with the hash in it is found out by the trail.
            record = replace(record, stated_hash=saved[-1].get("record", "") if saved else "")
        if not record.intact and not changed_too:
            raise changed(f"run {row.id}", record)
        return record

    def runs(
        self,
        limit: int | None = 50,
        *,
        search: str | None = None,
        tag: str | None = None,
        model: str | None = None,
        status: str | None = None,
        kind: str | None = None,
    ) -> list[RunEntry]:
        """List kept runs and ensembles, the newest first.

        Parameters
        ----------
        limit : int or None
            At most so many; None for all.
        search : str, optional
            Text in the name, the scenario, the question, the user or a note; letter case aside.
        tag, model, status, kind : str, optional
            Only those with this tag, of this model, with this status, or of this kind (``run``, ``ensemble``).
        """
        query = listing(search=search, tag=tag, model=model, status=status, kind=kind).limit(limit)
        with self._engine.connect() as connection:
            return entries_of(connection, connection.execute(query).mappings())

    def tag(self, run: str, *tags: str) -> RunEntry:
        """Add tags to a run that is not approved."""
        with self._changing(run, "tagged") as (connection, row):
            kept = set(connection.execute(select(TAG.c.tag).where(TAG.c.run_id == row.id)).scalars())
            for tag in sorted(set(tags) - kept):
                self._add_tag(connection, row.id, tag)
        return self.run(row.id)

    def untag(self, run: str, *tags: str) -> RunEntry:
        """Take tags off a run that is not approved."""
        with self._changing(run, "untagged") as (connection, row):
            for tag in sorted(set(tags)):
                gone = connection.execute(delete(TAG).where(TAG.c.run_id == row.id, TAG.c.tag == tag))
                if gone.rowcount:
                    trail.append(connection, self.user, "tag removed", row.id, {"tag": tag})
        return self.run(row.id)

    def note(self, run: str, text: str) -> None:
        """Add a remark to a run that is not approved; remarks are signed and never edited."""
        with self._changing(run, "annotated") as (connection, row):
            at = trail.append(connection, self.user, "note added", row.id, {"text": text})
            connection.execute(insert(NOTE), {"run_id": row.id, "at": at, "by": self.user, "text": text})

    def notes(self, run: str) -> list[dict[str, str]]:
        """Return the remarks on a run in order: ``at``, ``by``, ``text``."""
        with self._engine.connect() as connection:
            row = row_of(connection, run)
            query = select(NOTE.c.at, NOTE.c.by, NOTE.c.text).where(NOTE.c.run_id == row.id).order_by(NOTE.c.id)
            return [dict(note) for note in connection.execute(query).mappings()]

    def approve(self, run: str, *, supersedes: str | None = None) -> RunEntry:
        """Approve a run: from then on it cannot be changed or deleted, only superseded.

        Parameters
        ----------
        run : str
            The run to approve.
        supersedes : str, optional
            An approved run whose place it takes.

        Raises
        ------
        StoreError
            Where the run is approved already, or the other one is not.
        """
        with self._changing(run, "approved again") as (connection, row):
            older = row_of(connection, supersedes) if supersedes is not None else None
            if older is not None and older.status != "approved":
                what = "is not approved, so that no run can take its place" if older.status == "draft" else \
                    f"was superseded by run {older.superseded_by} before"  # fmt: skip
                raise StoreError(Fault(what=what, value=older.id))
            details = {"content": row.content_hash, "supersedes": older.id if older is not None else None}
            at = trail.append(connection, self.user, "run approved", row.id, details)
            connection.execute(
                update(RUN).where(RUN.c.id == row.id).values(status="approved", approved_at=at, approved_by=self.user)
            )
            if older is not None:
                trail.append(connection, self.user, "run superseded", older.id, {"by": row.id})
                connection.execute(
                    update(RUN).where(RUN.c.id == older.id).values(status="superseded", superseded_by=row.id)
                )
        return self.run(row.id)

    def delete(self, run: str) -> None:
        """Delete a run that is not approved; the trail keeps that it was there."""
        with self._changing(run, "deleted") as (connection, row):
            connection.execute(delete(RUN).where(RUN.c.id == row.id))
            trail.append(connection, self.user, "run deleted", row.id, {"content": row.content_hash})

    def save_scenario(self, name: str, text: str) -> None:
        """Keep a scenario's text under its name.

        Raises
        ------
        NameTakenError
            Where another text is kept under the name; nothing is overwritten. The same text again is no fault.
        """
        try:
            with writing(self._engine) as connection:
                details = {"text": canonical.digest_of_text(text)}
                at = trail.append(connection, self.user, "scenario saved", name, details)
                row = {"name": name, "text": text, "saved_at": at, "saved_by": self.user}
                connection.execute(insert(SCENARIO), row)
        except IntegrityError:
            with self._engine.connect() as connection:
                kept = connection.execute(select(SCENARIO).where(SCENARIO.c.name == name)).first()
            if kept is None:
                raise
            if kept.text != text:
                raise taken("scenario", name, kept.saved_by, kept.saved_at) from None

    def scenario(self, name: str) -> str:
        """Return the text of a kept scenario."""
        with self._engine.connect() as connection:
            query = select(SCENARIO.c.text).where(SCENARIO.c.name == name)
            text = connection.execute(query).scalar_one_or_none()
        if text is None:
            remedy = suggestion(name, self.scenarios())
            raise NotKeptError(Fault(what="is no scenario of this store", value=name, remedy=remedy))
        return str(text)

    def scenarios(self) -> list[str]:
        """Return the names of the kept scenarios, in alphabetical order."""
        with self._engine.connect() as connection:
            return sorted(connection.execute(select(SCENARIO.c.name)).scalars())

    def trail(self, subject: str | None = None) -> list[trail.AuditEntry]:
        """Return the audit trail, or what concerns one run or scenario, in order."""
        with self._engine.connect() as connection:
            return trail.entries(connection, subject)

    def verify(self, *, head: str | None = None) -> Verification:
        """Check the whole store: the chain of the trail, and that what is kept is what the trail says.

        Parameters
        ----------
        head : str, optional
            The hash of an entry that somebody noted elsewhere: it must still stand in the chain.
        """
        with self._engine.connect() as connection:
            return verify(connection, head=head)

    @contextmanager
    def _changing(self, run: str, act: str) -> Iterator[tuple[Connection, Row[Any]]]:
        """Change one run that is not approved, within one transaction."""
        with writing(self._engine) as connection:
            row = row_of(connection, run)
            if row.status != "draft":
                raise approved(row.id, act)
            yield connection, row

    def _add_tag(self, connection: Connection, run: str, tag: str) -> None:
        if not tag.strip():
            raise StoreError(Fault(what="is no tag", value=tag, remedy="write a word"))
        connection.execute(insert(TAG), {"run_id": run, "tag": tag})
        trail.append(connection, self.user, "tag added", run, {"tag": tag})
