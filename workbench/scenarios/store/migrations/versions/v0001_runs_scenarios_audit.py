"""Runs, scenarios, tags, notes, and the audit trail; guards that hold against whoever writes to the database itself."""

import sqlalchemy as sa
from alembic import op

from workbench.scenarios.store.migrations.guards_0001 import POSTGRESQL, SQLITE

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables and their guards."""
    op.create_table(
        "run",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("scenario", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("financial_year", sa.Text),
        sa.Column("made_at", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("approved_at", sa.Text),
        sa.Column("approved_by", sa.Text),
        sa.Column("superseded_by", sa.String(32), sa.ForeignKey("run.id")),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("illustrative", sa.Boolean, nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.CheckConstraint("status IN ('draft', 'approved', 'superseded')", name="known_status"),
        sa.CheckConstraint("(status = 'draft') = (approved_by IS NULL)", name="approved_by_somebody"),
        sa.CheckConstraint("(status = 'superseded') = (superseded_by IS NOT NULL)", name="superseded_by_a_run"),
    )
    op.create_index("run_made_at", "run", ["made_at"])
    op.create_table(
        "scenario",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("saved_at", sa.Text, nullable=False),
        sa.Column("saved_by", sa.Text, nullable=False),
    )
    of_run = sa.ForeignKey("run.id", ondelete="CASCADE")
    op.create_table(
        "tag",
        sa.Column("run_id", sa.String(32), of_run, primary_key=True),
        sa.Column("tag", sa.Text, primary_key=True),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("run_id", sa.String(32), sa.ForeignKey("run.id", ondelete="CASCADE"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )
    op.create_index("audit_subject", "audit", ["subject"])
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(sa.text(statement))
