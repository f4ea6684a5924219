"""A crosswalk as an Excel form: out with the links that there are, in again through the same checks as a CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from workbench.datasets.crosswalk import COLUMNS, MARKS, UNLINKED, Crosswalk
from workbench.datasets.safe_text import safe_text
from workbench.datasets.template import PROPERTIES
from workbench.errors import Fault, InputError

WIDTHS: Final = {
    "budget_code": 46,
    "plan_code": 26,
    "share": 9,
    "reason": 70,
    "mark": 13,
    "valid_from": 12,
    "valid_to": 12,
}
HELP: Final = {
    "budget_code": "The budget line, as the budget names it",
    "plan_code": f"A code from the sheet 'plan'; '{UNLINKED}' for what is deliberately left out",
    "share": "The part of the line that belongs there, 0 to 1; the parts of a line add up to 1",
    "reason": "Why, in one sentence",
    "mark": "illustrative until somebody accepts the row",
    "valid_from": "First day, such as 2024-07-01; blank: always before",
    "valid_to": "Last day; blank: always after",
}
SPARE_ROWS: Final = 200


def crosswalk_form(crosswalk: Crosswalk, plan_labels: Mapping[str, str], unmapped: Sequence[str] = ()) -> bytes:
    """Return a crosswalk as the bytes of an .xlsx file to be filled in.

    Parameters
    ----------
    crosswalk : Crosswalk
        Its rows stand in the form.
    plan_labels : mapping
        Labels by plan code: they stand in the sheet ``plan``, from which a plan code is picked.
    unmapped : sequence of str
        Budget lines without a row: each gets one with the other cells blank.
    """
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        book.set_properties({"title": "Crosswalk", **PROPERTIES})
        _links_sheet(book, crosswalk, unmapped, len(plan_labels) + 1)
        _plan_sheet(book, plan_labels)
    return out.getvalue()


def crosswalk_csv(crosswalk: Crosswalk) -> str:
    """Return a crosswalk as the text of a CSV file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS.required)
    for row in crosswalk.rows:
        writer.writerow([_cell_text(getattr(row, column)) for column in COLUMNS.required])
    return out.getvalue()


def write_new(path: Path, content: bytes) -> Path:
    """Write a file that is not there yet.

    Raises
    ------
    InputError
        Where it is there already, or cannot be written.
    """
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        what = "is there already, and is not overwritten"
        raise InputError(Fault(what=what, file=str(path), remedy="give another name")) from error
    except OSError as error:
        raise InputError(Fault(what=f"cannot be written: {error.strerror}", file=str(path))) from error
    return path


def _links_sheet(book: Any, crosswalk: Crosswalk, unmapped: Sequence[str], codes: int) -> None:  # noqa: ANN401  # xlsxwriter has no types
    sheet = book.add_worksheet("crosswalk")
    heading = book.add_format({"bold": True, "font_color": "white", "bg_color": "#1b2733", "text_wrap": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    last = len(crosswalk.rows) + len(unmapped) + SPARE_ROWS
    for position, column in enumerate(COLUMNS.required):
        sheet.write_string(0, position, column, heading)
        sheet.write_comment(0, position, HELP[column], {"x_scale": 1.6})
        sheet.set_column(position, position, WIDTHS[column], day if column.startswith("valid") else None)
    for number, row in enumerate(crosswalk.rows, start=1):
        for position, column in enumerate(COLUMNS.required):
            _write(sheet, number, position, getattr(row, column), day)
    for number, name in enumerate(unmapped, start=len(crosswalk.rows) + 1):
        sheet.write_string(number, 0, safe_text(name))
    listed = {"validate": "list", "error_title": "plan code", "error_message": HELP["plan_code"][:255]}
    sheet.data_validation(1, 1, last, 1, listed | {"source": f"=plan!$A$2:$A${codes + 1}"})
    sheet.data_validation(1, 4, last, 4, {"validate": "list", "source": list(MARKS)})
    between = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
    sheet.data_validation(1, 2, last, 2, between | {"error_message": HELP["share"][:255]})
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(COLUMNS.required) - 1)


def _write(sheet: Any, row: int, column: int, value: object, day: Any) -> None:  # noqa: ANN401
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), day)
    elif isinstance(value, float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, safe_text(str(value)))


def _plan_sheet(book: Any, plan_labels: Mapping[str, str]) -> None:  # noqa: ANN401
    sheet = book.add_worksheet("plan")
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 80)
    for position, text in enumerate(("code", "plan sector")):
        sheet.write_string(0, position, text, bold)
    listed = {**plan_labels, UNLINKED: "Deliberately left out of the plan"}
    for row, (code, label) in enumerate(listed.items(), start=1):
        sheet.write_string(row, 0, safe_text(code))
        sheet.write_string(row, 1, safe_text(label))


def _cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return value.isoformat() if isinstance(value, dt.date) else safe_text(str(value))
