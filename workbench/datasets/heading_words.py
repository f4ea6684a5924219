"""The words by which a heading tells what its column holds."""

from __future__ import annotations

import re


def words(pattern: str) -> re.Pattern[str]:
    """Return a pattern that is found in any letter case."""
    return re.compile(pattern, re.IGNORECASE)


KEY = words(
    r"^(#|no\.?|s\s*/?\s*no\.?|sno|ser(ial)?( no\.?)?|id|code|.* code|vote no\.?|page|.* page|row|line( no\.?)?|year|"
    r"financial year|fy|ref(erence)?|item no\.?|rank)$"
)
"""A column that numbers or names rows, and holds no amounts."""

DEMAND = words(r"requirement|required|request|need|demand|resource bid")
GRANT = words(r"allocat|provision")
BUDGET = words(r"budget|approved|estimate|allocat|provision|revised")
SPENT = words(r"expenditure|\bactual|spent|spending")
STAGES = (
    ("requirement", DEMAND), ("ceiling", words("ceiling")), ("expenditure", SPENT),
    ("exchequer_issue", words(r"exchequer|issues?\b|released")), ("revised", words("revised")), ("allocation", GRANT),
    ("estimate", words("estimate|budget|approved")),
)  # fmt: skip
"""By what is found first: revised estimates are revised."""

CLASSES = (("recurrent", words(r"\brec(urrent|\.)?\b")), ("development", words(r"\bdev(elopment|t|\.)?\b")),
           ("total", words(r"\btotal\b|\bgross\b")))  # fmt: skip
SUM = words(r"total|gross|\bsum\b|\ball\b")
DIFFERENCE = words(r"variance|deficit|surplus|difference|shortfall|balance|\bgap\b|deviation|change")
RATIO = words(r"%|per\s?cent|\bpct\b|percentage|absorption|\brate\b|ratio|share|utili[sz]ation")
GROSS = words(r"\bgross\b")
AIA = words(r"\ba\W?i\W?a\b|appropriations?[\s-]+in[\s-]+aid")
NET = words(r"\bnet\b")
PEOPLE = words(r"\b(posts?|designation|job group|staff(ing)?|establishment|headcount|officers)\b")
