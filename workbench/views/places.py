"""Where a figure stands, as a screen says it: the published document, and not the working file that quotes it."""

from __future__ import annotations

import re
from typing import Final

_FILE: Final = r"[\w-]+\.md(?:,? sections? [\d.]*\d(?: and [\d.]*\d)*)?"
_BESIDE: Final = re.compile(rf"\s*\({_FILE}\)")
_ITSELF: Final = re.compile(rf"{_FILE}(?::.*|[;,]\s*|$)")
"""A colon comes before the name of a column in the file."""

_NOTE: Final = re.compile(r"[\w-]+\.md")


def shown_place(locator: str) -> str:
    """Return a locator without the sections of working files, which no reader of a screen has; exports keep them.

    Parameters
    ----------
    locator : str
        As the data has it.

    Returns
    -------
    str
        Empty where it names nothing but the working file.

    Examples
    --------
    >>> shown_place("budget_system.md section 1, MTP IV budget grouping")
    'MTP IV budget grouping'
    >>> shown_place("all 47 counties signed participation agreements (kdsp.md section 1.1)")
    'all 47 counties signed participation agreements'
    >>> shown_place("budget_system.md section 2.7: BPS_ceiling")
    ''
    """
    return _ITSELF.sub("", _BESIDE.sub("", locator)).strip()


def is_working_file(source: str) -> bool:
    """Whether a source is itself a working file, and no published document."""
    return _NOTE.fullmatch(source) is not None
