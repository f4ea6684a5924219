"""One way to write data as JSON, so that the same data are always the same bytes, and their hash."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd


def plain(value: Any) -> Any:  # noqa: ANN401 - walks whatever JSON may hold
    """Turn a value into what JSON knows: NumPy's numbers into Python's, unknown into None.

    Raises
    ------
    TypeError
        For what has no one way to be written, such as a set.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, pd.DataFrame):
        return table(value)
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"a {type(value).__name__} has no one way to be written as JSON")


def frozen(value: Any) -> Any:  # noqa: ANN401 - walks whatever JSON may hold
    """Return a value that nobody can change: mappings for reading only, tuples in the place of lists."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(one) for key, one in value.items()})
    return tuple(frozen(one) for one in value) if isinstance(value, (list, tuple)) else value


def thawed(value: Any) -> Any:  # noqa: ANN401 - walks whatever JSON may hold
    """Return what :func:`frozen` made as dictionaries and lists again."""
    if isinstance(value, Mapping):
        return {key: thawed(one) for key, one in value.items()}
    return [thawed(one) for one in value] if isinstance(value, (list, tuple)) else value


def table(frame: pd.DataFrame) -> dict[str, Any]:
    """Turn a table into its columns and rows, cells as JSON knows them."""
    rows = frame.astype(object).where(frame.notna(), None)
    return {
        "columns": [str(column) for column in frame.columns],
        "rows": [[plain(cell) for cell in row] for row in rows.itertuples(index=False, name=None)],
    }


def frame(written: Mapping[str, Any]) -> pd.DataFrame:
    """Turn columns and rows back into a table."""
    return pd.DataFrame([list(row) for row in written["rows"]], columns=list(written["columns"]))


def text(value: Any) -> str:  # noqa: ANN401 - whatever JSON may hold
    """Write a value as JSON in the one way: keys sorted, no spaces, the shortest digits that give the number back."""
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(value: Any) -> str:  # noqa: ANN401 - whatever JSON may hold
    """Return the SHA-256 of a value's canonical JSON, as 64 hexadecimal digits."""
    return digest_of_text(text(value))


def digest_of_text(content: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
