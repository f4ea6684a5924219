"""Numbers and units as people write them; unknown is an empty text, never zero."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

MINUS: Final = "−"

TOGETHER: Final = "\u00a0"
"""A space at which no line is broken: a figure and its unit stay together."""


def number(value: Any, decimals: int = 0) -> str:  # noqa: ANN401 - whatever a cell of a table holds
    """Write a number with thousands separators.

    Parameters
    ----------
    value : float, int or None
        None and NaN are unknown and give an empty text.
    decimals : int
        Decimals to show.

    Examples
    --------
    >>> number(3161.7)
    '3,162'
    >>> number(-44.04, 1)
    '−44.0'
    >>> number(None)
    ''
    """
    if value is None or pd.isna(value):
        return ""
    plain = float(value)
    digits = f"{abs(value):,.{decimals}f}"
    return MINUS + digits if plain < 0 and digits.strip("0.,") else digits


def percent(share: Any, decimals: int = 1) -> str:  # noqa: ANN401 - whatever a cell of a table holds
    """Write a share of one as a percentage.

    Examples
    --------
    >>> percent(0.6056)
    '60.6 %'
    """
    return "" if share is None or pd.isna(share) else f"{number(float(share) * 100, decimals)} %"


def shown_unit(unit: str) -> str:
    """Return a unit of the data as screens and briefs write it: shillings are KSh, as within every sentence.

    Examples
    --------
    >>> shown_unit("KES million"), shown_unit("points")
    ('KSh million', 'points')
    """
    return re.sub(r"\bKES\b", "KSh", unit)
