"""Read a filled form back in: every cell checked, every fault told at once."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from workbench.datasets.counties import find_county, known_counties
from workbench.datasets.forms import Form, FormColumn, find_form
from workbench.datasets.limits import read_bytes
from workbench.datasets.safe_text import without_apostrophe
from workbench.datasets.sheet import Sheet, tidy
from workbench.datasets.spreadsheet import sheets_of
from workbench.errors import Fault, InputError, suggestion
from workbench.fiscal import FiscalYear, parse_number

HEADING_WITHIN = 20


def read_form(path: str | os.PathLike[str], name: str) -> pd.DataFrame:
    """Read a filled form from an Excel or CSV file.

    Parameters
    ----------
    path : str or path
    name : str
        ``requests``, ``scores`` or ``crosswalk``.

    Returns
    -------
    DataFrame
        The form's columns in its order: numbers as ``float64`` (blank is NaN), other cells as text (blank is
        missing), counties by their names in the package ``counties``. The index, ``row``, is the row of the sheet.

    Raises
    ------
    InputError
        With every fault of the file: sheet, row, column, value and what is allowed.
    """
    return form_of(read_bytes(path), Path(path).name, name)


def form_of(content: bytes, file: str, name: str) -> pd.DataFrame:
    """Read a filled form from a file's bytes, such as an upload; as :func:`read_form`."""
    return filled_form(content, file, name).table()


@dataclass(frozen=True, kw_only=True)
class FilledForm:
    """A form's cells as somebody wrote them, sound or not.

    Attributes
    ----------
    form : Form
        Whose columns they are.
    file : str
        What messages call it.
    sheet : str or None
        The sheet, where the file has several.
    first_row : int
        The row of the sheet in which the first of ``cells`` stands.
    cells : tuple of tuple of str
        By row, in the order of the form's columns; blank rows are among them, for a row must keep its number.
    """

    form: Form
    file: str
    cells: tuple[tuple[str, ...], ...]
    sheet: str | None = None
    first_row: int = 2

    def table(self) -> pd.DataFrame:
        """Return the checked table; as :func:`read_form`."""
        table, faults = self.read()
        if faults:
            raise self.refusal(faults)
        return table

    def read(self) -> tuple[pd.DataFrame, list[Fault]]:
        """Return the table as far as it can be read, wrong cells blank, and every fault in the order of the rows."""
        rows: list[dict[str, object]] = []
        numbers: list[int] = []
        faults: list[Fault] = []
        for number, cells in enumerate(self.cells, start=self.first_row):
            if not any(cells):
                continue
            row: dict[str, object] = {}
            for column, cell in zip(self.form.columns, cells, strict=True):
                row[column.name], fault = _read(cell, column)
                if fault is not None:
                    faults.append(self._located(fault, number, column.name))
            rows.append(row)
            numbers.append(number)
        faults.extend(self._located(fault, fault.row, fault.column) for fault in _repeated(rows, numbers, self.form))
        if not rows:
            faults.append(self._located(Fault(what="holds no filled row", remedy="fill in the form"), None, None))
        return _typed(rows, numbers, self.form), sorted(faults, key=lambda fault: fault.row or 0)

    def refusal(self, faults: Sequence[Fault]) -> InputError:
        """Build the error for some faults of the form: in the order of its rows, the first of each cell."""
        by_cell: dict[tuple[int | None, str | None, str | None], Fault] = {}
        for fault in faults:
            whole = None if fault.row is not None and fault.column is not None else str(fault)
            by_cell.setdefault((fault.row, fault.column, whole), fault)
        kept = sorted(by_cell.values(), key=lambda fault: fault.row or 0)
        return InputError(kept, summary=f"{self.file} has {len(kept)} fault{'s' if len(kept) > 1 else ''}")

    def _located(self, fault: Fault, row: int | None, column: str | None) -> Fault:
        return replace(fault, file=self.file, sheet=self.sheet, row=row, column=column)


def filled_form(content: bytes, file: str, name: str) -> FilledForm:
    """Find a form's cells in a file's bytes without judging them; what cannot be found is told.

    Raises
    ------
    InputError
        For a file that cannot be read, or whose heading is not the form's.
    """
    form = find_form(name)
    sheet, heading = _form_sheet(sheets_of(content, file), form)
    headings = [tidy(cell).casefold().replace(" ", "_") for cell in sheet.rows[heading]]
    faults = list(_heading_faults(headings, form, sheet, heading))
    if faults:
        raise InputError(faults, summary=f"{file} is no form '{name}'")
    places = [headings.index(column.name) if column.name in headings else None for column in form.columns]
    merged = list(_merged_faults(sheet, heading, places, form))
    if merged:
        raise InputError(merged, summary=f"{file} has merged cells that hide which rows a value belongs to")
    cells = [
        tuple("" if place is None else without_apostrophe(tidy(sheet.cell(number, place))) for place in places)
        for number in range(heading + 1, len(sheet.rows))
    ]
    while cells and not any(cells[-1]):
        cells.pop()
    return FilledForm(form=form, file=file, sheet=sheet.sheet, first_row=heading + 2, cells=tuple(cells))


def _form_sheet(sheets: Sequence[Sheet], form: Form) -> tuple[Sheet, int]:
    best = (0, -1, sheets[0], 0)
    for order, sheet in enumerate(sheets):
        for number, row in enumerate(sheet.rows[:HEADING_WITHIN]):
            cells = {tidy(cell).casefold().replace(" ", "_") for cell in row}
            found = len(cells & set(form.headings))
            best = max(best, (found, -order, sheet, number), key=lambda one: one[:2])
    if best[0] < 2:
        first = sheets[0]
        what = f"holds no heading of the form '{form.name}'"
        remedy = f"its columns are {', '.join(form.headings)}"
        raise InputError(Fault(what=what, file=first.file, sheet=first.sheet, remedy=remedy))
    return best[2], best[3]


def _heading_faults(headings: Sequence[str], form: Form, sheet: Sheet, row: int) -> Iterator[Fault]:
    for column in form.columns:
        if column.required and column.name not in headings:
            others = [heading for heading in headings if heading and heading not in form.headings]
            near = suggestion(column.name, others) if others else f"the columns are {', '.join(form.headings)}"
            yield Fault(what="is missing from the heading", file=sheet.file, sheet=sheet.sheet, row=row + 1,
                        column=column.name, remedy=near)  # fmt: skip
    for heading in sorted({one for one in headings if one and list(headings).count(one) > 1}):
        yield Fault(what="stands in the heading twice", file=sheet.file, sheet=sheet.sheet, row=row + 1, value=heading)
    for heading in headings:
        if heading and heading not in form.headings:
            yield Fault(what="is no column of this form", file=sheet.file, sheet=sheet.sheet, row=row + 1,
                        value=heading, remedy=suggestion(heading, form.headings))  # fmt: skip


def _merged_faults(sheet: Sheet, heading: int, places: Sequence[int | None], form: Form) -> Iterator[Fault]:
    """Tell cells that are merged over several rows: a file holds their value in the first row alone."""
    remedy = "unmerge the cells and write the value into each row that it belongs to"
    for first, left, last, right in sorted(sheet.merged):
        if last == first or last <= heading:
            continue
        for column, place in zip(form.columns, places, strict=True):
            if place is not None and left <= place <= right:
                what = f"is merged with the cells below it, to row {last + 1}: only its first row holds the value"
                yield Fault(what=what, file=sheet.file, sheet=sheet.sheet, row=first + 1, column=column.name,
                            value=sheet.cell(first, place) or None, remedy=remedy)  # fmt: skip


def _read(text: str, column: FormColumn) -> tuple[object, Fault | None]:
    if not text:
        fault = Fault(what="is blank where a value is needed", remedy=column.help) if column.required else None
        return None, fault
    if column.kind == "choice":
        allowed = {choice.casefold(): choice for choice in column.choices}
        found = allowed.get(text.casefold())
        fault = Fault(what="is not allowed", value=text, remedy=f"allowed: {', '.join(column.choices)}")
        return found, None if found else fault
    if column.kind == "county":
        county = find_county(text)
        fault = Fault(what="is no known county", value=text, remedy=suggestion(text, known_counties()))
        return county, None if county else fault
    try:
        if column.kind in ("number", "whole"):
            return _number(text, column)
        if column.kind == "year":
            return str(FiscalYear(text)), None
        if column.kind == "date":
            return dt.date.fromisoformat(text[:10]).isoformat(), None
    except InputError as error:
        return None, error.faults[0]
    except ValueError:
        return None, Fault(what="is no date", value=text, remedy="write it like 2024-07-01")
    return text, None


def _number(text: str, column: FormColumn) -> tuple[object, Fault | None]:
    number = parse_number(text)
    if number is None:
        return None, None
    low, high = column.minimum, column.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        bounds = f"at least {low:g}" if high is None and low is not None else f"from {low:g} to {high:g}"
        return None, Fault(what="is out of range", value=text, remedy=bounds)
    if column.kind == "whole" and number != number.to_integral_value():
        return None, Fault(what="is no whole number", value=text, remedy=column.help)
    return float(number), None


def _repeated(rows: Sequence[dict[str, object]], numbers: Sequence[int], form: Form) -> Iterator[Fault]:
    first: dict[tuple[object, ...], int] = {}
    for row, number in zip(rows, numbers, strict=True):
        key = tuple(row[name] for name in form.key)
        if any(part is not None for part in key):
            if key in first:
                shown = ", ".join(str(part) for part in key if part is not None)
                yield Fault(what=f"repeats row {first[key]}", row=number, column=", ".join(form.key), value=shown,
                            remedy="take one of the two out")  # fmt: skip
            first.setdefault(key, number)


def _typed(rows: Sequence[dict[str, object]], numbers: Sequence[int], form: Form) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=form.headings, index=pd.Index(numbers, name="row"))
    for column in form.columns:
        if column.kind == "whole":
            frame[column.name] = pd.to_numeric(frame[column.name]).astype("Int64")
        elif column.kind == "number":
            frame[column.name] = pd.to_numeric(frame[column.name]).astype("float64")
        else:
            frame[column.name] = frame[column.name].astype("object")
    return frame
