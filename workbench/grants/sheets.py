"""Write a run as Excel or CSV for a finance team: the schedule, and every value with its source and mark."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from workbench.datasets.safe_text import safe_text
from workbench.datasets.write_file import write_whole
from workbench.errors import Fault, InputError
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
    target = Path(path)
    kind = target.suffix.casefold()
    if kind not in (".xlsx", ".csv"):
        raise InputError(Fault(what="is neither .xlsx nor .csv", value=target.name))
    if not target.parent.is_dir():
        raise InputError(Fault(what="is no folder", value=os.fspath(target.parent)))
    if target.exists() and not target.is_dir() and not overwrite:
        remedy = "name another file, or overwrite it with --force"
        raise InputError(Fault(what="is there already, and is not overwritten", file=os.fspath(target), remedy=remedy))
    content = workbook(result) if kind == ".xlsx" else csv_text(result).encode("utf-8-sig")
    write_whole(target, content)
    return target


def csv_text(result: GrantsResult) -> str:
    """Return the schedule as CSV, with what a reader must know and the sources below it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    schedule = act_schedule(result)
    writer.writerow([safe_text(str(column)) for column in schedule.columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in schedule.itertuples(index=False))
    writer.writerow([])
    writer.writerows(["", safe_text(line)] for line in _remarks(result))
    writer.writerow([])
    writer.writerow(["", "Source", "Locator", "Mark"])
    sources = result.sources.itertuples(index=False)
    writer.writerows(["", *(safe_text(str(cell)) for cell in row)] for row in sources)
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
    import xlsxwriter

    content = io.BytesIO()
    # Texts stay texts: nothing that a user typed becomes a formula, a link or a number.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        formats = {kind: book.add_format({"num_format": kind}) for kind in (_MONEY, _RATIO, _PLAIN)}
        sheets = {
            "Schedule": act_schedule(result),
            "Awards": result.table,
            "Levels": result.level_table,
            "Values": result.terms,
            "Sources": result.sources,
            "Notes": pd.DataFrame({"note": _remarks(result)}),
        }
        for name, table in sheets.items():
            sheet = book.add_worksheet(name)
            top = _write_heading(book, sheet, result) if name == "Schedule" else 0
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
