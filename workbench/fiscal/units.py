"""Units of money as people write them in a column of their own: ``KSh million``, ``Kshs. bn``, ``KES``."""

from __future__ import annotations

import re
from typing import Final

from workbench.fiscal.money import UNITS

_SHILLINGS: Final = re.compile(r"^(?:kshs?|kes|shs?)\b\.?\s*", re.IGNORECASE)
_SHORT: Final = {"mn": "million", "m": "million", "bn": "billion", "b": "billion", "tn": "trillion",
                 "'000": "thousand"}  # fmt: skip


def size_as_written(text: str) -> int | None:
    """Return the shillings in one of a unit as people write it; None for what is no unit of Kenya shillings.

    Examples
    --------
    >>> size_as_written("Kshs. millions"), size_as_written("KSh bn"), size_as_written("million")
    (1000000, 1000000000, None)
    """
    text = text.strip()
    written = _SHILLINGS.match(text)
    if written is None:
        return None
    word = text[written.end() :].strip().casefold().rstrip(".")
    return UNITS.get(f"KES {_SHORT.get(word, word).removesuffix('s')}".strip())
