"""Amounts of money on their way in (into KSh millions) and on their way out (into words)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.allocation.funding.gather import Gathered
from workbench.fiscal import format_money
from workbench.fiscal.money import unit_size

Floats = NDArray[np.float64]

UNIT = "KES million"
"""The unit in which funding problems are solved and awards are given."""

SHILLINGS = 1_000_000
"""Shillings in one of that unit."""

NEAR = 1e-7
"""Two amounts no further apart than this (KSh millions: a tenth of a shilling) are the same amount."""


def to_millions(amounts: Floats, unit: str) -> Floats:
    """Turn amounts of a unit into KSh millions; exact decimals stay the nearest float."""
    size = unit_size(unit)
    return amounts if size == SHILLINGS else amounts * size / SHILLINGS


def numbers(
    values: Sequence[object] | NDArray[np.object_] | pd.Series, names: Sequence[str], what: str, gathered: Gathered
) -> Floats:
    """Read amounts that must be known, finite and not negative; note every one that is not.

    Parameters
    ----------
    values : sequence
        One a name.
    names : sequence of str
        Whose amounts they are, for the messages.
    what : str
        What they are: ``request``, ``floor``.

    Returns
    -------
    ndarray
        As given, NaN where a fault was noted.
    """
    series = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype="object")
    read = pd.to_numeric(series, errors="coerce").to_numpy(dtype="float64", na_value=np.nan).copy()
    if series.dtype == object:
        read[[value is True or value is False for value in series.tolist()]] = np.nan
    for at in np.flatnonzero(~np.isfinite(read) | (read < 0)).tolist():
        given = series.iloc[at]
        if pd.isna(given):
            remedy = f"give its {what}; write 0 only if it is known to be nothing"
            gathered.value(f"has no {what}: unknown is not zero", names[at], remedy=remedy)
        elif np.isnan(read[at]):
            gathered.value(f"has a {what} that is no number: '{given}'", names[at], remedy="write it like 1234.5")
        else:
            size = "negative" if read[at] < 0 else "without end"
            remedy = "an amount is 0 or more" if read[at] < 0 else "leave the limit out where there is none"
            gathered.value(f"has a {size} {what}: {given}", names[at], remedy=remedy)
            read[at] = np.nan
    return read


def in_words(amount: float) -> str:
    """Write KSh millions for people: ``KSh 290.6 million``, or in shillings where that is less than 0.01 million."""
    if abs(amount) >= 0.01 or amount == 0:
        return format_money(float(amount) * SHILLINGS, UNIT)
    return format_money(float(amount) * SHILLINGS, "KES")


def plain(number: float) -> str:
    """Write a rate or a change for people: four significant digits, no trailing zeros."""
    rounded = float(f"{number:.4g}")
    text = f"{abs(rounded):,.10f}".rstrip("0").rstrip(".")
    return f"-{text}" if rounded < 0 else text


def listed(names: Sequence[str], *, most: int = 4) -> str:
    """Join names for a sentence: ``A, B and 3 others``."""
    if len(names) <= 1:
        return "".join(names)
    if len(names) <= most:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} others"
