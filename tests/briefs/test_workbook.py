"""The workbook: LibreOffice works the package's own figures out of the inputs; unknown stays blank, text stays text."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from tests.briefs.conftest import AS_WRITTEN, BY, MOVED
from tests.briefs.subjects import SUBJECTS, brief, rendered, subject
from workbench.briefs import brief_of, render
from workbench.briefs.sheets import all_tables
from workbench.briefs.tables import HEADER_ROW, Formula, letters
from workbench.briefs.words import BOOK, HEADINGS
from workbench.views.alignment_page import BILLION
from workbench.views.numbers import number

pytestmark = pytest.mark.xdist_group("office")

EVERY = pytest.mark.parametrize("name", SUBJECTS)


@pytest.fixture(scope="module")
def books():
    """The workbooks as they are written, formulas and all."""
    return {name: openpyxl.load_workbook(io.BytesIO(rendered(name, "xlsx"))) for name in SUBJECTS}


def formulas(name: str):
    """Every formula of a workbook: its sheet, its cell, the formula and the package's own figure."""
    for table in all_tables(brief(name)):
        for row, cells in enumerate(table.rows):
            for field, cell in zip(table.fields, cells, strict=True):
                if isinstance(cell, Formula):
                    yield table.sheet, table.cell(field.name, row), cell


@EVERY
def test_libreoffice_works_out_the_package_s_own_figures(recalculated, name):
    found = list(formulas(name))
    assert len(found) > len(brief(name).figures)
    # The alignment's moves are whole shillings, the sheet's are not: at most one shilling a plan sector.
    near = len(brief(name).results.rows) / BILLION if name.startswith("alignment") else 1e-9
    for sheet, cell, formula in found:
        value = recalculated[name][sheet][cell].value
        if formula.value is None:
            assert value in (None, ""), (sheet, cell)
        else:
            assert value == pytest.approx(formula.value, rel=1e-12, abs=near), (sheet, cell, formula.text)


@pytest.mark.parametrize("name", AS_WRITTEN)
def test_the_file_as_written_shows_the_same_before_and_after_libreoffice(recalculated, name):
    for sheet, cell, formula in formulas(name):
        value = recalculated[f"{name}-raw"][sheet][cell].value
        assert (value or 0) == pytest.approx(formula.value or 0, rel=1e-12, abs=1e-6), (sheet, cell)


@pytest.mark.parametrize("name", MOVED)
def test_an_input_that_is_changed_moves_the_totals(recalculated, name):
    table = brief(name).results
    place = {"gap": "requirement", "alignment": "budget_amount", "grants": "award", "comparison": "run_1"}[name]
    last = table.cell(place, len(table.rows) - 1)
    before, after = (recalculated[book][table.sheet][last].value for book in (name, f"{name}-moved"))
    assert after - before == pytest.approx(BY, abs=0.01)
    values = [
        [figure for figure in recalculated[book]["Summary"]["B"] if isinstance(figure.value, (int, float))]
        for book in (name, f"{name}-moved")
    ]
    assert [cell.value for cell in values[0]] != [cell.value for cell in values[1]]


@EVERY
def test_nothing_goes_wrong_in_any_cell(recalculated, name):
    for sheet in recalculated[name]:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "e", (sheet.title, cell.coordinate, cell.value)


@EVERY
def test_the_sheets_are_named_frozen_and_marked(books, name):
    book, made = books[name], brief(name)
    assert book.sheetnames == [table.sheet for table in all_tables(made)]
    assert {"Inputs", "Results", "Findings", "Sources", "Run record"} <= set(book.sheetnames)
    for sheet, table in zip(book, all_tables(made), strict=True):
        assert sheet.freeze_panes == f"A{HEADER_ROW + 1}"
        assert [cell.value for cell in sheet[HEADER_ROW]] == [field.title for field in table.fields]
        assert (sheet["A3"].value == HEADINGS["illustrative"]) is made.illustrative


@EVERY
def test_figures_are_shown_as_people_write_them(books, name):
    shown = re.compile(r"#,##0(\.0+)?|0(\.0+)?%")
    for sheet in books[name]:
        for row in sheet.iter_rows(min_row=HEADER_ROW + 1):
            for cell in row:
                if isinstance(cell.value, (int, float)):
                    assert shown.fullmatch(cell.number_format), (sheet.title, cell.coordinate, cell.number_format)
                    assert float(cell.value).is_integer() <= (cell.number_format != "#,##0.00") or sheet.title in (
                        "Findings", "Inputs", "Inputs values")  # fmt: skip


@EVERY
def test_the_headline_figures_are_shown_with_the_decimals_of_the_page(books, recalculated, name):
    made = brief(name)
    shown = books[name]["Summary"]["B"][HEADER_ROW + 3 : HEADER_ROW + 3 + len(made.figures)]
    for cell, one in zip(shown, made.figures, strict=True):
        value = recalculated[name]["Summary"][cell.coordinate].value
        decimals = len(cell.number_format.partition(".")[2])
        text = "" if value in (None, "") else number(value, decimals)
        assert one.card.value in ({text} if text else {"not known"}), cell.coordinate


@EVERY
def test_no_column_is_too_narrow_for_its_figures(books, name):
    for sheet in books[name]:
        for place in range(1, sheet.max_column + 1):
            letter = letters(place - 1)
            figures = [cell.value for cell in sheet[letter][HEADER_ROW:] if isinstance(cell.value, (int, float))]
            widest = max((len(f"{value:,.0f}") for value in figures), default=0)
            # openpyxl keeps neighbours of one width together, under the first one's letter.
            width = next(one.width for one in sheet.column_dimensions.values() if one.min <= place <= one.max)
            assert width > widest, (sheet.title, letter)


def test_unknown_is_blank_and_never_nought(recalculated):
    """Of seven million required it is not known what was allocated: the gap, the whole and their ratios are blank."""
    table = brief("awkward").results
    unknown = next(row for row, cells in enumerate(table.rows) if str(cells[1]).startswith("#set"))
    sheet = recalculated["awkward"]["Results"]
    for row in (unknown, len(table.rows) - 1):
        assert sheet[table.cell("requirement", row)].value > 0
        for field in ("allocation", "gap", "funding_ratio", "share_of_gap"):
            assert sheet[table.cell(field, row)].value in (None, ""), field
    inputs = brief("awkward").inputs[0]
    blank = [row for row, cells in enumerate(inputs.rows) if cells[inputs.place("kes")] is None]
    assert len(blank) == 1
    assert recalculated["awkward"]["Inputs"][inputs.cell("kes", blank[0])].value is None


def test_text_that_looks_like_a_formula_stays_text(books, recalculated):
    for book in (books["awkward"], recalculated["awkward"], recalculated["awkward-raw"]):
        names = [cell.value for cell in book["Results"]["B"][HEADER_ROW:]]
        for text in ("=SUM(A1:A9)", "+44 20", "-minus", "@home"):
            assert f"'{text}" in names
    allowed = {(sheet, cell) for sheet, cell, _ in formulas("awkward")}
    found = {
        (sheet.title, cell.coordinate)
        for sheet in books["awkward"]
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert found == allowed


def test_every_source_has_its_mark_and_the_inputs_name_theirs(books):
    rows = list(books["gap"]["Sources"].iter_rows(min_row=HEADER_ROW + 1, values_only=True))
    assert {row[4] for row in rows} == {"certain"}
    assert {row[2] for row in rows} == {"requirement", "allocation"}
    assert all("line" in row[1] for row in rows)
    assert {row[3] for row in rows} == {"KES million", "KES"}
    inputs = brief("gap").inputs[0]
    for field in ("document", "locator", "mark", "unit", "stage"):
        assert all(row[inputs.place(field)] for row in inputs.rows), field


def test_the_run_s_record_is_there(books):
    rows = {
        (row[0], row[1]): row[2]
        for row in books["run"]["Run record"].iter_rows(min_row=HEADER_ROW + 1, values_only=True)
    }
    assert rows["Run", "scenario"] == "five-hundred-million-for-the-prime-minister"
    assert re.fullmatch("[0-9a-f]{64}", rows["Run", "content hash"])
    assert any(section == "Assumptions" for section, _ in rows)
    assert any(section == "Inputs" for section, _ in rows)


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf", "csv", "parquet"])
@pytest.mark.parametrize("name", ["gap", "run"])
def test_identical_figures_give_identical_files(kind, name):
    assert render(brief_of(subject(name)), kind) == rendered(name, kind)


def test_no_file_tells_when_or_on_which_machine_it_was_made():
    for kind in ("xlsx", "docx", "csv"):
        content = zipfile.ZipFile(io.BytesIO(rendered("gap", kind)))
        assert {entry.date_time[0] for entry in content.infolist()} <= {1980, 2000}
        core = content.read("docProps/core.xml").decode() if kind != "csv" else ""
        assert str(dt.datetime.now(tz=dt.UTC).year) not in core


@pytest.mark.parametrize(("name", "audited"), [("gap", True), ("run", True), ("awkward", False), ("alignment", False)])
def test_nothing_found_is_told_from_nothing_looked_at(books, name, audited):
    """The made-up table names no rows and an alignment adds no table up: no audit took place that could be quoted."""
    told = books[name]["Findings"]["A2"].value
    assert told == BOOK["findings_caption" if audited else "not_audited"]


def test_a_sheet_of_many_columns_is_not_so_wide_that_its_print_is_too_small_to_read(books):
    for name, book in books.items():
        for sheet in book:
            width = sum((one.max - one.min + 1) * one.width for one in sheet.column_dimensions.values())
            assert width <= 260, (name, sheet.title, width)


def test_excel_is_not_asked_to_warn_of_texts_that_look_like_numbers():
    for sheet in range(1, 7):
        page = zipfile.ZipFile(io.BytesIO(rendered("gap", "xlsx"))).read(f"xl/worksheets/sheet{sheet}.xml").decode()
        assert 'numberStoredAsText="1"' in page
