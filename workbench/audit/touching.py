"""Which findings touch the figures that a model used."""

from __future__ import annotations

import pandas as pd

KEYS = ("resource", "table", "stage", "basis", "economic_class", "financial_year")


def findings_touching(
    findings: pd.DataFrame, figures: pd.DataFrame, *, whole: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return the findings against some figures, or against the totals that these figures add up to.

    Parameters
    ----------
    findings : DataFrame
        As in :attr:`Audit.findings`.
    figures : DataFrame
        The rows of the one table that a model used.
    whole : DataFrame, optional
        All figures of the package, to find the totals above the figures' own parents; ``figures`` where not given.

    Returns
    -------
    DataFrame
        Columns as ``findings``, in the same order.
    """
    if findings.empty or figures.empty:
        return findings.iloc[:0].reset_index(drop=True)
    shared = [key for key in KEYS if key in figures.columns and key in findings.columns]
    rows = _with_ancestors(_places(figures, shared), _places(figures if whole is None else whole, shared))
    keys = _places(findings, shared)
    touched = [key in rows for key in keys["key"]]
    return findings[touched].reset_index(drop=True)


def _places(frame: pd.DataFrame, shared: list[str]) -> pd.DataFrame:
    plain = frame[[*shared, "row"]].astype(object).where(frame[[*shared, "row"]].notna(), "")
    series = [tuple(map(str, values)) for values in plain[shared].itertuples(index=False)]
    row = [int(value) for value in frame["row"]]
    parent = frame["parent"] if "parent" in frame.columns else pd.Series(pd.NA, index=frame.index)
    above = [None if pd.isna(value) else int(value) for value in parent]
    return pd.DataFrame({"series": series, "row": row, "key": list(zip(series, row, strict=True)), "parent": above})


def _with_ancestors(used: pd.DataFrame, whole: pd.DataFrame) -> set[object]:
    parents = {
        key: None if pd.isna(parent) else int(parent) for key, parent in zip(whole["key"], whole["parent"], strict=True)
    }
    found: set[object] = set()
    waiting = list(zip(used["series"], used["row"], strict=True))
    while waiting:
        series, row = waiting.pop()
        if (series, row) in found:
            continue
        found.add((series, row))
        parent = parents.get((series, row))
        if parent is not None:
            waiting.append((series, parent))
    return found
