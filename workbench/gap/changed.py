"""Change a published figure and say so: what is changed is illustrative, and names who changed it."""

from __future__ import annotations

import pandas as pd

from workbench.errors import Fault, InputError, unknown_name
from workbench.fiscal import UNITS, FiscalYear, parse_money
from workbench.gap.sides import KEYS

BY_HAND = "changed by hand"


def with_amount(
    figures: pd.DataFrame, line: str, amount: float | str, *, financial_year: str | FiscalYear
) -> pd.DataFrame:
    """Return figures in which one line of a year has another amount.

    Printed sums are left out, for they would contradict what was changed.

    Parameters
    ----------
    figures : DataFrame
        Rows of the one table, of one stage: ``plan.allocations``.
    line : str
        The line's label, or its key where only one item has that.
    amount : float or str
        KES, or ``"KSh 180 million"``; blank is unknown.
    financial_year : str or FiscalYear
        The year.

    Returns
    -------
    DataFrame
        The items; the changed one is marked ``illustrative``, its source is ``changed by hand``.

    Raises
    ------
    UnknownNameError
        For a line that has no item in that year, with the nearest right name.
    InputError
        Where several items have that name, or the amount is none.
    """
    year = str(FiscalYear(financial_year))
    there = items(figures)
    there_then = there[there["financial_year"].eq(year)]
    if there_then.empty:
        raise unknown_name("financial year of these figures", year, sorted(there["financial_year"].dropna().unique()))
    for column in ("label", *reversed(KEYS)):
        if column in there_then and there_then[column].eq(line).any():
            found = there_then.index[there_then[column].eq(line)]
            break
    else:
        raise unknown_name(f"line of {year}", line, sorted(there_then["label"].dropna().unique()))
    if len(found) > 1:
        what = f"stands in {len(found)} rows of {year}, so that it is not clear which to change"
        raise InputError(Fault(what=what, value=line, remedy="take the rows of one stage and table alone"))
    shillings = parse_money(amount)
    amounts = pd.Series(float("nan") if shillings is None else shillings, index=found)
    return change(there, amounts / there.loc[found, "unit"].map(UNITS), source=BY_HAND, locator=BY_HAND)


def change(figures: pd.DataFrame, amounts: pd.Series, *, source: str, locator: str) -> pd.DataFrame:
    """Put amounts, in each row's own unit, in the place of published ones, and mark these rows ``illustrative``."""
    changed = figures.index.isin(amounts.index)
    return figures.assign(
        amount=figures["amount"].mask(changed, amounts.reindex(figures.index)),
        mark=figures["mark"].mask(changed, "illustrative"),
        source=figures["source"].mask(changed, source),
        locator=figures["locator"].mask(changed, locator),
    )


def items(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the items alone, without printed sums and restatements."""
    kept = figures["line"].fillna("item").eq("item")
    if "primary" in figures:
        kept &= figures["primary"]
    return figures[kept].reset_index(drop=True)
