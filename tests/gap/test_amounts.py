"""Money of one sentence stands in one unit, and none of it is written as nil."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from workbench.gap.amounts import moneys


@given(st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=4))
def test_one_unit_and_no_amount_lost(amounts: list[int]) -> None:
    written = moneys(*map(float, amounts))
    assert len({text.split()[2:][0] if text.split()[2:] else "shillings" for text in written}) == 1
    assert all(
        any(digit in text for digit in "123456789") for text, amount in zip(written, amounts, strict=True) if amount
    )


def test_in_the_unit_of_the_smallest() -> None:
    assert moneys(10.02e9, 9.57e9, 450e6) == ["KSh 10,020 million", "KSh 9,570 million", "KSh 450 million"]
    assert moneys(2931.75e9, 160.8e9) == ["KSh 2,931.75 billion", "KSh 160.8 billion"]
    assert moneys(5e6, 20.0, 0.0) == ["KSh 5 million", "KSh 0.00002 million", "KSh 0 million"]
    assert moneys(math.nan, 0.0) == ["an unknown amount", "KSh 0"]
