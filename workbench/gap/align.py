"""Set the two sides of a gap against each other, and measure what lies between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.gap.sides import KEYS

LINE_KEYS = ("financial_year", *KEYS, "line_label")
"""What tells one line from another."""

SIDES = ("requirement", "allocation")
MEASURES = (
    *SIDES, "gap", "funding_ratio", "share_of_gap", "kind", "stands_on", "requirement_alone", "allocation_alone",
)  # fmt: skip


def aligned(requirements: pd.DataFrame, allocations: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Add each side up by the keys and set the sides beside each other; what stands on one side only stays.

    Parameters
    ----------
    requirements, allocations : DataFrame
        Rows with the keys and ``kes``.
    keys : sequence of str
        ``financial_year`` first.

    Returns
    -------
    DataFrame
        The keys and what :func:`measured` adds, in the order in which the lines first stand in the document.
        A sum over an unknown amount is unknown.
    """
    keys = list(keys)
    sums = [added_up(side, keys) for side in (requirements, allocations)]
    merged = sums[0].merge(sums[1], on=keys, how="outer", suffixes=("_requirement", "_allocation"))
    merged = merged.rename(columns={f"kes_{side}": side for side in SIDES})
    at = merged[["at_requirement", "at_allocation"]].astype("float64")
    merged["at"] = at["at_requirement"].fillna(at["at_allocation"] + 0.5)
    merged["stands_on"] = np.select(
        [at.notna().all(axis=1), at["at_requirement"].notna()], ["both", "requirement only"], "allocation only"
    )
    merged = merged.sort_values(["financial_year", "at"], kind="stable", ignore_index=True)
    whole = (merged["requirement"] - merged["allocation"]).groupby(merged["financial_year"]).sum(skipna=False)
    year_gaps = {str(year): float(gap) for year, gap in whole.items()}
    return measured(merged[[*keys, *SIDES, "stands_on"]], year_gaps)


def measured(lines: pd.DataFrame, year_gaps: Mapping[str, float]) -> pd.DataFrame:
    """Measure the gap of lines that hold both sides.

    Parameters
    ----------
    lines : DataFrame
        ``financial_year``, ``requirement`` and ``allocation`` (KES, float64; NaN is unknown).
    year_gaps : mapping
        The whole gap by financial year, KES; NaN is unknown.

    Returns
    -------
    DataFrame
        With ``gap`` = requirement - allocation (KES; positive is a deficit, negative a surplus), ``funding_ratio`` =
        allocation / requirement (blank where nothing, or less than nothing, is required), ``share_of_gap``, the part
        of the year's gap (blank where the year's gap is nil or unknown), ``kind``: deficit, surplus, balanced or
        unknown.
    """
    gap = (lines["requirement"] - lines["allocation"]).round(2)
    out = lines.assign(
        gap=gap,
        funding_ratio=lines["allocation"] / lines["requirement"].where(lines["requirement"] > 0),
        share_of_gap=_shares(gap, lines["financial_year"], year_gaps),
        kind=_kinds(gap),
    )
    tail = [column for column in MEASURES if column in out]
    return out[[*out.columns.drop(tail), *tail]]


def shares_of(lines: pd.DataFrame, years: pd.DataFrame) -> pd.DataFrame:
    """Tell each line's ``gap`` as a part of the gap that a table of the whole years gives; blank where that is nil."""
    year_gaps = dict(zip(years["financial_year"], years["gap"], strict=True))
    return lines.assign(share_of_gap=_shares(lines["gap"], lines["financial_year"], year_gaps))


def with_gaps(years: pd.DataFrame, printed: Mapping[str, float]) -> pd.DataFrame:
    """Put the gaps that a document prints in the place of those that its two figures give, KES by year."""
    gaps = years["financial_year"].map(printed).astype("float64").fillna(years["gap"])
    return years.assign(gap=gaps, share_of_gap=(gaps / gaps.where(gaps != 0)), kind=_kinds(gaps))


def _shares(gaps: pd.Series, years: pd.Series, year_gaps: Mapping[str, float]) -> pd.Series:
    whole = years.map(year_gaps).astype("float64")
    return gaps / whole.where(whole != 0) + 0.0  # no minus before a share that is nil


def _kinds(gap: pd.Series) -> npt.NDArray[np.str_]:
    return np.select([gap.isna(), gap > 0, gap < 0], ["unknown", "deficit", "surplus"], "balanced")


def group_codes(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the number of each row's group of equal rows, from 0 in the order in which the groups first stand."""
    varied = [column for column in rows if len(rows) and (rows[column] != rows[column].iloc[0]).any()]
    if not varied:
        return np.zeros(len(rows), dtype="int64")
    return np.asarray(rows.groupby(varied, sort=False).ngroup(), dtype=np.int64)


def added_up(side: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Add a side up by some keys: ``kes``, NaN over an unknown amount, and ``at``, where the group first stands."""
    keys = list(keys)
    ordered = side[[*keys, "kes"]].assign(at=np.arange(len(side)))
    groups = ordered.assign(unknown=side["kes"].isna()).groupby(keys, sort=False)
    sums = groups[["kes", "at", "unknown"]].agg({"kes": "sum", "at": "min", "unknown": "any"}).reset_index()
    return sums.assign(kes=sums["kes"].astype("float64").mask(sums["unknown"].astype("bool")).round(2)).drop(
        columns="unknown"
    )
