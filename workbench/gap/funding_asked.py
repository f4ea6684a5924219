"""What is asked of funding a gap anew, read and checked before anything is solved: every fault at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from workbench.allocation.funding import ShareLimit
from workbench.errors import InputError, LabelError, suggestion
from workbench.gap.amounts import MILLION
from workbench.gap.checks import Checks
from workbench.gap.priorities import Priorities
from workbench.results import mark_fault, source_table

LIMITS: Final = ("ceilings", "weights", "shares", "growth", "lumps", "objective")
"""What constrained funding reads besides."""

_NAMED: Final = ("financial_year", "floors", "development_share", "priorities")
_RULE: Final = ("rule", "level", "limit", "value", "unit", "law", "mark")
RANKS_NOTE: Final = (
    "The priorities' ranks are turned into weights, the last rank counting 1 and each better one 1 more; lines without "
    "a rank stand after the last. That is a choice of this model and nobody's law."
)


@dataclass(frozen=True, kw_only=True)
class FundingAsked:
    """The envelope (KES), the limits that constrained funding reads (KES million), and what a reader must know."""

    envelope: float
    limits: Mapping[str, Any]
    notes: tuple[str, ...]
    sources: pd.DataFrame


@dataclass
class _Asking:
    """What was read so far, labels that do not align apart from values that cannot be used."""

    labels: Checks
    values: Checks
    notes: list[str]

    def raise_any(self) -> None:
        faults = [*self.labels.faults, *self.values.faults]
        if faults:
            kind = InputError if self.values.faults else LabelError
            raise kind(faults)


def funding_asked(
    lines: pd.DataFrame,
    envelope: object,
    *,
    floors: Any,  # noqa: ANN401 - whatever constrained funding reads
    development_share: object,
    priorities: object,
    limits: Mapping[str, Any],
) -> FundingAsked:
    """Read what :meth:`Gap.fund` was asked for, of the lines that :func:`payable_lines` gives.

    Raises
    ------
    InputError, LabelError
        With every fault; a LabelError where labels alone are at fault.
    """
    asking = _Asking(Checks(), Checks(), [])
    for name in limits:
        if name not in LIMITS:
            remedy = suggestion(str(name), [*LIMITS, *_NAMED])
            asking.values.fault("is no limit that a gap can be funded under", name, remedy=remedy)
    read = {name: value for name, value in limits.items() if name in LIMITS}
    money = _envelope(envelope, asking)
    read["floors"] = _allocated(floors, lines, asking) if isinstance(floors, str) else floors
    read["shares"] = _shares(read.get("shares", ()), asking)
    if development_share is not None:
        read["shares"] += _development(development_share, asking)
    sources = source_table()
    if priorities is not None:
        if "weights" in read:
            asking.values.fault("give priorities or weights, not both")
        names = [str(line) for line in lines["line"]]
        if isinstance(priorities, Priorities):
            asking.notes += priorities.notes(names)
            sources = priorities.sources
        read["weights"] = _weights(_ranks(priorities, names, asking), names)
        asking.notes.append(RANKS_NOTE)
    asking.raise_any()
    return FundingAsked(envelope=money, limits=read, notes=tuple(asking.notes), sources=sources)


def _envelope(given: object, asking: _Asking) -> float:
    found = Checks()
    amount = found.number(given, "the envelope", least=0.0, money=True)
    if found.faults:
        remedy = "give an amount in KES of 0 or more, or words such as 'KSh 2,200 million'"
        asking.values.fault("is no envelope", given, remedy=remedy)
    return amount


def _shares(given: object, asking: _Asking) -> list[ShareLimit]:
    shares = [given] if isinstance(given, ShareLimit) or not isinstance(given, Iterable) else list(given)
    for share in shares:
        if not isinstance(share, ShareLimit):
            asking.values.fault("is no ShareLimit (shares)", f"{share!r:.60}")
    return [share for share in shares if isinstance(share, ShareLimit)]


def _allocated(floors: str, lines: pd.DataFrame, asking: _Asking) -> dict[str, float]:
    """Return what was allocated to each line, up to what it requires, KES million; nothing of what is not known."""
    if floors != "allocated":
        asking.values.fault("is no floor", floors, remedy="write 'allocated', or give KES million by line")
        return {}
    least = (lines[["requirement", "allocation"]].min(axis=1, skipna=False) / MILLION).set_axis(lines["line"])
    known, unknown = least.dropna(), list(least.index[least.isna()])
    if known.empty:
        asking.values.fault("no allocation is known, so that there are no floors", remedy="give KES million by line")
    asking.notes.append("No line gets less than was allocated to it, up to what it requires.")
    if unknown:
        asking.notes.append(f"No allocation is known of {', '.join(unknown)}: nothing holds up what they get.")
    return {str(line): float(amount) for line, amount in known.items()}


def _development(rule: object, asking: _Asking) -> list[ShareLimit]:
    """Read a row of the fiscal rules as the least share of development in what is funded."""
    if not isinstance(rule, (Mapping, pd.Series)):
        remedy = "give a row of package.table('fiscal_rules')"
        asking.values.fault("is no fiscal rule (development_share)", f"{rule!r:.60}", remedy=remedy)
        return []
    row = dict(rule)
    missing = [name for name in _RULE if name not in row]
    for name in missing:
        asking.values.fault("is missing from the fiscal rule (development_share)", column=name,
                            remedy=suggestion(name, [str(key) for key in row]))  # fmt: skip
    if missing:
        return []
    value = asking.values.number(row["value"], "the value of the fiscal rule", least=0.0)
    mark = mark_fault(row["mark"])
    asking.values.faults += [mark] if mark is not None else []
    if math.isnan(value):
        return []
    try:
        return [ShareLimit.from_fiscal_rule(row, where={"economic_class": "development"}, of="funded")]
    except InputError as refusal:
        asking.values.faults += refusal.faults
        return []


def _ranks(priorities: object, lines: list[str], asking: _Asking) -> dict[str, int]:
    """Return the ranks of lines, 1 first."""
    if isinstance(priorities, Priorities):
        try:
            return priorities.ranks(lines)
        except LabelError as refusal:
            asking.labels.faults += refusal.faults
            return {}
    if not isinstance(priorities, Mapping):
        remedy = "give ranks by line, or what priorities_of(...) makes"
        asking.values.fault("are no priorities", f"{priorities!r:.60}", remedy=remedy)
        return {}
    asking.labels.known(priorities, "line of this gap", lines)
    ranks = {}
    for line, given in priorities.items():
        rank = asking.values.number(given, f"the rank of '{line}'")
        if rank < 1 or rank % 1 > 0:
            asking.values.fault(f"is no rank ('{line}')", given, remedy="a whole number, 1 for the first")
        elif not math.isnan(rank):
            ranks[str(line)] = int(rank)
    return ranks


def _weights(ranks: Mapping[str, int], lines: list[str]) -> dict[str, float]:
    """Weigh lines by rank: the last rank 1, each better one 1 more; a line without a rank stands after the last."""
    last = max(ranks.values(), default=0) + (not ranks.keys() >= set(lines))
    return {line: float(last - ranks.get(line, last) + 1) for line in lines}
