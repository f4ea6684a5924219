"""The store of runs and scenarios: SQLite on one's own machine, PostgreSQL for a team."""

from workbench.scenarios.store.refusals import NameTakenError, NotKeptError, StoreError
from workbench.scenarios.store.store import Store, open_store
from workbench.scenarios.store.trail import AuditEntry
from workbench.scenarios.store.verify import Verification

__all__ = ["AuditEntry", "NameTakenError", "NotKeptError", "Store", "StoreError", "Verification", "open_store"]
