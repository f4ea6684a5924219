"""Figures as computed: every total re-added, every difference and ratio worked out anew, no item touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd

from workbench.audit.book import Book
from workbench.audit.cells import NIL, Relation
from workbench.audit.figures import as_records, cells_of
from workbench.audit.patterns import duplicated_subtotals
from workbench.audit.relations import relations_of

DERIVED = ("footing", "envelope", "difference", "ratio")


def recompute(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with totals, differences and ratios computed from the items.

    Parameters
    ----------
    figures : DataFrame
        Rows of the one table.

    Returns
    -------
    DataFrame
        The same rows and columns, and ``recomputed``: whether ``amount`` is another than the printed one. ``printed``
        stays as printed. A total over an unknown item is unknown; a row that repeats the sum of others is not added
        again; an item is never touched, nor a total whose items are not among the figures.
    """
    records = as_records(figures)
    cells = cells_of(records)
    book, _ = duplicated_subtotals(Book.of(cells, relations_of(records)))
    derived = {relation.target: relation for relation in book.relations if _derives(relation, book)}
    known: dict[int, Decimal | None] = {}
    for target in derived:
        _value(target, derived, book, known)
    amounts = [
        _amount(number, known, book) if number in derived else record["amount"] for number, record in enumerate(records)
    ]
    changed = [
        number in derived and not _same(amount, records[number]["amount"]) for number, amount in enumerate(amounts)
    ]
    return figures.assign(amount=pd.array(amounts, dtype="Float64").astype("float64"), recomputed=changed)


def _derives(relation: Relation, book: Book) -> bool:
    return relation.check in DERIVED and not relation.note and book.cells[relation.target].line != "item"


def _amount(number: int, known: Mapping[int, Decimal | None], book: Book) -> float | None:
    value = known[number]
    return None if value is None else float(value / book.cells[number].size)


def _value(
    number: int, derived: Mapping[int, Relation], book: Book, known: dict[int, Decimal | None]
) -> Decimal | None:
    if number not in derived:
        return book.cells[number].value
    if number not in known:
        known[number] = None  # a table whose rows are each other's parents adds up to nothing that is known
        known[number] = _derived(derived[number], derived, book, known)
    return known[number]


def _derived(
    relation: Relation, derived: Mapping[int, Relation], book: Book, known: dict[int, Decimal | None]
) -> Decimal | None:
    twice = {term.cell: NIL for term in relation.terms if term.cell in book.repeated and relation.kind == "sum"}
    holds = book.fits(relation, twice)
    values: list[Decimal | None] = []
    for term in relation.terms:
        value = _value(term.cell, derived, book, known)
        if term.cell in twice:
            value = Decimal(0)
        if value is None and book.bounds.printed[term.cell] == NIL and (holds or _shown_nil(term.cell, book)):
            value = Decimal(0)
        values.append(value)
    return _combine(relation, values)


def _shown_nil(number: int, book: Book) -> bool:
    """Whether the cell's own row adds up without it."""
    return any(
        relation.check == "cross-footing" and book.status(relation) in ("right", "rounding")
        for relation in book.relations
        if number in {term.cell for term in relation.terms}
    )


def _combine(relation: Relation, values: Sequence[Decimal | None]) -> Decimal | None:
    stated = [value for value in values if value is not None]
    if len(stated) < len(values):
        return None
    if relation.kind == "ratio":
        top, base = stated
        return relation.scale * top / base if base else None
    return sum((term.sign * value for term, value in zip(relation.terms, stated, strict=True)), Decimal(0))


def _same(one: float | None, other: object) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return one == float(str(other))
