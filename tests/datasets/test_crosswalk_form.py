"""A crosswalk goes out as an Excel form and comes back as it was."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import workbench as wb
from workbench.datasets.crosswalk import Crosswalk, read_crosswalk
from workbench.datasets.crosswalk_faults import Row
from workbench.datasets.crosswalk_form import crosswalk_csv, crosswalk_form, write_new
from workbench.errors import InputError


def _same(one: Crosswalk, other: Crosswalk) -> bool:
    return [row[1:] for row in one.rows] == [row[1:] for row in other.rows]


@pytest.mark.parametrize("table", ["crosswalk_mtp_iv", "crosswalk_vision_2030", "crosswalk_national_priorities"])
def test_out_and_in_again(tmp_path: Path, table: str) -> None:
    bridge, _ = read_crosswalk(wb.open_package("mtp-mtef").table(table))
    filled, faults = read_crosswalk(write_new(tmp_path / "form.xlsx", crosswalk_form(bridge, {"a": "A"})))
    assert faults == []
    assert _same(bridge, filled)
    again, _ = read_crosswalk(write_new(tmp_path / "again.csv", crosswalk_csv(filled).encode()))
    assert _same(bridge, again)


def test_what_looks_like_a_formula_is_not_run_and_comes_back(tmp_path: Path) -> None:
    row = Row(2, "=1+1", "a", 1.0, "@SUM(A1)", "illustrative", None, None, True)
    form = write_new(tmp_path / "form.xlsx", crosswalk_form(Crosswalk((row,)), {"a": "A"}))
    sheet = openpyxl.load_workbook(form)["crosswalk"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "'=1+1"
    filled, _ = read_crosswalk(form)
    assert filled.rows[0].budget_code == "=1+1"
    assert filled.rows[0].reason == "@SUM(A1)"


def test_an_unmapped_line_has_a_row_that_must_be_filled(tmp_path: Path) -> None:
    form = write_new(tmp_path / "form.xlsx", crosswalk_form(Crosswalk(()), {"a": "A"}, ["Roads"]))
    _, faults = read_crosswalk(form)
    assert [(fault.row, fault.column) for fault in faults] == [(2, "plan_code"), (2, "share")]
    codes = openpyxl.load_workbook(form)["plan"]
    assert [cell.value for cell in codes["A"]] == ["code", "a", "unlinked"]


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    write_new(tmp_path / "x.csv", b"mine")
    with pytest.raises(InputError, match="not overwritten"):
        write_new(tmp_path / "x.csv", b"yours")
    assert (tmp_path / "x.csv").read_bytes() == b"mine"
