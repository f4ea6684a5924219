"""Requests that were met from an envelope as Excel and CSV: sums, gaps and coverage are live formulas."""

from __future__ import annotations

import csv
import io
import math
from typing import Any, Final

import workbench
from workbench.allocation import Allocation
from workbench.datasets.safe_text import safe_text
from workbench.views import text_own
from workbench.views.content import PageContent

WORDS: Final = text_own.REQUESTS
HEADINGS: Final = ("line", "column_asked", "column_award", "column_gap", "column_covered", "why")
MONEY: Final = "#,##0"


def requests_workbook(result: Allocation, content: PageContent, settings: dict[str, str]) -> bytes:
    """Return awards as an Excel workbook whose totals recompute.

    Parameters
    ----------
    result : Allocation
    content : PageContent
        Its page: notes and sources are taken from it.
    settings : dict of str
        What was asked for, by its name on the screen.
    """
    import xlsxwriter

    out = io.BytesIO()
    # Texts stay texts: nothing that a user typed becomes a formula, a link or a number.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        _awards(book, result)
        notes = [(note,) for note in content.notes]
        _texts(book, WORDS["sheet_notes"], (WORDS["note"],), [(content.finding,), (content.lead,), *notes])
        made = {**settings, WORDS["version"]: workbench.__version__}
        _texts(book, WORDS["sheet_run"], (WORDS["setting"], WORDS["value"]), list(made.items()))
        rows = [tuple("" if cell is None else str(cell) for cell in row) for row in content.sources.to_numpy().tolist()]
        _texts(book, WORDS["sheet_sources"], tuple(map(str, content.sources.columns)), rows)
    return out.getvalue()


def _awards(book: Any, result: Allocation) -> None:  # noqa: ANN401  # xlsxwriter has no types
    sheet = book.add_worksheet(WORDS["sheet"])
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    money, share, wrap = (
        book.add_format(one) for one in ({"num_format": MONEY}, {"num_format": "0.0"}, {"text_wrap": True})
    )
    bold = book.add_format({"bold": True, "num_format": MONEY, "top": 1})
    bold_share = book.add_format({"bold": True, "num_format": "0.0", "top": 1})
    for place, key in enumerate(HEADINGS):
        sheet.write_string(0, place, WORDS[key], head)
        sheet.set_column(place, place, (44, 20, 20, 20, 11, 70)[place])
    sheet.freeze_panes(1, 1)
    table = result.table
    for row, one in enumerate(table.to_dict("records"), start=1):
        sheet.write_string(row, 0, safe_text(str(one["claimant"])), wrap)
        sheet.write_number(row, 1, float(one["claim"]), money)
        sheet.write_number(row, 2, int(one["award"]), money)
        _derived(sheet, row, (float(one["claim"]), int(one["award"])), (money, share))
        sheet.write_string(row, 5, safe_text(str(one["reason"])), wrap)
    last, whole = len(table), len(table) + 1
    sheet.write_string(whole, 0, WORDS["total"], bold)
    asked, awarded = math.fsum(result.claims), int(result.awards.sum())
    sheet.write_formula(whole, 1, f"=SUM(B2:B{last + 1})", bold, asked)
    sheet.write_formula(whole, 2, f"=SUM(C2:C{last + 1})", bold, awarded)
    _derived(sheet, whole, (asked, awarded), (bold, bold_share))
    sheet.write_string(whole + 2, 0, WORDS["envelope_card"], head)
    sheet.write_number(whole + 2, 2, result.envelope, money)
    sheet.write_string(whole + 3, 0, WORDS["difference"], wrap)
    sheet.write_formula(whole + 3, 2, f"=C{whole + 1}-C{whole + 3}", money, awarded - result.envelope)


def _derived(sheet: Any, row: int, amounts: tuple[float, int], looks: tuple[Any, Any]) -> None:  # noqa: ANN401
    claim, award = amounts
    place = row + 1
    sheet.write_formula(row, 3, f"=B{place}-C{place}", looks[0], claim - award)
    sheet.write_formula(
        row, 4, f'=IF(B{place}=0,"",100*C{place}/B{place})', looks[1], 100 * award / claim if claim else ""
    )


def _texts(book: Any, name: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:  # noqa: ANN401
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, safe_text(heading), head)
        sheet.set_column(place, place, 100 if len(headings) == 1 else 45)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, safe_text(cell), wrap)


def requests_csv(result: Allocation) -> bytes:
    """Return the awards as CSV that a spreadsheet opens, amounts in KES."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["line", "requested_kes", "award_kes", "gap_kes", "coverage", "reason"])
    for one in result.table.to_dict("records"):
        claim, award = float(one["claim"]), int(one["award"])
        covered = "" if math.isnan(one["coverage"]) else f"{one['coverage']:.6f}"
        shown = [f"{amount:.2f}".removesuffix(".00") for amount in (claim, award, claim - award)]
        writer.writerow([safe_text(str(one["claimant"])), *shown, covered, safe_text(str(one["reason"]))])
    return text.getvalue().encode("utf-8-sig")
