"""A brief as an Excel workbook whose results are formulas on its inputs."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from typing import Any, Final

from workbench.briefs.brief import Brief
from workbench.briefs.sheets import all_tables
from workbench.briefs.tables import HEADER_ROW, Cell, Field, Formula, Table, plain
from workbench.briefs.undated import MADE
from workbench.briefs.words import HEADINGS
from workbench.datasets.safe_text import safe_text

MONEY: Final = "#,##0"
CENTS: Final = "#,##0.00"
LINE: Final = 15.0
"""Points: the height of a line of text."""

WIDEST: Final = 70
NARROWEST: Final = 9
NARROW_TEXT: Final = 22
SHEET: Final = 240
"""Characters that a sheet is wide at most where texts can break: a print of more is too small to read."""

EVERYWHERE: Final = "A1:XFD1048576"

_INPUT, _INK, _QUIET, _HEAD, _RULE, _WARNING = "#1f4fa3", "#1b2733", "#4a5866", "#eef1f5", "#8b97a3", "#b84a00"


def workbook(brief: Brief) -> bytes:
    """Return the brief as the bytes of an ``.xlsx`` file.

    Sheets: Summary, Inputs (one or more), Results, Findings, Sources, Run record. A figure of the results is a formula
    on the inputs, with the package's own figure as its value until a program recalculates.
    """
    import xlsxwriter

    content = io.BytesIO()
    # Texts stay texts: nothing that a user typed becomes a formula, a link or a number.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"title": safe_text(brief.question), "comments": safe_text(brief.lead), "created": MADE})
        book.set_calc_mode("auto")
        writer = _Writer(book, brief)
        for table in all_tables(brief):
            writer.write(table)
    return content.getvalue()


class _Writer:
    """Writes tables, a sheet each, in the house's formats."""

    def __init__(self, book: Any, brief: Brief) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self._book, self._brief = book, brief
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}
        self._inputs = {table.name for table in brief.inputs}

    def write(self, table: Table) -> None:
        """Add a sheet: title, caption, warning, headings that stay in sight, rows."""
        sheet = self._book.add_worksheet(table.sheet)
        sheet.write_string(0, 0, table.sheet, self._format(bold=True, font_size=14))
        sheet.write_string(1, 0, safe_text(table.caption), self._format(font_color=_QUIET))
        if self._brief.illustrative:
            sheet.write_string(2, 0, HEADINGS["illustrative"], self._format(bold=True, font_color=_WARNING))
        widths = _widths(table)
        sheet.set_row(HEADER_ROW - 1, LINE * _lines(tuple(field.title for field in table.fields), widths))
        for place, field in enumerate(table.fields):
            side = "left" if field.kind == "text" else "right"
            head = self._format(
                bold=True,
                text_wrap=True,
                bg_color=_HEAD,
                bottom=1,
                valign="top",
                align=side,
                indent=int(side == "left"),
            )
            sheet.write_string(HEADER_ROW - 1, place, safe_text(field.title), head)
            sheet.set_column(place, place, widths[place])
        for number, row in enumerate(table.rows):
            # LibreOffice and Excel fit a row to text that breaks only when somebody edits it.
            sheet.set_row(HEADER_ROW + number, LINE * _lines(row, widths))
            for place, (field, cell) in enumerate(zip(table.fields, row, strict=True)):
                self._cell(sheet, (HEADER_ROW + number, place), cell, self._style(table, field, cell, number))
        sheet.freeze_panes(HEADER_ROW, 0)
        # A table's number, 8.2, is a text and meant to be one.
        sheet.ignore_errors({"number_stored_as_text": EVERYWHERE})
        _print_well(sheet, len(table.fields))

    def _cell(self, sheet: Any, place: tuple[int, int], cell: Cell, style: Any) -> None:  # noqa: ANN401
        if isinstance(cell, Formula):
            shown = plain(cell)
            sheet.write_formula(*place, cell.text, style, "" if shown is None else shown)
            return
        value = plain(cell)
        if value is None:
            sheet.write_blank(*place, None, style)
        elif isinstance(value, str):
            sheet.write_string(*place, safe_text(value), style)
        else:
            sheet.write_number(*place, value, style)

    def _style(self, table: Table, field: Field, cell: Cell, row: int) -> Any:  # noqa: ANN401
        style: dict[str, object] = {"valign": "top"}
        if field.kind == "text":
            style |= {"text_wrap": True, "align": "left", "indent": 1}
        if _is_figure(field, cell):
            style |= {"num_format": number_format(field, cell), "align": "right"}
        if table.name in self._inputs and field.kind in ("money", "share", "number") and _is_figure(field, cell):
            style["font_color"] = _INPUT
        if row in table.totals:
            style |= {"bold": True, "top": 1, "top_color": _RULE}
        return self._format(**style)

    def _format(self, **style: object) -> Any:  # noqa: ANN401
        key = tuple(sorted({"font_name": "Calibri", "font_color": _INK, **style}.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(key))
        return self._made[key]


def number_format(field: Field, cell: Cell) -> str:
    """Return the format in which a figure is shown: 3,162 and 60.6%, never 3162.0000."""
    value = plain(cell)
    if field.kind == "share":
        return "0." + "0" * field.decimals + "%" if field.decimals else "0%"
    if field.kind == "number":
        own = cell.decimals if isinstance(cell, Formula) else None
        decimals = field.decimals if own is None else own
        return "#,##0." + "0" * decimals if decimals else MONEY
    whole = not isinstance(value, float) or value.is_integer()
    return MONEY if whole else CENTS


def _is_figure(field: Field, cell: Cell) -> bool:
    return field.kind != "text" and not isinstance(plain(cell), str)


def _widths(table: Table) -> list[float]:
    """Return the columns' widths in characters: texts break earlier where many columns share a sheet."""
    widths = [_width(field, (row[place] for row in table.rows)) for place, field in enumerate(table.fields)]
    texts = [place for place, field in enumerate(table.fields) if field.kind == "text"]
    while sum(widths) > SHEET and (widest := max((widths[place] for place in texts), default=0)) > NARROW_TEXT:
        for place in texts:
            widths[place] = min(widths[place], max(widest - 2, NARROW_TEXT))
    return widths


def _width(field: Field, cells: Iterable[Cell]) -> float:
    longest = max((len(_shown(field, cell)) for cell in cells), default=0)
    # A heading may break between words; a figure may not.
    words = max((len(word) for word in field.title.split()), default=0)
    return min(max(longest, words, min(len(field.title), 18), NARROWEST) + 2, WIDEST)


def _lines(row: tuple[Cell, ...], widths: list[float]) -> int:
    """Return how many lines the longest text of a row takes in its column; a word that is cut short takes its room."""
    told = [(plain(cell), width - 1) for cell, width in zip(row, widths, strict=True)]
    return max((_broken(value, width) for value, width in told if isinstance(value, str)), default=1)


def _broken(words: str, width: float) -> int:
    return 1 if len(words) <= width else math.ceil(len(words) * 1.12 / width)


def _shown(field: Field, cell: Cell) -> str:
    value = plain(cell)
    if value is None or isinstance(value, str):
        return value or ""
    return f"{value * 100:.{field.decimals}f}%" if field.kind == "share" else f"{value:,.2f}".removesuffix(".00")


def _print_well(sheet: Any, columns: int) -> None:  # noqa: ANN401
    sheet.set_paper(9)  # A4
    if columns > 4:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.set_footer("&L&F&C&A&R&P / &N")
