"""Model: requirement against allocation, the money's way through the stages, and what to do with too little."""

from workbench.gap.activities import Activities, activities_funded
from workbench.gap.changed import with_amount
from workbench.gap.closing import who_is_paid
from workbench.gap.credibility import AlignmentScore, Credibility, credibility, plan_budget_alignment
from workbench.gap.deflator import Deflator
from workbench.gap.financing import Financing, Source
from workbench.gap.fiscal_rules import RulesCheck, check_rules
from workbench.gap.layouts import Layout
from workbench.gap.ledger import Ledger
from workbench.gap.measure import gap
from workbench.gap.opening import open_ledger
from workbench.gap.priorities import Priorities, priorities_of
from workbench.gap.result import Gap
from workbench.gap.rule_amounts import Amount
from workbench.gap.select import sides_of
from workbench.gap.staffing import Staffing, illustrative_pay_scale, staffing
from workbench.gap.stages import Stages, stages

__all__ = [
    "Activities",
    "AlignmentScore",
    "Amount",
    "Credibility",
    "Deflator",
    "Financing",
    "Gap",
    "Layout",
    "Ledger",
    "Priorities",
    "RulesCheck",
    "Source",
    "Staffing",
    "Stages",
    "activities_funded",
    "check_rules",
    "credibility",
    "gap",
    "illustrative_pay_scale",
    "open_ledger",
    "plan_budget_alignment",
    "priorities_of",
    "sides_of",
    "staffing",
    "stages",
    "who_is_paid",
    "with_amount",
]
