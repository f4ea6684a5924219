"""A run as the store lists it, without the record itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select

from workbench.scenarios import canonical
from workbench.scenarios.record import Record
from workbench.scenarios.store.schema import RUN, TAG

LISTED: Final = [column for column in RUN.c if column.name != "record"]


@dataclass(frozen=True, kw_only=True)
class RunEntry:
    """A kept run.

    Attributes
    ----------
    id, name : str
        Its own, and the one that people use; both name one run only.
    kind : str
        ``run`` or ``ensemble``.
    scenario, question, model : str
        What was asked.
    financial_year : str or None
        Of the result.
    made_at, made_by : str
        When (UTC) and by whom.
    status : str
        ``draft``, ``approved`` or ``superseded``.
    approved_at, approved_by, superseded_by : str or None
        When and by whom it was approved, and the id of the run that took its place.
    content_hash : str
        Runs with the same one stood on the same inputs and gave the same figures.
    illustrative : bool
        Whether anything that it stands on is illustrative.
    headline : tuple of mapping
        ``name``, ``label``, ``value``, ``unit`` of the headline figures.
    tags : tuple of str
        In alphabetical order.
    """

    id: str
    name: str
    kind: str
    scenario: str
    question: str
    model: str
    financial_year: str | None
    made_at: str
    made_by: str
    status: str
    approved_at: str | None
    approved_by: str | None
    superseded_by: str | None
    content_hash: str
    illustrative: bool
    headline: tuple[Mapping[str, Any], ...]
    tags: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the entry for a program."""
        return {**vars(self), "headline": list(self.headline), "tags": list(self.tags)}


def columns_of(record: Record) -> dict[str, Any]:
    """Return the columns of the run table that repeat what the record says."""
    return {
        "kind": record.kind,
        "scenario": record.scenario,
        "question": record.question,
        "model": record.model,
        "financial_year": record.financial_year,
        "made_at": record.made_at,
        "made_by": record.made_by,
        "content_hash": record.content_hash,
        "illustrative": record.illustrative,
        "headline": canonical.text(record.headline),
        "record": record.text,
    }


def entries_of(connection: Connection, rows: Iterable[RowMapping]) -> list[RunEntry]:
    """Build entries from rows of the run table, with their tags."""
    found = list(rows)
    ids = [row["id"] for row in found]
    tags: dict[str, list[str]] = {}
    for run_id, tag in connection.execute(select(TAG).where(TAG.c.run_id.in_(ids)).order_by(TAG.c.tag)):
        tags.setdefault(run_id, []).append(tag)
    return [
        RunEntry(**{**row, "headline": tuple(json.loads(row["headline"])), "tags": tuple(tags.get(row["id"], ()))})
        for row in found
    ]
