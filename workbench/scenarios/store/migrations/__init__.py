"""How a store's tables came to be, version by version, for Alembic."""
