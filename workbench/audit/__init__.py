"""Re-add what is printed: totals, differences, ratios, restatements.

The package is pure: it knows tables of figures, and neither files nor data packages.
"""

from workbench.audit.book import table_name
from workbench.audit.recompute import recompute
from workbench.audit.result import FINDING_COLUMNS, Audit
from workbench.audit.run import audit, audit_cells, read_figures
from workbench.audit.touching import findings_touching

__all__ = [
    "FINDING_COLUMNS",
    "Audit",
    "audit",
    "audit_cells",
    "findings_touching",
    "read_figures",
    "recompute",
    "table_name",
]
