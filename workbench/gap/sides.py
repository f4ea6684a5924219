"""One side of a gap: figures of one stage, checked, in Kenya shillings, with the columns that the model works on."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from workbench.errors import Fault, InputError, suggestion
from workbench.fiscal import UNITS, FiscalYear
from workbench.gap.frames import rows
from workbench.results import mark_fault

LEVELS = ("sector", "vote", "programme", "sub_programme", "county")
"""The classification, from the widest to the narrowest; ``county`` stands beside the others."""

KEYS = (*LEVELS, "economic_class")
"""What may group a gap, beside the financial year."""

LARGEST = 1e18
"""KES; what is larger, or without end, is no sum of money."""

_NEEDED = ("financial_year", "amount", "unit")
_TEXTS = (*KEYS, "label", "line", "table", "resource", "stage", "basis", "financial_year", "source", "locator", "mark")
_ADDING = ("item", "subtotal", "total")


def prepare(figures: pd.DataFrame, role: str) -> pd.DataFrame:
    """Check one side's figures and bring them into Kenya shillings.

    Parameters
    ----------
    figures : DataFrame
        Rows of the one table. ``financial_year``, ``amount`` and ``unit`` must be there, and one of the
        classification columns or ``label``; whatever else is missing is filled in as blank.
    role : str
        What the side is called in messages: ``requirements`` or ``allocations``.

    Returns
    -------
    DataFrame
        The rows that add up (items, sub-totals and totals), with ``kes`` (float64, to the cent; NaN is unknown),
        every text column as ``str`` with "" for blank, ``row`` and ``parent`` as Int64, ``primary`` as bool.

    Raises
    ------
    InputError
        With every fault: missing columns, amounts that are no numbers or without end, unknown units, marks and
        financial years.
    """
    faults = list(_column_faults(figures, role))
    if faults:
        raise InputError(faults, summary=f"The {role} cannot be used")
    texts = {column: _text_column(figures, column) for column in _TEXTS}
    texts["line"] = texts["line"].mask(texts["line"] == "", "item")
    places, faults = _places(figures, role)
    if faults:
        raise InputError(faults, summary=f"The {role} cannot be used")
    primary = figures["primary"].astype("bool") if "primary" in figures else pd.Series(True, index=figures.index)
    amounts = {"primary": primary, "unit": figures["unit"].astype("str"), "amount": figures["amount"]}
    # One frame of whole columns: each that is set afterwards takes as long as all of them.
    side = pd.DataFrame({**texts, **places, **amounts}).reset_index(drop=True)
    side = side[side["line"].isin(_ADDING)].reset_index(drop=True)
    faults = list(_value_faults(side, role))
    if faults:
        raise InputError(faults, summary=f"The {role} cannot be used")
    written = {year: str(FiscalYear(year)) if year else "" for year in side["financial_year"].unique()}
    side["financial_year"] = [written[year] for year in side["financial_year"]]
    amount = pd.to_numeric(side["amount"]).astype("float64")
    side["kes"] = (amount * side["unit"].map(UNITS).astype("float64")).round(2)
    return side.drop(columns="amount")


def one_stage(side: pd.DataFrame, default: str) -> str:
    """Return the one stage of a side, or refuse a side that mixes several.

    Two versions of one quantity added together would count it twice.
    """
    stages = [stage for stage in side["stage"].unique() if stage]
    if len(stages) > 1:
        remedy = f"choose one: figures[figures['stage'] == '{stages[0]}']"
        raise InputError(Fault(what=f"stand together in one side: {', '.join(stages)}", value="stages", remedy=remedy))
    return stages[0] if stages else default


def different_stages(stages: tuple[str, str]) -> None:
    """Refuse a stage that is to be set against itself: there is no gap between a figure and the same figure."""
    if stages[0] == stages[1]:
        remedy = "name two different stages, such as requirement and allocation"
        raise InputError(Fault(what="is set against itself", value=stages[0], remedy=remedy))


def _text_column(figures: pd.DataFrame, column: str) -> pd.Series:
    if column not in figures:
        return pd.Series("", index=figures.index, dtype="str")
    return figures[column].astype("str").where(figures[column].notna(), "")


def _places(figures: pd.DataFrame, role: str) -> tuple[dict[str, pd.Series], list[Fault]]:
    """Return the rows that figures stand in and add up to, and the faults of those that are no numbers."""
    places: dict[str, pd.Series] = {}
    faults: list[Fault] = []
    for column in ("row", "parent"):
        given = figures[column] if column in figures else pd.Series(pd.NA, index=figures.index)
        numbers = pd.to_numeric(given, errors="coerce")
        odd = given[given.notna() & (numbers.isna() | (numbers % 1 != 0))].unique()
        faults += [Fault(what="is no number of a row", file=role, column=column, value=value) for value in odd]
        places[column] = numbers.where(numbers % 1 == 0).astype("Int64")
    if "row" not in figures:
        places["row"] = pd.Series(range(2, len(figures) + 2), index=figures.index, dtype="Int64")
    return places, faults


def _column_faults(figures: pd.DataFrame, role: str) -> Iterator[Fault]:
    known = [str(column) for column in figures.columns]
    for column in _NEEDED:
        if column not in known:
            remedy = "the columns of the one table are needed: " + ", ".join(_NEEDED)
            near = suggestion(column, known) if known else ""
            yield Fault(what=f"is missing from the {role}", column=column,
                        remedy=near if near.startswith("did you mean") else remedy)  # fmt: skip
    if not {*LEVELS, "label"} & set(known):
        yield Fault(what=f"of the {role}: no column says what a row stands for",
                    remedy="one of " + ", ".join((*LEVELS, "label")) + " is needed")  # fmt: skip


def _value_faults(side: pd.DataFrame, role: str) -> Iterator[Fault]:
    numbers = pd.to_numeric(side["amount"], errors="coerce")
    for row in rows(side[side["amount"].notna() & numbers.isna()]):
        yield Fault(what="is no number", file=role, row=row["row"], column="amount", value=row["amount"],
                    remedy="write it without commas, or leave it blank")  # fmt: skip
    kes = numbers.astype("float64").abs() * side["unit"].map(UNITS).astype("float64").fillna(1)
    for row in rows(side[kes > LARGEST]):
        yield Fault(what="is larger than any sum of money", file=role, row=row["row"], column="amount",
                    value=row["amount"], remedy="look for digits too many")  # fmt: skip
    for row in rows(side[(side["mark"] != "") & ~side["mark"].duplicated()]):
        fault = mark_fault(row["mark"], file=role, row=row["row"])
        if fault is not None:
            yield fault
    for row in rows(side[~side["unit"].isin(UNITS)]):
        yield Fault(what="is no unit of money", file=role, row=row["row"], column="unit", value=row["unit"],
                    remedy=suggestion(row["unit"], list(UNITS)))  # fmt: skip
    for year in sorted({year for year in side["financial_year"] if year}):
        try:
            FiscalYear(year)
        except InputError as refusal:
            yield Fault(what=refusal.faults[0].what, file=role, column="financial_year", value=year,
                        remedy=refusal.faults[0].remedy)  # fmt: skip
