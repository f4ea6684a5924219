"""The store's tables as this version of the workbench uses them; migrations make and change them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text

VERSION: Final = "0002"
"""The migration that this version of the workbench works with: the newest below ``migrations/versions``."""

METADATA: Final = MetaData()

RUN: Final = Table(
    "run",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("scenario", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("financial_year", Text),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("approved_at", Text),
    Column("approved_by", Text),
    Column("superseded_by", ForeignKey("run.id")),
    Column("content_hash", String(64), nullable=False),
    Column("illustrative", Boolean, nullable=False),
    Column("headline", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default="run"),
)

SCENARIO: Final = Table(
    "scenario",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
    Column("saved_by", Text, nullable=False),
)

TAG: Final = Table(
    "tag",
    METADATA,
    Column("run_id", ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", Text, primary_key=True),
)

NOTE: Final = Table(
    "note",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("run.id", ondelete="CASCADE"), nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
)

AUDIT: Final = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
