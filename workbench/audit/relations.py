"""The sums, differences and ratios that the one table's own structure says must hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.audit.cells import HUNDRED, Relation, Term

Record = Mapping[str, Any]
SUMMED = ("item", "subtotal", "total")
WHOLE_OF_CLASSES = ("recurrent", "development")
WHOLE_OF_BASES = ("net", "aia")
MINUENDS = ("requirement",)
SUBTRAHENDS = ("allocation", "ceiling")
SURPLUS_WORDS = ("surplus",)
RATIOS = (("expenditure", "revised"), ("expenditure", "estimate"), ("exchequer_issue", "revised"),
          ("allocation", "requirement"), ("ceiling", "requirement"))  # fmt: skip
"""What a ratio row may say, in the order in which it is looked for: absorption first, then funding."""


def relations_of(records: Sequence[Record]) -> list[Relation]:
    """Return everything that a table's figures must satisfy: footing, envelope, cross-footing, difference, ratio."""
    index = _Index(records)
    return [
        *footing(records, index),
        *cross_footing(records),
        *difference(records, index),
        *ratio(records),
    ]


def footing(records: Sequence[Record], index: _Index) -> list[Relation]:
    """Add rows to the row that they name as their parent, and shares of counties to the national envelope.

    A column in which some of the parent's rows are absent is not checked: what is absent is unknown.
    """
    children: dict[int, list[int]] = defaultdict(list)
    rows: dict[tuple[Any, ...], set[Any]] = defaultdict(set)
    for number, record in enumerate(records):
        if record["parent"] is None or record["line"] not in SUMMED:
            continue
        target = index.parent_of(record)
        if target is not None:
            children[target].append(number)
            rows[_parent_row(record)].add(record["row"])
    return [
        Relation(
            check="envelope" if all(records[child]["county"] is not None for child in of_one) else "footing",
            target=target,
            terms=tuple(Term(child) for child in of_one),
        )
        for target, of_one in children.items()
        if {records[child]["row"] for child in of_one} == rows[_parent_row(records[of_one[0]])]
    ]


def cross_footing(records: Sequence[Record]) -> list[Relation]:
    """Add recurrent and development to the total, net estimates and appropriations-in-aid to the gross."""
    found = []
    for key, whole, parts in (("economic_class", "total", WHOLE_OF_CLASSES), ("basis", "gross", WHOLE_OF_BASES)):
        for group in _groups(records, without=key).values():
            by_part = {records[number][key]: number for number in group}
            if whole in by_part and all(part in by_part for part in parts):
                terms = tuple(Term(by_part[part]) for part in parts)
                found.append(Relation(check="cross-footing", target=by_part[whole], terms=terms))
    return found


def difference(records: Sequence[Record], index: _Index) -> list[Relation]:
    """Take the allocation of a table and year from its requirement for a deficit, the reverse for a surplus."""
    found = []
    for number, record in enumerate(records):
        if record["line"] != "difference":
            continue
        place = (record["resource"], record["table"], record["financial_year"])
        minuend = index.total_of_stage(place, MINUENDS)
        subtrahend = index.total_of_stage(place, SUBTRAHENDS)
        if minuend is None or subtrahend is None:
            continue
        surplus = any(word in str(record["label"]).casefold() for word in SURPLUS_WORDS)
        signs = (-1, 1) if surplus else (1, -1)
        terms = (Term(minuend, signs[0]), Term(subtrahend, signs[1]))
        found.append(Relation(check="difference", target=number, terms=terms))
    return found


def ratio(records: Sequence[Record]) -> list[Relation]:
    """Divide one stage by another of the same row: absorption, the funding ratio."""
    by_row: dict[tuple[Any, ...], dict[Any, int]] = defaultdict(dict)
    for number, record in enumerate(records):
        if record["line"] in SUMMED:
            by_row[_ratio_place(record)][record["stage"]] = number
    found = []
    for number, record in enumerate(records):
        if record["line"] != "ratio":
            continue
        stages = by_row.get(_ratio_place(record), {})
        pair = next(((top, base) for top, base in RATIOS if top in stages and base in stages), None)
        if pair is not None:
            scale = HUNDRED if "percent" in str(record["unit"]) else HUNDRED / HUNDRED
            terms = (Term(stages[pair[0]]), Term(stages[pair[1]]))
            found.append(Relation(check="ratio", target=number, terms=terms, kind="ratio", scale=scale))
    return found


class _Index:
    """Finds the row that a figure names."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._exact: dict[tuple[Any, ...], int] = {}
        self._differences: dict[tuple[Any, ...], int] = {}
        self._totals: dict[tuple[Any, ...], list[tuple[int, Any]]] = defaultdict(list)
        for number, record in enumerate(records):
            place = (record["resource"], record["table"], record["financial_year"])
            if record["line"] in SUMMED:
                self._exact[(*place, record["row"], *_kind(record))] = number
            if record["line"] == "difference":
                self._differences[(*place, record["row"])] = number
            if record["line"] == "total":
                self._totals[(*place, record["stage"])].append((number, record["economic_class"]))

    def parent_of(self, record: Record) -> int | None:
        place = (record["resource"], record["table"], record["financial_year"], record["parent"])
        return self._exact.get((*place, *_kind(record)), self._differences.get(place))

    def total_of_stage(self, place: tuple[Any, ...], stages: Iterable[str]) -> int | None:
        for stage in stages:
            whole = [number for number, economic_class in self._totals.get((*place, stage), [])
                     if economic_class in (None, "total")]  # fmt: skip
            if len(whole) == 1:
                return whole[0]
        return None


def _parent_row(record: Record) -> tuple[Any, ...]:
    return record["resource"], record["table"], record["parent"]


def _kind(record: Record) -> tuple[Any, ...]:
    return record["stage"], record["basis"], record["economic_class"]


def _ratio_place(record: Record) -> tuple[Any, ...]:
    return (record["resource"], record["table"], record["row"], record["economic_class"], record["financial_year"])


def _groups(records: Sequence[Record], without: str) -> dict[tuple[Any, ...], list[int]]:
    keys = [key for key in ("resource", "table", "row", "stage", "basis", "economic_class", "financial_year")
            if key != without]  # fmt: skip
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        if record["line"] in SUMMED:
            groups[tuple(record[key] for key in keys)].append(number)
    return groups
