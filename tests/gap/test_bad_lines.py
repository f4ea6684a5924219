"""Ledgers with lines that no sum can take; all lines here are made up and stand for nothing."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import workbench as wb
from tests.gap.test_ledger import BOOST, written
from workbench.errors import InputError, UnknownNameError
from workbench.gap import Layout
from workbench.gap.bad_lines import LISTED

HEADING = "vote,financial_year,stage,amount,unit"
GOOD = ("A,2024/25,requirement,10,KES million", "A,2024/25,allocation,7,KES million")
BAD = (
    'B,2024/25,requirement,"1,234.5",KES',
    "B,2009/11,allocation,(500),KESS",
    "C,2024/25,alocation,n/a,KSh mn",
    "C,,requirement,x,million",
)
FAULTS = (
    (4, "amount", "1,234.5", "write it as 1234.5"),
    (5, "financial_year", "2009/11", "2009/10?"),
    (5, "amount", "(500)", "write it as -500"),
    (5, "unit", "KESS", "did you mean 'KES'?"),
    (6, "amount", "n/a", "leave it blank where it is unknown"),
    (6, "stage", "alocation", "did you mean 'allocation'?"),
    (7, "financial_year", None, "every line needs its financial year"),
    (7, "amount", "x", "write it like 1234.5, or leave it blank where it is unknown"),
    (7, "unit", "million", "did you mean 'KES million'?"),
)


def lines_in(folder: Path, *lines: str, name: str = "own.csv", heading: str = HEADING) -> Path:
    path = folder / name
    text = "\n".join((heading, *lines, "")).encode()
    path.write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    return path


def refused(path: Path, **asked: str) -> InputError:
    with pytest.raises(InputError) as refusal:
        wb.gap(path, by="vote", from_stage="requirement", to_stage="allocation", **asked)
    return refusal.value


def told(refusal: InputError) -> Sequence[tuple[object, ...]]:
    return [(fault.row, fault.column, fault.value, fault.remedy) for fault in refusal.faults]


@pytest.mark.parametrize("name", ["own.csv", "own.csv.gz"])
def test_every_fault_of_a_csv_is_told_with_its_line(tmp_path: Path, name: str) -> None:
    refusal = refused(lines_in(tmp_path, *GOOD, *BAD, name=name))
    assert sorted(told(refusal), key=str) == sorted(FAULTS, key=str)
    assert {fault.file for fault in refusal.faults} == {name}


def test_every_fault_of_a_parquet_is_told_with_its_row(tmp_path: Path) -> None:
    frame = pd.read_csv(lines_in(tmp_path, *GOOD, *BAD), dtype="str", keep_default_na=False)
    refusal = refused(written(tmp_path, frame.replace("", None), "own.parquet"))
    # A Parquet has no heading: its first row is row 1.
    assert sorted(told(refusal), key=str) == sorted(((row - 1, *rest) for row, *rest in FAULTS), key=str)


@pytest.mark.parametrize("far", [2, 30_000])
def test_the_line_is_that_of_the_file(tmp_path: Path, far: int) -> None:
    """A title above the heading, a blank line, a cell of two lines and many good lines move it."""
    lines = (*GOOD * (far // 2), "", '"A\nof two lines",2024/25,requirement,1,KES', "A,2024/25,requirement,nil.,KES")
    path = lines_in(tmp_path, HEADING, *lines, heading="A treasury's ledger\n")
    (fault,) = refused(path).faults
    # The title, a blank line, the heading, the good lines, a blank line and the cell of two lines stand above it.
    assert (fault.row, fault.value) == (3 + far + 1 + 2 + 1, "nil.")


def test_what_is_wrong_throughout_is_counted(tmp_path: Path) -> None:
    refusal = refused(lines_in(tmp_path, *GOOD, *["B,2024/25,requirement,n/a,KES"] * 3000))
    assert len(refusal.faults) == LISTED + 1
    assert str(refusal.faults[-1]) == f"{3000 - LISTED:,} more faults are not listed"


def test_a_line_with_cells_too_many_or_too_few_is_named(tmp_path: Path) -> None:
    refusal = refused(lines_in(tmp_path, *GOOD, "B,2024/25,requirement,1,234.5,KES", "C,2024/25", BAD[2]))
    assert [(fault.row, fault.what) for fault in refusal.faults[:2]] == [
        (4, "has 6 cells under a heading of 5"), (5, "has 2 cells under a heading of 5"),
    ]  # fmt: skip
    assert [fault.value for fault in refusal.faults[2:]] == ["n/a", "alocation"]
    (fault,) = refused(lines_in(tmp_path, GOOD[0], '"B,2024/25,requirement,5,KES', GOOD[1])).faults
    assert (fault.row, fault.what) == (3, "opens or closes a quotation mark without its partner")


def test_an_amount_is_read_before_its_line_is_left_out(tmp_path: Path) -> None:
    """Revenue is no spending, and may stand under any year; what stands for its amount must be a number all the same."""
    lines = BOOST.astype({"Final_Budget_Approved_Estimate": "object", "Year": "object"})
    lines.loc[2, ["Year", "Final_Budget_Approved_Estimate"]] = ["2015/17", "n/a"]
    with pytest.raises(InputError) as refusal:
        wb.gap(written(tmp_path, lines, "boost.csv"), by="vote", year_is="end")
    assert told(refusal.value) == [(4, "Final_Budget_Approved_Estimate", "n/a", "leave it blank where it is unknown")]


def test_a_second_file_with_other_columns_is_named(tmp_path: Path) -> None:
    lines_in(tmp_path, *GOOD, name="ledger-1.csv")
    lines_in(tmp_path, "A,5", name="ledger-2.csv", heading="vote,amount")
    (fault,) = refused(tmp_path / "ledger-*.csv").faults
    assert (fault.file, fault.what.partition(", which")[0]) == ("ledger-2.csv", "has no column financial_year, stage")


def test_what_is_no_ledger_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    lines = "\n".join((HEADING, "Élan,2024/25,requirement,10,KES", "B,2024/25,allocation,n/a,KES", ""))
    for written_, words in (
        (b"", "'own.csv' is empty"),
        (f"{HEADING}\n".encode(), "'own.csv' holds no lines"),
        (lines.encode("utf-16"), "'own.csv' is no text in UTF-8 (save it as CSV in UTF-8"),
        (f"é{lines}".encode("latin-1"), "row 1: 'own.csv' is no text in UTF-8"),
        (f"vote,{lines}".encode(), "own.csv, row 1, column vote: stands in the heading twice"),
    ):
        path.write_bytes(written_)
        assert words in str(refused(path))
    path.write_bytes(lines.encode("latin-1"))
    assert told(refused(path)) == [
        (2, None, "Élan", "save it as CSV in UTF-8: in Excel 'CSV UTF-8 (Comma delimited)'"),
        (3, "amount", "n/a", "leave it blank where it is unknown"),
    ]
    empty = written(tmp_path, BOOST.iloc[:0], "boost.parquet")
    with pytest.raises(InputError, match=r"'boost\.parquet' holds no lines to add up"):
        wb.gap(empty, by="vote", year_is="end")
    (tmp_path / "torn.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(InputError, match=r"'torn\.parquet' is no whole file of its kind"):
        wb.open_ledger(tmp_path / "torn.parquet")


def test_an_amount_that_is_no_amount_to_the_database_itself(tmp_path: Path) -> None:
    """NaN is what other libraries write for unknown; without end is no amount."""
    lines = pd.DataFrame({"financial_year": "2024/25", "vote": "A", "stage": ["requirement"] * 2 + ["allocation"],
                          "amount": [1.0, float("nan"), 5.0]})  # fmt: skip
    path = tmp_path / "nan.parquet"
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(
        pa.Table.from_pandas(lines, preserve_index=False).set_column(3, "amount", pa.array(lines["amount"])), path
    )
    assert wb.gap(path, by="vote", blank_is_nil=True).requirement == 1.0
    assert wb.gap(path, by="vote").lines["requirement"].isna().all()
    (fault,) = refused(lines_in(tmp_path, *GOOD, "B,2024/25,requirement,inf,KES")).faults
    assert (fault.row, fault.what, fault.value) == (4, "is no number", "inf")
    (fault,) = refused(lines_in(tmp_path, *GOOD, "B,2024/25,requirement,1000000000000000000000,KES")).faults
    assert (fault.row, fault.what) == (4, "is larger than any sum of money")
    yes = lines.assign(amount=True)
    with pytest.raises(InputError, match=r"yes\.parquet, column amount: holds boolean and no amounts"):
        wb.open_ledger(written(tmp_path, yes, "yes.parquet"))


def test_codes_and_amounts_are_read_alike_whatever_stands_first(tmp_path: Path) -> None:
    """A database that guesses by the first lines takes 0101 for a number, and cents for an error."""
    whole = [f"0101,2024/25,{stage},1,KES" for stage in ("requirement", "allocation")] * 15_000
    gap = wb.gap(lines_in(tmp_path, *whole, "0101,FY 2024/2025,requirement,0.5,Kshs. mn"), by="vote")
    assert gap.lines["vote"].tolist() == ["0101"]
    assert (gap.requirement, gap.allocation) == (15_000 + 500_000.0, 15_000)


def test_stages_misspelt_in_the_question_and_in_the_lines_are_told_at_once(tmp_path: Path) -> None:
    path = lines_in(tmp_path, GOOD[0], "A,2024/25,alocation,7,KES million")
    with pytest.raises(UnknownNameError) as refusal:
        wb.gap(path, from_stage="requirment", to_stage="allocation", by="progamme", basis="printed")
    assert [(fault.row, fault.value) for fault in refusal.value.faults] == [
        (None, "requirment"), (None, "allocation"), (3, "alocation"), (None, "progamme"), (None, "printed"),
    ]  # fmt: skip


def test_a_stage_of_no_name_is_refused_without_a_column_of_units_too(tmp_path: Path) -> None:
    lines = [line.rpartition(",")[0] for line in (*GOOD, "A,2024/25,alocation,7,KES")]
    (fault,) = refused(lines_in(tmp_path, *lines, heading=HEADING.rpartition(",")[0])).faults
    assert (fault.row, fault.value) == (4, "alocation")


def test_a_unit_that_nobody_says_is_told_as_an_assumption(tmp_path: Path) -> None:
    lines = [line.rpartition(",")[0] for line in ("A,2024/25,revised,8,KES", "A,2024/25,expenditure,7,KES")]
    path = lines_in(tmp_path, *lines, heading=HEADING.rpartition(",")[0])
    assumed = "No column 'unit' of own.csv says the unit: the amounts were taken as KES."
    assert assumed in wb.gap(path, by="vote").notes
    assert assumed in wb.stages(path, vote="A", financial_year="2024/25").summary()
    assert assumed not in wb.gap(path, by="vote", unit="KES").notes
    assert wb.gap(lines_in(tmp_path, *GOOD), by="vote").notes == ()


def test_boosts_words_for_stages_are_understood(tmp_path: Path) -> None:
    lines = [f"A,2024/25,{stage},{amount},KES" for stage, amount in
             (("approved", 9), ("adjusted", 8), ("executed", 7))]  # fmt: skip
    path = lines_in(tmp_path, *lines)
    for asked in (("approved", "executed"), ("estimate", "expenditure"), ("estimate", "spent")):
        assert wb.gap(path, by="vote", from_stage=asked[0], to_stage=asked[1]).gap == 2
    steps = wb.stages(path, vote="A", financial_year="2024/25").steps
    assert steps[["stage", "amount"]].values.tolist() == [["estimate", 9], ["revised", 8], ["expenditure", 7]]
    # Two figures that may be the same are never guessed to be.
    both = lines_in(tmp_path, *lines, "A,2024/25,estimate,5,KES", "A,2024/25,spent,1,KES", name="both.csv")
    assert wb.gap(both, by="vote", from_stage="estimate", to_stage="executed").gap == -2
    with pytest.raises(UnknownNameError, match="'expenditure' is no known stage"):
        wb.gap(both, by="vote", from_stage="estimate", to_stage="expenditure")


def test_a_class_of_a_ledger_can_be_followed(tmp_path: Path) -> None:
    lines = [f"A,2024/25,{stage},{amount},KES,{part}" for stage, amount, part in
             (("estimate", 9, "recurrent"), ("estimate", 5, "development"), ("expenditure", 4, "recurrent"))]  # fmt: skip
    path = lines_in(tmp_path, *lines, heading=f"{HEADING},economic_class")
    steps = wb.stages(path, vote="A", financial_year="2024/25", economic_class="recurrent").steps
    assert steps["amount"].tolist() == [9, 4]
    none = lines_in(tmp_path, "A,2024/25,allocation,7,KES")
    with pytest.raises(InputError, match="holds none of the stages that money passes, but allocation"):
        wb.stages(none, vote="A", financial_year="2024/25")


def test_what_a_layout_lacks_is_plain(tmp_path: Path) -> None:
    path = lines_in(tmp_path, *GOOD, heading="Vote,Financial Year,stage,Amount,Unit")
    refusal = refused(path)
    assert "Its columns are Vote, Financial Year, stage, Amount, Unit." in str(refusal)
    nearest, *others = (str(fault) for fault in refusal.faults)
    assert nearest.startswith("'the one table' needs the columns financial_year, stage, amount, and financial_year, ")
    assert "is 'Amount' the column amount?" in nearest
    assert all("none of them is here" in other for other in others)
    own = Layout(name="ours", year="Financial Year", keys={"vote": "Vote"}, stage="stage", amount="Amuont")
    with pytest.raises(InputError, match=r"'Amuont' is no column of 'own\.csv'.*is 'Amount' the column Amuont"):
        wb.open_ledger(path, layout=own)
    spelt = Layout(
        name="ours", year="Financial Year", keys={"vote": "Vote"}, stage="stage", amount="Amount", unit="Unit"
    )
    assert wb.gap(path, by="vote", layout=spelt).gap == 3e6
