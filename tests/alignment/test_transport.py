"""The least moves: their total, and which way is taken where several have it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.alignment.transport import least_moves, unlikeness


def test_money_moves_between_codes_that_the_same_sectors_serve() -> None:
    # Codes 0 and 2 sit in sector A, codes 1 and 3 in sector B: what leaves A's codes stays in A.
    money = np.array([[60.0, 0, 40, 0], [0, 60, 0, 40]])
    present = np.array([60, 60, 40, 40])
    moves = least_moves(present, np.array([50, 50, 50, 50]), unlikeness(money))
    expected = np.zeros((4, 4), dtype=np.int64)
    expected[0, 2] = expected[1, 3] = 10
    np.testing.assert_array_equal(moves, expected)


def test_unlikeness_is_known_for_whole_half_and_no_overlap() -> None:
    money = np.array([[10.0, 5, 0, 0], [0, 5, 10, 0]])
    np.testing.assert_allclose(unlikeness(money), [[0, 0.5, 1, 1], [0.5, 0, 0.5, 1], [1, 0.5, 0, 1], [1, 1, 1, 0]])


@given(st.lists(st.integers(0, 10**13), min_size=2, max_size=7), st.randoms())
def test_no_shilling_is_lost_and_nobody_gives_and_takes(amounts: list[int], random: object) -> None:
    present = np.array(amounts, dtype=np.int64)
    wanted = np.array(random.sample(amounts, len(amounts)), dtype=np.int64)  # type: ignore[attr-defined]
    moves = least_moves(present, wanted, np.ones((len(amounts),) * 2))
    np.testing.assert_array_equal(present - moves.sum(axis=1) + moves.sum(axis=0), wanted)
    assert (moves >= 0).all()
    assert moves.sum() == np.abs(present - wanted).sum() // 2
    assert not ((moves.sum(axis=1) > 0) & (moves.sum(axis=0) > 0)).any()


def test_divisions_of_different_wholes_are_refused() -> None:
    with pytest.raises(ValueError, match="add up to the same"):
        least_moves(np.array([1, 2]), np.array([1, 1]), np.ones((2, 2)))
