"""Ensembles are kept beside runs: a column that tells which is which."""

import sqlalchemy as sa
from alembic import op

from workbench.scenarios.store.migrations.guards_0002 import POSTGRESQL, SQLITE

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; whatever was kept before is a run."""
    op.add_column("run", sa.Column("kind", sa.Text, nullable=False, server_default="run"))
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(sa.text(statement))
