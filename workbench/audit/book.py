"""A table's cells together with what they must satisfy and what is known of them: what the checks read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from workbench.audit.bounds import Bounds, find_bounds
from workbench.audit.cells import ANYTHING, NIL, Cell, Interval, Relation, half_unit, total_of

Status = Literal["right", "rounding", "error", "unchecked"]


@dataclass(frozen=True)
class Finding:
    """One failure of one check: the cell, what the others make of it, and why, in words."""

    check: str
    severity: Literal["error", "rounding"]
    cell: int
    computed: Decimal | None
    message: str


class _Sum(NamedTuple):
    """A relation's terms added once: their interval, their signs by cell, and how many of them are unknown."""

    known: Interval
    signs: Mapping[int, int]
    unknown: int


@dataclass(frozen=True)
class Book:
    """Cells, relations and bounds, and the ways from one to the other.

    Attributes
    ----------
    by_target, by_term : mapping
        The relations that determine a cell, and those that it enters.
    rows : mapping
        The cells of a row, by (resource, table) and row.
    repeated : mapping
        Cells that repeat the sum of others, with those others; filled in by the check for duplicated subtotals.
    """

    cells: Sequence[Cell]
    relations: Sequence[Relation]
    bounds: Bounds
    by_target: Mapping[int, list[Relation]] = field(default_factory=dict)
    by_term: Mapping[int, list[Relation]] = field(default_factory=dict)
    rows: Mapping[tuple[object, ...], list[int]] = field(default_factory=dict)
    repeated: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    _sums: dict[int, _Sum] = field(default_factory=dict, repr=False, compare=False)
    _states: dict[int, Status] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, cells: Sequence[Cell], relations: Sequence[Relation]) -> Book:
        """Bring cells and relations together."""
        by_target: dict[int, list[Relation]] = defaultdict(list)
        by_term: dict[int, list[Relation]] = defaultdict(list)
        rows: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for relation in relations:
            by_target[relation.target].append(relation)
            for term in relation.terms:
                by_term[term.cell].append(relation)
        for number, cell in enumerate(cells):
            rows[(*cell.book, cell.row)].append(number)
        return cls(cells, relations, find_bounds(cells, relations), dict(by_target), dict(by_term), dict(rows))

    def centre(self, number: int) -> Decimal | None:
        """Return the number that a cell prints, zero for nil, the likely reading of an unreadable one."""
        cell = self.cells[number]
        if cell.state == "blank":
            return Decimal(0) if self.bounds.printed[number] == NIL else None
        if cell.state == "unreadable":
            reading = likely_reading(cell)
            return reading.middle if reading and reading.meets(self.bounds.implied[number]) else None
        return cell.value

    def computed(self, relation: Relation) -> Decimal | None:
        """Return what the printed terms make of the target; None where one of them is unknown."""
        centres = [self.centre(term.cell) for term in relation.terms]
        if relation.kind == "ratio":
            top, base = centres
            return None if top is None or not base else relation.scale * top / base
        if all(centre is None for centre in centres):
            return None
        return sum(
            (term.sign * centre for term, centre in zip(relation.terms, centres, strict=True) if centre is not None),
            Decimal(0),
        )

    def allowed(self, relation: Relation, instead: Mapping[int, Interval] | None = None) -> Interval:
        """Return the numbers that the terms allow the target, with some cells read otherwise."""
        if relation.kind == "ratio":
            known = {term.cell: self.bounds.implied[term.cell] for term in relation.terms}
            return total_of(relation, known | dict(instead or {}))
        added = self._added(relation)
        (low, high), unknown = added.known, added.unknown
        for cell, interval in (instead or {}).items():
            sign = added.signs.get(cell)
            if sign is None:
                continue
            old, new = _signed(self.bounds.implied[cell], sign), _signed(interval, sign)
            unknown += (not new.known) - (not old.known)
            low += (new.low if new.known else 0) - (old.low if old.known else 0)
            high += (new.high if new.known else 0) - (old.high if old.known else 0)
        return ANYTHING if unknown else Interval(low, high)

    def _added(self, relation: Relation) -> _Sum:
        key = id(relation)
        if key not in self._sums:
            terms = [(term, _signed(self.bounds.implied[term.cell], term.sign)) for term in relation.terms]
            known = [interval for _, interval in terms if interval.known]
            low = sum((interval.low for interval in known), Decimal(0))
            high = sum((interval.high for interval in known), Decimal(0))
            signs = {term.cell: term.sign for term, _ in terms}
            self._sums[key] = _Sum(Interval(low, high), signs, len(terms) - len(known))
        return self._sums[key]

    def fits(self, relation: Relation, instead: Mapping[int, Interval] | None = None) -> bool:
        """Whether some unrounded inputs give the printed target, with some cells read otherwise."""
        target = (instead or {}).get(relation.target, self.bounds.printed[relation.target])
        return self.allowed(relation, instead).meets(target)

    def status(self, relation: Relation) -> Status:
        """Say whether a relation holds to the digit, within rounding, not at all, or cannot be told."""
        key = id(relation)
        if key not in self._states:
            self._states[key] = self._status(relation)
        return self._states[key]

    def _status(self, relation: Relation) -> Status:
        target = self.cells[relation.target]
        nil_difference = relation.check == "difference" and self.bounds.printed[relation.target] == NIL
        if target.state == "unreadable" or (target.state == "blank" and not nil_difference):
            return "unchecked"
        if all(self.cells[term.cell].state in ("blank", "unreadable") for term in relation.terms):
            return "unchecked"
        if not self.fits(relation):
            return "error"
        if not self.allowed(relation).known or any(
            self.cells[term.cell].state == "unreadable" for term in relation.terms
        ):
            return "unchecked"
        computed, printed = self.computed(relation), target.value or Decimal(0)
        if computed is None:
            return "unchecked"
        if relation.kind == "ratio":
            return "right" if abs(computed - printed) <= target.half else "rounding"
        return "right" if computed == printed else "rounding"


def _signed(interval: Interval, sign: int) -> Interval:
    return interval if sign > 0 else Interval(-interval.high, -interval.low)


def likely_reading(cell: Cell) -> Interval | None:
    """Return what an unreadable cell probably says: its digits and its last point, stray commas and points aside.

    It explains a finding, and never takes the place of a figure.
    """
    digits = re.sub(r"[^\d.]", "", cell.printed)
    if not any(sign.isdigit() for sign in digits):
        return None
    whole, point, decimals = digits.rpartition(".")
    text = f"{whole.replace('.', '') or '0'}.{decimals}" if point else digits
    negative = re.match(r"\s*(?:\(|[-−–]\s*[(\d.,])", cell.printed) is not None
    number = -Decimal(text) if negative else Decimal(text)
    half = half_unit(number) * cell.size
    return Interval(number * cell.size - half, number * cell.size + half)


def write(value: Decimal, cell: Cell) -> str:
    """Write a number in a cell's own unit, with thousands commas and as many decimals as it has."""
    number = value / cell.size
    point = re.search(r"\.(\d+)\D*$", cell.printed)
    printed_decimals = len(point[1]) if point else 0
    if -int(number.as_tuple().exponent) > (most := max(4, printed_decimals)):
        number = round(number, most)
    text = f"{number:,f}"
    whole, _, decimals = text.partition(".")
    kept = decimals.rstrip("0").ljust(printed_decimals, "0")
    return f"{whole}.{kept}" if kept else whole


def table_name(table: str) -> str:
    """Return how to speak of a table: ``Table 8.1.0``, and ``NGBIRR-25 Table 4.2`` as it is."""
    return table if re.search(r"\btable\b", table, re.IGNORECASE) else f"Table {table}"
