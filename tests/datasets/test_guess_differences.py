"""Rows that are one row less another: which two is said by the totals and the sizes, not by where they stand."""

import pytest

from workbench.datasets.file_audit import audit_bytes

NET = "Item,Estimate\nSalaries,500\nTravel,300\nGross Total,800\nAppropriations in Aid,100\nNet Total,{}\n"
BALANCE = (
    "Item,2023/24\nTax,800\nGrants,100\nTotal Revenue,900\nWages,500\nO&M,600\nTotal Expenditure,1100\n{},{}\n"
)  # fmt: skip


def audited(text):
    return audit_bytes(text.encode(), "x.csv")


def errors(text):
    return [(row.check, row.row, row.printed, row.computed) for row in audited(text).errors.itertuples()]


@pytest.mark.parametrize(
    "text",
    [NET.format(700), BALANCE.format("Deficit", "(200)"), BALANCE.format("Deficit", "200"),
     BALANCE.format("Surplus/Deficit", "-200"), BALANCE.format("Surplus", "-200")],
)  # fmt: skip
def test_a_right_net_or_difference_row_is_checked_and_no_error(text):
    found = audited(text)
    assert found.findings.empty
    assert found.counts["right"] == text.count("Total") + ("Net" not in text)


def test_a_wrong_net_total_is_an_error_of_the_difference():
    assert errors(NET.format(650)) == [("difference", 6, "650", 700.0)]


def test_the_sign_of_a_deficit_is_settled_by_most_of_the_years():
    text = "Item,2022/23,2023/24,2024/25\nRevenue,900,700,800\nExpenditure,1000,900,500\nDeficit,100,200,300\n"
    assert errors(text) == [("difference", 4, "300", -300.0)]


def test_a_deficit_that_no_pair_of_rows_bears_out_is_not_guessed():
    found = audited(BALANCE.format("Deficit", "777"))
    assert found.errors.empty
    assert not any("'Deficit'" in note and "less" in note for note in found.notes)


def test_a_net_total_without_a_gross_one_adds_up_its_rows():
    assert errors("Item,Estimate\nSalaries,500\nTravel,300\nNet Total,900\n") == [("footing", 4, "900", 800.0)]


def test_a_wrong_deficit_of_a_requirement_and_its_allocation_is_an_error():
    text = "Item,2023/24\nResource Requirements,100.0\nResource Allocations,60.0\nDeficit,50.0\n"
    assert errors(text) == [("difference", 4, "50.0", 40.0)]
