"""What if: move a vote, change a share, cut a line or a programme, shift money; before and after."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from workbench.alignment.align import assemble
from workbench.alignment.inputs import Budget
from workbench.alignment.linking import link
from workbench.alignment.result import Alignment
from workbench.datasets import open_package
from workbench.datasets.crosswalk import Crosswalk
from workbench.datasets.crosswalk_faults import Row
from workbench.errors import Fault, InputError, WorkbenchError, unknown_name
from workbench.fiscal import UNITS, format_money
from workbench.results import Result, records

CENTS: Final = 2
"""The decimals of a shilling that a changed amount keeps: what comes after them is noise of binary numbers."""


class Change(ABC):
    """One change to a budget or to a crosswalk."""

    @abstractmethod
    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Return the budget and the crosswalk with the change made; the given ones are left as they are."""

    @abstractmethod
    def __str__(self) -> str:
        """Tell the change in words."""


@dataclass(frozen=True)
class MoveVote(Change):
    """Move a budget line to another sector working group; a new name makes a new group."""

    budget_code: str
    sector: str

    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Give the line its new sector."""
        lines = budget.lines.copy()
        lines.loc[_line(budget, self.budget_code), "sector"] = self.sector
        return replace(budget, lines=lines), crosswalk

    def __str__(self) -> str:
        return f"{self.budget_code} moves to {self.sector}"


@dataclass(frozen=True)
class ChangeShares(Change):
    """Link a budget line anew: its shares by plan code, which add up to 1."""

    budget_code: str
    shares: Mapping[str, float]
    reason: str = "What if"

    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Put the new links in the place of the old ones, marked illustrative."""
        _line(budget, self.budget_code)
        kept = [row for row in crosswalk.rows if row.budget_code != self.budget_code]
        wrong = [share for share in self.shares.values() if not 0 <= share <= 1]
        if wrong:
            raise InputError(Fault(what="is no share from 0 to 1", value=wrong[0], remedy="write a quarter as 0.25"))
        free = max((row.row for row in kept), default=1) + 1
        new = [
            Row(number, self.budget_code, code, float(share), self.reason, "illustrative", None, None, True)
            for number, (code, share) in enumerate(self.shares.items(), start=free)
        ]
        return budget, replace(crosswalk, rows=(*kept, *new))

    def __str__(self) -> str:
        return f"{self.budget_code} is linked to " + ", ".join(
            f"{code} ({part:.0%})" for code, part in self.shares.items()
        )


@dataclass(frozen=True)
class Cut(Change):
    """Cut a budget line by an amount (KES), or by a part of it (0 to 1); a negative amount adds."""

    budget_code: str
    amount: float | None = None
    part: float | None = None

    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Take the money away."""
        return _add(budget, self.budget_code, -self.taken(budget)), crosswalk

    def taken(self, budget: Budget) -> float:
        """Return what the line loses, KES."""
        if (self.amount is None) == (self.part is None):
            what = "a cut needs an amount or a part, and not both"
            raise InputError(Fault(what=what, value=self.budget_code, remedy="amount=1e9, or part=0.1"))
        if self.amount is not None:
            return self.amount
        return _amount(budget, self.budget_code) * (self.part or 0.0)

    def __str__(self) -> str:
        size = f"{self.part:.0%}" if self.part is not None else format_money(self.amount, "KES million")
        return f"{self.budget_code} is cut by {size}"


@dataclass(frozen=True)
class CutProgramme(Change):
    """Cut a programme of one of the votes whose programmes are published, wholly or by a part (0 to 1)."""

    budget_code: str
    programme: str
    part: float = 1.0

    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Take the programme's money away from its vote."""
        stage = budget.stage or "revised"
        amount = programme_amount(self.budget_code, self.programme, stage)
        return Cut(self.budget_code, amount=amount * self.part).apply(budget, crosswalk)

    def __str__(self) -> str:
        return f"the programme {self.programme} of {self.budget_code} is cut by {self.part:.0%}"


@dataclass(frozen=True)
class Shift(Change):
    """Shift money (KES) from one budget line to another."""

    giver: str
    taker: str
    amount: float

    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Take the money from the one and give it to the other."""
        return _add(_add(budget, self.giver, -self.amount), self.taker, self.amount), crosswalk

    def __str__(self) -> str:
        return f"{format_money(self.amount, 'KES million')} goes from {self.giver} to {self.taker}"


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
        For an unknown budget line or plan code, shares that do not add to 1, or more money taken than there is.
    """
    todo = (changes,) if isinstance(changes, Change) else tuple(changes)
    budget, crosswalk = alignment.budget, alignment.crosswalk
    for change in todo:
        budget, crosswalk = change.apply(budget, crosswalk)
    codes = alignment.linked_lines.plan_codes
    if faults := crosswalk.faults(list(budget.lines["budget_code"]), codes):
        raise InputError(faults)
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


def programmes(vote: str) -> pd.DataFrame:
    """List the programmes of a vote whose programmes are published: ``programme``, ``stage``, ``amount`` (KES).

    Raises
    ------
    UnknownNameError
        For a vote whose programmes are not published, with those whose are.
    """
    table = open_package("national-budget").table("programmes")
    items = table[(table["line"] == "item") & (table["economic_class"] == "total")]
    if vote not in set(items["vote"]):
        raise unknown_name("vote with published programmes", vote, list(dict.fromkeys(items["vote"])))
    of_vote = items[items["vote"] == vote]
    amounts = of_vote["amount"] * of_vote["unit"].map(UNITS)
    grouped = of_vote.assign(amount=amounts).groupby(["programme", "stage"], sort=False)["amount"]
    return grouped.agg(lambda cells: cells.sum(skipna=False)).reset_index()


def programme_amount(vote: str, programme: str, stage: str) -> float:
    """Return what a programme of a vote has at a stage, KES.

    Raises
    ------
    WorkbenchError
        For an unknown programme or stage, or where a printed cell is no number.
    """
    table = programmes(vote)
    if programme not in set(table["programme"]):
        raise unknown_name(f"programme of {vote}", programme, list(dict.fromkeys(table["programme"])))
    row = table[(table["programme"] == programme) & (table["stage"] == stage)]
    if row.empty or row["amount"].isna().any():
        remedy = "use Cut with an amount of your own"
        raise WorkbenchError(Fault(what=f"has no readable amount at the stage {stage}", value=programme, remedy=remedy))
    return float(row["amount"].iloc[0])


def _line(budget: Budget, code: str) -> int:
    found = budget.lines.index[budget.lines["budget_code"] == code]
    if not len(found):
        raise unknown_name("budget line", code, list(budget.lines["budget_code"]))
    return int(found[0])


def _amount(budget: Budget, code: str) -> float:
    return float(budget.lines["amount"].to_numpy(np.float64)[_line(budget, code)])


def _add(budget: Budget, code: str, amount: float) -> Budget:
    lines = budget.lines.copy()
    place = _line(budget, code)
    before = _amount(budget, code)
    after = round(before + amount, CENTS)
    if after < 0:
        has = format_money(before, "KES million")
        raise InputError(Fault(what="would have less than nothing", value=code, remedy=f"it has {has}"))
    lines.loc[place, "amount"] = after
    return replace(budget, lines=lines)
