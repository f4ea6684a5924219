import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.fiscal import UNITS, fitting_unit, format_money, parse_money, parse_number, scale, table_unit

PRINTED = {
    "KSh 1,234.5 million": 1_234_500_000,
    "Kshs. 3,161,700,000": 3_161_700_000,
    "Kshs 13,363,451,453": 13_363_451_453,
    "KShs 290.6 million": 290_600_000,
    "Ksh1.67 billion": 1_670_000_000,
    "Sh13billion": 13_000_000_000,
    "37.5M": 37_500_000,
    "352.5 mn": 352_500_000,
    "(44)": -44,
    "KSh (44) million": -44_000_000,
    "(KSh 44 million)": -44_000_000,
    "-44": -44,
    "KSh -44": -44,
    "−44": -44,
    "1,234,567.00": 1_234_567,
    "3 161 700 000": 3_161_700_000,
    "4,000/=": 4_000,
    "KES 5": 5,
    "0": 0,
    "-": 0,
    "–": 0,
    "KSh -": 0,
    "Kshs 500/-": 500,
    "500 KES": 500,
    "5 million shillings": 5_000_000,
    "Nil": 0,
}


@pytest.mark.parametrize(("printed", "shillings"), PRINTED.items())
def test_money_is_read_as_printed(printed, shillings):
    assert parse_money(printed) == shillings


@pytest.mark.parametrize("blank", ["", "  ", "\u00a0", None, math.nan, "n/a", "..", "not available"])
def test_blank_is_unknown_and_never_zero(blank):
    assert parse_money(blank) is None
    assert parse_number(blank) is None


@pytest.mark.parametrize(
    "wrong",
    [
        "2,603,.52",
        "1,23,456",
        "12,34",
        "1.2.3",
        "KSh",
        "five",
        "5%",
        "1e5",
        "--5",
        "((5))",
        True,
        "44 lakh",
        "KSh million",
    ],
)
def test_what_is_no_amount_is_refused_with_the_value_and_a_remedy(wrong):
    with pytest.raises(InputError) as refused:
        parse_money(wrong)
    assert str(wrong) in str(refused.value)
    assert "write it like" in str(refused.value)


@pytest.mark.parametrize("foreign", ["US$150 million", "$5", "USD 3,850,000.00", "€234,500", "SDR 144.4M"])
def test_another_currency_is_never_taken_for_shillings(foreign):
    with pytest.raises(InputError, match="not in Kenya shillings"):
        parse_money(foreign)


def test_the_unit_of_the_heading_holds_unless_the_cell_names_its_own():
    assert parse_money("3,162", unit="KES million") == 3_162_000_000
    assert parse_money("KSh 1.5 billion", unit="KES million") == 1_500_000_000
    assert parse_money(5, unit="KES thousand") == 5_000


def test_an_unknown_unit_gets_the_nearest_right_one():
    with pytest.raises(InputError, match="did you mean 'KES million'"):
        parse_money("5", unit="KES milion")


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=2, allow_nan=False))
def test_a_number_written_with_commas_is_read_back_exactly(number):
    assert parse_number(f"{number:,.2f}") == number
    assert parse_number(f"({abs(number):,.2f})") == -abs(number)


@given(st.text(max_size=20))
def test_any_text_gives_a_number_nothing_or_a_named_error(text):
    try:
        number = parse_number(text)
        money = parse_money(text)
    except InputError:
        return
    assert number is None or isinstance(number, Decimal)
    assert money is None or math.isfinite(money)


@given(st.integers(-(10**15), 10**15), st.sampled_from(list(UNITS)), st.sampled_from(list(UNITS)))
def test_scaling_there_and_back_loses_nothing_that_a_float_can_hold(amount, one, other):
    assert scale(scale(amount, one, other), other, one) == pytest.approx(amount, rel=1e-15)


def test_scaling_is_exact_in_decimals_and_keeps_the_unknown():
    assert scale(3161.7, "KES million", "KES billion") == 3.1617
    assert scale(1_234.5, "KES million", "KES") == 1_234_500_000
    assert math.isnan(scale(math.nan, "KES", "KES billion"))


@pytest.mark.parametrize(
    ("amount", "unit", "text"),
    [
        (1_234_500_000, "KES million", "KSh 1,234.5 million"),
        (3_162_000_000, "KES million", "KSh 3,162 million"),
        (-44, "KES", "-KSh 44"),
        (37_500_000, "KES", "KSh 37,500,000"),
        (0, "KES million", "KSh 0 million"),
        (-1, "KES billion", "-KSh 0.000000001 billion"),
        (4_000, "KES million", "KSh 0.004 million"),
        (2_382_940_000_000, "KES billion", "KSh 2,382.94 billion"),
        (None, "KES", ""),
        (math.nan, "KES million", ""),
    ],
)
def test_money_is_written_for_people(amount, unit, text):
    assert format_money(amount, unit) == text


def test_decimals_can_be_fixed():
    assert format_money(1_000_000, "KES million", decimals=1) == "KSh 1.0 million"


@pytest.mark.parametrize("number", [np.float64(2.5), np.float32(2.5), 2.5, Decimal("2.5")])
def test_numbers_of_every_library_are_read(number):
    assert parse_money(number) == 2.5
    assert parse_money(np.int64(3)) == 3
    assert parse_number(np.float64(1e-5)) == Decimal("1e-05")


@pytest.mark.parametrize("missing", [pd.NA, pd.NaT, math.nan, np.float64("nan"), Decimal("NaN"), None])
def test_every_kind_of_missing_is_unknown(missing):
    assert parse_money(missing) is None
    assert format_money(missing) == ""


@pytest.mark.parametrize("huge", ["9" * 400, 10**400, Decimal("Infinity"), math.inf, np.float64(1e22)])
def test_no_sum_of_money_is_endless(huge):
    with pytest.raises(InputError, match="larger than any sum of money"):
        parse_money(huge)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (20_330_000, "KSh 20.3 million"),
        (2_383e9, "KSh 2,383.0 billion"),
        (-2e8, "KSh -0.2 billion"),
        (99_999, "KSh 99,999.0"),
    ],
)
def test_no_amount_is_shown_as_nil_for_its_unit(amount, shown):
    assert format_money(amount, fitting_unit(amount), decimals=1).replace("−", "-").replace("-KSh ", "KSh -") == shown


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        (0, "KES"),
        (999_999, "KES"),
        (1_000_000, "KES million"),
        (-9_999_999_999, "KES million"),
        (-10_000_000_000, "KES billion"),
        (math.nan, "KES million"),
    ],
)
def test_where_a_larger_unit_begins_is_the_caller_s_to_say(amount, unit):
    assert fitting_unit(amount, billions_from=1e10, millions_from=1e6) == unit


@pytest.mark.parametrize(
    ("largest", "unit"),
    [(0, "KES million"), (99_999_999_999, "KES million"), (100_000_000_000, "KES billion"), (math.nan, "KES million")],
)
def test_a_table_of_money_stands_in_millions_until_they_have_six_figures(largest, unit):
    assert table_unit(largest) == unit
