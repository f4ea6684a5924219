"""The whole of one line in each table that speaks of it."""

from __future__ import annotations

import pandas as pd

from workbench.gap.lines import leaves
from workbench.gap.sides import LEVELS

_BY = ["stage", "basis", "resource", "table"]


def whole_by_table(rows: pd.DataFrame, level: str, economic_class: str) -> pd.DataFrame:
    """Return a line's amount by stage, basis and table.

    Parameters
    ----------
    rows : DataFrame
        The line's rows of one year as :func:`workbench.gap.sides.prepare` gives them.
    level : str
        ``sector`` or ``vote``: rows that name a narrower level are the line's parts and left out.
    economic_class : str
        ``total`` adds recurrent and development where no figure for both is known; each of them stands for itself.

    Returns
    -------
    DataFrame
        ``stage``, ``basis``, ``table``, ``amount`` (KES), ``source``, ``locator``, ``mark``. Where a
        table gives one class only, the whole is unknown there.
    """
    narrower = LEVELS[LEVELS.index(level) + 1 :]
    own = rows[(rows[list(narrower)] == "").all(axis=1)]
    told = [_amount(table, economic_class) for _, table in own.groupby(_BY, sort=False)]
    columns = ["stage", "basis", "table", "amount", "source", "locator", "mark"]
    return pd.DataFrame([one for one in told if one is not None], columns=columns)


def _amount(table: pd.DataFrame, economic_class: str) -> dict[str, object] | None:
    counted = leaves(table.assign(primary=True))
    held = set(counted["economic_class"])
    if economic_class == "total":
        part_only = len(held & {"recurrent", "development"}) == 1 and "total" not in held
        amount = float("nan") if part_only else counted["kes"].sum(skipna=False)
    else:
        counted = table[table["economic_class"] == economic_class]
        if counted.empty:
            return None
        amount = counted["kes"].sum(skipna=False)
    first = counted.iloc[0]
    return {
        "stage": first["stage"],
        "basis": first["basis"],
        "table": first["table"],
        "amount": round(float(amount), 2),
        "source": first["source"],
        "locator": first["locator"],
        "mark": first["mark"],
    }
