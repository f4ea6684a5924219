"""Model: plan against budget."""

from workbench.alignment.align import align, shipped_plans
from workbench.alignment.changes import Change, ChangeShares, Cut, CutProgramme, MoveVote, Shift, programmes
from workbench.alignment.comparison import CrosswalkDifference, compare_crosswalks
from workbench.alignment.doubt import Doubt, Draws, uncertainty
from workbench.alignment.regrouping import Regrouping, regroup
from workbench.alignment.regrouping_problem import Limits
from workbench.alignment.result import Alignment
from workbench.alignment.series import Series, over_time, sectors_over_time
from workbench.alignment.standards import PublishedTests, published_tests
from workbench.alignment.whatif import WhatIf, what_if
from workbench.alignment.wording import suggest, suggest_unmapped

__all__ = [
    "Alignment",
    "Change",
    "ChangeShares",
    "CrosswalkDifference",
    "Cut",
    "CutProgramme",
    "Doubt",
    "Draws",
    "Limits",
    "MoveVote",
    "PublishedTests",
    "Regrouping",
    "Series",
    "Shift",
    "WhatIf",
    "align",
    "compare_crosswalks",
    "over_time",
    "programmes",
    "published_tests",
    "regroup",
    "sectors_over_time",
    "shipped_plans",
    "suggest",
    "suggest_unmapped",
    "uncertainty",
    "what_if",
]
