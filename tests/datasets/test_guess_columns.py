"""Tables whose headings say what their columns are made of, with items that are wrong and carried into the total."""

import pytest

from workbench.datasets.file_audit import audit_bytes

TWO_YEARS = """Ministry,2023/24 Recurrent,2023/24 Development,2023/24 Total,2024/25 Recurrent,2024/25 Development,2024/25 Total
A,100.0,50.0,150.0,110.0,60.0,170.0
B,200.0,70.0,280.0,210.0,80.0,290.0
C,300.0,90.0,390.0,310.0,95.0,415.0
Total,600.0,210.0,820.0,630.0,235.0,875.0
"""
MERGED = """Vote,2023/24,,,2024/25,,
,Rec,Dev,Total,Rec,Dev,Total
A,10.5,20.5,31,1.5,2.5,4
B,5.5,6.5,13,2.5,2.5,5
Total,16,27,44,4,5,9.5
"""


def errors(text):
    found = audit_bytes(text.encode(), "x.csv")
    return sorted((row.check, row.row, row.column, row.printed) for row in found.errors.itertuples())


def test_one_wrong_item_a_year_carried_into_the_totals_is_found():
    assert errors(TWO_YEARS) == [
        ("cross-footing", 3, "2023/24 Total", "280.0"), ("cross-footing", 4, "2024/25 Total", "415.0"),
        ("cross-footing", 5, "2023/24 Total", "820.0"), ("cross-footing", 5, "2024/25 Total", "875.0"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Vote,Recurrent,Development,Total\nA,10.0,20.0,40.0\nB,15.0,5.0,20.0\nC,7.0,8.0,25.0\n",
         [("cross-footing", 2, "Total", "40.0"), ("cross-footing", 4, "Total", "25.0")]),
        ("Vote,Gross,A-I-A,Net\nA,1000,100,900\nB,2000,200,1800\nC,500,50,440\nTotal,3500,350,3140\n",
         [("difference", 4, "Net", "440"), ("difference", 5, "Net", "3140")]),
        ("Vote,Requirement,Allocation,Deficit\nA,100,60,40\nB,80,50,20\nC,70,30,50\nTotal,250,140,110\n",
         [("difference", 3, "Deficit", "20"), ("difference", 4, "Deficit", "50")]),
        ("Post,Approved,Proposed,Variance\nA,10,15,5\nB,20,22,3\nC,30,35,4\n",
         [("difference", 3, "Variance", "3"), ("difference", 4, "Variance", "4")]),
        ("Vote,Budget,Expenditure,Absorption %\nA,100,50,50\nB,200,150,80\nC,400,100,30\n",
         [("ratio", 3, "Absorption %", "80"), ("ratio", 4, "Absorption %", "30")]),
        (MERGED, [("cross-footing", 4, "2023/24 Total", "13")]),
    ],
)  # fmt: skip
def test_headings_that_decide_need_one_row_that_bears_them_out(text, wrong):
    assert errors(text) == wrong


def test_what_one_year_s_columns_are_made_of_is_carried_to_the_other_year():
    text = (
        "Item,2023/24 Wages,2023/24 Goods,2023/24 Total,2024/25 Wages,2024/25 Goods,2024/25 Total\n"
        "A,10,20,30,11,21,32\nB,5,6,11,7,8,26\nC,1,3,4,2,4,17\n"
    )
    assert errors(text) == [
        ("cross-footing", 3, "2024/25 Total", "26"), ("cross-footing", 4, "2024/25 Total", "17"),
    ]  # fmt: skip


def test_a_blank_and_a_dash_do_not_switch_the_check_off():
    text = "Programme,Recurrent,Development,Total\nP1,100.0,-,100.0\nP2,,50.0,50.0\nP3,20.0,,25.0\nTotal,120.0,50.0,175.0\n"
    assert errors(text) == [("cross-footing", 4, "Total", "25.0"), ("cross-footing", 5, "Total", "175.0")]


def test_a_blank_stays_unknown_where_no_total_of_the_table_shows_that_it_is_nil():
    assert errors("Programme,Recurrent,Development,Total\nP1,100.0,30.0,130.0\nP2,20.0,,25.0\n") == []


def test_a_total_of_unknown_parts_is_told_and_not_checked():
    found = audit_bytes(b"Item,Wages,Goods,Total\nA,10,20,77\nB,5,6,99\nC,2,3,55\n", "x.csv")
    assert found.errors.empty
    assert any("'Total' is headed as made of other columns" in note for note in found.notes)
