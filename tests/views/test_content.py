"""Numbers and tables as people read them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from workbench.views.content import Column, grid
from workbench.views.numbers import number, percent


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (3162.0, 0, "3,162"),
        (3161.7, 0, "3,162"),
        (1_762_500_000, 0, "1,762,500,000"),
        (-44.04, 1, "−44.0"),
        (-0.001, 1, "0.0"),
        (0, 0, "0"),
        (None, 0, ""),
        (float("nan"), 2, ""),
        (np.float64("nan"), 0, ""),
        (pd.NA, 0, ""),
        (np.int64(47), 0, "47"),
    ],
)
def test_numbers(value, decimals, shown):
    assert number(value, decimals) == shown


def test_a_share_is_a_percentage_and_unknown_stays_blank():
    assert percent(1897 / 3162) == "60.0 %"
    assert percent(None) == ""
    assert percent(float("nan")) == ""


def test_a_grid_shows_unknown_as_blank_and_sorts_it_last():
    frame = pd.DataFrame({"name": ["a", None, "c"], "amount": [1.0, np.nan, 3_000.4], "unused": [1, 2, 3]})
    shown = grid(frame, [Column(key="name", title="Name"), Column(key="amount", title="Amount", decimals=0)],
                 "Some amounts", order="amount", totals=[0])  # fmt: skip
    assert shown.rows == (("c", "3,000"), ("a", "1"), ("", ""))
    assert shown.total_rows == {0}


def test_a_grid_of_nothing_has_no_rows():
    frame = pd.DataFrame({"name": pd.Series(dtype=str)})
    assert grid(frame, [Column(key="name", title="Name")], "Nothing").rows == ()
