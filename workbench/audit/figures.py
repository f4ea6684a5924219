"""Turn the one table of fiscal figures into cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from workbench.audit.cells import Cell, read_printed, unit_size
from workbench.errors import Fault, InputError

NEEDED = ("table", "row", "line", "stage", "financial_year", "amount", "unit")
OPTIONAL = ("resource", "label", "parent", "basis", "economic_class", "printed", "source", "locator", "column",
            "sector", "vote", "programme", "sub_programme", "county")  # fmt: skip
VARYING = ("stage", "basis", "economic_class", "financial_year")
RATIO_HEADING = "absorption"


def as_records(figures: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the figures as dictionaries with every column of the one table, None for what is missing.

    Raises
    ------
    InputError
        With every column that an audit cannot do without.
    """
    faults = [
        Fault(what="is missing from the figures", column=name, remedy="an audit needs the columns of the one table")
        for name in NEEDED
        if name not in figures.columns
    ]
    if faults:
        raise InputError(faults)
    whole = figures.reindex(columns=[*NEEDED, *OPTIONAL])
    plain = whole.astype(object).where(whole.notna(), None)
    return [{str(key): value for key, value in record.items()} for record in plain.to_dict("records")]


def cells_of(records: Sequence[dict[str, Any]]) -> list[Cell]:
    """Return a cell for every figure, in the same order."""
    headings = _headings(records)
    return [_cell(record, heading) for record, heading in zip(records, headings, strict=True)]


def _cell(record: dict[str, Any], column: str) -> Cell:
    reading = read_printed(record["printed"], record["amount"])
    size = unit_size(record["unit"])
    printed = record["printed"] if record["printed"] is not None else _plain(record["amount"])
    return Cell(
        table=str(record["table"]), row=int(record["row"]), label=_text(record["label"]), column=column,
        printed=printed, state=reading.state, value=None if reading.value is None else reading.value * size,
        half=reading.half * size, size=size, unit=_text(record["unit"]), line=str(record["line"]),
        financial_year=record["financial_year"], stage=record["stage"], basis=record["basis"],
        economic_class=record["economic_class"], resource=_text(record["resource"]), source=_text(record["source"]),
        locator=_text(record["locator"]),
    )  # fmt: skip


def _headings(records: Sequence[dict[str, Any]]) -> list[str]:
    """Name each cell's column by what tells it from the other cells of its row, or else by its financial year."""
    seen: dict[tuple[Any, ...], dict[str, set[Any]]] = {}
    for record in records:
        if record["line"] != "ratio":
            of_table = seen.setdefault(_row_of(record), {name: set() for name in VARYING})
            for name in VARYING:
                of_table[name].add(record[name])
    headings = []
    for record in records:
        if record["column"] is not None:
            headings.append(str(record["column"]))
        elif record["line"] == "ratio":
            headings.append(RATIO_HEADING)
        else:
            varying = [name for name in VARYING if len(seen[_row_of(record)][name]) > 1]
            parts = [str(record[name]) for name in varying if record[name] is not None]
            headings.append(" ".join(parts) or _text(record["financial_year"]) or _text(record["stage"]))
    return headings


def _row_of(record: dict[str, Any]) -> tuple[Any, ...]:
    return record["resource"], record["table"], record["row"]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _plain(amount: object) -> str:
    return "" if amount is None else f"{float(str(amount)):.15g}"
