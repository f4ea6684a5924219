"""Lines of one side that may hold the same money, so that a sum over both would count it twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from workbench.gap.sides import LEVELS

OVERLAP = "may hold the same money"

_CLASSES = ("total", "")
"""An economic class that may hold another: both classes together, or none that is stated."""


def overlapping(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of rows that may hold the same money.

    Parameters
    ----------
    counted : DataFrame
        The counted rows of one side, with a unique index.

    Returns
    -------
    DataFrame
        ``whole`` and ``part``, labels of the index. A line holds another that stands below it in the classification.
        A vote may hold a programme of its sector that names no vote. Names that differ in a remark in brackets alone
        may be one name.
    """
    years = [_of_year(rows) for _, rows in counted.groupby("financial_year", sort=False)]
    pairs = [pair for found in years for pair in found]
    return pd.DataFrame(pairs, columns=["whole", "part"]).drop_duplicates(ignore_index=True)


def doubled_groups(counted: pd.DataFrame, pairs: pd.DataFrame, keys: Sequence[str]) -> list[tuple[object, ...]]:
    """Return the groups by some keys that hold both rows of a pair."""
    groups = counted[list(keys)]
    wholes, parts = (groups.loc[pairs[name]].reset_index(drop=True) for name in ("whole", "part"))
    same = wholes[(wholes == parts).all(axis=1)].drop_duplicates()
    return list(same.itertuples(index=False, name=None))


def overlap_notes(counted: pd.DataFrame, pairs: pd.DataFrame) -> tuple[str, ...]:
    """Say which sectors and years have lines that may hold the same money; empty where none has."""
    if pairs.empty:
        return ()
    where: dict[str, list[str]] = {}
    named = counted.loc[pairs["part"], ["sector", "financial_year"]].drop_duplicates()
    for sector, year in named.sort_values(["sector", "financial_year"]).itertuples(index=False):
        where.setdefault(sector or "no sector", []).append(year)
    told = "; ".join(f"{sector} {', '.join(years)}".strip() for sector, years in where.items())
    start = f"Lines that {OVERLAP} stand side by side ({told}), such as a vote beside a programme of its sector"
    return (f"{start}: no sum is told over them, for it may count the same money twice.",)


def _of_year(rows: pd.DataFrame) -> Iterator[tuple[object, object]]:
    named = rows[rows["line_label"] == ""]
    patterns = (named[list(LEVELS)] != "").apply(tuple, axis=1) if len(named) else pd.Series(dtype=object)
    for pattern in patterns.unique():
        wholes = named[patterns == pattern]
        shared = [level for level, there in zip(LEVELS, pattern, strict=True) if there]
        deeper = [level for level in LEVELS if level not in shared]
        below = (rows[deeper] != "").any(axis=1) | ((rows["line_label"] != "") & _is_wide(rows))
        yield from _joined(wholes, rows[below], shared)
    programmes = rows[(rows["programme"] != "") & (rows["vote"] == "")]
    votes = rows[(rows["vote"] != "") & (rows["programme"] == "")]
    yield from _joined(votes, programmes, ["sector"])
    yield from _same_but_for_a_remark(rows)


def _is_wide(rows: pd.DataFrame) -> pd.Series:
    return (rows[list(LEVELS[1:])] == "").all(axis=1)


def _joined(wholes: pd.DataFrame, parts: pd.DataFrame, shared: list[str]) -> Iterator[tuple[object, object]]:
    if wholes.empty or parts.empty:
        return
    columns = ["financial_year", *shared]
    left = wholes[[*columns, "economic_class"]].assign(whole=wholes.index)
    right = parts[[*columns, "economic_class"]].assign(part=parts.index)
    met = left.merge(right, on=columns, suffixes=("_whole", "_part"))
    met = met[_classes_meet(met) & (met["whole"] != met["part"])]
    yield from met[["whole", "part"]].itertuples(index=False, name=None)


def _same_but_for_a_remark(rows: pd.DataFrame) -> Iterator[tuple[object, object]]:
    names = rows[[*LEVELS, "line_label"]]
    bare = names.apply(lambda column: column.str.split(" (", n=1, regex=False).str[0].str.strip())
    remarked = (bare != names).any(axis=1)
    if not (remarked & bare.duplicated(keep=False)).any():
        return
    columns = list(bare.columns)
    left = bare.assign(whole=bare.index, economic_class=rows["economic_class"])
    met = left.merge(left.rename(columns={"whole": "part"}), on=columns, suffixes=("_whole", "_part"))
    met = met[_classes_meet(met) & (met["whole"] < met["part"])]
    apart = [
        bool((names.loc[one] != names.loc[other]).any()) for one, other in zip(met["whole"], met["part"], strict=True)
    ]
    yield from met.loc[apart, ["whole", "part"]].itertuples(index=False, name=None)


def _classes_meet(met: pd.DataFrame) -> pd.Series:
    whole, part = met["economic_class_whole"], met["economic_class_part"]
    return (whole == part) | whole.isin(_CLASSES) | part.isin(_CLASSES)
