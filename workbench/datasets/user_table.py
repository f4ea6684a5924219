"""Read a table that a user brings (CSV, Excel, DataFrame) as text cells with the rows that a spreadsheet shows."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import pandas as pd

from workbench.datasets.check import Records
from workbench.datasets.place import Place
from workbench.datasets.safe_text import without_apostrophe
from workbench.datasets.sheet import Sheet, tidy
from workbench.datasets.spreadsheet import read_sheets
from workbench.errors import Fault, InputError, nearest
from workbench.fiscal import parse_number

Tabular = str | os.PathLike[str] | pd.DataFrame
"""Whatever a table can be given as: a path, or a table that is already in memory."""

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Columns:
    """The columns of a table that a user brings.

    Attributes
    ----------
    required : tuple of str
        Must stand in the heading.
    optional : tuple of str
        May stand in it. Other columns are left alone, unless they look like one of these misspelt.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def faults(self, heading: Sequence[str], file: str) -> Iterator[Fault]:
        """Yield what is wrong with a heading."""
        strange = [name for name in heading if name not in (*self.required, *self.optional)]
        for name in self.required:
            if name not in heading:
                near = nearest(name, strange, cutoff=0.75)
                meant = f"; is '{near}' meant?" if near else ""
                yield Fault(what="is missing from the heading", file=file, row=1, column=name,
                            remedy=f"the columns are {', '.join(self.required)}{meant}")  # fmt: skip
        for name in strange:
            near = nearest(name, [one for one in self.optional if one not in heading], cutoff=0.75)
            if near:
                yield Fault(what="is no column of this table", file=file, row=1, value=name,
                            remedy=f"did you mean '{near}'?")  # fmt: skip
        for name in sorted({name for name in heading if name and list(heading).count(name) > 1}):
            yield Fault(what="stands in the heading twice", file=file, row=1, column=name)


@dataclass(frozen=True, kw_only=True)
class UserTable(Place):
    """The cells of a table that a user brought, and where it stands.

    Attributes
    ----------
    records : dict of dict
        The cells by the row that a spreadsheet shows, then by column; blank rows are left out.
    """

    records: Records


def read_cells(table: Tabular, columns: Columns, *, kind: str) -> UserTable:
    """Read a table's cells as text.

    Parameters
    ----------
    table : path or DataFrame
        A CSV or Excel file, or a table in memory; missing values become blank. Of several sheets the one is read
        whose heading fits best.
    columns : Columns
        What its heading must hold.
    kind : str
        What the table is (``crosswalk``): what messages call one that has no file.

    Returns
    -------
    UserTable

    Raises
    ------
    InputError
        Where it cannot be read, or its shape is wrong; every fault at once.
    """
    source = _frame_sheet(table, kind) if isinstance(table, pd.DataFrame) else _best_sheet(read_sheets(table), columns)
    heading, body = [tidy(name) for name in source.rows[0]], source.rows[1:]
    read = UserTable(file=source.file, sheet=source.sheet, records={})
    faults = [replace(fault, sheet=source.sheet) for fault in columns.faults(heading, source.file)]
    ragged = not (isinstance(table, pd.DataFrame) or source.name)
    for number, row in enumerate(body, start=2):
        cells = [without_apostrophe(cell.strip()) for cell in row]
        if not any(cells):
            continue
        if ragged and len(cells) != len(heading):
            what = f"has {len(cells)} cells under a heading of {len(heading)}"
            remedy = "put text with commas between double quotes, and leave a blank cell for what is unknown"
            faults.append(read.fault(what, row=number, remedy=remedy))
        read.records[number] = dict(zip(heading, [*cells, *[""] * (len(heading) - len(cells))], strict=False))
    if not faults and not read.records:
        faults.append(read.fault("has no rows", remedy=f"a {kind} needs one at least"))
    if faults:
        raise InputError(faults, summary=f"The {kind} cannot be read" if len(faults) > 1 else None)
    return read


def read_decimal(text: str) -> Decimal | None:
    """Read a number, plain (``1e-05`` too) or as printed (``1,234.5``); None where blank.

    Raises
    ------
    InputError
        For what is no number.
    """
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return parse_number(text)
    if number.is_nan():
        return None
    return number if number.is_finite() else parse_number(text)


def read_day(text: str) -> dt.date | None:
    """Read a date written ``2024-07-01``; None where blank.

    Raises
    ------
    ValueError
        For what is no date.
    """
    if not text:
        return None
    if not _ISO_DAY.fullmatch(text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)


def _best_sheet(sheets: Sequence[Sheet], columns: Columns) -> Sheet:
    wanted = {*columns.required, *columns.optional}
    return max(sheets, key=lambda sheet: len(wanted & {tidy(cell) for cell in sheet.rows[0]}))


def _frame_sheet(frame: pd.DataFrame, kind: str) -> Sheet:
    return Sheet(kind, "", [[str(name) for name in frame.columns], *_frame_cells(frame)])


def _frame_cells(frame: pd.DataFrame) -> list[list[str]]:
    return [["" if _missing(cell) else _text(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]


def _missing(cell: object) -> bool:
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and cell != cell)


def _text(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return repr(float(cell))
    return str(cell)
