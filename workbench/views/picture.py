"""A chart as plain data: Plotly's JSON, and the text that says what it shows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Picture:
    """A chart that a browser draws.

    Attributes
    ----------
    figure : dict
        ``data`` and ``layout`` in Plotly's JSON schema; plain numbers, texts, lists, and None for unknown.
    says : str
        What the chart shows, for those who cannot see it.
    narrow : dict, optional
        The same chart for a telephone's width.
    """

    figure: Mapping[str, Any]
    says: str
    narrow: Mapping[str, Any] | None = None

    def with_narrow(self, other: Picture) -> Picture:
        """Return the picture with another one to be drawn where there is little room."""
        return replace(self, narrow=other.figure)


def picture(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any], says: str) -> Picture:
    """Build a picture from traces that may still hold NumPy's numbers.

    Parameters
    ----------
    traces : sequence of mapping
        Plotly traces.
    layout : mapping
        A Plotly layout, as :func:`workbench.views.style.house_layout` gives it.
    says : str
        What the chart shows, in a sentence or two.

    Raises
    ------
    ValueError
        Where the text is missing: a picture that says nothing leaves somebody out.
    """
    if not says.strip():
        raise ValueError("a picture needs a text that says what it shows")
    return Picture({"data": [_plain(trace) for trace in traces], "layout": _plain(layout)}, says)


def _plain(value: Any) -> Any:  # noqa: ANN401 - walks whatever JSON may hold
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if hasattr(value, "tolist"):  # an array, a Series or a NumPy number
        return _plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
