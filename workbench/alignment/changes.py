"""Changes to a budget or to a crosswalk: move a vote, change a share, cut a line or a programme, shift money."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from workbench.alignment.inputs import Budget
from workbench.datasets import open_package
from workbench.datasets.crosswalk import Crosswalk
from workbench.datasets.crosswalk_faults import TOLERANCE, UNLINKED, Row
from workbench.errors import Fault, InputError, UnknownNameError, WorkbenchError, suggestion, unknown_name
from workbench.fiscal import UNITS, format_money

CENTS: Final = 2
"""The decimals of a shilling that a changed amount keeps: what comes after them is noise of binary numbers."""


class Change(ABC):
    """One change to a budget or to a crosswalk."""

    @abstractmethod
    def refusals(self, budget: Budget, plan_codes: Collection[str]) -> Iterator[WorkbenchError]:
        """Yield why the change cannot be made, every reason."""

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

    def refusals(self, budget: Budget, plan_codes: Collection[str]) -> Iterator[WorkbenchError]:  # noqa: ARG002
        """Refuse an unknown line and a group without a name."""
        yield from _unknown_lines(budget, self.budget_code)
        if not self.sector.strip():
            yield _refusal("needs a sector to move to", self.budget_code, "name the working group")

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

    def refusals(self, budget: Budget, plan_codes: Collection[str]) -> Iterator[WorkbenchError]:
        """Refuse an unknown line, unknown plan codes, shares that are none, and a sum that is not 1."""
        yield from _unknown_lines(budget, self.budget_code)
        allowed = [*plan_codes, UNLINKED]
        for code, share in self.shares.items():
            if code not in allowed:
                yield InputError(Fault(what="is no known plan code", value=code, remedy=suggestion(code, allowed)))
            if not 0 <= share <= 1:
                yield _refusal("is no share from 0 to 1", share, "write a quarter as 0.25")
        total = sum(self.shares.values())
        if all(0 <= share <= 1 for share in self.shares.values()) and abs(total - 1) > TOLERANCE:
            what = f"is given shares that add to {total:.6g}, not to 1"
            yield _refusal(what, self.budget_code, f"list what is left out under '{UNLINKED}'")

    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Put the new links in the place of the old ones, marked illustrative."""
        kept = [row for row in crosswalk.rows if row.budget_code != self.budget_code]
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

    def refusals(self, budget: Budget, plan_codes: Collection[str]) -> Iterator[WorkbenchError]:  # noqa: ARG002
        """Refuse an unknown line, a cut without a size or with two, and more than there is."""
        unknown = list(_unknown_lines(budget, self.budget_code))
        yield from unknown
        if (self.amount is None) == (self.part is None):
            what = "a cut needs an amount or a part, and not both"
            yield _refusal(what, self.budget_code, "amount=1e9, or part=0.1")
        elif not math.isfinite(self.amount if self.amount is not None else self.part or 0.0):
            yield _refusal("is no size of a cut", self.budget_code, "amount=1e9, or part=0.1")
        elif not unknown:
            yield from _too_much(budget, self.budget_code, self.taken(budget))

    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Take the money away."""
        return _add(budget, self.budget_code, -self.taken(budget)), crosswalk

    def taken(self, budget: Budget) -> float:
        """Return what the line loses, KES."""
        return self.amount if self.amount is not None else _amount(budget, self.budget_code) * (self.part or 0.0)

    def __str__(self) -> str:
        size = f"{self.part:.0%}" if self.part is not None else format_money(self.amount, "KES million")
        return f"{self.budget_code} is cut by {size}"


@dataclass(frozen=True)
class CutProgramme(Change):
    """Cut a programme of one of the votes whose programmes are published, wholly or by a part (0 to 1)."""

    budget_code: str
    programme: str
    part: float = 1.0

    def refusals(self, budget: Budget, plan_codes: Collection[str]) -> Iterator[WorkbenchError]:
        """Refuse an unknown programme, one without a readable amount, a part that is none, and more than there is."""
        if not 0 <= self.part <= 1:
            yield _refusal("is no part from 0 to 1", self.part, "write a tenth as 0.1")
            return
        try:
            cut = self.cut(budget)
        except WorkbenchError as refusal:
            yield refusal
            return
        yield from cut.refusals(budget, plan_codes)

    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Take the programme's money away from its vote."""
        return self.cut(budget).apply(budget, crosswalk)

    def cut(self, budget: Budget) -> Cut:
        """Return the cut of the vote that this one of its programme is."""
        amount = programme_amount(self.budget_code, self.programme, budget.stage or "revised")
        return Cut(self.budget_code, amount=amount * self.part)

    def __str__(self) -> str:
        return f"the programme {self.programme} of {self.budget_code} is cut by {self.part:.0%}"


@dataclass(frozen=True)
class Shift(Change):
    """Shift money (KES) from one budget line to another."""

    giver: str
    taker: str
    amount: float

    def refusals(self, budget: Budget, plan_codes: Collection[str]) -> Iterator[WorkbenchError]:  # noqa: ARG002
        """Refuse unknown lines, an amount that is none, and more than the giver has."""
        unknown = list(_unknown_lines(budget, self.giver, self.taker))
        yield from unknown
        if not (math.isfinite(self.amount) and self.amount >= 0):
            yield _refusal("is no amount to shift", self.amount, "give KES, 0 or more; exchange giver and taker")
        elif not unknown:
            yield from _too_much(budget, self.giver, self.amount)

    def apply(self, budget: Budget, crosswalk: Crosswalk) -> tuple[Budget, Crosswalk]:
        """Take the money from the one and give it to the other."""
        return _add(_add(budget, self.giver, -self.amount), self.taker, self.amount), crosswalk

    def __str__(self) -> str:
        return f"{format_money(self.amount, 'KES million')} goes from {self.giver} to {self.taker}"


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


def _refusal(what: str, value: object, remedy: str) -> InputError:
    return InputError(Fault(what=what, value=value, remedy=remedy))


def _unknown_lines(budget: Budget, *codes: str) -> Iterator[UnknownNameError]:
    known = list(budget.lines["budget_code"])
    yield from (unknown_name("budget line", code, known) for code in codes if code not in known)


def _too_much(budget: Budget, code: str, taken: float) -> Iterator[WorkbenchError]:
    has = _amount(budget, code)
    if round(has - taken, CENTS) < 0:
        yield _refusal("would have less than nothing", code, f"it has {format_money(has, 'KES million')}")


def _line(budget: Budget, code: str) -> int:
    return int(budget.lines.index[budget.lines["budget_code"] == code][0])


def _amount(budget: Budget, code: str) -> float:
    return float(budget.lines["amount"].to_numpy(np.float64)[_line(budget, code)])


def _add(budget: Budget, code: str, amount: float) -> Budget:
    lines = budget.lines.copy()
    lines.loc[_line(budget, code), "amount"] = round(_amount(budget, code) + amount, CENTS)
    return replace(budget, lines=lines)
