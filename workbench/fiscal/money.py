"""Shillings as people print them: parse, scale, format.

A blank cell is unknown and never zero; a printed ``-`` is nil, which is zero. Numbers are read as decimals and
turned into binary floats once, at the end, so that ``1,234.5 million`` is 1,234,500,000 exactly.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from numbers import Integral, Real
from typing import Final

from workbench.errors import Fault, InputError, suggestion

UNITS: Final[dict[str, int]] = {
    "KES": 1,
    "KES thousand": 10**3,
    "KES million": 10**6,
    "KES billion": 10**9,
    "KES trillion": 10**12,
}
"""The units that an amount can stand in, with the shillings in one of each."""

_WORDS = {
    "thousand": 10**3, "thousands": 10**3, "k": 10**3, "'000": 10**3, "000s": 10**3,
    "million": 10**6, "millions": 10**6, "mn": 10**6, "m": 10**6, "mill": 10**6,
    "billion": 10**9, "billions": 10**9, "bn": 10**9, "b": 10**9,
    "trillion": 10**12, "trillions": 10**12, "tn": 10**12,
}  # fmt: skip
_CURRENCY = re.compile(r"^(?:kshs?|kes|kenya\s+shillings?|shs?|/=)\.?\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s*(?:/[=-]|\bkshs?\.?|\bkes|\bkenya\s+shillings?|\bshillings?)\s*$", re.IGNORECASE)
_OTHER_CURRENCY = re.compile(r"(us\$|usd|\$|€|eur|£|gbp|sdr)", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d*)?$|^\.\d+$")
_SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
_LARGEST = Decimal(10) ** 18
_TOO_LARGE = "is larger than any sum of money"
_NIL = frozenset({"-", "–", "—", "−", "nil", "--"})
_MINUS = ("-", "−", "–")
_UNKNOWN = frozenset({"", "n/a", "na", "n.a.", "..", "…", "...", "not available", "nan", "none", "null", "?"})


def parse_number(text: object) -> Decimal | None:
    """Read one printed number.

    Parameters
    ----------
    text : str, int, float, Decimal or None
        ``1,234.50``, ``(44)`` or ``44-`` for a negative, ``-`` for nil, blank (or None, or NaN) for unknown.

    Returns
    -------
    Decimal or None
        The number as printed, with its decimals; None is unknown.

    Raises
    ------
    InputError
        For anything else, such as ``2,603,.52`` or a thousands comma in the wrong place.
    """
    if _is_missing(text):
        return None
    if isinstance(text, bool):
        raise _no_number(text)
    if isinstance(text, (Real, Decimal)):
        number = Decimal(int(text)) if isinstance(text, Integral) else Decimal(str(text))
        return _of_sane_size(number, text)
    plain = _SPACES.sub(" ", str(text)).strip()
    if plain.casefold() in _UNKNOWN:
        return None
    if plain.casefold() in _NIL:
        return Decimal(0)
    negative, digits = _split_sign(plain)
    if not _NUMBER.match(digits):
        raise _no_number(text)
    number = _of_sane_size(Decimal(digits.replace(",", "").replace(" ", "")), text)
    return -number if negative else number


def parse_money(text: object, unit: str = "KES") -> float | None:
    """Read an amount of money into shillings.

    Parameters
    ----------
    text : str, number or None
        ``KSh 1,234.5 million``, ``Kshs. 3,161,700,000``, ``(44)``, ``-`` for nil, blank for unknown.
    unit : str
        The unit of a number that names none itself, one of :data:`UNITS`: what the table's heading says.

    Returns
    -------
    float or None
        KES; None is unknown, 0.0 is nil.

    Raises
    ------
    InputError
        For what is no amount of Kenya shillings, a percentage and another currency among them.

    Examples
    --------
    >>> parse_money("KSh 1,234.5 million")
    1234500000.0
    >>> parse_money("(44)", unit="KES million")
    -44000000.0
    """
    if not isinstance(text, str):
        number = parse_number(text)
        return None if number is None else float(number * unit_size(unit))
    plain = _SPACES.sub(" ", text).strip()
    if _OTHER_CURRENCY.search(plain):
        what = "is not in Kenya shillings"
        raise InputError(Fault(what=what, value=text, remedy="convert it at a dated rate first"))
    if plain.casefold() in _UNKNOWN:
        return None
    if _CURRENCY.sub("", plain).casefold() in _NIL:
        return 0.0
    negative, body = _split_sign(_AFTER.sub("", plain))
    printed, size = _split_word(_CURRENCY.sub("", body), unit)
    try:
        number = parse_number(printed)
    except InputError as refused:
        if refused.faults[0].what == _TOO_LARGE:
            raise
        raise _no_number(text, kind="amount of money") from None
    if number is None or (negative and (number < 0 or printed.casefold() in _NIL)):
        raise _no_number(text, kind="amount of money")
    return float(number * size * (-1 if negative else 1))


def unit_size(unit: str) -> int:
    """Return the shillings in one of a unit, or raise with the nearest right name."""
    if unit not in UNITS:
        raise InputError(Fault(what="is no known unit", value=unit, remedy=suggestion(unit, list(UNITS))))
    return UNITS[unit]


def scale(amount: float, from_unit: str, to_unit: str) -> float:
    """Turn an amount from one unit into another; NaN stays NaN.

    Examples
    --------
    >>> scale(3161.7, "KES million", "KES billion")
    3.1617
    """
    if math.isnan(amount):
        return amount
    return float(Decimal(repr(float(amount))) * unit_size(from_unit) / unit_size(to_unit))


def fitting_unit(amount: float, *, billions_from: float = 1e8, millions_from: float = 1e5) -> str:
    """Return the unit in which an amount reads well.

    Parameters
    ----------
    amount : float
        KES, of either sign; what is unknown has no size, and gets the millions.
    billions_from, millions_from : float
        KES from which the larger unit is taken. As they are, an amount with one decimal is never shown as 0.0.

    Returns
    -------
    str
        ``KES``, ``KES million`` or ``KES billion``.

    Examples
    --------
    >>> fitting_unit(20_330_000), fitting_unit(-932e9), fitting_unit(99_999)
    ('KES million', 'KES billion', 'KES')
    """
    size = abs(amount)
    if size >= billions_from:
        return "KES billion"
    return "KES" if size < millions_from else "KES million"


def table_unit(largest: float) -> str:
    """Return the unit of a table of money by its largest amount, KES: millions until they have six figures."""
    return fitting_unit(largest, billions_from=1e11, millions_from=0)


def format_money(amount: float | None, unit: str = "KES million", *, decimals: int | None = None) -> str:
    """Write an amount of shillings for people.

    Parameters
    ----------
    amount : float or None
        KES. None and NaN are unknown and give an empty text.
    unit : str
        The unit to write it in; one of :data:`UNITS`.
    decimals : int, optional
        Decimals to keep; without it none for shillings and as many as needed, two at most, for larger units.

    Examples
    --------
    >>> format_money(1_234_500_000)
    'KSh 1,234.5 million'
    >>> format_money(-44, "KES")
    '-KSh 44'
    """
    if _is_missing(amount):
        return ""
    scaled = scale(float(amount), "KES", unit)  # type: ignore[arg-type]  # what is missing has gone
    places = _places(scaled, unit) if decimals is None else decimals
    digits = f"{abs(scaled):,.{places}f}"
    if decimals is None and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    sign = "-" if scaled < 0 and digits.strip("0.,") else ""
    word = unit.removeprefix("KES").strip()
    return f"{sign}KSh {digits}" + (f" {word}" if word else "")


def _is_missing(value: object) -> bool:
    """Say whether a value stands for the unknown: None, NaN, and pandas' own NA and NaT."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, (float, Decimal)) and math.isnan(value)


def _of_sane_size(number: Decimal, printed: object) -> Decimal:
    if not number.is_finite() or abs(number) > _LARGEST:
        raise InputError(Fault(what=_TOO_LARGE, value=printed, remedy="look for digits too many"))
    return number


def _places(scaled: float, unit: str) -> int:
    """Return two decimals, or as many as a small amount needs so that it is not written as nil."""
    if unit == "KES" or scaled == 0 or abs(scaled) >= 0.01:
        return 0 if unit == "KES" else 2
    return min(-math.floor(math.log10(abs(scaled))), 12)


def _split_sign(text: str) -> tuple[bool, str]:
    """Return whether brackets or a minus make a text negative, and the text without them."""
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text[:1] in _MINUS:
        return True, text[1:].strip()
    if text[-1:] in _MINUS:
        return True, text[:-1].strip()
    return False, text.removeprefix("+").strip()


def _split_word(text: str, unit: str) -> tuple[str, int]:
    match = re.match(r"^(?P<number>.*?[\d.)])\s*(?P<word>[a-z']+|'000)\.?$", text, re.IGNORECASE)
    if match and match["word"].casefold() in _WORDS:
        return match["number"].strip(), _WORDS[match["word"].casefold()]
    return text, unit_size(unit)


def _no_number(value: object, kind: str = "number") -> InputError:
    remedy = "write it like 1,234.50, (44) for a negative, - for nil, or leave it blank if it is unknown"
    return InputError(Fault(what=f"is no {kind}", value=value, remedy=remedy))
