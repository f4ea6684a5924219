import io
import time
import zipfile

import openpyxl
import pytest

from workbench.datasets.limits import FileLimits
from workbench.datasets.safe_text import safe_text, without_apostrophe
from workbench.datasets.sheet import printed_number
from workbench.datasets.spreadsheet import read_sheets, sheets_of
from workbench.errors import InputError


def workbook(*rows, change=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content, part, text):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, text)
    return out.getvalue()


@pytest.mark.parametrize("text", ["a;b\n1,5;2\n", "a,b\n1.5,2\n", "a\tb\n1\t2\n", "a|b\n1|2\n"])
def test_a_csv_is_split_by_the_delimiter_that_it_uses(text):
    (sheet,) = sheets_of(text.encode(), "x.csv")
    assert list(sheet.rows[0]) == ["a", "b"]


def test_windows_text_is_read_and_told():
    (sheet,) = sheets_of("Murang’a,1\n".encode("cp1252"), "x.csv")
    assert sheet.rows[0][0] == "Murang’a"
    assert "Windows text" in sheet.notes[0]


def test_a_byte_order_mark_is_no_part_of_the_first_heading():
    assert sheets_of(b"\xef\xbb\xbfvote,amount\n", "x.csv")[0].rows[0][0] == "vote"
    assert sheets_of("vote,amount\n".encode("utf-16"), "x.csv")[0].rows[0][0] == "vote"


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [(1330.0, "General", "1330"), (71314.3, "#,##0.00", "71314.30"), (0.98, "0%", "98%"), (0.1 + 0.2, "General", "0.3"),
     (4539.639999999999, "General", "4539.64"), (1e15, "General", "1000000000000000"), (1234.5678, "#,##0", "1234.5678")],
)  # fmt: skip
def test_a_stored_number_is_printed_without_the_noise_and_with_its_format(value, number_format, printed):
    assert printed_number(value, number_format) == printed


def test_hidden_sheets_are_left_out_and_told():
    def hide(book):
        book.create_sheet("secret")["A1"] = 5
        book["secret"].sheet_state = "hidden"

    sheets = sheets_of(workbook(["a", 1], change=hide), "x.xlsx")
    assert [sheet.name for sheet in sheets] == ["Sheet"]
    assert "secret" in sheets[0].notes[0]


def test_formulas_are_never_run_and_all_those_without_a_stored_result_are_told():
    with pytest.raises(InputError) as refused:
        sheets_of(workbook(["a", "=1+1"], ["b", "=HYPERLINK(1)"]), "x.xlsx")
    assert [(fault.sheet, fault.row, fault.column, fault.value) for fault in refused.value.faults] == [
        ("Sheet", 1, "B", "=1+1"), ("Sheet", 2, "B", "=HYPERLINK(1)"),
    ]  # fmt: skip


def test_the_stored_result_of_a_formula_is_read():
    content = workbook(["a", 5])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    stored = with_part(content, "xl/worksheets/sheet1.xml", sheet.replace("<v>5</v>", "<f>2+3</f><v>5</v>"))
    assert sheets_of(stored, "x.xlsx")[0].rows[0][1] == "5"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = with_part(workbook(["a", 1]), "xl/worksheets/sheet1.xml", "0" * 300_000_000)
    assert len(bomb) < 1_000_000
    started = time.monotonic()
    with pytest.raises(InputError, match="zip bomb"):
        sheets_of(bomb, "x.xlsx")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "declaration",
    ['<!DOCTYPE x [<!ENTITY a "b">]>', '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
     '<!DOCTYPE x [<!ENTITY e SYSTEM "http://example.org/">]>'],
)  # fmt: skip
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_document_types_and_entities_are_refused(part, declaration):
    content = workbook(["a", 1])
    body = zipfile.ZipFile(io.BytesIO(content)).read(part).decode()
    start = body.index("?>") + 2 if body.startswith("<?xml") else 0
    hostile = with_part(content, part, body[:start] + declaration + body[start:])
    with pytest.raises(InputError, match="document types or entities"):
        sheets_of(hostile, "x.xlsx")


def test_a_row_number_beyond_every_sheet_does_not_hang():
    content = workbook(["a", 1])
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    far = with_part(content, "xl/worksheets/sheet1.xml", sheet.replace('r="1"', 'r="999999999999"', 1))
    with pytest.raises(InputError):
        sheets_of(far, "x.xlsx", FileLimits(rows=10_000))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xd0\xcf\x11\xe0abc", "old Excel file"), (b"%PDF-1.7", "is a PDF"), (b"", "holds nothing"), (b"\x00\x01", "zero bytes"),
     (b"PK\x03\x04nonsense", "no Excel workbook")],
)  # fmt: skip
def test_what_is_no_table_file_is_refused_in_words(content, words):
    with pytest.raises(InputError, match=words):
        sheets_of(content, "x")


def test_large_files_are_refused_with_their_size_and_the_limit(tmp_path):
    path = tmp_path / "large.csv"
    path.write_bytes(b"a,b\n" * 30_000)
    with pytest.raises(InputError, match=r"at most 0\.1 MB are read"):
        read_sheets(path, FileLimits(megabytes=0.1))
    with pytest.raises(InputError, match="at most 1,000 are read"):
        read_sheets(path, FileLimits(cells=1000))
    with pytest.raises(InputError, match="at most 5 are read"):
        sheets_of(workbook(*[["a", 1]] * 5), "x.xlsx", FileLimits(cells=5))


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd|x", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_text_that_begins_like_a_formula_is_made_harmless_and_can_be_had_back(text):
    assert safe_text(text).startswith("'")
    assert without_apostrophe(safe_text(text)) == text


@pytest.mark.parametrize("text", ["-1,264.70", "+6", "-", "Murang'a", "'quoted", "5 - 3", "-12%"])
def test_numbers_and_plain_text_are_left_as_they_are(text):
    assert safe_text(text) == text
    assert without_apostrophe(text) == text
