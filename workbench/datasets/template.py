"""Write a blank Excel form: formatted, validated, with a sheet that says how to fill it in."""

from __future__ import annotations

import datetime as dt
import io
import os
from pathlib import Path
from typing import Any, Final

from workbench.datasets.forms import Form, FormColumn, find_form
from workbench.datasets.package import open_package
from workbench.datasets.safe_text import safe_text
from workbench.errors import Fault, InputError

INK, PAPER, REQUIRED = "#1b2a41", "#eef2f7", "#fff8e1"
_FORMATS = {"number": "#,##0.##", "whole": "0", "date": "yyyy-mm-dd"}
PROPERTIES: Final = {"comments": "A form of the budget alignment workbench", "created": dt.datetime(2000, 1, 1)}
"""What every form says of itself: made at the same time always, so that the same form has the same bytes."""

_FIRST_DAY = "1963-12-12"


def write_template(name: str, path: str | os.PathLike[str]) -> Path:
    """Write a blank form into a file.

    Parameters
    ----------
    name : str
        ``requests``, ``scores`` or ``crosswalk``.
    path : str or path
        Where to; an existing file is not overwritten.

    Returns
    -------
    Path
        Where it was written.

    Raises
    ------
    UnknownNameError, InputError
    """
    content = template_bytes(name)
    target = Path(path)
    try:
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        remedy = "name another file, or move that one away: it may hold somebody's figures"
        raise InputError(Fault(what="is there already", file=str(target), remedy=remedy)) from None
    except OSError as error:
        raise InputError(Fault(what=f"cannot be written: {error.strerror}", file=str(target))) from error
    return target


def template_bytes(name: str) -> bytes:
    """Return a blank form as the bytes of an .xlsx file."""
    import xlsxwriter

    form = find_form(name)
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": form.title, **PROPERTIES})
        _form_sheet(book, form)
        _help_sheet(book, form)
    return out.getvalue()


def _form_sheet(book: Any, form: Form) -> None:  # noqa: ANN401  # xlsxwriter has no types
    sheet = book.add_worksheet(form.name)
    heading = book.add_format({"bold": True, "font_color": "white", "bg_color": INK, "text_wrap": True,
                               "valign": "vcenter", "border": 1, "border_color": "#c6ccd6"})  # fmt: skip
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 30)
    last = form.rows
    for position, column in enumerate(form.columns):
        look: dict[str, object] = {"border": 1, "border_color": "#d9dee6", "num_format": _FORMATS.get(column.kind, "@")}
        if column.required:
            look["bg_color"] = REQUIRED
        sheet.write_string(0, position, column.name, heading)
        sheet.write_comment(0, position, column.help, {"x_scale": 1.6})
        cell = book.add_format(look)
        sheet.set_column(position, position, column.width)
        for row in range(1, last + 1):
            sheet.write_blank(row, position, None, cell)
        sheet.data_validation(1, position, last, position, _validation(column))
        if form.counties:
            _fill_counties(sheet, form, position, cell)
    sheet.autofilter(0, 0, last, len(form.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _fill_counties(sheet: Any, form: Form, position: int, cell: Any) -> None:  # noqa: ANN401
    counties = open_package("counties").table("counties").sort_values("code")
    names = {"code": "code", "county": "name"}
    field = names.get(form.columns[position].name)
    if field is None:
        return
    for row, value in enumerate(counties[field], start=1):
        if field == "code":
            sheet.write_number(row, position, int(value), cell)
        else:
            sheet.write_string(row, position, safe_text(str(value)), cell)


def _validation(column: FormColumn) -> dict[str, object]:
    told: dict[str, object] = {
        "input_title": column.name[:32], "input_message": column.help[:255], "error_title": column.name[:32],
        "error_message": f"{column.help}."[:255], "ignore_blank": True,
    }  # fmt: skip
    if column.kind == "choice":
        return told | {"validate": "list", "source": list(column.choices)}
    if column.kind in ("number", "whole"):
        kind = "integer" if column.kind == "whole" else "decimal"
        low = column.minimum if column.minimum is not None else -1e15
        high = column.maximum if column.maximum is not None else 1e15
        return told | {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    if column.kind == "date":
        return told | {"validate": "date", "criteria": ">=", "value": dt.date.fromisoformat(_FIRST_DAY)}
    longest = 7 if column.kind == "year" else 500
    return told | {"validate": "length", "criteria": "between", "minimum": 1, "maximum": longest}


def _help_sheet(book: Any, form: Form) -> None:  # noqa: ANN401
    sheet = book.add_worksheet("How to fill it in")
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, form.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(
        1, 0, f"Fill in the sheet '{form.name}' and keep its headings. A blank cell is unknown, never zero."
    )
    for position, text in enumerate(("Column", "Needed", "What to write")):
        sheet.write_string(3, position, text, bold)
    for row, column in enumerate(form.columns, start=4):
        choices = f" One of: {', '.join(column.choices)}." if column.choices else ""
        sheet.write_string(row, 0, column.name, wrap)
        sheet.write_string(row, 1, "yes" if column.required else "", wrap)
        sheet.write_string(row, 2, f"{column.help}.{choices}", wrap)
