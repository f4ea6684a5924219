"""Why a gap is not what it was: every line's own part in the move, to the shilling."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.errors import Fault, InputError
from workbench.gap.align import LINE_KEYS, SIDES
from workbench.gap.amounts import money
from workbench.gap.frames import blank, rows, total
from workbench.gap.near import name_of
from workbench.gap.stage_names import noun
from workbench.results import Result, records, source_table

if TYPE_CHECKING:
    from workbench.gap.result import Gap

_NAMED = 5
_ALIKE = ("from_stage", "to_stage", "basis")


@dataclass(frozen=True, kw_only=True, eq=False)
class Moved(Result):
    """What moved between two gaps, and which line moved it.

    Attributes
    ----------
    lines : DataFrame
        The lines of which a figure moved, the largest part first: ``line``, ``financial_year``, each side before and
        after, and ``part``, what the line adds to the whole gap or takes off, KES; unknown where its gap is.
    years : DataFrame
        ``financial_year``, ``before``, ``after`` and ``change`` of the whole gap, KES.
    stages : tuple of str
        The stages of the two sides.
    """

    lines: pd.DataFrame
    years: pd.DataFrame
    stages: tuple[str, str]

    @property
    def table(self) -> pd.DataFrame:
        """The lines that moved."""
        return blank(self.lines)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The lines that moved, the whole by year, and the sources."""
        return {"moved": self.table, "years": blank(self.years), "sources": self.sources}

    def summary(self) -> str:
        """Say from what to what the whole moved, and by which lines."""
        if self.lines.empty:
            return "Nothing moved."
        told = []
        for year in rows(self.years):
            here = rows(self.lines[self.lines["financial_year"] == year["financial_year"]])
            if here:
                told += [_told(year), *(self._line(line) for line in here[:_NAMED])]
            if len(here) > _NAMED:
                told.append(f"{len(here) - _NAMED} more lines moved by less.")
        return " ".join(told)

    def to_dict(self) -> dict[str, Any]:
        """Return the move for a program; every amount in KES, None for unknown."""
        return {
            "unit": "KES",
            "stages": list(self.stages),
            "years": records(self.years),
            "lines": records(self.lines),
            "summary": self.summary(),
            "illustrative": self.illustrative,
        }

    def _line(self, line: Mapping[str, Any]) -> str:
        moved = [
            f"{noun(stage)} {_amount(line[f'{side}_after'])} instead of {_amount(line[f'{side}_before'])}"
            for side, stage in zip(SIDES, self.stages, strict=True)
            if not _same(line[f"{side}_before"], line[f"{side}_after"])
        ]
        part = line["part"]
        if math.isnan(part):
            done = "what that does to the gap is unknown"
        elif part == 0:
            done = "the gap stays"
        else:
            done = f"{'adds' if part > 0 else 'takes'} {money(abs(part))} {'to' if part > 0 else 'off'} the gap"
        return f"{line['line']}: {', '.join(moved)}; {done}."


def moved_since(after: Gap, before: Gap) -> Moved:
    """Tell two gaps of the same two stages apart, line by line; the core of :meth:`Gap.moved_since`.

    Raises
    ------
    InputError
        Where the two set different stages against each other, or stand on different bases.
    """
    unlike = [
        Fault(
            what="is not the same in both gaps",
            column=name,
            value=f"{before.parameters[name]}, {after.parameters[name]}",
            remedy="compare gaps of the same stages and basis",
        )
        for name in _ALIKE
        if before.parameters[name] != after.parameters[name]
    ]
    if unlike:
        raise InputError(*unlike)
    lines = _side_by_side(before, after)
    years = before.years[["financial_year", "gap"]].merge(
        after.years[["financial_year", "gap"]], on="financial_year", how="outer", suffixes=("_before", "_after")
    )
    years = years.set_axis(["financial_year", "before", "after"], axis=1)
    years = years.assign(change=(years["after"] - years["before"]).round(2))
    return Moved(
        parameters={name: after.parameters[name] for name in _ALIKE},
        sources=source_table(before.sources, after.sources),
        lines=lines,
        years=years,
        stages=after.stages,
        notes=_notes(lines, years),
    )


def _side_by_side(before: Gap, after: Gap) -> pd.DataFrame:
    figures = [*SIDES, "gap"]
    both = before.lines[[*LINE_KEYS, *figures]].merge(
        after.lines[[*LINE_KEYS, *figures]],
        on=list(LINE_KEYS),
        how="outer",
        suffixes=("_before", "_after"),
        indicator="stood",
    )
    same = [all(_same(line[f"{side}_before"], line[f"{side}_after"]) for side in SIDES) for line in rows(both)]
    both = both[~pd.Series(same, index=both.index, dtype="bool")]
    # A line that one of the two gaps has not at all adds its whole gap, or takes it off.
    gaps = {
        when: both[f"gap_{when}"].mask(both["stood"].eq(absent), 0.0)
        for when, absent in (("before", "right_only"), ("after", "left_only"))
    }
    part = (gaps["after"] - gaps["before"]).round(2)
    told = both.assign(line=[name_of(line) for line in rows(both)], part=part)
    told = told.iloc[part.abs().fillna(-1).to_numpy().argsort(kind="stable")[::-1]]
    amounts = [f"{side}_{when}" for side in SIDES for when in ("before", "after")]
    return told[["line", "financial_year", *amounts, "part"]].reset_index(drop=True)


def _notes(lines: pd.DataFrame, years: pd.DataFrame) -> tuple[str, ...]:
    """Say where the parts of the lines are not all of the move."""
    notes = []
    for year in rows(years):
        parts = lines.loc[lines["financial_year"] == year["financial_year"], "part"].dropna()
        if parts.empty or abs(year["change"] - total(parts)) < 0.005:
            continue
        known = f"{year['financial_year']}: the parts of the lines, where known, add up to {money(total(parts))}"
        if math.isnan(year["change"]):
            notes.append(f"{known}; the whole is unknown before or after, so that its move is.")
        else:
            notes.append(f"{known}, and the whole moved by {money(year['change'])}: it is no sum of the lines.")
    return tuple(notes)


def _told(year: Mapping[str, Any]) -> str:
    change = year["change"]
    if change == 0:
        return f"The gap of {year['financial_year'] or 'no year'} stays {_amount(year['after'])}."
    moved = f"The gap of {year['financial_year'] or 'no year'} is {_amount(year['after'])} instead of"
    moved = f"{moved} {_amount(year['before'])}"
    return f"{moved}." if math.isnan(change) else f"{moved}, {money(abs(change))} {'more' if change > 0 else 'less'}."


def _amount(amount: float) -> str:
    return "unknown" if math.isnan(amount) else money(amount)


def _same(first: float, second: float) -> bool:
    return first == second or (math.isnan(first) and math.isnan(second))
