"""Schedules out and back in, in the layouts of the Acts and the Controller of Budget."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from openpyxl import load_workbook

from workbench.datasets.spreadsheet import read_sheets
from workbench.errors import InputError
from workbench.grants import grants, illustrative_scores
from workbench.grants.controller import (
    CONTROLLER_COLUMNS,
    controller_table,
    grant_named,
    is_controller_table,
    read_controller,
)
from workbench.grants.facts import county_names_by_code
from workbench.grants.schedule import act_schedule, read_schedule
from workbench.grants.scores import Scores
from workbench.grants.sheets import write_controller, write_schedule


def test_an_acts_schedule_is_alphabetical_and_adds_up(scores: Scores) -> None:
    result = grants("kdsp2", scores=scores)
    schedule = act_schedule(result)
    assert schedule["County"].tolist()[:2] == ["Baringo", "Bomet"]
    assert schedule["Code"].tolist()[0] == 30
    assert schedule["No."].tolist()[:47] == list(range(1, 48))
    money = [column for column in schedule.columns if column.endswith("(KSh)")]
    for column in money:
        assert schedule[column].iloc[:-1].sum() == schedule[column].iloc[-1]
    assert schedule[money[-1]].iloc[-1] == result.awarded
    ratios = schedule[[column for column in schedule.columns if column.endswith("(%)")]]
    assert ratios.iloc[:-1].sum().tolist() == pytest.approx([100.0] * len(money))


@pytest.mark.parametrize("name", ["schedule.xlsx", "schedule.csv"])
def test_a_written_schedule_reads_back_the_same(tmp_path: Path, scores: Scores, name: str) -> None:
    result = grants("kdsp1", scores=scores)
    read = read_schedule(write_schedule(result, tmp_path / name))
    np.testing.assert_array_equal(read.amounts.to_numpy(), result.awards.to_numpy())
    assert read.printed_total == result.awarded
    assert read.findings == ()


def test_the_workbook_carries_marks_and_no_formula(tmp_path: Path, scores: Scores) -> None:
    named = Scores("=HYPERLINK(evil).csv", scores.conditions, scores.scores)
    path = write_schedule(grants("kdsp2", scores=named), tmp_path / "out.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["Schedule", "Awards", "Levels", "Values", "Sources", "Notes"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    values = book["Values"]
    heads = [cell.value for cell in values[1]]
    assert heads == ["name", "value", "unit", "source", "locator", "mark"]
    assert all(row[5] in {"certain", "one source", "inferred", "illustrative"} for row in
               values.iter_rows(min_row=2, values_only=True))  # fmt: skip
    assert any(cell.value == "'=HYPERLINK(evil).csv" for cell in cells)


def test_the_schedule_itself_says_what_is_illustrative(tmp_path: Path) -> None:
    made_up = load_workbook(write_schedule(grants("kdsp2", scores=illustrative_scores()), tmp_path / "a.xlsx"))
    top = [made_up["Schedule"].cell(row, 1).value for row in (1, 2, 3, 4)]
    assert str(top[0]).startswith("Schedule of Second Kenya Devolution Support Program (KDSP II)")
    assert str(top[1]).startswith("Illustrative, no published figure: the conditions and scores of illustrative-scores")
    assert top[3] == "No."
    plain = load_workbook(write_schedule(grants("kdsp2"), tmp_path / "b.xlsx"))["Schedule"]
    assert [plain.cell(row, 1).value for row in (2, 3)] == [None, "No."]
    partial = load_workbook(write_schedule(grants("revenue-fourth-basis"), tmp_path / "c.xlsx"))["Schedule"]
    assert str(partial.cell(2, 1).value).startswith("Incomplete")
    text = write_schedule(grants("kdsp2", scores=illustrative_scores()), tmp_path / "a.csv").read_text("utf-8-sig")
    assert "Illustrative, no published figure" in text


def test_a_schedule_that_is_there_stays(tmp_path: Path) -> None:
    path = write_schedule(grants("kdsp2"), tmp_path / "a.csv")
    with pytest.raises(InputError, match="is there already"):
        write_schedule(grants("kdsp2"), path)
    assert write_schedule(grants("kdsp2", "2025/26"), path, overwrite=True) == path
    assert "2025/2026" in path.read_text(encoding="utf-8-sig")


def test_the_csv_carries_sources_and_no_formula(tmp_path: Path, scores: Scores) -> None:
    named = Scores("@evil", scores.conditions, scores.scores)
    text = write_schedule(grants("kdsp2", scores=named), tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "Capital FM 2026-02-10" in text
    assert ",one source" in text
    assert "'@evil" in text
    assert ",@evil" not in text


def test_the_controllers_table_leaves_receipts_blank(scores: Scores) -> None:
    table = controller_table(grants("kdsp2", "2024/25"), "muranga")
    assert tuple(table.columns) == CONTROLLER_COLUMNS
    assert table["Annual Budget Allocation (in Kshs)"].dropna().tolist() == [37_500_000, 37_500_000]
    assert table["Actual Receipts (in Kshs.)"].isna().all()


def printed(total: str = "1,128") -> str:
    from workbench.grants.facts import county_names_by_code

    names = sorted(county_names_by_code())
    rows = [f'{number},{name.upper()} COUNTY,"{"1,000.00" if name == "Turkana" else number}"'
            for number, name in enumerate(names, start=1)]  # fmt: skip
    return (
        "\n".join(["FIRST SCHEDULE,,", "No.,County,Allocation (KSh)", *rows, f',Total,"{total}"', "remarks,,"]) + "\n"
    )


def test_a_printed_schedule_is_read_in_any_spelling_and_its_total_re_added(tmp_path: Path) -> None:
    path = tmp_path / "act.csv"
    path.write_text(printed(), encoding="utf-8")
    read = read_schedule(path)
    assert read.amounts["Turkana"] == 1000
    assert read.amounts["Baringo"] == 1
    assert len(read.findings) == 1
    assert "the rows add up to" in str(read.findings[0])
    path.write_text(printed(f"{int(read.amounts.sum()):,}"), encoding="utf-8")
    assert read_schedule(path).findings == ()
    assert read_schedule(path, unit="KES million").amounts["Baringo"] == 1_000_000


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("BARINGO", "BARINGA", "did you mean 'Baringo'"),
        ("BARINGO", "BOMET", "twice"),
        (',"2"', ',"two"', "no amount of money"),
        ("County", "Place", "no column 'County'"),
    ],
)
def test_a_schedule_that_cannot_be_read_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "act.csv"
    path.write_text(printed().replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_schedule(path)


def test_a_file_of_another_kind_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="neither"):
        write_schedule(grants("kdsp2"), tmp_path / "out.pdf")
    with pytest.raises(InputError, match="no folder"):
        write_schedule(grants("kdsp2"), tmp_path / "absent" / "out.csv")


@pytest.mark.parametrize(
    ("printed_name", "grant"),
    [
        # kdsp.md section 5.4: one grant, spelled differently by county.
        ("Kenya Devolution Support Programme 2 (KDSP II)", ("kdsp2", "")),
        ("Second Kenya Devolution Support Programme (KSDP II)", ("kdsp2", "")),
        ("IDA (WB) Credit: Kenya Devolution Support Project (KDSP) Level 1 Grant", ("kdsp1", "level_1")),
        ("IDA (WB) Credit - KDSP Level 1 Grant", ("kdsp1", "level_1")),
        ("KDSP II - Level 2 Grant", ("kdsp2", "level_2")),
        ("Road Maintenance Fuel Levy (Level 2 hospitals)", ("", "")),
    ],
)
def test_a_grant_is_known_in_every_printed_spelling(printed_name: str, grant: tuple[str, str]) -> None:
    assert grant_named(printed_name) == grant


@pytest.mark.parametrize("name", ["county.xlsx", "county.csv"])
def test_a_countys_table_reads_back_the_same(tmp_path: Path, scores: Scores, name: str) -> None:
    result = grants("kdsp2", scores=scores)
    path = write_controller(result, "muranga", tmp_path / name)
    read = read_controller(path)
    row = result.table.set_index("county").loc["Murang'a"]
    known = read.rows[read.rows["design"] == "kdsp2"].set_index("level")
    assert known["allocation"].tolist() == [row["level_1"], row["level_2"]]
    assert set(known["section"]) == {"Additional Allocations"}
    assert known["receipts"].isna().all()
    assert read.findings == ()
    with pytest.raises(InputError, match="is there already"):
        write_controller(result, "muranga", path)


COB = """County Government of Mombasa,,,,
S/No,Revenue (Category),Annual Budget Allocation (in Kshs),Actual Receipts (in Kshs.),Actual Receipts as Percentage (%)
A,Equitable Share of Revenue Raised Nationally,,,
1,Equitable Share,"7,899,674,509","7,899,674,509",100
,Sub Total,"7,899,674,509","7,899,674,509",100
B,Additional Allocations,,,
1,Kenya Devolution Support Programme 2 (KDSP II),"37,500,000",-,0
2,Something else,"2,500,000.00","Kshs. 1,000,000",40
,Sub Total,"40,000,001","1,000,000",
Grand Total,,"7,939,674,509","7,900,674,509",
"""


def test_a_printed_county_table_is_read_and_its_totals_re_added(tmp_path: Path) -> None:
    path = tmp_path / "cob.csv"
    path.write_text(COB, encoding="utf-8")
    assert is_controller_table(path)
    read = read_controller(path)
    assert read.rows["allocation"].tolist() == [7_899_674_509, 37_500_000, 2_500_000]
    assert read.rows["receipts"].tolist() == [7_899_674_509, 0, 1_000_000]
    assert read.rows["design"].tolist() == ["", "kdsp2", ""]
    assert read.rows["section"].tolist()[1:] == ["Additional Allocations"] * 2
    found = "'40,000,001' is the printed Sub Total, but the rows add up to 40,000,000"
    assert [str(one) for one in read.findings] == [
        f"cob.csv, row 9, column Annual Budget Allocation (in Kshs): {found}"
    ]
    path.write_text(COB.replace('"37,500,000",-', "lots,2,603"), encoding="utf-8")
    with pytest.raises(InputError, match=r"cob\.csv, row 7, column Annual Budget Allocation"):
        read_controller(path)
    path.write_text(printed(), encoding="utf-8")
    assert not is_controller_table(path)
    with pytest.raises(InputError, match="has no table of the Controller of Budget"):
        read_controller(path)


def test_vote_codes_of_the_gazette_are_not_taken_for_county_codes(tmp_path: Path) -> None:
    # kdsp.md section 5.3: Code | County | Original Estimates | Amount Issued, with the Treasury's vote codes.
    rows = [
        f'{4000 + 10 * place},{name},"{place},000.00","{place},500.00"'
        for place, name in enumerate(sorted(county_names_by_code()), 1)
    ]
    path = tmp_path / "gazette.csv"
    headings = "Code,County,Equitable Share Original Estimates (KSh.),Amount Issued by Exchequer (KSh.)"
    path.write_text("\n".join([headings, *rows]), encoding="utf-8")
    assert read_schedule(path).amounts["Baringo"] == 1500
    original = read_schedule(path, "Equitable Share Original Estimates (KSh.)")
    assert original.amounts["Baringo"] == 1000


def test_faults_and_findings_in_a_workbook_name_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "act.xlsx"

    def written(text: str) -> Path:
        rows = list(csv.reader(text.splitlines()))
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet("cover").write_row(0, 0, ["see the next sheet"])
            sheet = book.add_worksheet("First Schedule")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return path

    (found,) = read_schedule(written(printed())).findings
    assert str(found).startswith("act.xlsx, sheet First Schedule: '1,128' is the printed total")
    with pytest.raises(
        InputError, match=r"act\.xlsx, sheet First Schedule, row 3: 'BARINGA COUNTY' is no known county"
    ):
        read_schedule(written(printed().replace("BARINGO", "BARINGA")))


def test_a_file_is_read_once_for_both_layouts(tmp_path: Path) -> None:
    path = tmp_path / "cob.csv"
    path.write_text(COB, encoding="utf-8")
    sheets = read_sheets(path)
    path.unlink()
    assert is_controller_table(sheets)
    assert len(read_controller(sheets).rows) == 3
    path.write_text(printed(), encoding="utf-8")
    assert read_schedule(read_sheets(path)).amounts["Turkana"] == 1000
