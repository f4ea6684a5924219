"""Kenya's financial year: 1 July to 30 June, written ``2009/10``."""

from __future__ import annotations

import datetime as dt
import operator
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import SupportsIndex, overload

from workbench.errors import Fault, InputError

_WRITTEN = re.compile(
    r"""^\s*(?:(?:F\.?/?Y|fiscal\s+year|financial\s+year)\s*[:.]?\s*)?   # FY, F.Y., Financial Year
        (?P<first>\d{4})\s*[/\u2010-\u2015_-]\s*(?P<second>\d{4}|\d{2})\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_REMEDY = "write a financial year as 2009/10: two years, the second right after the first"


@total_ordering
@dataclass(frozen=True, init=False)
class FiscalYear:
    """A financial year, which starts on 1 July of ``first`` and ends on 30 June of the year after.

    Parameters
    ----------
    year : str, int or FiscalYear
        ``2009/10``, ``2009-10``, ``FY 2009/2010`` and the like, or the calendar year in which it starts.

    Raises
    ------
    InputError
        For text that names no financial year, and for two years that do not follow each other (``2009/11``).

    Examples
    --------
    >>> FiscalYear("FY 2009/2010") + 1
    FiscalYear('2010/11')
    >>> FiscalYear("2009/10").start, FiscalYear("2009/10").end
    (datetime.date(2009, 7, 1), datetime.date(2010, 6, 30))
    """

    first: int

    def __init__(self, year: str | int | FiscalYear) -> None:
        first = operator.index(year) if isinstance(year, SupportsIndex) and not isinstance(year, bool) else None
        if isinstance(year, FiscalYear):
            first = year.first
        elif isinstance(year, str):
            first = _first_year(year)
        if first is None or not 1 <= first < 9999:
            raise InputError(Fault(what="is no financial year", value=year, remedy=_REMEDY))
        object.__setattr__(self, "first", first)

    @classmethod
    def parse(cls, text: str) -> FiscalYear:
        """Read a financial year as people write it; the same as calling the class."""
        return cls(text)

    @classmethod
    def containing(cls, day: dt.date) -> FiscalYear:
        """Return the financial year in which a day falls."""
        return cls(day.year if day.month >= 7 else day.year - 1)

    @property
    def start(self) -> dt.date:
        """The first day, 1 July."""
        return dt.date(self.first, 7, 1)

    @property
    def end(self) -> dt.date:
        """The last day, 30 June."""
        return dt.date(self.first + 1, 6, 30)

    def through(self, last: FiscalYear) -> list[FiscalYear]:
        """Return the years from this one to ``last``, both included."""
        return [FiscalYear(first) for first in range(self.first, last.first + 1)]

    def __str__(self) -> str:
        return f"{self.first:04d}/{(self.first + 1) % 100:02d}"

    def __repr__(self) -> str:
        return f"FiscalYear('{self}')"

    def __lt__(self, other: object) -> bool:
        return self.first < other.first if isinstance(other, FiscalYear) else NotImplemented

    def __add__(self, years: int) -> FiscalYear:
        return FiscalYear(self.first + years) if isinstance(years, int) else NotImplemented

    __radd__ = __add__

    @overload
    def __sub__(self, other: int) -> FiscalYear: ...
    @overload
    def __sub__(self, other: FiscalYear) -> int: ...
    def __sub__(self, other: int | FiscalYear) -> FiscalYear | int:
        if isinstance(other, FiscalYear):
            return self.first - other.first
        return FiscalYear(self.first - other) if isinstance(other, int) else NotImplemented


def _first_year(text: str) -> int:
    written = _WRITTEN.match(text)
    if written is None:
        raise InputError(Fault(what="is no financial year", value=text, remedy=_REMEDY))
    first, second = int(written["first"]), written["second"]
    follows = int(second) == (first + 1 if len(second) == 4 else (first + 1) % 100)
    if not follows:
        what = "is no financial year: its two years do not follow each other"
        raise InputError(Fault(what=what, value=text, remedy=f"{first}/{(first + 1) % 100:02d}?"))
    return first
