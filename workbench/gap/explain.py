"""Say a gap in sentences."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.errors import unknown_name
from workbench.fiscal import FiscalYear
from workbench.gap.amounts import money, moneys, per_cent
from workbench.gap.comparable import BOTH, DIFFERENT, OVERLAPPING
from workbench.gap.frames import rows
from workbench.gap.near import name_of
from workbench.gap.overlap import OVERLAP
from workbench.gap.readings import ADDED_UP, RESTATED, disagreements
from workbench.gap.sides import LEVELS
from workbench.gap.stage_names import noun
from workbench.results import illustrative_notes

if TYPE_CHECKING:
    from workbench.gap.result import Gap

_VERBS = {
    "requirement": "required", "allocation": "allocated", "ceiling": "set as the ceiling", "estimate": "estimated",
    "revised": "in the revised estimates", "expenditure": "spent", "exchequer_issue": "issued by the exchequer",
    "supplementary_1": "in Supplementary I", "supplementary_2": "in Supplementary II",
    "supplementary_3": "in Supplementary III",
}  # fmt: skip


def headline(gap: Gap) -> str:
    """Return what a committee reads first.

    The whole of the first year whose gap is known and its largest line, the other years in a word, then where the
    document contradicts itself and where lines may overlap.
    """
    years = rows(gap.years)
    if not years:
        return "There are no lines to compare."
    told = next((year for year in years if not math.isnan(year["gap"])), years[0])
    parts = [_whole(gap, told), _largest(gap, told["financial_year"])]
    parts += [f"{year['financial_year'] or 'No year'}: {_amount(gap, year)}." for year in years if year is not told]
    parts += [_doubt(gap, side, told["financial_year"]) for side in ("requirement", "allocation")]
    parts += [note for note in gap.notes if OVERLAP in note]
    parts += illustrative_notes(gap.sources)
    return " ".join(part for part in parts if part)


def explain_line(gap: Gap, line: str, financial_year: str | None = None) -> str:
    """Say what happened to one line, or to a programme, vote or sector as a whole."""
    found = _rows_of(gap, line)
    if financial_year is not None:
        year = str(FiscalYear(financial_year))
        if year not in set(found["financial_year"]):
            raise unknown_name(f"financial year of '{line}'", year, sorted(found["financial_year"]))
        found = pd.concat([found[found["financial_year"] == year], found[found["financial_year"] != year]])
    else:
        found = found.sort_values("gap", key=abs, ascending=False, kind="stable")
    first = rows(found)[0]
    parts = [_sentence(gap, first, name_of(first))]
    if not math.isnan(first["share_of_gap"]) and len(gap.lines) > 1:
        parts.append(_share(gap, first))
    others = found[found["financial_year"] != first["financial_year"]].sort_values("financial_year")
    if len(others):
        told = "; ".join(f"{row['financial_year']}: {_amount(gap, row)}" for row in rows(others))
        parts.append(f"Other years: {told}.")
    return " ".join(parts)


def _rows_of(gap: Gap, line: str) -> pd.DataFrame:
    wanted = str(line).strip().casefold()
    # A line without a label or a key has an empty one, which is nobody's name.
    for level in ("line_label", "county", *reversed(LEVELS)) if wanted else ():
        names = gap.lines[level].astype("str")
        here = names.str.casefold() == wanted
        if here.any():
            name = names[here].iloc[0]
            added = gap.lines if level == "line_label" else gap.at_levels((level,))
            return added.loc[added[level] == name].reset_index(drop=True)
    known = {name for level in ("line_label", *LEVELS) for name in gap.lines[level] if name}
    raise unknown_name("line of this gap", str(line), sorted(known))


def _sentence(gap: Gap, row: dict[str, Any], name: str) -> str:
    first, second = (_VERBS.get(stage, stage) for stage in gap.stages)
    if first == second:  # a scenario sets a stage against itself, after moves of money
        second = "left after the moves"
    start = f"{name} in {row['financial_year']}:" if row["financial_year"] else f"{name}:"
    *told, size = moneys(row["requirement"], row["allocation"], abs(row["gap"]))
    amounts = dict(zip(("requirement", "allocation"), told, strict=True))
    if row["stands_on"] == OVERLAPPING:
        return f"{start} no sum is told, for some of its lines {OVERLAP}."
    if row["stands_on"] == DIFFERENT:
        return f"{start} no line stands on both sides; the gap is unknown."
    if row["kind"] == "unknown":
        have = [
            f"what was {verb} is not known" if math.isnan(row[side]) else f"{amounts[side]} was {verb}"
            for side, verb in (("requirement", first), ("allocation", second))
        ]
        return f"{start} {have[0]}, and {have[1]}; the gap is unknown."
    text = f"{start} {amounts['requirement']} was {first} and {amounts['allocation']} {second}"
    ratio = "" if math.isnan(row["funding_ratio"]) else f" ({per_cent(row['funding_ratio'])} of it)"
    return f"{text}: no gap." if row["kind"] == "balanced" else f"{text}{ratio}: {_amount(gap, row, size)}."


def _share(gap: Gap, row: dict[str, Any]) -> str:
    whole = rows(gap.years[gap.years["financial_year"] == row["financial_year"]])[0]
    total = f"the year's whole: {_amount(gap, whole)}"
    if whole["kind"] == row["kind"]:
        return f"That is {per_cent(row['share_of_gap'])} of {total}."
    return f"It goes against {total}."


def _whole(gap: Gap, year: dict[str, Any]) -> str:
    text = _sentence(gap, year, "In all").replace("In all in ", "In ", 1).replace(": ", " ", 1)
    held = {
        stage: year[f"{side}_alone"]
        for side, stage in zip(("requirement", "allocation"), gap.stages, strict=True)
        if year["stands_on"] in (BOTH, DIFFERENT) and year[f"{side}_alone"] != 0
    }
    alone = [f"{amount} of the {noun(stage)}" for stage, amount in zip(held, moneys(*held.values()), strict=True)]
    if not alone:
        return text
    stand = "stands on lines that the other side does not have, and is in no gap"
    only = " That is of the lines on both sides." if year["stands_on"] == BOTH else ""
    return f"{text}{only} {' and '.join(alone)} {stand}."


def _amount(gap: Gap, row: dict[str, Any], size: str | None = None) -> str:
    """Name a gap: a deficit or a surplus against a requirement, less or more against any other stage.

    ``size`` is the amount in the unit of the sentence that it stands in.
    """
    if row["kind"] in ("unknown", "balanced"):
        return {"unknown": "gap unknown", "balanced": "no gap"}[row["kind"]]
    size = size or money(abs(row["gap"]))
    if gap.stages[0] == "requirement":
        return f"a {row['kind']} of {size}"
    return f"{size} {'less' if row['kind'] == 'deficit' else 'more'} than the {noun(gap.stages[0])}"


def _largest(gap: Gap, financial_year: str) -> str:
    lines = gap.lines[(gap.lines["financial_year"] == financial_year)]
    deficits, surpluses = lines[lines["kind"] == "deficit"], lines[lines["kind"] == "surplus"]
    if len(lines) < 2 or deficits.empty:
        return ""
    top = rows(deficits.sort_values("gap", ascending=False, kind="stable"))[0]
    against = gap.stages[0] == "requirement"
    known = int(lines["kind"].ne("unknown").sum())
    of = f"{len(lines)} lines" if known == len(lines) else f"{known} lines whose gap is known"
    start = f"The largest {'deficit' if against else 'shortfall'} of the {of} is"
    text = f"{start if known > 1 else 'The only line whose gap is known is'} {name_of(top)}, "
    text += money(top["gap"])
    if len(surpluses):
        named = ", ".join(name_of(row) for row in rows(surpluses.head(3)))
        more = f" and {len(surpluses) - 3} more" if len(surpluses) > 3 else ""
        text += f"; {'in surplus' if against else 'above it'}: {named}{more}"
    return text + "."


def _doubt(gap: Gap, side: str, financial_year: str) -> str:
    found = disagreements(gap.readings[(gap.readings["side"] == side) & (gap.readings["financial_year"] != "")])
    if found.empty:
        return ""
    stage = dict(zip(("requirement", "allocation"), gap.stages, strict=True))[side]
    start = f"The document disagrees with itself on the {noun(stage)}"
    years = sorted(set(found["financial_year"]) - {financial_year})
    here = found[found["financial_year"] == financial_year]
    if here.empty:
        return f"{start} of {' and '.join(years)}."
    used = here[here["used"]]
    written = dict(zip(here["amount"], moneys(*here["amount"]), strict=True))
    says = "".join(f"{written[row['amount']]} ({_reading(row)}) is used" for row in rows(used)) or "none is used"
    others: dict[float, list[str]] = {}
    for row in rows(here[~here["amount"].isin(used["amount"])]):
        others.setdefault(row["amount"], []).append(_reading(row))
    told = ", ".join(f"{written[amount]} ({', '.join(places)})" for amount, places in others.items())
    more = f" It does so for {' and '.join(years)} too." if years else ""
    return f"{start} of {financial_year}: {says}, it also says {told}.{more}"


def _reading(row: dict[str, Any]) -> str:
    if row["reading"] == ADDED_UP or not row["locator"]:
        return str(row["reading"])
    place = str(row["locator"]).split(", line ")[0]
    return place if row["reading"] == RESTATED else f"{row['reading']} of {place}"
