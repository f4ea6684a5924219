"""Files that are broken on purpose: each gives a result or a named error, never another exception and never a hang.

2,200 files a run, by hypothesis: bytes of CSV and Excel files flipped, cut, doubled and put in, and the XML inside
a workbook broken while the archive around it stays whole.
"""

import io
import zipfile
from functools import lru_cache

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.audit import Audit
from workbench.datasets.file_audit import audit_bytes
from workbench.datasets.form_reading import form_of
from workbench.errors import WorkbenchError

CSV = (
    b"Table 8.1.1: Allocations (Ksh Millions),,,\nSub-Programme,2009/10,2010/11,Absorption (%)\n"
    b'Communication,134,"1,262",98\nProtocol,(134),-,"2,603,.52"\nSub-Total,735,KSh 1.5 million,\nTotal,"2,055",3357,99%\n'
)
SEMICOLON = "Vote;Recurrent;Development;Total;Variance\nA;10;5;15;+1\nMurang’a;7;;7;\nTotal;17;5;22;\n".encode("cp1252")
NASTY = ["\x00", "=cmd|' /C calc'!A0", '"', "\n", "\r", "\ufeff", ",", "-", "1e999", "NaN", "∞", "9" * 400, "<!DOCTYPE x>",
         "&x;", "Total", "A1:XFD1048576", "(((", "𝟙", "١٢٣", "2009/10", "r=\"A99999999999\""]  # fmt: skip

chunks = st.one_of(st.binary(max_size=8), st.sampled_from([text.encode() for text in NASTY]))
edits = st.lists(
    st.tuples(st.integers(0, 2**16), st.sampled_from(["flip", "cut", "put", "double", "end"]), chunks), min_size=1,
    max_size=6,
)  # fmt: skip
QUICK = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def mutate(content, changes):
    for place, kind, chunk in changes:
        at = place % (len(content) + 1)
        if kind == "flip":
            content = content[:at] + bytes(255 - byte for byte in content[at : at + 2]) + content[at + 2 :]
        elif kind == "cut":
            content = content[:at] + content[at + len(chunk) + 1 :]
        elif kind == "put":
            content = content[:at] + chunk + content[at:]
        elif kind == "double":
            content = content[:at] + content[at : at + 40] + content[at:]
        else:
            content = content[:at]
    return content


@lru_cache
def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Item", "2009/10", "2010/11"])
    sheet.append(["Roads", 1330.5, 262])
    sheet.append(["Total", 1330.5, "(262)"])
    sheet.merge_cells("A5:C5")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rezipped(part, content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


def refused(read):
    """What a reader gives, or the named error with which it refuses; any other exception fails the test."""
    try:
        return read()
    except WorkbenchError as refusal:
        return refusal


def check(content, name, layout=None):
    result = refused(lambda: audit_bytes(content, name, layout))
    if isinstance(result, WorkbenchError):
        assert result.faults
        assert str(result)
    else:
        assert isinstance(result, Audit)
        assert result.counts["checked"] <= len(result.cells)


@settings(max_examples=700, **QUICK)
@given(changes=edits)
def test_broken_csv_files(changes):
    check(mutate(CSV, changes), "broken.csv")


@settings(max_examples=300, **QUICK)
@given(changes=edits)
def test_broken_windows_files(changes):
    check(mutate(SEMICOLON, changes), "broken.csv")


@settings(max_examples=200, **QUICK)
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
)
def test_files_of_anything(content):
    check(content, "anything.csv", "programmes")


@settings(max_examples=400, **QUICK)
@given(changes=edits)
def test_broken_archives(changes):
    check(mutate(workbook(), changes), "broken.xlsx")


PARTS = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels",
         "[Content_Types].xml", "xl/sharedStrings.xml")  # fmt: skip


@settings(max_examples=500, **QUICK)
@given(part=st.sampled_from(PARTS), changes=edits)
def test_broken_parts_in_a_whole_archive(part, changes):
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        content = archive.read(part) if part in archive.namelist() else b""
    check(rezipped(part, mutate(content, changes)), "broken.xlsx")


@settings(max_examples=100, **QUICK)
@given(changes=edits)
def test_broken_forms(changes):
    form = b"code,county,conditions_met,score\n28,Keiyo,yes,79\n47,Nairobi,no,\n"
    table = refused(lambda: form_of(mutate(form, changes), "scores.csv", "scores"))
    assert table.faults if isinstance(table, WorkbenchError) else len(table)
