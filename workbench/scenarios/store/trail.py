"""The audit trail: who did what when, each entry chained to the one before by its hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from workbench.scenarios import canonical
from workbench.scenarios.store.schema import AUDIT

START: Final = "0" * 64
"""What the first entry of a trail follows."""


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One thing that somebody did.

    Attributes
    ----------
    seq : int
        Its number, from 1, without a gap.
    at : str
        When, in UTC, ISO 8601.
    by : str
        Who.
    act : str
        ``run saved``, ``run approved``, ``run superseded``, ``run deleted``, ``tag added`` ...
    subject : str
        The run's id or the scenario's name.
    details : mapping
        What a check needs to know, such as the hash of the record.
    previous, hash : str
        The hash of the entry before, and this entry's own, over everything above and ``previous``.
    """

    seq: int
    at: str
    by: str
    act: str
    subject: str
    details: Mapping[str, Any]
    previous: str
    hash: str

    def computed_hash(self) -> str:
        """Return the hash that the entry should have."""
        return _hash(self.seq, self.at, self.by, self.act, self.subject, self.details, self.previous)


def _hash(*parts: object) -> str:
    return canonical.digest(list(parts))


def now() -> str:
    """Return the time in UTC as the store writes it, such as ``2026-02-10T09:30:00.000000Z``."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def append(connection: Connection, by: str, act: str, subject: str, details: Mapping[str, Any]) -> str:
    """Add an entry at the end of the trail; the caller's transaction is the only one that writes.

    Returns
    -------
    str
        The time of the entry.
    """
    last = connection.execute(select(AUDIT.c.seq, AUDIT.c.hash).order_by(AUDIT.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, START)
    at = now()
    row = {
        "seq": seq,
        "at": at,
        "by": by,
        "act": act,
        "subject": subject,
        "details": canonical.text(details),
        "previous": previous,
        "hash": _hash(seq, at, by, act, subject, details, previous),
    }
    connection.execute(insert(AUDIT), row)
    return at


def entries(connection: Connection, subject: str | None = None) -> list[AuditEntry]:
    """Return the trail, or what concerns one run or scenario, in order."""
    query = select(AUDIT).order_by(AUDIT.c.seq)
    if subject is not None:
        query = query.where(AUDIT.c.subject == subject)
    rows = connection.execute(query).mappings()
    return [AuditEntry(**{**row, "details": json.loads(row["details"])}) for row in rows]
