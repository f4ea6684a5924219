"""The deficits that a document prints itself, and the items that it lists for them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from workbench.fiscal import UNITS
from workbench.gap.amounts import moneys
from workbench.gap.frames import rows
from workbench.gap.sides import LEVELS

PRINTED_DIFFERENCE = "printed deficit"
COLUMNS = ("financial_year", "label", "amount", "primary", "source", "locator", "mark")


def split_differences(figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Take the printed differences, and the items that add up to one, out of some figures.

    Such an item is a part of a deficit: it is no part of what is required, and no sum counts it.

    Returns
    -------
    figures, differences, items : DataFrame
        Rows of the one table.
    """
    if not {"table", "row", "line", "parent"} <= set(figures.columns):
        return figures, figures.iloc[:0], figures.iloc[:0]
    is_difference = figures["line"].eq("difference").fillna(False).astype("bool")
    places = set(zip(figures.loc[is_difference, "table"], figures.loc[is_difference, "row"], strict=True))
    parents = zip(figures["table"], figures["parent"], strict=True)
    is_item = pd.Series([parent in places for parent in parents], index=figures.index, dtype="bool")
    return figures[~(is_difference | is_item)], figures[is_difference], figures[is_item].reset_index(drop=True)


def differences_of(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the printed differences of the whole: ``financial_year``, ``amount`` (KES), and where they stand."""
    if figures.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    here = [level for level in LEVELS if level in figures]
    whole = figures[figures[here].isna().all(axis=1)]
    amount = (pd.to_numeric(whole["amount"]).astype("float64") * whole["unit"].map(UNITS)).round(2)
    primary = whole["primary"].astype("bool") if "primary" in whole else True
    told = whole.assign(amount=amount, primary=primary, financial_year=whole["financial_year"].fillna(""))
    return told.reindex(columns=list(COLUMNS)).reset_index(drop=True)


def printed_gaps(differences: pd.DataFrame) -> dict[str, float]:
    """Return the one difference that the counted table prints for a year, KES, by year."""
    own = differences[differences["primary"].astype("bool")]
    own = own[~own["financial_year"].duplicated(keep=False)]
    return {str(year): float(amount) for year, amount in zip(own["financial_year"], own["amount"], strict=True)}


def difference_readings(differences: pd.DataFrame, *, used: bool) -> pd.DataFrame:
    """Return the printed differences as readings of the gap."""
    own = differences["financial_year"].isin(printed_gaps(differences)) & differences["primary"].astype("bool")
    return differences.drop(columns="primary").assign(reading=PRINTED_DIFFERENCE, side="gap", used=own & used)


def difference_notes(differences: pd.DataFrame, years: pd.DataFrame, *, used: Collection[str] = ()) -> tuple[str, ...]:
    """Say where a printed difference is not what the figures beside it give.

    Parameters
    ----------
    differences : DataFrame
        What :func:`differences_of` gives.
    years : DataFrame
        The whole by year: ``requirement``, ``allocation`` (KES).
    used : collection of str
        The years whose printed difference is the gap of the result, and not what the two figures give.
    """
    whole = {row["financial_year"]: row["requirement"] - row["allocation"] for row in rows(years)}
    return tuple(
        _told(difference, whole[difference["financial_year"]], is_used=difference["financial_year"] in used)
        for difference in rows(differences)
        if not math.isnan(whole.get(difference["financial_year"], math.nan))
        and abs(whole[difference["financial_year"]] - difference["amount"]) >= 0.005
    )


def _told(difference: Mapping[str, Any], found: float, *, is_used: bool) -> str:
    size, amount = moneys(abs(found), difference["amount"])
    kind = "no gap" if found == 0 else f"a {'deficit' if found > 0 else 'surplus'} of {size}"
    if is_used and difference["primary"]:
        figures = ", and that is the gap used here; the figures beside it give"
    else:
        figures = "; the figures used here give"
    place = str(difference["locator"]).split(", line ")[0]
    printed = f"a {str(difference['label']).lower()} of {amount} ({place})"
    return f"{difference['financial_year']}: the document prints {printed}{figures} {kind}."
