"""What if: changes made to a position, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from workbench.alignment.align import assemble
from workbench.alignment.changes import Change
from workbench.alignment.gathering import Gathering
from workbench.alignment.linking import link
from workbench.alignment.result import Alignment
from workbench.errors import WorkbenchError
from workbench.results import Result, records


@dataclass(frozen=True, kw_only=True, eq=False)
class WhatIf(Result):
    """An alignment before and after some changes.

    Attributes
    ----------
    before, after : Alignment
    changes : tuple of str
        What was changed, in words.
    """

    before: Alignment
    after: Alignment
    changes: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """The measures: ``measure``, ``before``, ``after``, ``difference``."""
        one, other = self.before.measures, self.after.measures
        return pd.DataFrame({"measure": one["measure"], "before": one["value"], "after": other["value"],
                             "difference": other["value"] - one["value"]})  # fmt: skip

    @property
    def by_plan(self) -> pd.DataFrame:
        """A row a plan code: ``before``, ``after``, ``difference`` (int64, KES)."""
        one, other = self.before.by_plan, self.after.by_plan
        return one[["plan_code", "label"]].assign(
            before=one["budget_amount"], after=other["budget_amount"],
            difference=other["budget_amount"] - one["budget_amount"],
        )  # fmt: skip

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The measures and the money by plan code."""
        return {"measures": self.table, "by_plan": self.by_plan}

    def summary(self) -> str:
        """Return what a committee reads first."""
        rows = {row["measure"]: row for row in records(self.table)}
        name = "distance" if rows["distance"]["before"] is not None else "v_measure"
        row = rows[name]
        said = f"{'; '.join(self.changes)}. "
        if row["before"] is None or row["after"] is None:
            return said + f"The {name.replace('_', '-')} is not known."
        text = said + f"The {name.replace('_', '-')} goes from {row['before']:.4f} to {row['after']:.4f}."
        return text + (" Illustrative: the links are judgements." if self.illustrative else "")

    def to_dict(self) -> dict[str, Any]:
        """Return both sides for a program."""
        return {"changes": list(self.changes), "measures": records(self.table), "by_plan": records(self.by_plan),
                "illustrative": self.illustrative, "notes": list(self.notes)}  # fmt: skip


def what_if(alignment: Alignment, changes: Change | Sequence[Change]) -> WhatIf:
    """Make changes one after the other and measure again.

    Parameters
    ----------
    alignment : Alignment
        The position before.
    changes : Change or sequence of Change
        :class:`MoveVote`, :class:`ChangeShares`, :class:`Cut`, :class:`CutProgramme`, :class:`Shift`.

    Returns
    -------
    WhatIf

    Raises
    ------
    WorkbenchError
        For unknown budget lines and plan codes, shares that do not add to 1, or more money taken than there is: every
        fault of every change at once. A change that is refused is left out where later ones are looked at.
    """
    todo = (changes,) if isinstance(changes, Change) else tuple(changes)
    codes = alignment.linked_lines.plan_codes
    budget, crosswalk = alignment.budget, alignment.crosswalk
    gathering = Gathering()
    for number, change in enumerate(todo, start=1):
        found = [_of_change(refusal, number, change) for refusal in change.refusals(budget, codes)]
        gathering.keep(found)
        if not found:
            budget, crosswalk = change.apply(budget, crosswalk)
    gathering.refuse()
    after = assemble(
        alignment.plan, budget, link(budget.lines, crosswalk, codes), crosswalk=crosswalk,
        plan_name=str(alignment.parameters["plan"]),
    )  # fmt: skip
    words = tuple(map(str, todo))
    marked = pd.DataFrame({"source": ["what if"], "locator": ["; ".join(words)], "mark": ["illustrative"]})
    return WhatIf(
        parameters={**alignment.parameters, "changes": list(words)},
        sources=pd.concat([alignment.sources, marked], ignore_index=True),
        notes=(*alignment.notes, "The position after is a scenario, not a published budget."),
        before=alignment,
        after=replace(after, notes=alignment.notes),
        changes=words,
    )


def _of_change(refusal: WorkbenchError, number: int, change: Change) -> WorkbenchError:
    """Say which of the changes is refused."""
    named = f"change {number}, {type(change).__name__}"
    return type(refusal)([replace(fault, file=named) for fault in refusal.faults])
