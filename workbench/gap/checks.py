"""Check what a user gives the model by hand: numbers, amounts, days, names; the faults are gathered and told once."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

import pandas as pd

from workbench.errors import Fault, InputError, WorkbenchError, suggestion
from workbench.fiscal import parse_money, parse_number


@dataclass
class Checks:
    """The faults of one call, in the order in which they were found."""

    faults: list[Fault] = field(default_factory=list)

    def fault(self, what: str, value: object = None, *, column: str | None = None, remedy: str | None = None) -> None:
        """Note one fault."""
        self.faults.append(Fault(what=what, value=value, column=column, remedy=remedy))

    def number(
        self,
        given: object,
        what: str,
        *,
        least: float = -math.inf,
        above: float = -math.inf,
        money: bool = False,
        unknown: bool = False,
    ) -> float:
        """Read a number as a person may write it, and note what is none.

        Parameters
        ----------
        given : object
            A number, or text such as ``75``, or ``KSh 5 million`` where it is money.
        what : str
            What it is, for the message: ``the rate of 'Partner'``.
        least, above : float
            The least that it may be; what it must be above.
        money : bool
            Whether it is an amount of Kenya shillings.
        unknown : bool
            Whether it may be unknown.

        Returns
        -------
        float
            NaN where it is unknown or a fault was noted.
        """
        try:
            read = parse_money(given) if money else parse_number(given)
        except InputError as refusal:
            fault = refusal.faults[0]
            self.fault(f"{fault.what} ({what})", given, remedy=fault.remedy)
            return math.nan
        if read is None:
            if not unknown:
                self.fault(f"{what} is unknown", remedy="give a number")
            return math.nan
        number = float(read)
        if number < least or not number > above:
            bound = f"{least:g} or more" if number < least else f"above {above:g}"
            self.fault(f"is too little ({what})", given, remedy=f"it must be {bound}")
            return math.nan
        return number

    def numbers(self, given: pd.Series, names: Iterable[object], what: str, **bounds: bool | float) -> pd.Series:
        """Read a number for each name: ``the population of Lamu``; NaN where it is unknown or a fault was noted."""
        read = [
            self.number(value, f"{what} of {name}", **bounds)  # type: ignore[arg-type]  # the bounds of number
            for value, name in zip(given, names, strict=True)
        ]
        return pd.Series(read, index=given.index, dtype="float64")

    def day(self, given: object, what: str) -> dt.date | None:
        """Read a date, or text such as ``2009-07-01``, and note what is none; None where there is none."""
        if given is None or (isinstance(given, dt.date) and not isinstance(given, dt.datetime)):
            return given
        if isinstance(given, dt.datetime):
            return given.date()
        try:
            return dt.date.fromisoformat(str(given))
        except ValueError:
            self.fault(f"is no date ({what})", given, remedy="write it like 2009-07-01")
            return None

    def names(self, given: object, what: str) -> tuple[str, ...]:
        """Read one name or several, and note what is neither."""
        if isinstance(given, str):
            return (given,)
        if isinstance(given, Iterable) and not isinstance(given, (bytes, dict)):
            several = tuple(given)
            if all(isinstance(name, str) for name in several):
                return several
        self.fault(f"is neither a name nor several ({what})", f"{given!r:.60}", remedy="write ['Roads', 'Clinics']")
        return ()

    def known(self, given: Iterable[str], kind: str, known: Collection[str]) -> None:
        """Note each name that is not among those known, with the nearest right one."""
        for name in given:
            if name not in known:
                self.fault(f"is no {kind}", name, remedy=suggestion(str(name), list(known)))

    def raise_any(self, *, kind: type[WorkbenchError] = InputError, summary: str | None = None) -> None:
        """Raise all that was noted; nothing where there is none."""
        if self.faults:
            raise kind(self.faults, summary=summary)
