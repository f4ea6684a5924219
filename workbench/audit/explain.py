"""Which reading explains a sum that does not hold: the one misread, misplaced or miscounted cell that would mend it.

Each explanation is tried in turn, the strongest evidence first; each says what would have to be otherwise, and that
the sum then holds. An explanation never changes a figure.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal

from workbench.audit.book import Book, likely_reading, write
from workbench.audit.bounds import implied_term
from workbench.audit.cells import Cell, Interval, Relation

THOUSAND = Decimal(1000)
MOST_TERMS = 300
"""In a longer sum many cells could be off by a digit: which one it was cannot be told."""


def best_explanation(relation: Relation, book: Book) -> str:
    """Return the best explanation of a failed relation, or a blank."""
    for explain in EXPLANATIONS:
        text = explain(relation, book)
        if text:
            return text
    return ""


def wrong_sign(relation: Relation, book: Book) -> str:
    """Return the explanation that the size is right and the sign is wrong."""
    target = book.cells[relation.target]
    if relation.check != "difference" or target.value is None:
        return ""
    turned = Interval(-target.interval.high, -target.interval.low)
    if not book.fits(relation, {relation.target: turned}):
        return ""
    called = {"deficit": "a surplus, not a deficit", "surplus": "a deficit, not a surplus"}
    named = (
        text for text in (target.label.casefold(), target.column.casefold()) if any(map(text.__contains__, called))
    )
    words = next(named, "")
    fitting = [other for name, other in called.items() if name in words]
    word = fitting[0] if len(fitting) == 1 else "of the other sign"
    return f"the size is right and the sign is wrong: it is {word}"


def wrong_subtotal(relation: Relation, book: Book) -> str:
    """Return the explanation that a subtotal among the terms is itself wrong."""
    if relation.kind != "sum":
        return ""
    for term in relation.terms:
        for below in book.by_target.get(term.cell, []):
            if below.check == "restatement" or book.status(below) != "error":
                continue
            if book.fits(relation, {term.cell: book.allowed(below)}):
                computed = book.computed(below)
                if computed is not None:
                    subtotal = book.cells[term.cell]
                    return (
                        f"the {subtotal.line} in row {subtotal.row} is wrong: with {write(computed, subtotal)} "
                        f"the {book.cells[relation.target].line} foots"
                    )
    return ""


def misprinted_for_the_total(relation: Relation, book: Book) -> str:
    """Return the explanation that this subtotal is wrong: the total that it goes into foots with the re-added one."""
    target = book.cells[relation.target]
    for above in book.by_term.get(relation.target, []):
        if above.check not in ("footing", "envelope"):
            continue
        if book.status(above) == "error" and book.fits(above, {relation.target: book.allowed(relation)}):
            computed = book.computed(relation)
            if computed is not None:
                return f"the {target.line} is wrong: with {write(computed, target)} the total that it goes into foots"
    return ""


def counted_twice(relation: Relation, book: Book) -> str:
    """Return the explanation that a row repeats the sum of others and is counted twice."""
    twice = [term.cell for term in relation.terms if term.cell in book.repeated]
    if not twice:
        return ""
    zero = Interval(Decimal(0), Decimal(0))
    without = dict.fromkeys(twice, zero)
    rows = ", ".join(str(book.cells[number].row) for number in twice)
    if book.fits(relation, without):
        return f"row {rows} repeats the sum of other rows: without it the total foots"
    rest = book.allowed(relation, without).middle
    target = book.cells[relation.target]
    return (
        f"row {rows} repeats the sum of other rows: without it they add to {write(rest, target)}, "
        "and the total still does not foot"
    )


def missing_cell(relation: Relation, book: Book) -> str:
    """Return the explanation that the one blank among the terms is not nil."""
    blanks = [term.cell for term in relation.terms if book.cells[term.cell].state == "blank"]
    if relation.kind != "sum" or len(blanks) != 1:
        return ""
    (blank,) = blanks
    needed = implied_term(relation, blank, book.bounds.printed)
    if not needed.known:
        return ""
    cell = book.cells[blank]
    stated = _also_implied(blank, relation, needed, book)
    also = ", which the row's own total needs as well" if stated else ""
    return f"the blank in row {cell.row} ({cell.column}) would have to be {write(needed.middle, cell)}{also}"


def doubtful_reference(relation: Relation, book: Book) -> str:
    """Return that the other statement of a quantity does not foot itself."""
    if relation.check != "restatement" or len(relation.terms) > 1:
        return ""
    for below in book.by_target.get(relation.terms[0].cell, []):
        computed = book.computed(below)
        if below.check == "footing" and computed is not None and book.status(below) == "error":
            other = book.cells[relation.terms[0].cell]
            return f"table {other.table} does not foot either: its own rows add to {write(computed, other)}"
    return ""


def unreadable_term(relation: Relation, book: Book) -> str:
    """Return the explanation that goes with an unreadable cell among the terms."""
    for term in relation.terms:
        cell = book.cells[term.cell]
        if cell.state != "unreadable":
            continue
        likely = likely_reading(cell)
        if likely is None:
            continue
        holds = "holds" if book.fits(relation, {term.cell: likely}) else "does not hold either"
        reading = f"'{cell.printed}' in row {cell.row} cannot be read; as {write(likely.middle, cell)} the sum {holds}"
        other = one_digit(relation, book, {term.cell: likely})
        return f"{reading}; {other}" if other else reading
    return ""


def unit_slip(relation: Relation, book: Book) -> str:
    """Return the explanation that one cell stands in another unit: a thousand times too large or too small."""
    if relation.kind != "sum":
        return ""
    for number in [*(term.cell for term in relation.terms), relation.target]:
        cell = book.cells[number]
        if not cell.value:
            continue
        for factor, words in ((THOUSAND, "1,000 times too small"), (1 / THOUSAND, "1,000 times too large")):
            if mends_when_scaled(relation, book, number, factor):
                return f"row {cell.row} ({cell.column}) is {words}: as {write(cell.value * factor, cell)} the sum holds"
    return ""


def mends_when_scaled(relation: Relation, book: Book, number: int, factor: Decimal) -> bool:
    """Whether a sum holds once one cell is multiplied, and not only because the cell then hardly counts.

    The cell must have three digits or more, and what it is multiplied to must exceed the sum's own tolerance.
    """
    cell = book.cells[number]
    value = abs(cell.value or Decimal(0))
    allowed = book.allowed(relation)
    tolerance = (allowed.high - allowed.low) / 2 + book.cells[relation.target].half
    telling = value >= 200 * cell.half and value * factor > tolerance
    return telling and book.fits(relation, {number: _scaled(cell.interval, factor)})


def left_out(relation: Relation, book: Book) -> str:
    """Return the explanation that the total leaves one of its rows out."""
    if relation.kind != "sum" or relation.check not in ("footing", "envelope") or len(relation.terms) < 3:
        return ""
    zero = Interval(Decimal(0), Decimal(0))
    fitting = [
        term.cell for term in relation.terms
        if book.cells[term.cell].value and book.fits(relation, {term.cell: zero})
    ]  # fmt: skip
    if len(fitting) != 1:
        return ""
    cell = book.cells[fitting[0]]
    return f"the total leaves out row {cell.row}, {cell.label} ({cell.printed})"


def one_digit(relation: Relation, book: Book, instead: dict[int, Interval] | None = None) -> str:
    """Return the explanation that one digit is wrong, or two neighbouring digits are exchanged, in one cell."""
    if relation.kind != "sum" or relation.check == "restatement" or len(relation.terms) > MOST_TERMS:
        return ""
    found = [
        (number, value)
        for number in [relation.target, *(term.cell for term in relation.terms)]
        for value in _slips_of_the_pen(book.cells[number])
        if book.fits(relation, {**(instead or {}), number: _around(value, book.cells[number])})
    ]
    stated = [(number, value) for number, value in found if _stands_in_the_row(number, value, book)]
    chosen = stated if len(stated) == 1 else found if len(found) == 1 else []
    if not chosen:
        return ""
    number, value = chosen[0]
    cell = book.cells[number]
    also = ", as another column of the row prints" if stated else ""
    read = f"with {write(value, cell)} instead of {cell.printed} in row {cell.row}{also}"
    return f"one digit explains it: {read}, the sum holds"


Explanation = Callable[[Relation, Book], str]
EXPLANATIONS: tuple[Explanation, ...] = (
    wrong_sign, misprinted_for_the_total, wrong_subtotal, counted_twice, missing_cell, doubtful_reference,
    unreadable_term, unit_slip, left_out, one_digit,
)  # fmt: skip


def restated_elsewhere(relation: Relation, book: Book) -> str:
    """Return which other places print what the terms add up to, or nothing."""
    target = book.cells[relation.target]
    allowed = book.allowed(relation)
    others = [
        book.cells[number]
        for other in (*book.by_term.get(relation.target, []), *book.by_target.get(relation.target, []))
        if other.check == "restatement" and len(other.terms) == 1
        for number, partner in ((other.terms[0].cell, other.target), (other.target, other.terms[0].cell))
        if partner == relation.target
    ]
    agreeing = [
        cell for cell in others if cell.value is not None and cell.interval.meets(allowed) and cell.book != target.book
    ]
    if not agreeing or relation.check == "restatement":
        return ""
    return "; ".join(
        dict.fromkeys(f"table {cell.table} prints {cell.printed} {cell.unit}".strip() for cell in agreeing)
    )


def _also_implied(blank: int, relation: Relation, needed: Interval, book: Book) -> bool:
    for other in book.by_term.get(blank, []):
        if other is relation or other.kind != "sum":
            continue
        if implied_term(other, blank, book.bounds.printed).meets(needed):
            return True
    return False


def _scaled(interval: Interval, factor: Decimal) -> Interval:
    return Interval(interval.low * factor, interval.high * factor)


def _around(value: Decimal, cell: Cell) -> Interval:
    return Interval(value - cell.half, value + cell.half)


def _slips_of_the_pen(cell: Cell) -> Iterator[Decimal]:
    if cell.value is None or cell.state != "number":
        return
    digits = f"{abs(cell.value / cell.size):f}"
    sign = -1 if cell.value < 0 else 1
    places = [place for place, letter in enumerate(digits) if letter.isdigit()]
    for place in places:
        for digit in "0123456789":
            if digit != digits[place]:
                yield sign * Decimal(f"{digits[:place]}{digit}{digits[place + 1 :]}") * cell.size
    for one, other in itertools.pairwise(places):
        if digits[one] != digits[other]:
            letters = list(digits)
            letters[one], letters[other] = letters[other], letters[one]
            yield sign * Decimal("".join(letters)) * cell.size


def _stands_in_the_row(number: int, value: Decimal, book: Book) -> bool:
    cell = book.cells[number]
    others = (book.cells[other] for other in book.rows[(*cell.book, cell.row)] if other != number)
    return any(other.value == value and other.line == cell.line for other in others)
