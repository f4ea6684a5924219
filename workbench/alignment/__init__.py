"""Model: plan against budget."""

from workbench.alignment.align import align, shipped_plans
from workbench.alignment.result import Alignment

__all__ = ["Alignment", "align", "shipped_plans"]
