"""What can be said of a cell that is blank or unreadable, from the other cells of its table.

A blank is unknown. It is read as nil only where the table itself shows that it prints nil as a blank: where some
total of the same table equals the cells that are printed without it. An unreadable cell is bounded by the totals
and ratios that it enters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.audit.cells import ANYTHING, NIL, Cell, Interval, Intervals, Relation, total_of

ROUNDS = 4
"""How often what was learnt of one cell is passed on to the next: cell, row total, ratio, and one to spare."""


ROW_CHECKS = ("cross-footing", "difference", "ratio")
"""The checks along a row. A column's total does not bound its cells: whether it foots is what is asked."""


@dataclass(frozen=True)
class Bounds:
    """The interval of every cell.

    Attributes
    ----------
    printed : list of Interval
        From the cell alone; a blank is nil where its table prints nil as a blank.
    implied : list of Interval
        The same, with the unreadable cells bounded by the other cells of their rows.
    blanks_are_nil : frozenset
        The tables (resource, table) that print nil as a blank.
    """

    printed: list[Interval]
    implied: list[Interval]
    blanks_are_nil: frozenset[tuple[str, str]]


def find_bounds(cells: Sequence[Cell], relations: Sequence[Relation]) -> Bounds:
    """Return what is known of every cell."""
    alone = [cell.interval for cell in cells]
    nil_tables = frozenset(_tables_with_nil_blanks(cells, relations))
    nil_differences = frozenset(_tables_with_nil_differences(cells, relations))
    derived = {relation.target for relation in relations if relation.check == "difference"}
    printed = [
        NIL if _is_nil(number, cell, derived, nil_tables, nil_differences) else interval
        for number, (cell, interval) in enumerate(zip(cells, alone, strict=True))
    ]
    return Bounds(printed, _implied(cells, relations, printed), nil_tables)


def implied_term(relation: Relation, wanted: int, intervals: Intervals) -> Interval:
    """Return the numbers that a relation allows one of its terms, given its target and its other terms."""
    if relation.kind == "ratio":
        return _implied_numerator(relation, wanted, intervals)
    target = intervals[relation.target]
    others = Relation(check="", target=-1, terms=tuple(term for term in relation.terms if term.cell != wanted))
    rest = total_of(others, intervals)
    (sign,) = {term.sign for term in relation.terms if term.cell == wanted}
    if not (target.known and rest.known):
        return ANYTHING
    low, high = target.low - rest.high, target.high - rest.low
    return Interval(low, high) if sign > 0 else Interval(-high, -low)


def _implied_numerator(relation: Relation, wanted: int, intervals: Intervals) -> Interval:
    numerator, denominator = (term.cell for term in relation.terms)
    ratio, base = intervals[relation.target], intervals[denominator]
    if wanted != numerator or not (ratio.known and base.known):
        return ANYTHING
    corners = [one * other / relation.scale for one in ratio for other in base]
    return Interval(min(corners), max(corners))


def _is_nil(
    number: int,
    cell: Cell,
    derived: set[int],
    tables: frozenset[tuple[str, str]],
    differences: frozenset[tuple[str, str]],
) -> bool:
    return cell.state == "blank" and cell.book in (differences if number in derived else tables)


def _tables_with_nil_blanks(cells: Sequence[Cell], relations: Sequence[Relation]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for relation in relations:
        target = cells[relation.target]
        if relation.kind != "sum" or target.state != "number" or target.book in found:
            continue
        if relation.check not in ("footing", "cross-footing"):
            continue
        terms = [cells[term.cell] for term in relation.terms]
        printed = [term for term in terms if term.state == "number" and term.value]
        if printed and len(printed) < len(terms) and all(term.state in ("number", "nil", "blank") for term in terms):
            intervals = {term.cell: _nil_if_blank(cells[term.cell]) for term in relation.terms}
            total = total_of(relation, intervals)
            has_blank = any(term.state == "blank" for term in terms)
            if has_blank and total.meets(target.interval):
                found.add(target.book)
    return found


def _tables_with_nil_differences(cells: Sequence[Cell], relations: Sequence[Relation]) -> set[tuple[str, str]]:
    return {
        cells[relation.target].book
        for relation in relations
        if relation.check == "difference"
        and cells[relation.target].state == "blank"
        and all(cells[term.cell].value is not None for term in relation.terms)
        and sum((term.sign * (cells[term.cell].value or Decimal(0)) for term in relation.terms), Decimal(0)) == 0
    }


def _nil_if_blank(cell: Cell) -> Interval:
    return NIL if cell.state == "blank" else cell.interval


def _implied(cells: Sequence[Cell], relations: Sequence[Relation], printed: list[Interval]) -> list[Interval]:
    implied = list(printed)
    unreadable = {number for number, cell in enumerate(cells) if cell.state == "unreadable"}
    entered: dict[int, list[Relation]] = defaultdict(list)
    for relation in relations:
        if relation.check not in ROW_CHECKS:
            continue
        for number in {relation.target, *(term.cell for term in relation.terms)} & unreadable:
            entered[number].append(relation)
    for _ in range(ROUNDS):
        before = list(implied)
        for number, of_cell in entered.items():
            for relation in of_cell:
                is_target = relation.target == number
                found = total_of(relation, implied) if is_target else implied_term(relation, number, implied)
                implied[number] = implied[number].within(found)
        if implied == before:
            break
    return implied
