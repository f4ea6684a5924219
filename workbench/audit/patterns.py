"""Faults that show in the pattern of the cells: a subtotal printed as an item, a cell in another unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from workbench.audit.book import Book, Finding, table_name, write
from workbench.audit.cells import NIL, Cell, Interval, Relation
from workbench.audit.explain import THOUSAND, mends_when_scaled

SPREAD = Decimal(30)
"""Neighbours lie together where the largest is less than 30 times the smallest: nearer to each other than to 1,000."""
NEIGHBOURS = 3
"""How many other years of its row it takes to call one cell a slip of the unit."""


def duplicated_subtotals(book: Book) -> tuple[Book, list[Finding]]:
    """Find items that equal the sum of neighbouring items in every column, under a total that does not foot.

    Two or more rows right before or right after the item must add to it, within rounding, in every column that it
    prints, in one column at least to four digits or more.

    Returns
    -------
    book : Book
        The same book, in which the repeated cells are known.
    findings : list of Finding
    """
    columns = _item_columns(book)
    repeated: dict[int, tuple[int, ...]] = {}
    for of_table in columns.values():
        for run in _repeats(of_table, book):
            repeated.update(run)
    book = replace(book, repeated=repeated)
    return book, [_duplicate(number, parts, book) for number, parts in repeated.items()]


def unit_slips(book: Book) -> Iterator[Finding]:
    """Find cells a thousand times their neighbours: in a sum that they alone break, or in a row of like cells."""
    found: dict[int, tuple[Decimal, str]] = {}
    for relation in book.relations:
        if (
            relation.kind == "sum"
            and relation.check in ("footing", "cross-footing")
            and book.status(relation) == "error"
        ):
            found.update(_slip_in(relation, book))
    for row in _rows_of_years(book).values():
        for number, factor in _slip_among(row, book):
            found.setdefault(number, (factor, "the other cells of its row lie there"))
    for number, (factor, why) in found.items():
        cell = book.cells[number]
        read = (cell.value or Decimal(0)) * factor
        size = "1,000 times too large" if factor < 1 else "1,000 times too small"
        message = f"{_place(cell)}: printed {cell.printed}, which looks {size}: as {write(read, cell)} {why}."
        yield Finding("unit slip", "error", number, read, message)


LONGEST = 40
"""How many rows right before or after it a subtotal printed as an item may repeat."""

Column = dict[int, int]
"""One column of items under one total: the cell by its row."""


def _item_columns(book: Book) -> dict[tuple[str, str], list[tuple[Relation, Column]]]:
    found: dict[tuple[str, str], list[tuple[Relation, Column]]] = defaultdict(list)
    for relation in book.relations:
        if relation.check == "footing" and not relation.note and len(relation.terms) > 2:
            column = {book.cells[term.cell].row: term.cell for term in relation.terms}
            found[book.cells[relation.target].book].append((relation, column))
    return found


def _repeats(columns: Sequence[tuple[Relation, Column]], book: Book) -> Iterator[dict[int, tuple[int, ...]]]:
    if not any(book.status(relation) == "error" for relation, _ in columns):
        return
    of_cells = [column for _, column in columns]
    for of_total in _by_total(columns, book).values():
        rows = sorted({row for column in of_total for row in column})
        running = _running_sums(rows, of_total, book)
        for place, row in enumerate(rows):
            before = [(start, place) for start in range(place - 2, max(-1, place - LONGEST), -1)]
            after = [(place + 1, end) for end in range(place + 3, min(len(rows), place + LONGEST) + 1)]
            for start, end in (*before, *after):
                if _may_repeat(row, running[start], running[end], of_total[0], book):
                    run = _repeated_by(row, rows[start:end], of_cells, book)
                    if run:
                        yield run
                        break


def _by_total(columns: Sequence[tuple[Relation, Column]], book: Book) -> dict[int, list[Column]]:
    """Return the columns by the row of the total that they go into, those with figures first."""
    found: dict[int, list[Column]] = defaultdict(list)
    for relation, column in columns:
        found[book.cells[relation.target].row].append(column)
    for of_total in found.values():
        of_total.sort(key=lambda column: -sum(bool(book.cells[number].value) for number in column.values()))
    return found


def _running_sums(rows: Sequence[int], columns: Sequence[Column], book: Book) -> list[Interval]:
    """Return the sum of the fullest column's cells before each row, and of all of them at the end."""
    sums = [NIL]
    for row in rows:
        number = columns[0].get(row)
        interval = NIL if number is None else book.bounds.printed[number]
        one = interval if interval.known else NIL
        sums.append(Interval(sums[-1].low + one.low, sums[-1].high + one.high))
    return sums


def _may_repeat(row: int, before: Interval, after: Interval, column: Column, book: Book) -> bool:
    """Whether the fullest column allows a row to be the sum of a run of others."""
    number = column.get(row)
    if number is None or book.cells[number].value is None:
        return True
    return Interval(after.low - before.low, after.high - before.high).meets(book.cells[number].interval)


def _repeated_by(row: int, parts: Sequence[int], columns: Sequence[Column], book: Book) -> dict[int, tuple[int, ...]]:
    run: dict[int, tuple[int, ...]] = {}
    telling = False
    for column in columns:
        if row not in column:
            continue
        cell = book.cells[column[row]]
        members = tuple(column[part] for part in parts if part in column)
        if cell.state == "blank":
            if any(book.cells[member].value for member in members):
                return {}
            continue
        total = _sum(members, book)
        if cell.value is None or total is None or not total.meets(cell.interval):
            return {}
        if cell.value:
            run[column[row]] = members
        addends = sum(bool(book.cells[member].value) for member in members)
        telling = telling or (addends > 1 and abs(cell.value) >= 1000 * cell.half * 2)
    return run if telling else {}


def _sum(members: Sequence[int], book: Book) -> Interval | None:
    intervals = [book.bounds.printed[member] for member in members]
    known = [interval if interval.known else NIL for interval in intervals]
    if any(book.cells[member].state == "unreadable" for member in members):
        return None
    return Interval(sum((one.low for one in known), Decimal(0)), sum((one.high for one in known), Decimal(0)))


def _duplicate(number: int, parts: Sequence[int], book: Book) -> Finding:
    cell = book.cells[number]
    printed = [part for part in parts if book.cells[part].value]
    total = sum((book.cells[part].value or Decimal(0) for part in printed), Decimal(0))
    sums = " + ".join(book.cells[part].printed for part in printed)
    rows = f"{min(book.cells[part].row for part in parts)} to {max(book.cells[part].row for part in parts)}"
    message = (
        f"{_place(cell)}: printed {cell.printed} = {sums}, the sum of "
        f"rows {rows}. It is a subtotal printed as an item, and would be counted twice."
    )
    return Finding("duplicated subtotal", "error", number, total, message)


def _slip_in(relation: Relation, book: Book) -> Mapping[int, tuple[Decimal, str]]:
    fitting = [
        (number, factor)
        for number in [*(term.cell for term in relation.terms), relation.target]
        for factor in (THOUSAND, 1 / THOUSAND)
        if book.cells[number].value and mends_when_scaled(relation, book, number, factor)
    ]
    return {number: (factor, "the sum holds") for number, factor in fitting} if len(fitting) == 1 else {}


def _rows_of_years(book: Book) -> dict[tuple[object, ...], list[int]]:
    rows: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, cell in enumerate(book.cells):
        if cell.line in ("item", "subtotal", "total") and cell.value and cell.financial_year:
            rows[(*cell.book, cell.row, cell.unit, cell.stage, cell.economic_class)].append(number)
    return rows


def _slip_among(row: Sequence[int], book: Book) -> Iterator[tuple[int, Decimal]]:
    years = {book.cells[number].financial_year for number in row}
    if len(row) <= NEIGHBOURS or len(years) < len(row):
        return
    sizes = {number: abs(book.cells[number].value or Decimal(0)) for number in row}
    for number, size in sizes.items():
        others = [other for place, other in sizes.items() if place != number]
        low, high = min(others), max(others)
        if high >= SPREAD * low:
            continue
        for factor in (THOUSAND, 1 / THOUSAND):
            if low <= size * factor <= high:
                yield number, factor


def _place(cell: Cell) -> str:
    return f"{table_name(cell.table)}, row {cell.row} {cell.label}, {cell.column}"
