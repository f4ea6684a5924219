"""Quantities that are printed in more than one place, in a table or in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.audit.cells import Cell, Relation, Term

Record = Mapping[str, Any]
KEYS = ("sector", "vote", "programme", "sub_programme", "county")


def restatement(records: Sequence[Record], cells: Sequence[Cell]) -> list[Relation]:
    """Return what each second statement of a quantity must equal.

    Two figures state the same quantity where stage, financial year and classification keys agree, and where basis
    and economic class agree or one of the two does not say. Where more than two state it, the odd ones are compared
    with those that agree among themselves.
    """
    found: list[Relation] = []
    for group in _same_quantity(records).values():
        for members in _compatible(group, records):
            found.extend(_against_the_agreed(members, cells))
    return [*found, *_over_the_years(records), *_sectors(records)]


def _same_quantity(records: Sequence[Record]) -> dict[tuple[Any, ...], list[int]]:
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        keys = _keys(record)
        if record["line"] == "difference":
            groups["difference", record["label"], record["financial_year"]].append(number)
        elif record["line"] in ("total", "subtotal") or (record["line"] == "item" and any(keys)):
            if record["line"] == "subtotal" and not any(keys):
                continue
            groups[record["stage"], record["financial_year"], *keys].append(number)
    return groups


def _keys(record: Record) -> tuple[Any, ...]:
    """Return the keys that name a quantity; the sector of a vote goes without saying."""
    values = tuple(record[key] for key in KEYS)
    return (None, *values[1:]) if record["vote"] is not None else values


def _compatible(group: Sequence[int], records: Sequence[Record]) -> list[list[int]]:
    """Split figures of one quantity into lists of which each states one basis and one economic class."""
    lists: list[list[int]] = []
    for number in sorted(group, key=lambda one: _vagueness(records[one])):
        record = records[number]
        homes = [members for members in lists if all(_agree(record, records[member]) for member in members)]
        if len(homes) == 1 or (homes and _vagueness(record) == 0):
            homes[0].append(number)
        elif not homes:
            lists.append([number])
    return [sorted(members) for members in lists if len({_place(records[member]) for member in members}) > 1]


def _vagueness(record: Record) -> int:
    return sum(record[key] is None for key in ("basis", "economic_class"))


def _agree(one: Record, other: Record) -> bool:
    return all(
        one[key] == other[key] or one[key] is None or other[key] is None for key in ("basis", "economic_class")
    )  # fmt: skip


def _place(record: Record) -> tuple[Any, ...]:
    return record["resource"], record["table"], record["row"]


def _against_the_agreed(members: Sequence[int], cells: Sequence[Cell]) -> list[Relation]:
    stated = [number for number in members if cells[number].value is not None]
    if len(stated) < 2:
        return []
    agreed = max(
        ([other for other in stated if cells[one].interval.meets(cells[other].interval)] for one in stated),
        key=len,
    )  # fmt: skip
    reference = min(agreed, key=lambda number: (cells[number].half, number))
    others = [number for number in stated if number != reference]
    return [Relation(check="restatement", target=other, terms=(Term(reference),)) for other in others]


def _over_the_years(records: Sequence[Record]) -> list[Relation]:
    """Return the totals over a whole period, each as the sum of the longest row of yearly totals of its stage."""
    yearly: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        if record["line"] == "total" and record["financial_year"] is not None and not any(_keys(record)):
            yearly[record["stage"], record["resource"], record["table"], record["row"]].append(number)
    found = []
    for number, record in enumerate(records):
        if record["line"] != "total" or record["financial_year"] is not None or any(_keys(record)):
            continue
        rows = [of_row for (stage, *_), of_row in yearly.items() if stage == record["stage"] and len(of_row) > 1]
        if rows:
            terms = tuple(Term(one) for one in max(rows, key=len))
            found.append(Relation(check="restatement", target=number, terms=terms, note="the years"))
    return found


def _sectors(records: Sequence[Record]) -> list[Relation]:
    """Return the totals printed for sectors, each as the sum of all its votes' recurrent and development figures."""
    votes: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        is_vote = record["vote"] is not None and record["programme"] is None and record["line"] == "item"
        if is_vote and record["economic_class"] in ("recurrent", "development") and record["sector"] is not None:
            votes[record["resource"], *_stage_of_sector(record)].append(number)
    size: dict[Any, int] = defaultdict(int)
    for (_, sector, *_), members in votes.items():
        size[sector] = max(size[sector], len({records[one]["vote"] for one in members}))
    found = []
    for number, record in enumerate(records):
        if record["sector"] is None or any(record[key] is not None for key in KEYS[1:]) or record["line"] == "ratio":
            continue
        for (resource, *of_sector), members in votes.items():
            whole = len({records[one]["vote"] for one in members}) == size[record["sector"]]
            if whole and tuple(of_sector) == _stage_of_sector(record) and resource != record["resource"]:
                terms = tuple(Term(one) for one in members)
                found.append(Relation(check="footing", target=number, terms=terms, note="the votes"))
    return found


def _stage_of_sector(record: Record) -> tuple[Any, ...]:
    return record["sector"], record["stage"], record["basis"] or "gross", record["financial_year"]
