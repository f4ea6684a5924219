"""Read a whole funding problem into lines and named limits, with every fault of it at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.allocation.funding.amounts import Floats, numbers, to_millions
from workbench.allocation.funding.gather import Gathered
from workbench.allocation.funding.keyed import Given, read_keyed
from workbench.allocation.funding.limits import AT_LEAST, AT_MOST, Kind, Limit, LimitBuilder, Limits, group
from workbench.allocation.funding.lines import YEAR, Lines, parse_year
from workbench.allocation.funding.objectives import Nearest, Objective
from workbench.errors import WorkbenchError, suggestion

Envelope = float | Mapping[str, float] | pd.Series


@dataclass(frozen=True, eq=False)
class Problem:
    """Lines, limits and what the money is to do; all amounts in KSh millions.

    Attributes
    ----------
    weights, proposal : ndarray
        ``(n,)``; the proposal is empty where the objective needs none.
    lump : ndarray
        ``(n,)`` number of the project of each line that is funded whole or not at all, -1 for all other lines.
    """

    lines: Lines
    limits: Limits
    objective: Objective
    weights: Floats
    proposal: Floats
    lump: NDArray[np.int64]

    @property
    def has_lumps(self) -> bool:
        """Whether some project is funded whole or not at all."""
        return bool((self.lump >= 0).any())


def add_envelopes(envelope: Envelope, lines: Lines, builder: LimitBuilder, gathered: Gathered) -> None:
    """Add the money there is: one amount for all lines together, or one a financial year."""
    every = np.arange(len(lines))
    if not isinstance(envelope, (Mapping, pd.Series)):
        amounts = to_millions(numbers([envelope], ["the envelope"], "amount", gathered), lines.unit)
        alone = f"envelope {lines.years[0]}" if len(lines.years) == 1 else "envelope"
        builder.add(Limit(alone, "envelope", AT_MOST, float(amounts[0])), every)
        return
    by_year = pd.Series(envelope, dtype="object")
    if not lines.years:
        gathered.label("is by financial year, but the requests have none", "the envelope", remedy="give one amount")
        return
    amounts = to_millions(by_years(by_year, lines, "envelope", gathered), lines.unit)
    for at, year in enumerate(lines.years):
        members = np.flatnonzero(lines.year_of == at)
        builder.add(Limit(f"envelope {year}", "envelope", AT_MOST, float(amounts[at])), members)


def by_years(given: pd.Series | Mapping[str, float], lines: Lines, what: str, gathered: Gathered) -> Floats:
    """Return one amount a financial year of the lines, as given; note years too many and too few."""
    table = pd.Series(given, dtype="object")
    spelled = []
    for label in table.index:
        try:
            spelled.append(parse_year(label))
        except WorkbenchError as error:
            gathered.keep(error)
            spelled.append(str(label))
            continue
        if spelled[-1] not in lines.years:
            remedy = suggestion(spelled[-1], list(lines.years))
            gathered.label(f"has an amount of the {what} but no request", label, remedy=remedy)
    table.index = pd.Index(spelled)
    for year in table.index[table.index.duplicated()].unique():
        gathered.label(f"stands twice in the {what}", year, remedy="keep one")
    table = table[~table.index.duplicated()]
    for year in lines.years:
        if year not in table.index:
            gathered.label(f"has requests but no amount of the {what}", year)
    known = [year for year in lines.years if year in table.index]
    found = dict(zip(known, numbers(table.loc[known], [f"{what} {y}" for y in known], "amount", gathered), strict=True))
    return np.array([found.get(year, np.nan) for year in lines.years])


def add_floors_and_ceilings(
    floors: Given, ceilings: Given, lines: Lines, builder: LimitBuilder, gathered: Gathered
) -> None:
    """Add ceilings, then floors, over single lines or over groups of them."""
    sorts: list[tuple[Given, Kind, int]] = [(ceilings, "ceiling", AT_MOST), (floors, "floor", AT_LEAST)]
    for given, what, sense in sorts:
        for keyed in read_keyed(given, lines, what, gathered):
            amounts = to_millions(keyed.amounts, lines.unit).tolist()
            for name, amount, members in zip(keyed.names, amounts, group(keyed.member, len(keyed.names)), strict=True):
                builder.add(Limit(f"{what} of {name}", what, sense, amount), members)


def read_weights(weights: Given, lines: Lines, gathered: Gathered) -> Floats:
    """Return one weight a line, 1 where none are given at all; a line without one is a fault."""
    if weights is None:
        return np.ones(len(lines))
    return _one_each(weights, lines, "weight", gathered)


def read_proposal(objective: Objective, lines: Lines, gathered: Gathered) -> Floats:
    """Return the proposal of :class:`Nearest` in KSh millions, one amount a line; empty for other objectives."""
    if not isinstance(objective, Nearest):
        return np.empty(0)
    return to_millions(_one_each(objective.proposal, lines, "proposal", gathered), lines.unit)


def _one_each(given: Given, lines: Lines, what: str, gathered: Gathered) -> Floats:
    values = np.full(len(lines), np.nan)
    named = np.zeros(len(lines), dtype=bool)
    for keyed in read_keyed(given, lines, what, gathered):
        means = keyed.member >= 0
        for at in np.flatnonzero(named & means):
            gathered.label(f"has two {what}s", lines.names[at], remedy="keep one")
        values[means] = keyed.amounts[keyed.member[means]]
        named |= means
    for at in np.flatnonzero(~named):
        gathered.label(f"has no {what}", lines.names[at], remedy=f"give one {what} for every line")
    return values


def read_lumps(lumps: Sequence[object], lines: Lines, gathered: Gathered) -> NDArray[np.int64]:
    """Return the number of each line's whole-or-nothing project ``(n,)``, -1 for a line that can be funded in part.

    A label without the financial year means all years of it, decided together.
    """
    project = np.full(len(lines), -1, dtype="int64")
    if not len(lumps):
        return project
    whole = [key for key in lines.keys if key != YEAR]
    known = dict(zip(lines.label.tolist(), range(len(lines)), strict=True))
    across: dict[object, list[int]] = {}
    for at, values in enumerate(lines.table[whole].itertuples(index=False, name=None)):
        across.setdefault(values if len(values) > 1 else values[0], []).append(at)
    for number, label in enumerate([lumps] if isinstance(lumps, str) else lumps):
        named = _dated(label, lines)
        members = [known[named]] if named in known else across.get(label, [])
        if not members:
            spellings = [*lines.names, *(str(name) for name in across)]
            said = " in ".join(map(str, label)) if isinstance(label, tuple) else str(label)
            gathered.label("is to be funded whole but has no request", said, remedy=suggestion(said, spellings))
        for at in members:
            if project[at] >= 0:
                gathered.label("is named twice as funded whole or not at all", lines.names[at], remedy="keep one")
            project[at] = number
    return project


def _dated(label: object, lines: Lines) -> object:
    """Bring the year in a line's label into the project's spelling, where it is one."""
    if not isinstance(label, tuple) or len(label) != len(lines.keys) or YEAR not in lines.keys:
        return label
    at = lines.keys.index(YEAR)
    try:
        return (*label[:at], parse_year(label[at]), *label[at + 1 :])
    except WorkbenchError:
        return label
