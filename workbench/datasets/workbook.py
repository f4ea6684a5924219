"""Read an Excel workbook cell by cell: cached values only, hidden sheets left out, merged ranges kept."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import repeat
from typing import Any

from defusedxml import ElementTree

from workbench.datasets.limits import FileLimits, check_archive, too_many_cells
from workbench.datasets.sheet import Sheet, printed_number
from workbench.errors import Fault, InputError, WorkbenchError

MAX_COLUMNS = 16_384
_MERGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_FORMULA = re.compile(rb"<(\w{1,40}:)?f[\s/>]")
_SHEET_PARTS = "xl/worksheets/"
_CHUNK = 1 << 20
_MAX_FAULTS = 200


def workbook_sheets(content: bytes, name: str, limits: FileLimits) -> list[Sheet]:
    """Return the visible sheets of a workbook's bytes.

    Raises
    ------
    InputError
        For a damaged or hostile workbook, and for formulas without a stored value, all of them at once.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions, which are not read
            return _sheets(content, name, limits)
    except WorkbenchError:
        raise
    except Exception as error:  # a damaged file can raise anything inside the zip, XML and Excel readers
        what = f"is no Excel workbook that can be read ({type(error).__name__}: {str(error)[:200]})"
        remedy = "open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8"
        raise InputError(Fault(what=what, file=name, remedy=remedy)) from error


def _sheets(content: bytes, name: str, limits: FileLimits) -> list[Sheet]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        check_archive(archive, name, limits)
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        # Formulas are read beside their stored values only where there are any: it takes as long again.
        has_formulas = any(_holds_a_formula(archive, part) for part in archive.namelist() if _SHEET_PARTS in part)
        formulas = load_workbook(io.BytesIO(content), read_only=True) if has_formulas else values
        sheets: list[Sheet] = []
        faults: list[Fault] = []
        hidden: list[str] = []
        room = limits.cells
        for of_values, of_formulas in zip(values.worksheets, formulas.worksheets, strict=True):
            if of_values.sheet_state != "visible":
                hidden.append(of_values.title)
                continue
            rows, found = _read_rows(of_values, of_formulas, name, limits, room)
            room -= sum(sum(map(bool, row)) for row in rows)
            if room < 0:
                raise too_many_cells(name, limits)
            faults.extend(found)
            merged = _merged_ranges(archive, of_values)
            sheets.append(Sheet(name, of_values.title, rows, merged))
    if faults:
        raise InputError(faults, summary=f"{name} holds {len(faults)} cells that cannot be read")
    if hidden and sheets:
        note = f"Hidden sheets were not read: {', '.join(hidden)}."
        sheets[0] = Sheet(name, sheets[0].name, sheets[0].rows, sheets[0].merged, (note,))
    if not sheets:
        remedy = "unhide the sheet that holds the table"
        raise InputError(Fault(what="holds no visible sheet", file=name, remedy=remedy))
    return sheets


def _read_rows(
    values: Any,  # noqa: ANN401  # openpyxl's read-only sheet
    formulas: Any,  # noqa: ANN401
    name: str,
    limits: FileLimits,
    room: int,
) -> tuple[list[list[str]], list[Fault]]:
    rows: list[list[str]] = []
    faults: list[Fault] = []
    filled = 0
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # what a file says of its own size may be wrong or hostile
    pairs = zip(values.iter_rows(), formulas.iter_rows() if formulas is not values else repeat(()), strict=False)
    for number, (of_values, of_formulas) in enumerate(pairs, start=1):
        if number > limits.rows or len(of_values) > MAX_COLUMNS:
            raise too_many_cells(name, limits)
        row = []
        for position, cell in enumerate(of_values):
            formula = of_formulas[position] if position < len(of_formulas) else None
            if cell.value is None and formula is not None and formula.data_type == "f":
                if len(faults) < _MAX_FAULTS:
                    faults.append(_formula(formula, name, values.title, number))
                continue
            row.append(_text(cell))
        while row and not row[-1]:
            row.pop()
        filled += sum(map(bool, row))
        if filled > room:
            raise too_many_cells(name, limits)
        rows.append(row)
    return rows, faults


def _holds_a_formula(archive: zipfile.ZipFile, part: str) -> bool:
    tail = b""
    with archive.open(part) as content:
        while chunk := content.read(_CHUNK):
            if _FORMULA.search(tail + chunk):
                return True
            tail = chunk[-64:]
    return False


def _formula(cell: Any, name: str, sheet: str, row: int) -> Fault:  # noqa: ANN401
    from openpyxl.utils import get_column_letter

    remedy = "open the file in a spreadsheet program and save it, so that the result is stored; formulas are never run"
    value = str(cell.value)[:80]
    column = get_column_letter(cell.column)
    return Fault(what="is a formula without a stored result", file=name, sheet=sheet, row=row, column=column,
                 value=value, remedy=remedy)  # fmt: skip


def _text(cell: Any) -> str:  # noqa: ANN401
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return printed_number(value, str(cell.number_format or "General"))
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value).strip()


def _merged_ranges(archive: zipfile.ZipFile, sheet: Any) -> list[tuple[int, int, int, int]]:  # noqa: ANN401
    # openpyxl has no public name for the part of the archive that a read-only sheet comes from.
    part = str(sheet._worksheet_path).lstrip("/")  # noqa: SLF001
    with archive.open(part) as content:
        return list(_merges(content))


def _merges(content: Any) -> Iterator[tuple[int, int, int, int]]:  # noqa: ANN401
    from openpyxl.utils import column_index_from_string

    for _, element in ElementTree.iterparse(content, events=("end",), forbid_dtd=True):
        tag = str(element.tag).rpartition("}")[2]
        if tag == "mergeCell":
            found = _MERGE.fullmatch(element.get("ref", "").replace("$", ""))
            if found:
                left, right = column_index_from_string(found[1]), column_index_from_string(found[3])
                yield int(found[2]) - 1, left - 1, int(found[4]) - 1, right - 1
        if tag in ("row", "mergeCells"):
            element.clear()
