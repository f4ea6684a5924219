"""Drawn crosswalks: shares that add up, means that are kept, intervals that shrink, rows that matter."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

import workbench as wb
from workbench.alignment import Draws, uncertainty
from workbench.alignment.doubt import draw_shares, spread_elsewhere
from workbench.errors import InputError, UnknownNameError

PLAN = pd.DataFrame({"plan_code": ["p", "q"], "label": ["P", "Q"], "amount": [1, 1], "unit": "KES million"})
BUDGET = pd.DataFrame({"budget_code": ["a", "b"], "label": "l", "sector": ["S", "T"], "amount": [90, 10],
                       "unit": "KES million"})  # fmt: skip
CROSSWALK = pd.DataFrame({"budget_code": ["a", "a", "b", "b"], "plan_code": ["p", "q", "p", "q"],
                          "share": [0.8, 0.2, 0.5, 0.5], "reason": "r", "mark": "certain", "valid_from": None,
                          "valid_to": None})  # fmt: skip


@pytest.fixture(scope="module")
def view() -> wb.Alignment:
    return wb.align(plan=PLAN, budget=BUDGET, crosswalk=CROSSWALK)


def _all_draws(view: wb.Alignment, draws: Draws) -> np.ndarray:
    arrays = spread_elsewhere(view.linked_lines.arrays, draws.elsewhere)
    return np.concatenate(list(draw_shares(arrays, draws)))


def test_drawn_shares_add_to_one_and_keep_the_given_mean(view: wb.Alignment) -> None:
    shares = _all_draws(view, Draws(number=20_000, concentration=10))
    np.testing.assert_allclose(shares[:, :2].sum(axis=1), 1)
    np.testing.assert_allclose(shares.mean(axis=0), [0.8, 0.2, 0.5, 0.5], atol=0.005)
    # A Dirichlet's variance is m(1 - m)/(concentration + 1).
    np.testing.assert_allclose(shares.var(axis=0), np.array([0.16, 0.16, 0.25, 0.25]) / 11, rtol=0.05)


def test_an_interval_is_that_of_the_beta_where_one_share_decides(view: wb.Alignment) -> None:
    # The budget's share of p is 0.9 x + 0.1 y; with b fixed, a's share alone decides it.
    crosswalk = CROSSWALK.iloc[[0, 1, 2]].assign(share=[0.8, 0.2, 1.0])
    one = wb.align(plan=PLAN, budget=BUDGET, crosswalk=crosswalk)
    doubt = uncertainty(one, Draws(number=40_000, concentration=20))
    row = doubt.intervals[(doubt.intervals["measure"] == "budget_share") & (doubt.intervals["plan_code"] == "p")].iloc[
        0
    ]
    low, high = 0.1 + 0.9 * beta.ppf([0.05, 0.95], 16, 4)
    assert row["low"] == pytest.approx(low, abs=0.005)
    assert row["high"] == pytest.approx(high, abs=0.005)
    assert any("1 budget lines have one link only" in note for note in doubt.notes)


def test_the_row_with_the_most_money_in_doubt_comes_first(view: wb.Alignment) -> None:
    doubt = view.uncertainty(Draws(number=4000))
    assert doubt.rows["budget_code"].iloc[0] == "a"
    by_line = doubt.rows.drop_duplicates("budget_code").set_index("budget_code")["part_of_variance"]
    assert by_line["a"] > 0.9 > 0.1 > by_line["b"]
    assert doubt.rows["money_deviation"].iloc[0] == pytest.approx(90e6 * np.sqrt(0.16 / 21))


def test_the_same_seed_gives_the_same_result_and_another_does_not(view: wb.Alignment) -> None:
    one, same, other = (uncertainty(view, Draws(number=50, seed=seed)) for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(one.intervals, same.intervals)
    assert one.intervals["mean"].iloc[0] != other.intervals["mean"].iloc[0]


def test_sure_shares_leave_no_doubt(view: wb.Alignment) -> None:
    doubt = uncertainty(view, Draws(number=200, concentration=1e9))
    known = doubt.intervals.dropna()
    np.testing.assert_allclose(known["low"], known["value"], atol=1e-3)
    np.testing.assert_allclose(known["high"], known["value"], atol=1e-3)


def test_elsewhere_doubts_lines_with_one_link_too() -> None:
    view = wb.align()
    shares = _all_draws(view, Draws(number=400, elsewhere=0.1, concentration=20))
    assert shares.shape[1] == 81 * 6
    np.testing.assert_allclose(shares.reshape(400, 81, 6).sum(axis=-1), 1)
    doubt = view.uncertainty(Draws(number=400, elsewhere=0.1))
    assert doubt.rows["budget_code"].nunique() == 81
    assert doubt.illustrative
    assert "Illustrative" in doubt.summary()


def test_blocks_do_not_change_what_is_drawn(view: wb.Alignment, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = uncertainty(view, Draws(number=100))
    monkeypatch.setattr("workbench.alignment.doubt.BLOCK_CELLS", 28)
    parts = uncertainty(view, Draws(number=100))
    pd.testing.assert_frame_equal(whole.intervals, parts.intervals)
    pd.testing.assert_frame_equal(whole.rows, parts.rows)


def test_settings_that_cannot_be_are_told(view: wb.Alignment) -> None:
    with pytest.raises(InputError) as refused:
        Draws(number=1, concentration=0, elsewhere=1, interval=90)
    assert len(refused.value.faults) == 4
    with pytest.raises(UnknownNameError, match="did you mean 'distance'"):
        uncertainty(view, measure="distanse")


def test_every_measure_has_its_interval(view: wb.Alignment) -> None:
    intervals = uncertainty(view, Draws(number=200)).intervals
    named = intervals.fillna({"plan_code": "", "sector": ""})
    said = {(row.measure, row.plan_code, row.sector): row.value for row in named.itertuples()}
    known = {("effective_groups", code, ""): number for code, number in view.to_dict()["effective_groups"].items()}
    known |= {("effective_plan_codes", "", s): number for s, number in view.to_dict()["effective_plan_codes"].items()}
    known |= {(row.measure, "", ""): row.value for row in view.measures.itertuples()}
    for key, value in known.items():
        assert said[key] == pytest.approx(value), key
    assert (intervals["low"] <= intervals["high"]).all()


def test_what_is_expected_elsewhere_is_said(view: wb.Alignment) -> None:
    assert any("10% of every line" in note for note in uncertainty(view, Draws(number=50, elsewhere=0.1)).notes)
    assert not any("of every line on" in note for note in uncertainty(view, Draws(number=50)).notes)
