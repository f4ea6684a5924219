"""What the headings alone say of columns: recurrent, development, total; gross, A-I-A, net; need, grant, deficit.

Where headings decide, one row that bears them out is enough: wrong items must not switch off the check that finds
them. Of two rows or fewer none need be right, if the words also settle the sign and only one choice is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from workbench.datasets.amounts import year_in
from workbench.datasets.guess_votes import Column, Combine, Vote, add, apart, less, per_cent, quotient, vote
from workbench.datasets.heading_words import (
    AIA,
    BUDGET,
    CLASSES,
    DEMAND,
    DIFFERENCE,
    GRANT,
    GROSS,
    NET,
    SPENT,
    SUM,
    words,
)
from workbench.datasets.layout import DerivedColumn

FEW_ROWS: Final = 2
"""So few rows can all be wrong."""


@dataclass(frozen=True)
class _Family:
    """Two headings and what is made of them; ``signed`` where words settle which is taken from which."""

    kind: Literal["difference", "ratio"]
    made: re.Pattern[str]
    first: re.Pattern[str]
    second: re.Pattern[str]
    signed: bool = True


_FAMILIES = (
    _Family("difference", NET, GROSS, AIA),
    _Family("difference", words(r"deficit|shortfall|\bgap\b"), DEMAND, GRANT),
    _Family("difference", words("surplus"), GRANT, DEMAND),
    _Family("difference", words("variance|difference|deviation"), words("proposed"), words("approved"), False),
    _Family("difference", words("variance|difference|deviation|balance"), BUDGET, SPENT, False),
    _Family("ratio", words(r"absorption|utili[sz]ation|%|per\s?cent|\bpct\b"), SPENT, BUDGET),
)


def by_headings(column: Column, plain: Sequence[Column]) -> DerivedColumn | None:
    """Return what the headings make of a column, where no row or too few rows speak against it."""
    parts = same_words(column, plain)
    if parts and _stands(vote(column, parts, add)):
        return DerivedColumn(column=column.name, sum=tuple(part.name for part in parts))
    for family in _FAMILIES:
        if family.made.search(column.words) and column.percent == (family.kind == "ratio"):
            found = _of_family(family, column, plain)
            if found is not None:
                return found
    return None


def _of_family(family: _Family, column: Column, plain: Sequence[Column]) -> DerivedColumn | None:
    alike = [one for one in plain if year_in(one.name) == year_in(column.name) and not DIFFERENCE.search(one.words)]
    firsts = [one for one in alike if family.first.search(one.words)]
    seconds = [one for one in alike if family.second.search(one.words) and one not in firsts]
    pairs = [(first, second) for first in firsts for second in seconds]
    if family.kind == "ratio":
        pairs = [pair for pair in pairs if _class_of(pair[0].name) == _class_of(pair[1].name)]
    votes = [(pair, combine, vote(column, pair, combine))
             for pair in pairs + ([] if family.signed else [pair[::-1] for pair in pairs])
             for combine in ((per_cent, quotient) if family.kind == "ratio" else (less,))]  # fmt: skip
    if not votes:
        return None
    pair, _, best = max(votes, key=lambda one: one[2].held)
    if not family.signed and not best.held:
        best = vote(column, pair, apart, sizes=True)
    if len(pairs) > 1 or not family.signed:
        stands = best.held > 0 and (len(pairs) == 1 or best.held * 3 >= best.tried)
    else:
        stands = _stands(best)
    if not stands:
        return None
    names = pair[0].name, pair[1].name
    if family.kind == "ratio":
        return DerivedColumn(column=column.name, ratio=names)
    return DerivedColumn(column=column.name, difference=names)


def _stands(counted: Vote) -> bool:
    return counted.held > 0 or 0 < counted.tried <= FEW_ROWS


def same_words(column: Column, others: Sequence[Column]) -> list[Column]:
    """Return the columns named alike but for recurrent and development in the place of total."""
    if _class_of(column.name) != "total":
        return []
    stem = _without_class(column.name)
    named = [
        one
        for one in others
        if _without_class(one.name) == stem and _class_of(one.name) in ("recurrent", "development")
    ]
    return named if {_class_of(one.name) for one in named} == {"recurrent", "development"} and len(named) == 2 else []


def _without_class(name: str) -> str:
    stem = name.replace("_", " ")
    for _, pattern in CLASSES:
        stem = pattern.sub("", stem)
    return re.sub(r"\W+", " ", stem).strip().casefold()


def _class_of(name: str) -> str | None:
    return next((one for one, pattern in CLASSES if pattern.search(name.replace("_", " "))), None)


def twins(derived: Sequence[DerivedColumn], columns: Sequence[Column]) -> Iterator[DerivedColumn]:
    """Carry a relation of one year's block of columns to the blocks of the other years that are headed alike."""
    found = {one.column for one in derived}
    named = {(_without_year(one.name), year_in(one.name)): one for one in columns}
    for model in derived:
        year = year_in(model.column)
        parts = _parts(model)
        if year is None or not parts or any(year_in(part) != year for part in parts):
            continue
        for column in columns:
            other = year_in(column.name)
            if (
                column.name in found
                or other in (None, year)
                or _without_year(column.name) != _without_year(model.column)
            ):
                continue
            matched = [named.get((_without_year(part), other)) for part in parts]
            present = [one for one in matched if one is not None]
            if len(present) == len(parts) and any(_stands(vote(column, present, how)) for how in _ways(model)):
                found.add(column.name)
                names = tuple(one.name for one in present)
                kind = "sum" if model.sum else "difference" if model.difference else "ratio"
                yield DerivedColumn.model_validate({"column": column.name, kind: names})


def _parts(model: DerivedColumn) -> tuple[str, ...]:
    return model.sum or model.difference or model.ratio or ()


def _ways(model: DerivedColumn) -> tuple[Combine, ...]:
    return (add,) if model.sum else (less,) if model.difference else (per_cent, quotient)


def _without_year(name: str) -> str:
    return re.sub(r"\W+", " ", re.sub(r"\d{4}\s*\W\s*\d{2,4}", "", name.replace("_", "/"))).strip().casefold()


def unguessed(columns: Sequence[Column], derived: Sequence[DerivedColumn]) -> Iterator[str]:
    """Yield the columns that are headed as made of others, of which no others were found."""
    known = {one.column for one in derived} | {name for one in derived for name in one.difference or ()}
    if len(columns) < 2:
        return
    for column in columns:
        headed = column.percent or any(one.search(column.words) for one in (SUM, DIFFERENCE, NET))
        if headed and column.name not in known:
            yield column.name
