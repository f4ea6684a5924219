"""Share out what is too little: rules, whole shillings, fairness and constrained funding."""

from workbench.allocation import rules as rules
from workbench.allocation.registry import RULES, Rule, find_rule, forget_rule, rule

__all__ = ["RULES", "Rule", "find_rule", "forget_rule", "rule"]
