"""The stages of the budget: their order, their titles, and the other words that they go by."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

ORDER: Final = (
    "requirement", "ceiling", "estimate", "supplementary_1", "supplementary_2", "supplementary_3", "revised",
    "exchequer_issue", "expenditure",
)  # fmt: skip
"""The stages in the order in which money passes them."""

TITLES: Final = {
    "requirement": "Requirement", "ceiling": "Ceiling", "estimate": "Original estimate",
    "supplementary_1": "Supplementary I", "supplementary_2": "Supplementary II", "supplementary_3": "Supplementary III",
    "revised": "Revised", "exchequer_issue": "Exchequer issue", "expenditure": "Expenditure",
}  # fmt: skip

ALIASES: Final = {
    "approved": "estimate", "adjusted": "revised", "released": "exchequer_issue", "executed": "expenditure",
    "spent": "expenditure",
}  # fmt: skip
"""The stage by another word for it, which counts where the figures have no stage of that very name."""

KNOWN_STAGES: Final = (*ORDER, *ALIASES, "allocation", "unstated")
"""The stages that a line of the one table may have; a line of any other would be in no sum."""


def stage_named(name: str, known: Collection[str]) -> str:
    """Return the stage among those that are known for which a word stands, or what the word means where none does.

    A word stands for a stage of that very name before any other; then for the stage that it is another word for; then
    for the one other word for itself that is known.
    """
    meant = ALIASES.get(name, name)
    if name in known or meant in known:
        return name if name in known else meant
    words = [word for word in known if ALIASES.get(word) == meant]
    return words[0] if len(words) == 1 else meant


def in_order(stages: Collection[str]) -> list[str]:
    """Return stages in the order in which money passes them, whatever word they go by; others stand behind."""
    return sorted(stages, key=lambda stage: [*ORDER, ALIASES.get(stage, stage)].index(ALIASES.get(stage, stage)))


def noun(stage: str) -> str:
    """Return a stage as it stands in a sentence: ``revised estimate``, ``exchequer issue``, ``Supplementary I``."""
    if stage.startswith("supplementary"):
        return TITLES[stage]
    return "revised estimate" if stage == "revised" else stage.replace("_", " ")
