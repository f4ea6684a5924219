"""Say of lines on one side only whether the other side may spell them otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.errors import nearest
from workbench.gap.align import LINE_KEYS
from workbench.gap.amounts import moneys
from workbench.gap.frames import rows, total
from workbench.gap.sides import LEVELS
from workbench.gap.stage_names import noun

if TYPE_CHECKING:
    from workbench.gap.comparable import Comparison


def name_of(line: Mapping[str, Any]) -> str:
    """Return a line's own name: its label where it has no key, its narrowest key otherwise."""
    for key in ("line_label", "county", *reversed(LEVELS)):
        if line.get(key):
            return str(line[key])
    return "the whole"


def unmatched_notes(comparison: Comparison, stages: tuple[str, str]) -> tuple[str, ...]:
    """Return a sentence for the lines on each side only, and one for each pair of names that are nearly the same."""
    notes: list[str] = []
    names: list[list[str]] = []
    for place, stage in enumerate(stages):
        alone = comparison.sides[place][~comparison.compared(place, ())]
        names.append(list(dict.fromkeys(name_of(line) for line in rows(alone))))
        if len(alone):
            notes.append(
                f"{_lines(len(alone.drop_duplicates(list(LINE_KEYS))))} only on the side of the {noun(stage)} "
                f"({_by_year(alone)}): the gap there is unknown, and no gap or ratio of a sum counts them."
            )
    for name in names[0]:
        near = nearest(name, names[1], cutoff=0.8)
        if near is not None and near != name:
            notes.append(f"'{name}' ({stages[0]}) and '{near}' ({stages[1]}) may be the same line spelt in two ways.")
    return tuple(notes)


def _by_year(alone: pd.DataFrame) -> str:
    """Tell by year what stands on one side only: how much, and the first three names."""
    by_year = {str(year): lines for year, lines in alone.groupby("financial_year")}
    told = []
    for (year, lines), amount in zip(
        by_year.items(), moneys(*(total(lines["kes"]) for lines in by_year.values())), strict=True
    ):
        names = [shorten(name, 60) for name in dict.fromkeys(name_of(line) for line in rows(lines))]
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        told.append(f"{year or 'no year'}: {amount} in {', '.join(names[:3])}{more}")
    return "; ".join(told)


def unfundable_notes(lines: pd.DataFrame, stages: tuple[str, str]) -> tuple[str, ...]:
    """Name the lines with less than nothing on the first side, of which no share can be funded."""
    below = lines[lines["requirement"] < 0]
    if below.empty:
        return ()
    names = list(dict.fromkeys(name_of(line) for line in rows(below)))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    told = ", ".join(names[:3]) + more
    return (f"The {noun(stages[0])} of {told} is negative: what share of it is met is left blank, for there is none.",)


def _lines(count: int) -> str:
    return "One line stands" if count == 1 else f"{count} lines stand"
