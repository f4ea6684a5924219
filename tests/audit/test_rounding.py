"""The tolerance as an argument: honest rounding is never called an error, and one digit more always is."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.audit import audit

amounts = st.lists(st.decimals(min_value=-(10**6), max_value=10**6, places=5), min_size=1, max_size=12)
decimals = st.integers(0, 3)


def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)


def figures(items, total, **columns):
    rows = [*((number, "item", len(items) + 1, printed) for number, printed in enumerate(items, start=1)),
            (len(items) + 1, "total", None, total)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["row", "line", "parent", "printed"])
    shared = {"table": "1", "label": "x", "stage": "estimate", "economic_class": "total", "financial_year": "2024/25",
              "unit": "KES million", "amount": float("nan"), "basis": None}  # fmt: skip
    return frame.assign(**(shared | columns), parent=frame["parent"].astype("Int64"))


@settings(deadline=None, max_examples=150)
@given(items=amounts, places=decimals, of_total=decimals)
def test_a_total_rounded_from_the_same_numbers_is_never_an_error(items, places, of_total):
    printed = [f"{rounded(item, places):,f}" for item in items]
    found = audit(figures(printed, f"{rounded(sum(items), of_total):,f}"))
    assert not (found.findings["severity"] == "error").any()


@settings(deadline=None, max_examples=150)
@given(items=amounts, places=decimals, sign=st.sampled_from([1, -1]))
def test_a_total_out_of_reach_of_every_rounding_is_always_an_error(items, places, sign):
    printed = [rounded(item, places) for item in items]
    unit = Decimal(1).scaleb(-places)
    # n addends and the total are each half a unit off at most: one unit more than (n + 1) halves cannot be reached.
    out_of_reach = sum(printed) + sign * ((len(items) + 1) * unit / 2 + unit)
    total = out_of_reach.quantize(unit, rounding=ROUND_CEILING if sign > 0 else ROUND_FLOOR)
    found = audit(figures([f"{item:,f}" for item in printed], f"{total:,f}"))
    (footing,) = found.errors[found.errors["check"] == "footing"].itertuples()
    assert footing.difference * sign > 0


@settings(deadline=None, max_examples=100)
@given(items=st.lists(st.integers(0, 10**9), min_size=1, max_size=8))
def test_exact_totals_leave_nothing_to_find(items):
    found = audit(figures([f"{item:,}" for item in items], f"{sum(items):,}"))
    assert found.findings.empty
    assert found.counts["right"] == 1


@settings(deadline=None, max_examples=100)
@given(
    spent=st.decimals(min_value=0, max_value=10**5, places=4),
    given_=st.decimals(min_value=1, max_value=10**5, places=4),
)
def test_an_absorption_rounded_from_the_same_numbers_is_never_an_error(spent, given_):
    frame = pd.concat([
        figures([], f"{rounded(given_, 2)}", stage="revised"),
        figures([], f"{rounded(spent, 2)}", stage="expenditure"),
        figures([], f"{rounded(100 * spent / given_, 0)}", stage=None, unit="percent").assign(line="ratio"),
    ])  # fmt: skip
    assert not (audit(frame).findings["severity"] == "error").any()
