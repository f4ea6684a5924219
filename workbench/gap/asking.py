"""Ask an Ibis table for rows, and turn what a database refuses into words."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

from workbench.errors import Fault, InputError


@contextmanager
def old_name_allowed() -> Iterator[None]:
    """Let Ibis 12 call DuckDB 2 by a name that is going away; which of the two moves first is not ours to say."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"fetch_arrow_table\(\) is deprecated", category=DeprecationWarning)
        yield


def fetched(asked: Any, name: str) -> pd.DataFrame:  # noqa: ANN401 - an ibis table
    """Ask for the rows as Arrow: not every Ibis turns them into a data frame without warnings.

    Raises
    ------
    InputError
        With the first line of what the database says, whatever it refuses: an amount that is no number, say.
    """
    try:
        with old_name_allowed():
            frame: pd.DataFrame = asked.to_pyarrow().to_pandas()
    except Exception as refusal:  # every database has errors of its own
        raise InputError(Fault(what=f"cannot be added up: {first_line(refusal)}", value=name)) from refusal
    return frame


def first_line(refusal: Exception) -> str:
    """Return the first line of what a database says; the others show its own workings."""
    return str(refusal).strip().split("\n", maxsplit=1)[0]


def as_text(column: Any) -> Any:  # noqa: ANN401 - ibis columns
    """Return a column as text: a database may hold codes as numbers."""
    return column if column.type().is_string() else column.cast("string")


def as_number(column: Any) -> Any:  # noqa: ANN401 - ibis columns
    """Return a column as floats."""
    return column if column.type().is_floating() else column.cast("float64")
