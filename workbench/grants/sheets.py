"""Write a run as Excel or CSV for a finance team: the schedule, and every value with its source and mark."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from workbench.datasets.safe_text import safe_text
from workbench.datasets.write_file import write_whole
from workbench.errors import Fault, InputError
from workbench.grants.controller import controller_table
from workbench.grants.model import GrantsResult
from workbench.grants.schedule import act_schedule

LINE_HEIGHT: Final = 15
"""Points."""
RED: Final = "#9c1c00"
_MONEY, _RATIO, _PLAIN = "#,##0", "0.0000", "General"


def write_schedule(result: GrantsResult, path: str | os.PathLike[str], *, overwrite: bool = False) -> Path:
    """Write the awards in the Acts' layout.

    Parameters
    ----------
    result : GrantsResult
    path : path
        ``.xlsx`` (the schedule, the awards, the levels, the values and the sources, a sheet each) or ``.csv`` (the
        schedule, then the notes and sources below it).
    overwrite : bool
        Whether a file that is there already may be replaced.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    InputError
        For a file of another kind, one that is there already, and what cannot be written.
    """
    target = _target(path, overwrite=overwrite)
    content = workbook(result) if _is_workbook(target) else csv_text(result).encode("utf-8-sig")
    write_whole(target, content)
    return target


def write_controller(
    result: GrantsResult, county: str, path: str | os.PathLike[str], *, overwrite: bool = False
) -> Path:
    """Write one county's grants as the Controller of Budget prints them, with marks and sources below or beside.

    Parameters and errors are those of :func:`write_schedule`, and a county in any spelling.
    """
    target = _target(path, overwrite=overwrite)
    table = controller_table(result, county)
    if _is_workbook(target):
        sheets = {"Receipts": table, "Path": result.explain(county).table, "Sources": result.sources}
        content = _book({**sheets, "Notes": pd.DataFrame({"note": _remarks(result)})}, result)
    else:
        sources = [": ".join(str(cell) for cell in row) for row in result.sources.itertuples(index=False)]
        content = _csv(table, [*_remarks(result), *(f"Source: {source}" for source in sources)]).encode("utf-8-sig")
    write_whole(target, content)
    return target


def _target(path: str | os.PathLike[str], *, overwrite: bool) -> Path:
    target = Path(path)
    if target.suffix.casefold() not in (".xlsx", ".csv"):
        raise InputError(Fault(what="is neither .xlsx nor .csv", value=target.name))
    if not target.parent.is_dir():
        raise InputError(Fault(what="is no folder", value=os.fspath(target.parent)))
    if target.exists() and not target.is_dir() and not overwrite:
        remedy = "name another file, or overwrite it with --force"
        raise InputError(Fault(what="is there already, and is not overwritten", file=os.fspath(target), remedy=remedy))
    return target


def _is_workbook(target: Path) -> bool:
    return target.suffix.casefold() == ".xlsx"


def csv_text(result: GrantsResult) -> str:
    """Return the schedule as CSV, with what a reader must know and the sources below it."""
    sources = result.sources.itertuples(index=False)
    table = [["Source", "Locator", "Mark"], *([str(cell) for cell in row] for row in sources)]
    return _csv(act_schedule(result), _remarks(result), table)


def _csv(table: pd.DataFrame, remarks: Iterable[str], below: Iterable[list[str]] = ()) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([safe_text(str(column)) for column in table.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.itertuples(index=False))
    writer.writerow([])
    writer.writerows(["", safe_text(line)] for line in remarks)
    writer.writerow([])
    writer.writerows(["", *(safe_text(cell) for cell in row)] for row in below)
    return text.getvalue()


def _csv_cell(cell: Any) -> object:  # noqa: ANN401 - whatever a table holds
    if cell is None or pd.isna(cell):
        return ""
    return safe_text(cell) if isinstance(cell, str) else cell


def _remarks(result: GrantsResult) -> list[str]:
    inferred = [f"Inferred, not published: {what}." for what in result.inferred]
    return [result.summary(), *inferred, *result.notes]


def workbook(result: GrantsResult) -> bytes:
    """Return the run as an Excel workbook."""
    sheets = {
        "Schedule": act_schedule(result),
        "Awards": result.table,
        "Levels": result.level_table,
        "Values": result.terms,
        "Sources": result.sources,
        "Notes": pd.DataFrame({"note": _remarks(result)}),
    }
    return _book(sheets, result)


def _book(sheets: Mapping[str, pd.DataFrame], result: GrantsResult) -> bytes:
    """Return tables as a workbook, a sheet each; above the first stands what it is and what of it is illustrative."""
    import xlsxwriter

    content = io.BytesIO()
    # Texts stay texts: nothing that a user typed becomes a formula, a link or a number.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        formats = {kind: book.add_format({"num_format": kind}) for kind in (_MONEY, _RATIO, _PLAIN)}
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            top = _write_heading(book, sheet, result) if name in ("Schedule", "Receipts") else 0
            sheet.freeze_panes(top + 1, 0)
            sheet.repeat_rows(top)
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.set_row(top, LINE_HEIGHT * max(_lines(column, table[column]) for column in table.columns))
            for place, column in enumerate(table.columns):
                sheet.write_string(top, place, safe_text(str(column)), head)
                sheet.set_column(place, place, _width(column, table[column]))
                for row, cell in enumerate(table[column].tolist(), start=top + 1):
                    _write(sheet, (row, place), cell, formats)
    return content.getvalue()


def _write_heading(book: Any, sheet: Any, result: GrantsResult) -> int:  # noqa: ANN401 - xlsxwriter has no types
    """Write what the schedule is, and what is illustrative or incomplete in it; return the row below."""
    bold, warning = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "font_color": RED})
    lines = [(f"Schedule of {result.design.title}, {result.financial_year}, in whole shillings", bold)]
    if result.illustrative:
        lines.append((f"Illustrative, no published figure: {'; '.join(result.illustrations)}.", warning))
    if result.incomplete:
        lines.append(("Incomplete: figures are missing, see the sheets Awards and Notes.", warning))
    for row, (line, look) in enumerate(lines):
        sheet.write_string(row, 0, safe_text(line), look)
    return len(lines) + 1


def _lines(column: object, cells: Iterable[object]) -> int:
    """Return the lines that a heading is wrapped to in its column; words that do not fit take some more."""
    return 1 + len(str(column)) // max(_width(column, cells) - 4, 8)


def _width(column: object, cells: Iterable[object]) -> int:
    longest = max((len(str(cell)) for cell in cells), default=0)
    return min(max(longest, min(len(str(column)), 22)) + 2, 60)


def _write(sheet: Any, place: tuple[int, int], cell: Any, formats: dict[str, Any]) -> None:  # noqa: ANN401
    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):
        sheet.write_blank(*place, None)
    elif isinstance(cell, bool):
        sheet.write_string(*place, "yes" if cell else "no")
    elif isinstance(cell, str):
        sheet.write_string(*place, safe_text(cell))
    else:
        whole = float(cell).is_integer()
        sheet.write_number(
            *place, cell, formats[_MONEY if whole and abs(cell) >= 1000 else _PLAIN if whole else _RATIO]
        )
