"""Model: requirement against allocation, the money's way through the stages, and what to do with too little."""

from workbench.gap.measure import gap
from workbench.gap.result import Gap
from workbench.gap.select import sides_of

__all__ = ["Gap", "gap", "sides_of"]
