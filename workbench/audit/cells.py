"""A printed cell, the numbers that it can stand for, and the sums that it must satisfy.

A cell that prints 1,330 stands for any number between 1,329.5 and 1,330.5: half a unit of its last printed digit on
either side. A printed ``-`` is nil, exactly. A blank and a cell that is no number stand for anything.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol

from workbench.errors import InputError
from workbench.fiscal import UNITS, parse_number

INFINITE = Decimal("Infinity")
HUNDRED = Decimal(100)

State = Literal["number", "nil", "blank", "unreadable"]
Kind = Literal["sum", "ratio"]


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``, both included."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def within(self, other: Interval) -> Interval:
        """Return the part of this interval that lies inside the other; this one where there is none."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Interval(low, high) if low <= high else self

    @property
    def known(self) -> bool:
        """Whether it is bounded on both sides."""
        return self.low > -INFINITE and self.high < INFINITE

    @property
    def middle(self) -> Decimal:
        """The number halfway."""
        return (self.low + self.high) / 2


class Intervals(Protocol):
    """Intervals by the number of their cell: a list or a dictionary."""

    def __getitem__(self, cell: int, /) -> Interval:
        """Return the interval of one cell."""
        ...


ANYTHING = Interval(-INFINITE, INFINITE)
NIL = Interval(Decimal(0), Decimal(0))


class Reading(NamedTuple):
    """What a printed cell says: a number of its own unit, and half a unit of its last printed digit."""

    state: State
    value: Decimal | None
    half: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One printed cell of a table.

    ``value`` and ``half`` are in the unit's base (shillings for money), so that a table in millions and one in
    shillings can be compared; ``size`` is how many of the base one of ``unit`` is.
    """

    table: str
    row: int
    label: str
    column: str
    printed: str
    state: State
    value: Decimal | None
    half: Decimal
    size: Decimal = Decimal(1)
    unit: str = ""
    line: str = "item"
    financial_year: str | None = None
    stage: str | None = None
    basis: str | None = None
    economic_class: str | None = None
    resource: str = ""
    source: str = ""
    locator: str = ""

    @property
    def interval(self) -> Interval:
        """The numbers that the cell can stand for."""
        if self.value is None:
            return ANYTHING
        return Interval(self.value - self.half, self.value + self.half)

    @property
    def book(self) -> tuple[str, str]:
        """The table that the cell stands in, with its resource."""
        return self.resource, self.table


@dataclass(frozen=True, slots=True)
class Term:
    """A cell that enters a sum with a sign."""

    cell: int
    sign: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What one cell must equal.

    A ``sum`` says target = sum of the signed terms; a ``ratio`` says target = ``scale`` x first term / second term.
    """

    check: str
    target: int
    terms: tuple[Term, ...]
    kind: Kind = "sum"
    scale: Decimal = Decimal(1)
    note: str = ""


def read_printed(printed: object, amount: object = None) -> Reading:
    """Read a printed cell, keeping its decimals.

    Parameters
    ----------
    printed : str or None
        The cell as printed: ``1,330``, ``(44)``, ``+6``, ``98%``, ``-``, blank.
    amount : number, optional
        The number that a data package gives for it; used where the printed text names a unit or a currency itself.
    """
    text = "" if _missing(printed) else str(printed).strip()
    try:
        number = parse_number(text.removesuffix("%").strip())
    except InputError:
        number = None if _missing(amount) else _decimal(amount)
        if number is None:
            return Reading("unreadable", None, Decimal(0))
    if number is None:
        number = None if _missing(amount) else _decimal(amount)
    if number is None:
        return Reading("blank", None, Decimal(0))
    if number == 0 and not re.search(r"\d", text):
        return Reading("nil", Decimal(0), Decimal(0))
    return Reading("number", number, half_unit(number))


def half_unit(number: Decimal) -> Decimal:
    """Return half a unit of a number's last printed digit: 0.5 for 1330, 0.005 for 4539.65."""
    exponent = number.as_tuple().exponent
    return Decimal(5).scaleb(min(int(exponent), 0) - 1)


def unit_size(unit: object) -> Decimal:
    """Return how many of its base a unit holds: 1,000,000 for ``KES million``, 1 for percent, posts or none."""
    return Decimal(UNITS.get(str(unit), 1))


def total_of(relation: Relation, intervals: Intervals) -> Interval:
    """Return the numbers that a relation's terms allow its target."""
    if relation.kind == "ratio":
        return _quotient(intervals[relation.terms[0].cell], intervals[relation.terms[1].cell], relation.scale)
    low = high = Decimal(0)
    for term in relation.terms:
        one = intervals[term.cell]
        low += one.low if term.sign > 0 else -one.high
        high += one.high if term.sign > 0 else -one.low
    return Interval(low, high)


def _quotient(numerator: Interval, denominator: Interval, scale: Decimal) -> Interval:
    if not (numerator.known and denominator.known) or denominator.low <= 0 <= denominator.high:
        return ANYTHING
    corners = [scale * top / bottom for top in numerator for bottom in denominator]
    return Interval(min(corners), max(corners))


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("<NA>", "NaT")


def _decimal(amount: object) -> Decimal:
    return Decimal(repr(float(str(amount)))).normalize() + Decimal(0)
