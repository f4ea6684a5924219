"""What a reader must know of a run: what is missing, who is not known to qualify, what is left over, its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from workbench.fiscal import FiscalYear, format_money
from workbench.grants.facts import COUNTIES
from workbench.grants.level import CountyInputs, LevelAwards
from workbench.grants.scores import UNKNOWN, equal_scores
from workbench.grants.settings import Setting
from workbench.grants.values import Origin
from workbench.results import source_table


def listed(names: Sequence[str], most: int = 47) -> str:
    """Write names in a sentence: ``Kisii, Meru and Busia``."""
    shown = list(names[:most])
    rest = len(names) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def incompleteness(levels: Sequence[LevelAwards], inputs: CountyInputs) -> list[str]:
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
                one = len(names) == 1
                counties = "one county, which gets" if one else f"{len(names)} counties, which get"
                notes.append(
                    f"{title}: '{level.terms.level.parts[part].variable}' is not known of {counties} nothing here until"
                    f" it is supplied: {listed(names)}."
                )
        if level.incomplete and level.without_score.any():
            names = np.array(inputs.names)[level.without_score].tolist()
            why = "meets the conditions, but its score is not known, so it gets nothing yet"
            if len(names) > 1:
                why = "meet the conditions, but their scores are not known, so they get nothing yet"
            notes.append(f"{title}: {listed(names)} {why}, and what the others get may change.")
    if notes:
        notes.insert(0, "These awards are only a part of what is due: they leave out what cannot be known yet.")
    return notes


def missing_by_county(levels: Sequence[LevelAwards]) -> list[str]:
    """Return, for each county, the variables without which its award is not whole; ``score`` among them."""
    missing: list[list[str]] = [[] for _ in range(COUNTIES)]
    for level in levels:
        for part, variable in level.missing.items():
            for place in np.flatnonzero(level.takes_part.get(part, level.qualifies)):
                missing[place].append(variable)
        for part in level.unknown.keys() - level.missing.keys():
            lacked = str(level.terms.level.parts[part].variable)
            for place in np.flatnonzero(level.lacking[part]):
                missing[place].append(lacked)
        for place in np.flatnonzero(level.without_score) if level.incomplete else ():
            missing[place].append("score")
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
        if level.terms.level.scored:
            notes += _ties(inputs)
        notes += [f"{title}: {words}." for words in (*_room(level), *_floors(level))]
        if level.unallocated:
            left = format_money(level.unallocated, "KES")
            after = "is carried over to the year after" if level.terms.level.carry_over else "stays unallocated"
            notes.append(f"{title}: {left} {after}{_why_nobody(level)}.")
    return notes


def _ties(inputs: CountyInputs) -> list[str]:
    """Name the counties with equal scores; they are no fault, and nobody among them comes first but by a shilling."""
    told = [f"{score:g} ({listed(names)})" for score, names in equal_scores(inputs.names, inputs.scores).items()]
    return [f"Equal scores weigh equally: {', '.join(told)}."] if told else []


def _why_nobody(level: LevelAwards) -> str:
    """Say why a level with a pool pays nobody; empty where it pays somebody, or figures are missing."""
    if level.awarded or level.incomplete:
        return ""
    if not level.qualifies.any():
        return ", for nobody is known to qualify"
    if level.terms.level.scored:
        count = int(level.qualifies.sum())
        return f", for the curve gives no weight to any score of the {count} counties that qualify"
    return ", for the formula gives nothing to those that qualify"


def _room(level: LevelAwards) -> Iterator[str]:
    """Say how many counties a pool can pay in full, or by which rule it is shared where it is too small."""
    each, rule = level.terms.per_county, level.terms.level.rule.replace("_", " ")
    if each and level.terms.level.pool is not None:
        in_full, count = level.pool // each, int(level.qualifies.sum())
        told = f"at {each:,} each the pool of {level.pool:,} pays {min(in_full, COUNTIES)} counties in full"
        if level.short:
            told += f", and {count} qualify, who need {count * each:,}"
        elif in_full < COUNTIES:
            told += f"; {in_full + 1} would need {(in_full + 1) * each:,}"
        yield told
    if level.short:
        yield f"the pool is too small for all that qualify and is shared by the rule '{rule}'"


def _floors(level: LevelAwards) -> Iterator[str]:
    """Say whether a floor by county holds, and whom it lifts."""
    floor = level.terms.level.county_floor
    if floor is None:
        return
    if not level.own_floors or level.floors is None:
        yield f"the floor ({floor.description}) is not applied, for figures are missing"
        return
    on_it = np.count_nonzero((level.payable == level.floors) & (level.floors > 0))
    yield f"the floor ({floor.description}) decides what {on_it} of {COUNTIES} counties get"


def without_effect(levels: Sequence[LevelAwards], settings: Mapping[str, Setting]) -> list[str]:
    """Name the settings of a run that change nothing in it, each with the reason."""
    notes = []
    for name in settings:
        level = next((one for one in levels if name.startswith(f"{one.name}.")), None)
        why = "" if level is None else _why_idle(level, name.removeprefix(f"{level.name}."), settings)
        if name == "fx.kes_per_usd" and not any(
            term.set_by_user and "to the dollar" in term.locator for level in levels for term in level.terms.terms
        ):
            why = "no level of this year is worked out from dollars"
        notes += [f"{name} was set and changes nothing here: {why}."] if why else []
    return notes


def _why_idle(level: LevelAwards, name: str, settings: Mapping[str, Setting]) -> str:
    if level.terms.pool is None:
        return "the level has no pool in this year"
    curve = level.terms.level.curve
    if curve is not None and name in ("curve.threshold", "curve.exponent"):
        kind = {"curve.threshold": "threshold", "curve.exponent": "power"}[name]
        return "" if curve.kind == kind else f"the curve is {curve.kind}; set {level.name}.curve.kind={kind} too"
    if name == "per_county_usd" and f"{level.name}.per_county" in settings:
        return f"{level.name}.per_county is set in shillings"
    if name == "rule" and not level.short:
        return "the pool is not too small, and only such a pool is shared by a rule"
    return ""


def illustrations(levels: Sequence[LevelAwards], inputs: CountyInputs) -> list[str]:
    """Say what a run stands on that is no published figure: values set by the user, made-up scores, stand-ins."""
    found = []
    for level in levels:
        for term in level.terms.terms if level.terms.pool is not None else ():
            if term.set_by_user:
                value = f"{term.value:,}" if isinstance(term.value, int) else str(term.value)
                found.append(f"{term.name} is set by the user to {value}")
            elif term.mark == "illustrative":
                found.append(f"{term.reference}: {term.locator}")
        used = {part.variable for name, part in level.terms.level.parts.items() if name in level.formula}
        variables = [inputs.variables[name] for name in sorted(filter(None, used))]
        found += [
            f"for '{one.name}' stands {one.locator}, {one.reference}" for one in variables if one.mark == "illustrative"
        ]
    if inputs.form is not None and inputs.form.mark == "illustrative":
        found.append(f"the conditions and scores of {inputs.form.source} are made up")
    return list(dict.fromkeys(found))


def _whom(states: Sequence[str], inputs: CountyInputs) -> str:
    unknown = [name for name, state in zip(inputs.names, states, strict=True) if state == UNKNOWN]
    who = "any county meets" if len(unknown) == COUNTIES else f"{listed(unknown)} meet{'s' * (len(unknown) == 1)}"
    return f"{who} this condition ({len(unknown)} of {COUNTIES})"


def used_sources(levels: Sequence[LevelAwards], inputs: CountyInputs) -> pd.DataFrame:
    """List the sources of everything that went into the awards: ``source, locator, mark``."""
    rows: list[Origin] = []
    for level in levels:
        if level.terms.pool is None:
            continue
        rows += [term.origin for term in level.terms.terms]
        rows += [gate.origin for gate in level.terms.level.gates.values()]
        used = {part.variable for name, part in level.terms.level.parts.items() if name in level.formula}
        rows += [inputs.variables[name].origin for name in sorted(filter(None, used))]
        if level.own_floors and level.terms.level.county_floor is not None:
            rows.append(inputs.variables[level.terms.level.county_floor.variable].origin)
    rows += [] if inputs.form is None else [inputs.form]
    return source_table(pd.DataFrame(rows, columns=["source", "locator", "mark"]))
