"""Tables as they come: the seeds' own, cut out of the document, and tables made to be awkward."""

import io
from pathlib import Path

import openpyxl
import pytest

from workbench.datasets.file_audit import audit_bytes, audit_file
from workbench.datasets.layout import layout_names, read_layout
from workbench.errors import InputError, UnknownNameError

ROOT = Path(__file__).resolve().parents[2]
PROGRAMMES = ROOT / "data" / "sources" / "facts" / "programmes_2024_25.csv"
(PLAN,) = (ROOT / "data" / "sources" / "seeds").glob("004*")


def cut_out(start, rows):
    lines = PLAN.read_text(encoding="utf-8").split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith(start))
    return "\n".join(lines[first : first + rows]).encode()


def errors(found):
    return [(row.check, row.row, row.column, row.printed, row.computed) for row in found.errors.itertuples()]


def audited(text, name="x.csv"):
    return audit_bytes(text.encode(), name)


def test_table_8_1_0_as_a_page_prints_it():
    found = audit_bytes(cut_out("Table 8.1.0:", 18), "x.csv")
    assert errors(found) == [
        ("footing", 16, "2011/12", "2,255", 2155.0),
        ("footing", 17, "2010/11", "2,930", 3357.0),
        ("footing", 17, "2011/12", "3,645", 3745.0),
    ]
    assert set(found.findings["table"]) == {"8.1.0"}
    assert set(found.findings["unit"]) == {"KES million"}


def test_table_8_2_as_a_page_prints_it():
    found = audit_bytes(cut_out("Table 8.2:", 8), "x.csv")
    assert [(check, column, computed) for check, _, column, _, computed in errors(found)] == [
        ("difference", "2010/11", -187_421_864.0), ("difference", "2011/12", -90_394_611.0),
    ]  # fmt: skip


def test_the_inspectorate_s_establishment_as_a_page_prints_it():
    found = audit_bytes(cut_out("4. INSPECTORATE", 20), "x.csv")
    assert [(printed, computed) for _, _, _, printed, computed in errors(found)] == [("1", 0.0), ("1", 0.0), ("5", 3.0)]


def test_the_guess_finds_in_the_programmes_what_the_layout_finds():
    by_layout, by_guess = audit_file(PROGRAMMES, "programmes"), audit_file(PROGRAMMES)
    assert errors(by_layout) == errors(by_guess)
    assert len(by_layout.errors) == 23
    assert any("it was guessed" in note for note in by_guess.notes)
    assert not any("it was guessed" in note for note in by_layout.notes)


def test_no_merely_rounded_sum_of_the_programmes_is_an_error():
    """Recount by hand: every total whose printed rows are no further off than their halves must not be an error."""
    found = audit_file(PROGRAMMES, "programmes")
    footing = found.findings[found.findings["check"] == "footing"]
    small = footing[footing["difference"].abs() <= 0.015]
    assert len(small) > 5
    assert (small["severity"] == "rounding").all()


def test_shillings_and_percentages_of_counties_in_any_spelling():
    found = audited(
        "County Allocation of Revenue,,\n(Figures in KSh),,\nNo.,County,Equitable Share FY 2015/16,Share (%)\n"
        '1,Mombasa,"5,194,000,000",27.27%\n2,KWALE County,"KSh 5,000,000,000",26.25\n'
        '3,Taita-Taveta,"Kshs. 3,000,000,001",15.75\n4,TanaRiver,"3,853,000,000",20.23\n5,Lamu ,"2,000,000,000",10.50\n'
        ',TOTAL,"19,047,000,000",100\n'
    )
    (finding,) = found.findings.itertuples()
    assert (finding.check, finding.severity, finding.difference) == ("envelope", "rounding", -1.0)
    assert finding.financial_year == "2015/16"
    assert found.counts["checked"] == 6


def test_sections_with_a_subtotal_each_and_a_grand_total():
    found = audited(
        "S/No,Revenue Category,Annual Budget (in Kshs),Actual Receipts (in Kshs.),Receipts as Percentage (%)\n"
        'A,Equitable Share,"7,899,674,509","7,899,674,509",100\nB,Conditional Grants,,,\n1,KDSP,"37,500,000",-,-\n'
        '2,RMLF,"262,500,000","131,250,000",50\n,Sub Total,"300,000,000","131,250,000",43.8\nC,Own Sources,,,\n'
        '1,Land rates,"1,000,000,000","900,000,000",90\n2,Other,"500,000,000","(100,000,000)",-20\n'
        ',Sub Total,"1,500,000,000","800,000,000",53.3\n,Grand Total,"9,699,674,509","8,830,924,509",91\n'
    )
    assert found.findings.empty
    assert found.counts["checked"] == 14


def test_totals_above_their_rows():
    found = audited("Item,2023/24,2024/25\nTotal,100,210\nRoads,60,120\nWater,40,80\n")
    assert errors(found) == [("footing", 2, "2024/25", "210", 200.0)]


def estimates():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Estimates"
    sheet["A1"] = "Table 3: Estimates and expenditure FY 2023/24 (KSh million)"
    for cells, text in (("A1:G1", None), ("A3:A4", "Programme"), ("B3:D3", "Approved"), ("E3:G3", "Expenditure")):
        if text:
            sheet[cells.split(":")[0]] = text
        sheet.merge_cells(cells)
    for column, text in zip("BCDEFGH", ["Rec", "Dev", "Total"] * 2 + ["Absorption %"], strict=True):
        sheet[f"{column}4"] = text
    for row in (
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"], ["Programme 1: Roads"],
        ["Construction", 100.5, 200.25, 300.75, 90, 150, 240, 79.8], ["Maintenance", 50, None, 50, 40, None, 40, 80],
        ["Sub-Total", 150.5, 200.25, 350.75, 130, 150, 280, 79.8], ["Programme 2: Water"],
        ["Sewerage", 10, 20, 30, 5, "(5)", 0, 0], ["Sub-total", 10, 20, 30, 5, "(5)", 0, 0],
        ["Grand Total", 160.5, 220.25, 381.75, 135, 145, 280, 73.3], ["Source: Treasury"],
    ):  # fmt: skip
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_with_merged_headings_of_two_rows_a_title_and_a_note():
    found = audit_bytes(estimates(), "estimates.xlsx")
    assert {(check, row, column) for check, row, column, _, _ in errors(found)} == {
        ("footing", 13, "Approved Total"), ("cross-footing", 13, "Approved Total"),
    }  # fmt: skip
    assert set(found.findings["financial_year"]) == {"2023/24"}
    assert set(found.findings["table"]) == {"3"}


def test_a_word_among_amounts_is_a_fault_with_its_place_and_all_are_told():
    text = "Item,2024/25\nRoads,10\nWater,see note\nPower,ten\nDams,5\nRail,7\nTotal,30\n"
    with pytest.raises(InputError) as refused:
        audited(text)
    assert [(fault.row, fault.column, fault.value) for fault in refused.value.faults] == [
        (3, "2024/25", "see note"), (4, "2024/25", "ten"),
    ]  # fmt: skip
    assert "a number such as" in str(refused.value)


@pytest.mark.parametrize("text", ["This is text\nand more\n", "a,b\n", "sector,vote\nx,y\n"])
def test_a_file_without_amounts_is_refused(text):
    with pytest.raises(InputError):
        audited(text)


def test_every_column_that_a_layout_misses_is_told():
    with pytest.raises(InputError) as refused:
        audit_bytes(b"sector,vote,sub_programe,line_kind\nx,y,z,w\n", "x.csv", "programmes")
    missing = {fault.column: fault.remedy for fault in refused.value.faults}
    assert "revised_total_kes_million" in missing
    assert missing["sub_programme"] == "did you mean 'sub_programe'?"


@pytest.mark.parametrize("name", layout_names())
def test_every_shipped_layout_can_be_read(name):
    assert read_layout(name).amounts


def test_a_layout_of_one_s_own(tmp_path):
    layout = tmp_path / "own.yaml"
    layout.write_text(
        "label: [Item]\nunit: KES million\nfinancial_year: 2024/25\n"
        "amounts: [{column: Need}, {column: Got}, {column: Gap}]\n"
        "totals: [{matches: '^sum'}]\nderived: [{column: Gap, difference: [Need, Got]}]\n",
        encoding="utf-8",
    )
    table = tmp_path / "table.csv"
    table.write_text("Item,Need,Got,Gap\nRoads,10.0,4.0,6.0\nWater,5.0,5.0,0.0\nSum,15.0,9.0,7.0\n", encoding="utf-8")
    assert errors(audit_file(table, layout)) == [
        ("footing", 4, "Gap", "7.0", 6.0), ("difference", 4, "Gap", "7.0", 6.0),
    ]  # fmt: skip


def test_mistakes_of_a_layout_are_told_with_their_lines(tmp_path):
    layout = tmp_path / "own.yaml"
    layout.write_text("labell: [Item]\namounts:\n  - {column: Need, unit: KES milion}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_layout(layout)
    told = {(fault.row, fault.remedy) for fault in refused.value.faults}
    assert (1, "did you mean 'label'?") in told
    assert any(row == 3 for row, _ in told)
    with pytest.raises(UnknownNameError, match="did you mean 'programmes'"):
        read_layout("programme")
