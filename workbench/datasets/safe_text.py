"""Text that a spreadsheet program will not run: the one place where exports make user-given text harmless."""

from __future__ import annotations

import re

import pandas as pd

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?\d{1,3}(,?\d{3})*(\.\d+)?%?|-")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def safe_text(text: str) -> str:
    """Return text as it may be written into a CSV or a spreadsheet.

    What begins with ``= + - @`` (after blanks too) would be run as a formula, and gets an apostrophe before it; a
    number or a lone dash is left alone. Control characters, which no workbook may hold, are left out.

    Examples
    --------
    >>> safe_text("=HYPERLINK(A1)")
    "'=HYPERLINK(A1)"
    >>> safe_text("-1,264.70")
    '-1,264.70'
    """
    clean = _CONTROL.sub("", text)
    if clean.lstrip(" \u00a0").startswith(STARTS_A_FORMULA) and not _NUMBER.fullmatch(clean.strip()):
        return f"'{clean}"
    return clean


def without_apostrophe(text: str) -> str:
    """Return text as it was before :func:`safe_text` put an apostrophe before it."""
    return text[1:] if text.startswith("'") and safe_text(text[1:]) == text else text


def safe_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which every text, and every column's name, may be written into a spreadsheet."""
    return table.map(lambda cell: safe_text(cell) if isinstance(cell, str) else cell).rename(columns=_safe_name)


def _safe_name(name: object) -> object:
    return safe_text(name) if isinstance(name, str) else name
