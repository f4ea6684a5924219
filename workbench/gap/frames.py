"""Small handles on data frames that several modules of the model use."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as dictionaries; unknown numbers stay NaN."""
    return [{str(column): value for column, value in row.items()} for row in frame.to_dict("records")]


def blank(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn empty texts into missing values."""
    texts = frame.select_dtypes(exclude=["number", "bool"]).columns
    return frame.assign(**{str(column): frame[column].where(frame[column] != "", None) for column in texts})


def known(number: float) -> float | None:
    """Return a number, or None where it is unknown."""
    return None if math.isnan(number) else number


def total(amounts: pd.Series) -> float:
    """Add amounts up, to the cent; a sum over an unknown amount is unknown."""
    return round(float(amounts.sum(skipna=False)), 2)
