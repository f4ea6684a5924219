"""Say of lines on one side only whether the other side may spell them otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.errors import nearest
from workbench.gap.frames import rows
from workbench.gap.sides import LEVELS


def name_of(line: Mapping[str, Any]) -> str:
    """Return a line's own name: its label where it has no key, its narrowest key otherwise."""
    for key in ("line_label", "county", *reversed(LEVELS)):
        if line.get(key):
            return str(line[key])
    return "the whole"


def unmatched_notes(lines: pd.DataFrame, stages: tuple[str, str]) -> tuple[str, ...]:
    """Return a sentence for the lines on each side only, and one for each pair of names that are nearly the same."""
    notes: list[str] = []
    names: dict[str, list[str]] = {}
    for on, stage in zip(("requirement only", "allocation only"), stages, strict=True):
        alone = lines[lines["stands_on"] == on]
        names[on] = list(dict.fromkeys(name_of(line) for line in rows(alone)))
        if len(alone):
            years = ", ".join(sorted({year or "no year" for year in alone["financial_year"]}))
            what = f"{_lines(len(alone))} only on the side of the {stage} ({years})"
            notes.append(f"{what}: the gap there is unknown, and the sums of the {stage} count it all the same.")
    for name in names["requirement only"]:
        near = nearest(name, names["allocation only"], cutoff=0.8)
        if near is not None and near != name:
            notes.append(f"'{name}' ({stages[0]}) and '{near}' ({stages[1]}) may be the same line spelt in two ways.")
    return tuple(notes)


def unfundable_notes(lines: pd.DataFrame, stages: tuple[str, str]) -> tuple[str, ...]:
    """Name the lines with less than nothing on the first side, of which no share can be funded."""
    below = lines[lines["requirement"] < 0]
    if below.empty:
        return ()
    names = list(dict.fromkeys(name_of(line) for line in rows(below)))
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    told = ", ".join(names[:3]) + more
    return (f"The {stages[0]} of {told} is negative: what share of it is met is left blank, for there is none.",)


def _lines(count: int) -> str:
    return "One line stands" if count == 1 else f"{count} lines stand"
