"""What a reader must know of a run: what is missing, who is not known to qualify, what is left over, its sources."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workbench.fiscal import FiscalYear, format_money
from workbench.grants.facts import COUNTIES
from workbench.grants.level import CountyInputs, LevelAwards
from workbench.grants.scores import UNKNOWN, Scores
from workbench.results import source_table


def listed(names: Sequence[str], most: int = 47) -> str:
    """Write names in a sentence: ``Kisii, Meru and Busia``."""
    shown = list(names[:most])
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def incompleteness(levels: Sequence[LevelAwards]) -> list[str]:
    """Say which figures are missing, and what could not be shared without them."""
    notes = []
    for level in levels:
        title = level.terms.level.title
        for part, variable in level.missing.items():
            description = level.terms.level.parts[part].description
            notes.append(
                f"{title}: '{variable}' is not published for every county and was not supplied, so the part"
                f" '{description}' is not shared."
            )
        for part, names in level.unknown.items():
            if part not in level.missing:
                notes.append(
                    f"{title}: '{level.terms.level.parts[part].variable}' is not known of {len(names)} counties, which"
                    f" get nothing here until it is supplied: {listed(names)}."
                )
    if notes:
        notes.insert(0, "These awards are only a part of what is due: they leave out what cannot be known yet.")
    return notes


def missing_by_county(levels: Sequence[LevelAwards]) -> list[str]:
    """Return, for each county, the variables without which its award is not whole."""
    missing: list[list[str]] = [[] for _ in range(COUNTIES)]
    for level in levels:
        for part, variable in level.missing.items():
            for place in np.flatnonzero(level.takes_part.get(part, level.qualifies)):
                missing[place].append(variable)
        for part in level.unknown.keys() - level.missing.keys():
            lacked = str(level.terms.level.parts[part].variable)
            for place in np.flatnonzero(level.lacking[part]):
                missing[place].append(lacked)
    return [", ".join(dict.fromkeys(names)) for names in missing]


def remarks(levels: Sequence[LevelAwards], inputs: CountyInputs, year: FiscalYear) -> list[str]:
    """Say which levels pay nothing, who is not known to qualify, and what is left over."""
    notes = []
    for level in levels:
        title = level.terms.level.title
        if level.terms.pool is None:
            notes.append(f"{title}: no pool is published for {year}, so it awards nothing in this year.")
            continue
        notes += [
            f"{title}: it is not known whether {_whom(states, inputs)}, and unknown is not met: "
            f"{level.terms.level.gates[gate].description}."
            for gate, states in level.gates.items()
            if UNKNOWN in states
        ]
        without = level.without_score
        if without.any():
            names = listed(list(np.array(inputs.names)[without]))
            notes.append(f"{title}: {names} meet the conditions, but their score is not known, so they get nothing.")
        if level.unallocated:
            left = format_money(level.unallocated, "KES")
            after = "is carried over to the year after" if level.terms.level.carry_over else "stays unallocated"
            nobody = "" if level.awarded else ", for nobody is known to qualify"
            notes.append(f"{title}: {left} {after}{nobody}.")
        elif level.short:
            rule = level.terms.level.rule.replace("_", " ")
            notes.append(f"{title}: the pool is too small for all that qualify and is shared by the rule '{rule}'.")
    return notes


def _whom(states: Sequence[str], inputs: CountyInputs) -> str:
    unknown = [name for name, state in zip(inputs.names, states, strict=True) if state == UNKNOWN]
    who = "any county meets" if len(unknown) == COUNTIES else f"{listed(unknown)} meet"
    return f"{who} this condition ({len(unknown)} of {COUNTIES})"


def used_sources(levels: Sequence[LevelAwards], inputs: CountyInputs, scores: Scores | None) -> pd.DataFrame:
    """List the sources of everything that went into the awards: ``source, locator, mark``."""
    rows: list[tuple[str, str, str]] = []
    for level in levels:
        if level.terms.pool is None:
            continue
        rows += [(term.reference, term.locator, term.mark) for term in level.terms.terms]
        rows += [(gate.reference, gate.locator, gate.mark) for gate in level.terms.level.gates.values()]
        used = {part.variable for name, part in level.terms.level.parts.items() if name in level.formula}
        variables = [inputs.variables[name] for name in sorted(filter(None, used))]
        rows += [(variable.reference, variable.locator, variable.mark) for variable in variables]
    if scores is not None:
        told = "made up to show how the design works" if scores.mark == "illustrative" else "supplied by the user"
        rows.append((scores.name, f"score form {told}", scores.mark))
    return source_table(pd.DataFrame(rows, columns=["source", "locator", "mark"]))
