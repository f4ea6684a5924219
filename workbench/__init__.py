"""Kenya's plans, budgets and county grants on published figures.

Names are loaded when they are first used, so that ``import workbench`` loads no chart library,
no Jupyter and no web server.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.alignment import Alignment as Alignment
    from workbench.alignment import align as align
    from workbench.allocation import RULES as RULES
    from workbench.allocation import Allocation as Allocation
    from workbench.allocation import allocate as allocate
    from workbench.allocation import rule as rule
    from workbench.allocation.funding import FundingResult as FundingResult
    from workbench.allocation.funding import GrowthLimit as GrowthLimit
    from workbench.allocation.funding import Leximin as Leximin
    from workbench.allocation.funding import Nearest as Nearest
    from workbench.allocation.funding import ShareLimit as ShareLimit
    from workbench.allocation.funding import Weighted as Weighted
    from workbench.allocation.funding import fund as fund
    from workbench.datasets import Package as Package
    from workbench.datasets import open_package as open_package
    from workbench.fiscal import FiscalYear as FiscalYear
    from workbench.gap import check_rules as check_rules
    from workbench.gap import credibility as credibility
    from workbench.gap import gap as gap
    from workbench.gap import open_ledger as open_ledger
    from workbench.gap import stages as stages
    from workbench.grants import GrantsResult as GrantsResult
    from workbench.grants import grants as grants
    from workbench.scenarios import compare as compare
    from workbench.scenarios import ensemble as ensemble
    from workbench.scenarios import load_scenario as load_scenario
    from workbench.scenarios import open_store as open_store
    from workbench.scenarios import read_record as read_record
    from workbench.scenarios import reproduce as reproduce
    from workbench.scenarios import robustness as robustness
    from workbench.scenarios import run as run
    from workbench.scenarios import sensitivity as sensitivity

__version__ = "0.1.0"

_HOMES = {
    "Alignment": "workbench.alignment",
    "align": "workbench.alignment",
    "FundingResult": "workbench.allocation.funding",
    "GrowthLimit": "workbench.allocation.funding",
    "Leximin": "workbench.allocation.funding",
    "Nearest": "workbench.allocation.funding",
    "ShareLimit": "workbench.allocation.funding",
    "Weighted": "workbench.allocation.funding",
    "fund": "workbench.allocation.funding",
    "Package": "workbench.datasets",
    "open_package": "workbench.datasets",
    "RULES": "workbench.allocation",
    "Allocation": "workbench.allocation",
    "allocate": "workbench.allocation",
    "rule": "workbench.allocation",
    "FiscalYear": "workbench.fiscal",
    "GrantsResult": "workbench.grants",
    "grants": "workbench.grants",
    "check_rules": "workbench.gap",
    "credibility": "workbench.gap",
    "gap": "workbench.gap",
    "compare": "workbench.scenarios",
    "ensemble": "workbench.scenarios",
    "load_scenario": "workbench.scenarios",
    "open_store": "workbench.scenarios",
    "read_record": "workbench.scenarios",
    "reproduce": "workbench.scenarios",
    "robustness": "workbench.scenarios",
    "run": "workbench.scenarios",
    "sensitivity": "workbench.scenarios",
    "open_ledger": "workbench.gap",
    "stages": "workbench.gap",
}
"""Every public name and the module that it lives in."""

__all__ = ["__version__", *sorted(_HOMES)]  # noqa: PLE0604 - all of them are strings


class _FrontPage(ModuleType):
    """The package itself, on which ``gap`` and ``grants`` stay the models whoever imports the rooms of those names.

    Python binds a subpackage to its name on the package above once it is imported; that would put the room
    ``workbench.gap`` in the place of the function ``workbench.gap``. The rooms remain importable as ever.
    """

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _FrontPage


def __getattr__(name: str) -> Any:  # noqa: ANN401
    if name not in _HOMES:
        raise AttributeError(f"module 'workbench' has no attribute '{name}'")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
