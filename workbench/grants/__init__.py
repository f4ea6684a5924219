"""Performance grants to the 47 counties: who gets how much, and why."""

from workbench.grants.compare import by_person, compare, evenness, lorenz
from workbench.grants.design import Design
from workbench.grants.load import design_names, load_design
from workbench.grants.model import GrantsResult, grants
from workbench.grants.scores import Scores, illustrative_scores, read_scores

__all__ = [
    "Design",
    "GrantsResult",
    "Scores",
    "by_person",
    "compare",
    "design_names",
    "evenness",
    "grants",
    "illustrative_scores",
    "load_design",
    "lorenz",
    "read_scores",
]
