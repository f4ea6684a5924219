import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.fiscal import FiscalYear

years = st.integers(1900, 2100)


@pytest.mark.parametrize(
    "written",
    ["2009/10", "2009-10", "2009–10", "FY 2009/2010", "FY2009/10", "fy 2009-2010", "F.Y. 2009/10", "F/Y 2009/10",
     " 2009 / 10 ", "Financial Year 2009/10", "2009_10", "FY: 2009/10"],
)  # fmt: skip
def test_every_way_of_writing_a_year_is_read(written):
    assert FiscalYear(written) == FiscalYear.parse(written) == FiscalYear(2009)


@pytest.mark.parametrize(
    "written",
    [
        "2009/11",
        "2009/2011",
        "2009/09",
        "2009",
        "09/10",
        "",
        "next year",
        "2009/10/11",
        "2010/09",
        "2009/1",
        "1999/2001",
    ],
)
def test_what_names_no_financial_year_is_refused_with_words(written):
    with pytest.raises(InputError) as refused:
        FiscalYear(written)
    assert repr(written)[1:-1] in str(refused.value)
    assert "is no financial year" in str(refused.value)


@pytest.mark.parametrize("wrong", [None, 2009.0, True, 0, 9999, -3])
def test_other_values_are_refused(wrong):
    with pytest.raises(InputError):
        FiscalYear(wrong)


def test_the_turn_of_the_century():
    assert str(FiscalYear("1999/2000")) == "1999/00"
    assert FiscalYear("1999/00") + 1 == FiscalYear("2000/01")


def test_it_starts_on_1_july_and_ends_on_30_june():
    year = FiscalYear("2009/10")
    assert (year.start, year.end) == (dt.date(2009, 7, 1), dt.date(2010, 6, 30))


@given(years)
def test_what_is_written_is_read_back(first):
    year = FiscalYear(first)
    assert FiscalYear(str(year)) == year
    assert FiscalYear(f"FY {first}/{first + 1}") == year
    assert eval(repr(year), {"FiscalYear": FiscalYear}) == year  # noqa: S307 - repr is meant to be evaluated


@given(years, st.integers(-50, 50))
def test_years_add_and_subtract(first, count):
    year = FiscalYear(first)
    assert (year + count) - year == count
    assert (year + count) - count == year
    assert count + year == year + count


@given(years, years)
def test_years_are_ordered_as_they_follow_each_other(first, second):
    one, other = FiscalYear(first), FiscalYear(second)
    assert (one < other) == (first < second)
    assert (one >= other) == (one.start >= other.start)
    assert (hash(one) == hash(other)) or one != other


@given(st.dates(dt.date(1950, 1, 1), dt.date(2080, 1, 1)))
def test_every_day_falls_in_its_year(day):
    year = FiscalYear.containing(day)
    assert year.start <= day <= year.end


def test_a_span_has_both_ends():
    assert [str(y) for y in FiscalYear("2009/10").through(FiscalYear("2011/12"))] == ["2009/10", "2010/11", "2011/12"]


def test_a_year_out_of_a_table_is_read():
    assert FiscalYear(np.int64(2009)) == FiscalYear("2009/10")
