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

ALIASES: Final = {"approved": "estimate", "released": "exchequer_issue", "spent": "expenditure"}
"""The stage by another word for it, which counts where the figures have no stage of that very name."""


def stage_named(name: str, known: Collection[str]) -> str:
    """Return the stage that a word stands for among those that are known, or the word itself."""
    return ALIASES.get(name, name) if name not in known else name


def noun(stage: str) -> str:
    """Return a stage as it stands in a sentence: ``revised estimate``, ``exchequer issue``, ``Supplementary I``."""
    if stage.startswith("supplementary"):
        return TITLES[stage]
    return "revised estimate" if stage == "revised" else stage.replace("_", " ")
