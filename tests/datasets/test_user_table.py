"""Tables that a user brings: CSV, Excel or in memory, with the rows that a spreadsheet shows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from workbench.datasets.user_table import Columns, read_cells, read_day, read_decimal
from workbench.errors import InputError

COLUMNS = Columns(("code", "amount"), ("stage",))


def _csv(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    table = read_cells(_csv(tmp_path, "code,amount\na,1\n\n,\nb,2\n"), COLUMNS, kind="table")
    assert table.records == {2: {"code": "a", "amount": "1"}, 5: {"code": "b", "amount": "2"}}
    assert table.file == "t.csv"
    assert table.sheet is None
    assert table.locator("row 5") == "row 5"


def test_a_row_of_another_length_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_cells(_csv(tmp_path, "code,amount\na,1,2\nb\n"), COLUMNS, kind="table")
    assert [fault.row for fault in refused.value.faults] == [2, 3]


def test_a_frame_is_read_as_its_csv_would_be() -> None:
    frame = pd.DataFrame({"code": ["a", None], "amount": [0.1, np.nan], "stage": [dt.datetime(2024, 7, 1), "x"]})
    table = read_cells(frame, COLUMNS, kind="table")
    assert table.records == {
        2: {"code": "a", "amount": "0.1", "stage": "2024-07-01"},
        3: {"code": "", "amount": "", "stage": "x"},
    }
    assert table.file == "table"


def test_the_sheet_whose_heading_fits_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("help").write_row(0, 0, ["How to", "fill it in"])
        sheet = book.add_worksheet("lines")
        sheet.write_row(0, 0, ["code", "amount"])
        sheet.write_row(1, 0, ["a", 1.5])
    table = read_cells(path, COLUMNS, kind="table")
    assert table.records == {2: {"code": "a", "amount": "1.5"}}
    assert str(table.fault("is odd", row=2, column="code", value="a")) == (
        "t.xlsx, sheet lines, row 2, column code: 'a' is odd"
    )
    assert table.locator("row 2") == "sheet lines, row 2"


def test_a_strange_column_is_left_alone_unless_it_is_one_misspelt(tmp_path: Path) -> None:
    table = read_cells(_csv(tmp_path, "code,amount,remark\na,1,x\n"), COLUMNS, kind="table")
    assert table.records[2]["remark"] == "x"
    with pytest.raises(InputError, match="did you mean 'stage'"):
        read_cells(_csv(tmp_path, "code,amount,stagee\na,1,x\n"), COLUMNS, kind="table")
    with pytest.raises(InputError, match="twice"):
        read_cells(_csv(tmp_path, "code,amount,code\na,1,x\n"), COLUMNS, kind="table")


def test_numbers_and_days() -> None:
    assert float(read_decimal("9.9e-05") or 0) == 9.9e-05
    assert read_decimal("1,234.5") == read_decimal("1234.5")
    assert read_decimal(" ") is None
    assert read_day("2024-07-01") == dt.date(2024, 7, 1)
    for wrong in ("1/7/2024", "2024-02-30", "2024"):
        with pytest.raises(ValueError):  # noqa: PT011 - any ValueError is what the caller tells in words
            read_day(wrong)
