"""Share out what is too little: rules, whole shillings, fairness and constrained funding."""

from workbench.allocation import rules as rules
from workbench.allocation.award import Allocation
from workbench.allocation.registry import RULES, Rule, find_rule, forget_rule, rule
from workbench.allocation.rounding import floor_then_first, largest_remainder
from workbench.allocation.sharing import allocate

__all__ = [
    "RULES",
    "Allocation",
    "Rule",
    "allocate",
    "find_rule",
    "floor_then_first",
    "forget_rule",
    "largest_remainder",
    "rule",
]
