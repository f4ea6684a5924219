"""A crosswalk is refused whole, with every fault told once and the nearest right name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from workbench.datasets.crosswalk import Crosswalk, open_crosswalk, read_crosswalk
from workbench.errors import InputError
from workbench.fiscal import FiscalYear

HEADING = "budget_code,plan_code,share,reason,mark,valid_from,valid_to\n"
LINES = ["Roads", "Health", "Defence", "Culture"]
PLAN = ["infrastructure", "social"]
SOUND = """Roads,infrastructure,1,because,illustrative,,
Health,social,0.6,because,illustrative,,
Health,infrastructure,0.4,because,illustrative,,
Defence,unlinked,1,no place,illustrative,,
Culture,social,1,because,illustrative,,
"""


def _file(tmp_path: Path, rows: str, heading: str = HEADING) -> Path:
    path = tmp_path / "x.csv"
    path.write_text(heading + rows, encoding="utf-8")
    return path


def _faults(tmp_path: Path, rows: str) -> list[str]:
    with pytest.raises(InputError) as refused:
        open_crosswalk(_file(tmp_path, rows), LINES, PLAN)
    return [str(fault) for fault in refused.value.faults]


def test_a_sound_crosswalk_is_read(tmp_path: Path) -> None:
    crosswalk = open_crosswalk(_file(tmp_path, SOUND), LINES, PLAN)
    assert crosswalk.table["share"].tolist() == [1, 0.6, 0.4, 1, 1]
    assert crosswalk.budget_codes == LINES
    assert crosswalk.illustrative


def test_five_different_faults_give_five_messages_in_one_pass(tmp_path: Path) -> None:
    faults = _faults(
        tmp_path,
        """Roads,infrastucture,1,r,illustrative,,
Helth,social,1,r,illustrative,,
Defence,unlinked,0.9,r,illustrative,,
Culture,social,0.5,r,illustrative,,
Culture,social,0.5,r,illustrative,,
Health,social,1,r,illustrative,2020-07-01,2022-06-30
Health,social,1,r,illustrative,2022-01-01,
""",
    )
    assert len(faults) == 5, faults
    text = "\n".join(faults)
    assert (
        "x.csv, row 2, column plan_code: 'infrastucture' is no known plan code (did you mean 'infrastructure'?)" in text
    )
    assert "x.csv, row 3, column budget_code: 'Helth' is no known budget code (did you mean 'Health'?)" in text
    assert "row 4, column share: 'Defence' has shares that add to 0.9, not to 1, in row 4 (0.1 is missing" in text
    assert "row 6, column budget_code, plan_code: 'Culture, social' repeats row 5" in text
    assert "row 8, column valid_from, valid_to: 'Health, social' overlaps the dates of row 7" in text


def test_cells_that_cannot_be_read_are_told_all_at_once(tmp_path: Path) -> None:
    faults = _faults(
        tmp_path,
        """Roads,infrastructure,most,r,illustrative,,
Health,social,1.2,r,illustrative,,
Defence,unlinked,,r,illustrative,,
Culture,social,1,r,surely,2024-13-01,
""",
    )
    assert len(faults) == 5, faults
    assert "'most' is no number" in faults[0]
    assert "'1.2' is no share from 0 to 1" in faults[1]
    assert "is blank" in faults[2]
    assert any(
        "'surely' is not allowed (allowed: certain, one source, inferred, illustrative)" in one for one in faults
    )
    assert any("'2024-13-01' is no date" in one for one in faults)


def test_a_budget_line_without_a_row_would_lose_its_money(tmp_path: Path) -> None:
    faults = _faults(tmp_path, SOUND.replace("Culture,social,1,because,illustrative,,\n", ""))
    assert len(faults) == 1
    assert "'Culture' is in the budget, and in no row of the crosswalk" in faults[0]
    assert "unlinked" in faults[0]


@pytest.mark.parametrize("column", HEADING.strip().split(","))
def test_a_column_short_is_told_by_name(tmp_path: Path, column: str) -> None:
    table = pd.read_csv(_file(tmp_path, SOUND), dtype=str).drop(columns=column)
    with pytest.raises(InputError, match=f"column {column}: is missing from the heading"):
        read_crosswalk(table)


def test_a_misspelt_column_is_not_dropped_in_silence(tmp_path: Path) -> None:
    heading = HEADING.replace("valid_from", "valid_form")
    with pytest.raises(InputError, match="is 'valid_form' meant"):
        read_crosswalk(_file(tmp_path, SOUND, heading))


def test_shares_are_summed_at_every_date(tmp_path: Path) -> None:
    # Right in each period, though the rows of all periods add to 2; wrong where one row ends before its partner.
    moved = """Roads,infrastructure,1,r,certain,,2020-06-30
Roads,social,1,r,certain,2020-07-01,
"""
    crosswalk, faults = read_crosswalk(_file(tmp_path, moved))
    assert faults == []
    assert crosswalk.own_faults() == []
    short, _ = read_crosswalk(_file(tmp_path, moved.replace("2020-07-01", "2020-01-01")))
    (fault,) = short.own_faults()
    assert "add to 2" in str(fault)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param(
            "Roads,infrastructure,1,r,certain,,2020-06-30\nRoads,social,1,r,certain,2020-01-01,\n",
            "row 3, column valid_from, valid_to: 'Roads' has dates that overlap, those of row 2 (infrastructure) and of "
            "row 3 (social): from 2020-01-01 to 2020-06-30 the line's shares add to 2 "
            "(end the one row on the day before the other starts)",
            id="one row follows another",
        ),
        pytest.param(
            "Roads,infrastructure,1,r,certain,2020-01-01,\nRoads,social,1,r,certain,,2020-06-30\n",
            "row 2, column valid_from, valid_to: 'Roads' has dates that overlap, those of row 3 (social) and of row 2 "
            "(infrastructure): from 2020-01-01 to 2020-06-30 the line's shares add to 2",
            id="the later stands first",
        ),
        pytest.param(
            "Roads,unlinked,0.2,r,certain,,\nRoads,social,0.8,r,certain,,2020-06-30\n"
            "Roads,infrastructure,0.8,r,certain,2020-06-30,\n",
            "row 4, column valid_from, valid_to: 'Roads' has dates that overlap, those of row 3 (social) and of row 4 "
            "(infrastructure): from 2020-06-30 to 2020-06-30 the line's shares add to 1.8",
            id="a row that always holds is in no overlap",
        ),
        pytest.param(
            "Roads,infrastructure,1,r,certain,,\nRoads,social,0.5,r,certain,2020-01-01,2020-06-30\n",
            "row 3, column valid_from, valid_to: 'Roads' has dates that overlap, those of row 2 (infrastructure) and of "
            "row 3 (social): from 2020-01-01 to 2020-06-30 the line's shares add to 1.5",
            id="one within the other",
        ),
        pytest.param(
            "Roads,infrastructure,0.5,r,certain,,2020-06-30\nRoads,unlinked,0.5,r,certain,,2020-06-30\n"
            "Roads,social,1,r,certain,2020-01-01,\n",
            "row 4, column valid_from, valid_to: 'Roads' has dates that overlap, those of rows 2, 3 (infrastructure, "
            "unlinked) and of row 4 (social): from 2020-01-01 to 2020-06-30 the line's shares add to 2",
            id="two rows end too late",
        ),
        pytest.param(
            "Roads,infrastructure,1,r,certain,,\nRoads,social,1,r,certain,2020-01-01,\n",
            "row 3, column valid_from, valid_to: 'Roads' has dates that overlap, those of row 2 (infrastructure) and of "
            "row 3 (social): from 2020-01-01 on the line's shares add to 2",
            id="without end",
        ),
        pytest.param(
            "Roads,infrastructure,0.7,r,certain,,\nRoads,social,0.5,r,certain,,\n",
            "row 2, column share: 'Roads' has shares that add to 1.2, not to 1, in rows 2, 3",
            id="of one period",
        ),
    ],
)
def test_dates_that_overlap_under_two_plan_codes_are_told_as_such(tmp_path: Path, rows: str, said: str) -> None:
    crosswalk, _ = read_crosswalk(_file(tmp_path, rows))
    (fault,) = crosswalk.own_faults()
    assert said in str(fault)


def test_shares_that_are_too_much_at_all_times_are_no_overlap(tmp_path: Path) -> None:
    # Row 3 ends where row 4 starts: it is row 2 that is too large.
    rows = """Roads,unlinked,0.7,r,certain,,
Roads,social,0.5,r,certain,,2020-06-30
Roads,infrastructure,0.5,r,certain,2020-07-01,
"""
    crosswalk, _ = read_crosswalk(_file(tmp_path, rows))
    told = [str(fault) for fault in crosswalk.own_faults()]
    assert len(told) == 2
    assert all("add to 1.2, not to 1, in rows 2" in one for one in told), told


def test_the_date_decides(tmp_path: Path) -> None:
    moved = "Roads,infrastructure,1,r,certain,,2020-06-30\nRoads,social,1,r,certain,2020-07-01,\n"
    crosswalk, _ = read_crosswalk(_file(tmp_path, moved))
    before, after = crosswalk.in_year(FiscalYear("2019/20")), crosswalk.in_year(FiscalYear("2020/21"))
    assert [row.plan_code for row in before.rows] == ["infrastructure"]
    assert [row.plan_code for row in after.rows] == ["social"]
    assert crosswalk.on(dt.date(2020, 6, 30)) == before
    with pytest.raises(InputError, match="no financial year says which"):
        crosswalk.in_year(None)


def test_a_line_whose_rows_have_ended_is_refused(tmp_path: Path) -> None:
    crosswalk, _ = read_crosswalk(_file(tmp_path, "Roads,infrastructure,1,r,certain,,2020-06-30\n"))
    (fault,) = crosswalk.missing_in_year(["Roads"], FiscalYear("2024/25"))
    assert "has no row that holds on 1 July 2024" in str(fault)


def test_a_row_without_a_mark_counts_as_illustrative(tmp_path: Path) -> None:
    crosswalk, faults = read_crosswalk(_file(tmp_path, "Roads,infrastructure,1,,,,\n"))
    assert faults == []
    assert crosswalk.illustrative
    sure, _ = read_crosswalk(_file(tmp_path, "Roads,infrastructure,1,r,certain,,\n"))
    assert not sure.illustrative


def test_shares_of_six_decimals_may_miss_one_by_a_millionth(tmp_path: Path) -> None:
    thirds = "".join(f"Roads,{code},0.333333,r,certain,,\n" for code in ("infrastructure", "social", "unlinked"))
    crosswalk, _ = read_crosswalk(_file(tmp_path, thirds))
    assert crosswalk.own_faults() == []
    rough, _ = read_crosswalk(_file(tmp_path, thirds.replace("0.333333", "0.3333")))
    assert len(rough.own_faults()) == 1


def test_unreadable_files_are_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv"):
        read_crosswalk(tmp_path / "none.csv")
    pdf = tmp_path / "x.csv"
    pdf.write_bytes(b"%PDF-1.7 and so on")
    with pytest.raises(InputError, match="is a PDF"):
        read_crosswalk(pdf)
    with pytest.raises(InputError, match="has no rows"):
        read_crosswalk(_file(tmp_path, ""))


def test_a_crosswalk_is_compared_by_its_rows() -> None:
    assert Crosswalk(()) == Crosswalk(())


def test_two_rows_that_share_one_day_overlap(tmp_path: Path) -> None:
    rows = "Roads,social,1,r,certain,,2020-07-01\nRoads,social,1,r,certain,2020-07-01,\n"
    crosswalk, _ = read_crosswalk(_file(tmp_path, rows))
    (fault,) = crosswalk.own_faults()
    assert "overlaps the dates of row 2" in str(fault)
    apart, _ = read_crosswalk(_file(tmp_path, rows.replace("2020-07-01\n", "2020-06-30\n")))
    assert apart.own_faults() == []


def test_the_first_and_the_last_day_count(tmp_path: Path) -> None:
    crosswalk, _ = read_crosswalk(_file(tmp_path, "Roads,social,1,r,certain,2020-07-01,2021-06-30\n"))
    held = [len(crosswalk.on(dt.date(*day)).rows) for day in ((2020, 6, 30), (2020, 7, 1), (2021, 6, 30), (2021, 7, 1))]
    assert held == [0, 1, 1, 0]


def test_an_unknown_line_hides_no_line_without_rows(tmp_path: Path) -> None:
    faults = _faults(tmp_path, SOUND.replace("Culture,social", "Cultura,social"))
    assert len(faults) == 2
    assert "'Cultura' is no known budget code (did you mean 'Culture'?)" in faults[0]
    assert "'Culture' is in the budget, and in no row of the crosswalk" in faults[1]


def test_one_fault_of_a_line_hides_no_other(tmp_path: Path) -> None:
    # Roads is repeated, and misses a tenth without the repeat; Health has a mark that is none, and misses a tenth too.
    faults = _faults(
        tmp_path,
        """Roads,infrastructure,0.9,r,certain,,
Roads,infrastructure,0.9,r,certain,,
Health,social,0.9,r,surely,,
Defence,unlinked,1,r,certain,,
Culture,social,1,r,certain,,
""",
    )
    assert len(faults) == 4, faults
    assert "repeats row 2" in "".join(faults)
    assert "'Roads' has shares that add to 1.8" in "".join(faults)
    assert "'Health' has shares that add to 0.9" in "".join(faults)
    assert "'surely' is not allowed" in "".join(faults)


def test_a_repeat_is_told_though_another_share_is_no_number(tmp_path: Path) -> None:
    rows = SOUND.replace("Health,infrastructure,0.4", "Health,social,0.6").replace(
        "Culture,social,1", "Culture,social,x"
    )
    faults = _faults(tmp_path, rows + "Culture,social,1,r,certain,,\n")
    assert len(faults) == 4, faults
    assert sum("repeats row" in fault for fault in faults) == 2
    assert sum("add to 1.2" in fault for fault in faults) == 1


def test_a_percentage_is_a_share(tmp_path: Path) -> None:
    crosswalk, faults = read_crosswalk(_file(tmp_path, SOUND.replace("0.6", "60%").replace("0.4", "40 %")))
    assert faults == []
    assert crosswalk.table["share"].tolist() == [1, 0.6, 0.4, 1, 1]
    for wrong in ("160%", "%", "-5%"):
        _, found = read_crosswalk(_file(tmp_path, SOUND.replace("0.6", wrong)))
        assert len(found) == 1, wrong
