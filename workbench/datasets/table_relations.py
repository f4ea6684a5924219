"""What the cells of a table must satisfy: totals, sums and differences across columns, ratios, rows of differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from workbench.audit.cells import HUNDRED, Cell, Relation, Term
from workbench.datasets.counties import find_county
from workbench.datasets.layout import DerivedColumn, Layout
from workbench.datasets.table_rows import Nested, Row, nest

COUNTIES_MAKE_SHARES = 5
"""From so many rows named after counties on, a total is the envelope of shares."""

Numbers = Mapping[tuple[int, str], int]
"""The place of each cell in the list of cells, by its row in the sheet and its column."""


def relate(rows: Sequence[Row], layout: Layout, number_of: Numbers, cells: Sequence[Cell]) -> list[Relation]:
    """Return everything that a table's cells must satisfy."""
    nested = nest(rows, above=layout.totals_stand == "above", sections=layout.sections)
    ratios = {one.column for one in layout.derived if one.ratio or one.share_of_total}
    return [
        *_footing(nested, [one.column for one in layout.amounts if one.column not in ratios], number_of),
        *_derived(rows, nested, layout, number_of, cells),
        *_differences(rows, layout, number_of),
    ]


def _footing(nested: Nested, columns: Sequence[str], number_of: Numbers) -> Iterator[Relation]:
    for total, children in nested:
        counties = sum(find_county(child.label) is not None for child in children)
        check = "envelope" if counties >= min(COUNTIES_MAKE_SHARES, len(children)) and counties > 1 else "footing"
        for column in columns:
            terms = tuple(Term(number_of[child.number, column]) for child in children)
            yield Relation(check=check, target=number_of[total.number, column], terms=terms)


def _derived(
    rows: Sequence[Row], nested: Nested, layout: Layout, number_of: Numbers, cells: Sequence[Cell]
) -> Iterator[Relation]:
    totals = {child.number: total for total, children in nested for child in children}
    for row in rows:
        if row.line == "difference":
            continue
        for derived in layout.derived:
            relation = _derive(derived, row, totals.get(row.number), number_of, cells)
            if relation is not None:
                yield relation


def _derive(
    derived: DerivedColumn, row: Row, total: Row | None, number_of: Numbers, cells: Sequence[Cell]
) -> Relation | None:
    target = number_of[row.number, derived.column]
    if derived.sum is not None:
        terms = tuple(Term(number_of[row.number, column]) for column in derived.sum)
        return Relation(check="cross-footing", target=target, terms=terms)
    if derived.difference is not None:
        minuend, subtrahend = (number_of[row.number, column] for column in derived.difference)
        return Relation(check="difference", target=target, terms=(Term(minuend), Term(subtrahend, -1)))
    scale = HUNDRED if cells[target].unit == "percent" else Decimal(1)
    if derived.ratio is not None:
        top, base = (number_of[row.number, column] for column in derived.ratio)
    elif total is not None and derived.share_of_total is not None:
        top, base = number_of[row.number, derived.share_of_total], number_of[total.number, derived.share_of_total]
    else:
        return None
    return Relation(check="ratio", target=target, terms=(Term(top), Term(base)), kind="ratio", scale=scale)


def _differences(rows: Sequence[Row], layout: Layout, number_of: Numbers) -> Iterator[Relation]:
    ratios = {one.column for one in layout.derived if one.ratio or one.share_of_total}
    for rule in layout.differences:
        for place, row in enumerate(rows):
            if row.label.casefold() != rule.row.casefold():
                continue
            before = {one.label.casefold(): one for one in rows[:place] if one.group == row.group}
            minuend, subtrahend = (before.get(name.casefold()) for name in rule.of)
            if minuend is None or subtrahend is None:
                continue
            for amount in layout.amounts:
                if amount.column in ratios:
                    continue
                terms = (Term(number_of[minuend.number, amount.column]),
                         Term(number_of[subtrahend.number, amount.column], -1))  # fmt: skip
                yield Relation(check="difference", target=number_of[row.number, amount.column], terms=terms)
