"""Read CSV and Excel files that somebody hands in: every visible sheet as text, nothing in them run.

A formula is never evaluated: what the spreadsheet program stored beside it is read, and a formula without a stored
value is refused.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

from workbench.datasets.limits import LIMITS, FileLimits, read_bytes, too_large, too_many_cells
from workbench.datasets.sheet import Sheet
from workbench.errors import Fault, InputError

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
PDF = b"%PDF"
DELIMITERS = (",", ";", "\t", "|")


def read_sheets(path: str | os.PathLike[str], limits: FileLimits = LIMITS) -> list[Sheet]:
    """Read the visible sheets of a CSV or Excel file that hold anything.

    Parameters
    ----------
    path : str or path
        ``.csv`` (also with semicolons or tabs) or ``.xlsx``; what the file holds decides, not its name.
    limits : FileLimits
        How large it may be.

    Returns
    -------
    list of Sheet
        At least one.

    Raises
    ------
    InputError
        With every fault that was found, where the file cannot be read.
    """
    return sheets_of(read_bytes(path, limits), Path(path).name, limits)


def sheets_of(content: bytes, name: str, limits: FileLimits = LIMITS) -> list[Sheet]:
    """Read the visible sheets of a file's bytes, such as an upload; as :func:`read_sheets`."""
    if len(content) > limits.megabytes * 1024 * 1024:
        raise too_large(name, len(content), limits)
    for start, what in ((OLD_EXCEL, "is an old Excel file (.xls) or is protected by a password"), (PDF, "is a PDF")):
        if content.startswith(start):
            raise InputError(Fault(what=what, file=name, remedy="save it as .xlsx or as CSV UTF-8"))
    if content.startswith(ZIP):
        from workbench.datasets.workbook import workbook_sheets

        sheets = workbook_sheets(content, name, limits)
    else:
        sheets = [_csv_sheet(content, name, limits)]
    filled = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    if not filled:
        raise InputError(Fault(what="holds nothing", file=name, remedy="give a file with a table in it"))
    return filled


def _csv_sheet(content: bytes, name: str, limits: FileLimits) -> Sheet:
    text, notes = _decoded(content, name)
    return Sheet(name, "", list(_rows(text, _delimiter(text), name, limits)), notes=notes)


def _decoded(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        what = "is no text: it holds zero bytes"
        raise InputError(Fault(what=what, file=name, remedy="give a CSV or Excel file"))
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = encoding == "cp1252"
        return text, ((f"{name} is not UTF-8; it was read as Windows text.",) if odd else ())
    raise InputError(Fault(what="is not written in UTF-8", file=name, remedy="save it as CSV UTF-8"))


def _delimiter(text: str) -> str:
    """Return the delimiter that splits the most of the first lines in the same way, comma where none does."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = [_count(line, delimiter) for line in lines]
        most = max(set(counts), key=lambda count: (counts.count(count), count), default=1)
        return (0, 0) if most < 2 else (counts.count(most), most)

    return max(DELIMITERS, key=evenness)


def _count(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 1


def _rows(text: str, delimiter: str, name: str, limits: FileLimits) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    cells = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = "put text with commas or line breaks between double quotes"
            raise InputError(
                Fault(what=f"is no CSV: {error}", file=name, row=reader.line_num, remedy=remedy)
            ) from error
        cells += len(row)
        if cells > limits.cells:
            raise too_many_cells(name, limits)
        yield [cell.strip() for cell in row]
