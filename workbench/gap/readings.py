"""What a document says of one quantity in several places: added up, printed, restated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from workbench.gap.align import SIDES
from workbench.gap.frames import total
from workbench.results import MARKS

if TYPE_CHECKING:
    from workbench.gap.comparable import Comparison

ADDED_UP = "added up from the rows"
ON_BOTH = "added up from the lines on both sides"
SUBTOTALS = "printed sub-totals added up"
PRINTED = "printed total"
RESTATED = "restated"
READINGS = ("financial_year", "side", "reading", "amount", "used", "label", "source", "locator", "mark")


def readings_of(side: pd.DataFrame, comparison: Comparison, place: int, basis: str) -> pd.DataFrame:
    """List every total that a side's figures give for a year, and say which one is used.

    Parameters
    ----------
    side : DataFrame
        All rows of the side as :func:`workbench.gap.sides.prepare` gives them.
    comparison : Comparison
        The rows that are counted, and which of them meet rows of the other side.
    place : int
        0 for the requirement, 1 for the allocation.
    basis : str
        ``as_computed`` uses what the rows that are compared add up to, ``as_printed`` the printed total.

    Returns
    -------
    DataFrame
        ``financial_year`` ("" for a total over all years), ``side``, ``reading``, ``amount`` (KES), ``used``,
        ``label``, ``source``, ``locator``, ``mark``.
    """
    counted, met = comparison.sides[place], comparison.compared(place, ())
    years = counted["financial_year"]
    partly = met & years.isin(years[~met])
    own = side[side["primary"]]
    whole = side[(side["line"] == "total") & (side[["sector", "vote", "programme", "sub_programme"]] == "").all(axis=1)]
    parts = [
        _sums(counted, ADDED_UP),
        _sums(counted[partly], ON_BOTH),
        _sums(own[own["line"] == "subtotal"], SUBTOTALS),
        _sums(whole[whole["primary"]], PRINTED),
        _each(whole[~whole["primary"]], RESTATED),
    ]
    if not any(map(len, parts)):
        return pd.DataFrame(columns=list(READINGS))
    found = pd.concat([part for part in parts if len(part)], ignore_index=True)
    if basis == "as_printed":
        used = found["reading"] == PRINTED
    else:
        on_both = found["financial_year"].isin(years[partly])
        used = found["reading"].eq(ON_BOTH) | (found["reading"].eq(ADDED_UP) & ~on_both)
        used &= ~found["financial_year"].isin(comparison.without_sum)
    found = found.assign(side=SIDES[place], used=used)
    return found[list(READINGS)].sort_values("financial_year", kind="stable", ignore_index=True)


def disagreements(readings: pd.DataFrame) -> pd.DataFrame:
    """Return the readings of every year and of both sides of which not all say the same."""
    kept = readings["reading"].ne(ON_BOTH) & readings["side"].isin(SIDES) & readings["amount"].notna()
    readings = readings[kept]
    amounts = readings.groupby(["financial_year", "side"])["amount"]
    return readings[amounts.transform("min") != amounts.transform("max")].reset_index(drop=True)


def _sums(rows: pd.DataFrame, reading: str) -> pd.DataFrame:
    if rows.empty:
        return pd.DataFrame()
    return pd.DataFrame(
        [_sum(str(year), of_year, reading) for year, of_year in rows.groupby("financial_year", sort=False)]
    )


def _sum(year: str, rows: pd.DataFrame, reading: str) -> dict[str, object]:
    one = len(rows) == 1
    tables = ", ".join(f"table {table}" for table in rows["table"].unique() if table)
    return {
        "financial_year": year,
        "amount": total(rows["kes"]),
        "label": rows["label"].iloc[0] if one else f"{len(rows)} rows",
        "source": ", ".join(source for source in rows["source"].unique() if source),
        "locator": rows["locator"].iloc[0] if one else tables,
        "mark": _weakest(rows["mark"]),
        "reading": reading,
    }


def _each(rows: pd.DataFrame, reading: str) -> pd.DataFrame:
    if rows.empty:
        return pd.DataFrame()
    columns = ["financial_year", "kes", "label", "source", "locator", "mark"]
    return rows[columns].rename(columns={"kes": "amount"}).assign(reading=reading)


def _weakest(marks: pd.Series) -> str:
    return next((mark for mark in reversed(MARKS) if mark in set(marks)), "")
