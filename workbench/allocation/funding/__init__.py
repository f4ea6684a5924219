"""Constrained funding: an envelope, limits that must hold, and an objective to meet as well as they allow."""

from workbench.allocation.funding.fund import fund
from workbench.allocation.funding.infeasible import FundingInfeasibleError
from workbench.allocation.funding.objectives import Leximin, Nearest, Weighted
from workbench.allocation.funding.result import FundingResult
from workbench.allocation.funding.rules import GrowthLimit, ShareLimit

__all__ = [
    "FundingInfeasibleError",
    "FundingResult",
    "GrowthLimit",
    "Leximin",
    "Nearest",
    "ShareLimit",
    "Weighted",
    "fund",
]
