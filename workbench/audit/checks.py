"""The checks: what fails, as data.

``footing``, ``cross-footing``, ``difference``, ``ratio``, ``restatement`` and ``envelope`` compare a printed cell
with what other printed cells make of it; ``duplicated subtotal``, ``unit slip`` and ``unreadable cell`` look at the
cells themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbench.audit.book import Book, Finding, likely_reading, table_name, write
from workbench.audit.cells import Cell, Relation
from workbench.audit.explain import best_explanation, restated_elsewhere

SAYS = {
    "footing": "its rows add to",
    "envelope": "the shares add to",
    "cross-footing": "its parts add to",
    "difference": "the two figures differ by",
    "ratio": "the quotient is",
    "restatement": "elsewhere it is",
}


def failed_relations(book: Book) -> Iterator[Finding]:
    """Yield a finding for every relation that does not hold to the digit."""
    for relation in book.relations:
        status = book.status(relation)
        if status in ("error", "rounding"):
            computed = _computed(relation, book)
            message = _message(relation, book, computed, wrong=status == "error")
            yield Finding(
                relation.check, "error" if status == "error" else "rounding", relation.target, computed, message
            )


def unreadable_cells(book: Book) -> Iterator[Finding]:
    """Yield a finding for every cell that is neither a number, nor nil, nor blank."""
    for number, cell in enumerate(book.cells):
        if cell.state != "unreadable":
            continue
        likely = likely_reading(cell)
        reading = None if likely is None else likely.middle
        words = "it says no number"
        if likely is not None and reading is not None:
            words = f"it probably says {write(reading, cell)}"
            bounds = book.bounds.implied[number]
            if bounds.known:
                agrees = "agree with that" if likely.meets(bounds) else "do not agree with that"
                words += f", and its row's other cells {agrees}"
        message = f"{_place(cell)}: '{cell.printed}' is no number; {words}. It is left unknown."
        yield Finding("unreadable cell", "error", number, reading, message)


def _computed(relation: Relation, book: Book) -> Decimal | None:
    computed = book.computed(relation)
    if computed is not None:
        return computed
    allowed = book.allowed(relation)
    return allowed.middle if allowed.known else None


def _message(relation: Relation, book: Book, computed: Decimal | None, *, wrong: bool) -> str:
    target = book.cells[relation.target]
    shown = f"printed {target.printed}" if target.printed else "printed blank"
    found = "" if computed is None else write(_rounded(relation, computed, target), target)
    where = ""
    if relation.check == "restatement":
        other = book.cells[relation.terms[0].cell]
        count = f", {len(relation.terms)} figures added" if len(relation.terms) > 1 else f", row {other.row}"
        where = f" (table {other.table}{count})"
    if relation.note:
        where = f" ({relation.note})" + where
    if not wrong:
        return f"{_place(target)}: {shown}, {SAYS[relation.check]} {found}{where}; rounding explains the difference."
    head = f"{_place(target)}: {shown}, {SAYS[relation.check]} {found}{where}"
    reasons = [text for text in (best_explanation(relation, book), restated_elsewhere(relation, book)) if text]
    return ". ".join([head, *(reason[0].upper() + reason[1:] for reason in reasons)]) + "."


def _rounded(relation: Relation, computed: Decimal, target: Cell) -> Decimal:
    if relation.kind != "ratio":
        return computed
    return round(computed, max(0, -int(target.half.as_tuple().exponent)))


def _place(cell: Cell) -> str:
    year = f", {cell.financial_year}" if cell.financial_year and cell.financial_year not in cell.column else ""
    return f"{table_name(cell.table)}, row {cell.row} {cell.label}, {cell.column}{year}"
