"""The path of one county's money, line by line, in words and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.datasets.counties import county_name
from workbench.fiscal import format_money
from workbench.grants.level import CountyInputs, LevelAwards
from workbench.grants.scores import MET, UNKNOWN
from workbench.grants.steps import Step, level_steps
from workbench.grants.values import least_sure
from workbench.results import records, source_table


@dataclass(frozen=True)
class Explanation:
    """Why a county gets what it gets.

    Attributes
    ----------
    county : str
    award : int
        KES, all levels together.
    steps : tuple of Step
        In order, level by level.
    why_not : str
        Why it gets nothing from a level; or that it is paid by each.
    """

    county: str
    award: int
    steps: tuple[Step, ...]
    why_not: str

    @property
    def table(self) -> pd.DataFrame:
        """Columns ``level, step, words, kes, mark, source``; the sources of an award are those of its steps."""
        rows = [(step.level, step.step, step.words, step.kes, step.mark, _named(step)) for step in self.steps]
        frame = pd.DataFrame(rows, columns=["level", "step", "words", "kes", "mark", "source"])
        return frame.astype({"kes": "object"})

    @property
    def sources(self) -> pd.DataFrame:
        """Where the values on the path come from, each once: ``source, locator, mark``."""
        origins = [origin for step in self.steps for origin in step.origins]
        return source_table(pd.DataFrame(origins, columns=["source", "locator", "mark"]))

    @property
    def mark(self) -> str:
        """How sure the awards on the path are: the least sure of what they stand on."""
        return least_sure(origin for step in self.steps if step.step == "award" for origin in step.origins)

    @property
    def illustrative(self) -> bool:
        """Whether an award on the path stands on anything that is illustrative."""
        return self.mark == "illustrative"

    def to_dict(self) -> dict[str, Any]:
        """Return the path for a program; KES, None where a step is about no money."""
        return {
            "county": self.county,
            "award": self.award,
            "why_not": self.why_not,
            "steps": [
                {"level": step.level, "step": step.step, "words": step.words, "kes": step.kes, "mark": step.mark,
                 "sources": [origin._asdict() for origin in step.origins]}
                for step in self.steps
            ],
            "sources": records(self.sources),
            "illustrative": self.illustrative,
        }  # fmt: skip

    @property
    def text(self) -> str:
        """All steps as sentences, a line each."""
        warning = "; illustrative, no published figure" if self.illustrative else ""
        lines = [f"{self.county}: {format_money(self.award, 'KES')}{warning}"]
        level = ""
        for step in self.steps:
            if step.level != level:
                level = step.level
                lines.append(f"{level}")
            lines.append(f"  {step.step}: {step.words}" + (f" [{step.mark}]" if step.mark else ""))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<p>{self.why_not}</p>{self.table.to_html(index=False, na_rep='')}"


def explain_county(levels: Sequence[LevelAwards], inputs: CountyInputs, county: str) -> Explanation:
    """Show the path of a county's money.

    Parameters
    ----------
    levels : sequence of LevelAwards
    inputs : CountyInputs
    county : str
        In any spelling that published tables use.

    Raises
    ------
    UnknownNameError
        With the nearest right name.
    """
    name = county_name(county)
    place = inputs.names.index(name)
    steps = tuple(step for level in levels for step in level_steps(level, inputs, place))
    reasons = [reason for level in levels if (reason := _why_nothing(level, inputs, place))]
    paid = f"{name} is awarded money by every level that has a pool in this year."
    award = sum(int(level.awards[place]) for level in levels)
    return Explanation(name, award, steps, " ".join(reasons) or paid)


def _why_nothing(level: LevelAwards, inputs: CountyInputs, place: int) -> str:
    """Say why the level pays the county nothing; empty where it pays, or pays nobody in this year."""
    if level.terms.pool is None or level.awards[place] > 0:
        return ""
    name, title = inputs.names[place], level.terms.level.title
    closed = {gate: states[place] for gate, states in level.gates.items() if states[place] != MET}
    score = float(inputs.scores[place])
    but = "" if np.isnan(score) else f" A score of {score:g} does not help: the gate comes before the score."
    if closed:
        told = "; ".join(
            f"'{level.terms.level.gates[gate].description}' is {state}"
            + (", and unknown is not met" * (state == UNKNOWN))
            for gate, state in closed.items()
        )
        return f"{name} gets nothing from {title}: {told}.{but}"
    if level.without_score[place]:
        return f"{name} gets nothing from {title} yet: its score is not known."
    lacking = [level.missing[part] for part in level.missing]
    lacking += [str(level.terms.level.parts[part].variable) for part, lack in level.lacking.items() if lack[place]]
    if lacking:
        return f"{name} gets nothing from {title} yet: '{lacking[0]}' is not known."
    if level.takes_part and not any(takes[place] for takes in level.takes_part.values()):
        return f"{name} gets nothing from {title}: it is not among the counties that share it."
    if level.pool == 0:
        return f"{name} gets nothing from {title}: the pool is empty."
    return f"{name} gets nothing from {title}: by the formula its share is less than a shilling."


def _named(step: Step) -> str:
    if step.step == "award":
        return ""
    return "; ".join(dict.fromkeys(f"{origin.source}: {origin.locator}" for origin in step.origins))
