"""Whole shillings: the total to the nearest one, and every sum within one of what it was."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.alignment.whole import half_up, whole_shillings


def test_ten_halves_are_five() -> None:
    amounts = whole_shillings([Fraction(1, 2)] * 10, [])
    assert amounts.tolist() == [1] * 5 + [0] * 5


def test_the_largest_remainders_are_rounded_up() -> None:
    assert whole_shillings([Fraction("1.2"), Fraction("1.7"), Fraction("1.1")], []).tolist() == [1, 2, 1]


def test_a_sum_that_is_whole_stays_so() -> None:
    # The two of the first pair add up to 1, those of the second to 1: none may get both shillings.
    cells = [Fraction("0.6"), Fraction("0.4"), Fraction("0.7"), Fraction("0.3")]
    assert whole_shillings(cells, [(0, 1), (2, 3)]).tolist() == [1, 0, 1, 0]
    # Down the columns too: 0.6 + 0.3 and 0.4 + 0.7 may not be rounded to 2.
    crossed = whole_shillings([Fraction("0.6"), Fraction("0.4"), Fraction("0.3"), Fraction("0.7")],
                              [(0, 1), (2, 3), (0, 2), (1, 3)])  # fmt: skip
    assert crossed.tolist() == [1, 0, 0, 1]


@pytest.mark.parametrize(("amount", "whole"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999", 2), ("7", 7)])
def test_halves_go_up(amount: str, whole: int) -> None:
    assert half_up(Fraction(amount)) == whole


@given(st.lists(st.lists(st.fractions(0, 50, max_denominator=700), min_size=3, max_size=3), min_size=1, max_size=9))
def test_a_table_keeps_its_margins(table: list[list[Fraction]]) -> None:
    cells = [cell for row in table for cell in row]
    rows = [tuple(range(3 * number, 3 * number + 3)) for number in range(len(table))]
    columns = [tuple(range(place, len(cells), 3)) for place in range(3)]
    amounts = whole_shillings(cells, [*rows, *columns]).tolist()
    assert sum(amounts) == half_up(sum(cells, Fraction()))
    for group in [*rows, *columns, *[(place,) for place in range(len(cells))]]:
        assert abs(sum(amounts[place] for place in group) - sum(cells[place] for place in group)) < 1
