"""Amounts as people write them into tables: thousands commas, brackets, currencies, per cent, words for units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from workbench.audit.cells import Reading, read_printed
from workbench.datasets.sheet import tidy
from workbench.fiscal import UNITS, FiscalYear

_CURRENCY = re.compile(r"^([(\-+]?)\s*(?:kshs?|kes|sh|shs)\b\.?\s*", re.IGNORECASE)
_SCALES = (
    (re.compile(r"\s*(?:thousands?|'000|’000)$", re.IGNORECASE), "KES thousand"),
    (re.compile(r"\s*(?:millions?|mn|m)\.?$", re.IGNORECASE), "KES million"),
    (re.compile(r"\s*(?:billions?|bn|b)\.?$", re.IGNORECASE), "KES billion"),
)
_UNITS = (
    (re.compile(r"(?:^|[^a-z])(?:kshs?|kes|shs?)?\.?[\s(]*(?:['’]000s?|000s|thousands?)(?![a-z])", re.IGNORECASE),
     "KES thousand"),
    (re.compile(r"(?:^|[^a-z])(?:millions?|mn|mln|kes\s?m|kshs?\.?\s?m)(?![a-z])", re.IGNORECASE), "KES million"),
    (re.compile(r"(?:^|[^a-z])(?:billions?|bn|bln|kes\s?b|kshs?\.?\s?b)(?![a-z])", re.IGNORECASE), "KES billion"),
    (re.compile(r"%|per\s?cent|(?:^|[^a-z])(?:pct|percentage)(?![a-z])", re.IGNORECASE), "percent"),
    (re.compile(r"(?:^|[^a-z])(?:kshs?|kes|shillings)(?![a-z])", re.IGNORECASE), "KES"),
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[/_\u2010-\u2015-]\s*((?:19|20)?\d{2})(?!\d)")
_HAS_DIGIT = re.compile(r"\d")
_LOOKS_NUMERIC = re.compile(
    r"^[+\-−–(]?\s*(?:(?:kshs?|kes|shs?)\b\.?)?\s*[(\-−–]?[\d.,\s]*\d[\d.,\s]*\)?\s*(?:/=)?-?\s*%?"
    r"(?:thousand|million|billion|mn|bn|m|b)?s?\.?$",
    re.IGNORECASE,
)
_NIL = frozenset({"-", "–", "—", "−", "nil", "--"})
_UNKNOWN = frozenset({"", "n/a", "na", "n.a.", "..", "…", "...", "not available", "nan", "none", "null", "?", "#n/a"})


@dataclass(frozen=True)
class Amount:
    """What a cell says: its reading, and the unit that it names itself."""

    reading: Reading
    unit: str | None = None


def read_amount(text: str) -> Amount:
    """Read a cell of a column of amounts."""
    plain = tidy(text)
    if plain.casefold() in _UNKNOWN:
        return Amount(Reading("blank", None, Decimal(0)))
    if plain.endswith("%"):
        return Amount(read_printed(plain), "percent")
    body = _CURRENCY.sub(r"\1", plain)
    named = body != plain
    body = body.removesuffix("/=").removesuffix("/-").strip()
    unit = "KES" if named else None
    if body.startswith("(") and body.endswith(")"):
        inner, bracketed = _CURRENCY.sub(r"\1", body[1:-1].strip()), True
    else:
        inner, bracketed = body, False
    for pattern, scale in _SCALES:
        shorter = pattern.sub("", inner)
        if shorter != inner and _HAS_DIGIT.search(shorter):
            inner, unit = shorter.strip(), scale
            break
    return Amount(read_printed(f"({inner})" if bracketed else inner), unit)


def looks_numeric(text: str) -> bool:
    """Whether a cell is, or was meant to be, a number: ``1,330``, ``(44)``, ``98%``, ``2,603,.52``."""
    return bool(_LOOKS_NUMERIC.match(tidy(text))) and year_in(text) is None


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, a dash, n/a."""
    return tidy(text).casefold() in _UNKNOWN | _NIL


def has_digit(text: str) -> bool:
    """Whether a cell holds a digit at all."""
    return bool(_HAS_DIGIT.search(text))


def unit_in(text: str) -> str | None:
    """Return the unit that a heading or a title names, or None."""
    words = text.replace("_", " ")
    for pattern, unit in _UNITS:
        if pattern.search(words):
            return unit
    return None


def year_in(text: str) -> str | None:
    """Return the financial year that a heading, a title or a file's name holds, or None."""
    for found in _YEAR.finditer(text):
        first, second = int(found[1]), int(found[2])
        if second in ((first + 1) % 100, first + 1):
            return str(FiscalYear(first))
    return None


def base_unit(unit: str) -> str:
    """Return what an amount's unit is counted in: KES for money, the unit itself for the rest."""
    return "KES" if unit in UNITS else unit
