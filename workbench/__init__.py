"""Kenya's plans, budgets and county grants on published figures.

Names are loaded when they are first used, so that ``import workbench`` loads no chart library,
no Jupyter and no web server.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.allocation import RULES as RULES
    from workbench.allocation import Allocation as Allocation
    from workbench.allocation import allocate as allocate
    from workbench.allocation import rule as rule
    from workbench.fiscal import FiscalYear as FiscalYear

__version__ = "0.1.0"

_HOMES = {
    "RULES": "workbench.allocation",
    "Allocation": "workbench.allocation",
    "allocate": "workbench.allocation",
    "rule": "workbench.allocation",
    "FiscalYear": "workbench.fiscal",
}
"""Every public name and the module that it lives in."""

__all__ = ["RULES", "Allocation", "FiscalYear", "__version__", "allocate", "rule"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _HOMES:
        raise AttributeError(f"module 'workbench' has no attribute '{name}'")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
