"""The money that may close a gap: who offers it, in which currency, at which dated rate, and for which lines."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeGuard

from workbench.errors import Fault, suggestion
from workbench.gap.checks import Checks
from workbench.results import mark_fault

TABLE_COLUMNS: Final = ("line", "deficit", "financed", "unfunded")
"""The columns of a financing table beside its sources: no source may be called so."""

ILLUSTRATIVE: Final = "illustrative"
KINDS: Final = ("exchequer", "appropriations-in-aid", "development partner", "domestic savings")


@dataclass(frozen=True, kw_only=True)
class Source:
    """Money that may close a gap.

    Attributes
    ----------
    name : str
        Who gives it.
    kind : str
        One of :data:`KINDS`.
    amount : float
        In ``currency``, in whole units of it.
    currency : str
        ``KES``, or that of a development partner: ``USD``, ``EUR``.
    rate : float, optional
        KES for one unit of the currency; needed for any but KES.
    rate_date : date, optional
        The day of the rate; needed with it.
    rate_reference : str
        Where the rate comes from.
    lines : sequence of str
        The lines that the money is for; empty where it is free.
    mark : str
        How sure the amount and its rate are: ``certain``, ``one source``, ``inferred`` or ``illustrative``.
    """

    name: str
    kind: str
    amount: float
    currency: str = "KES"
    rate: float | None = None
    rate_date: dt.date | None = None
    rate_reference: str = ""
    lines: Sequence[str] = ()
    mark: str = "one source"

    @property
    def kes(self) -> float:
        """The amount in KES at the source's own rate, to the cent."""
        return round(self.amount * (self.rate if self.rate is not None else 1.0), 2)

    @property
    def least_sure(self) -> str:
        """The mark; ``illustrative`` where the reference of the rate says that the rate is."""
        return ILLUSTRATIVE if ILLUSTRATIVE in self.rate_reference.casefold() else self.mark

    @property
    def told(self) -> list[dict[str, str]]:
        """The rows of the result's sources: the offer, and the rate that it is counted at."""
        offer = {
            "source": self.name,
            "locator": f"{self.currency} {self.amount:,.10g} offered",
            "mark": self.least_sure,
        }
        if self.rate_date is None:
            return [offer]
        rate = f"{self.rate:g} KES for 1 {self.currency} on {self.rate_date.isoformat()}"
        named = self.rate_reference.casefold() not in ("", ILLUSTRATIVE)
        whose = self.rate_reference if named else f"the rate of {self.name}"
        return [offer, {"source": whose, "locator": rate, "mark": self.least_sure}]


def checked_sources(sources: object, short: Sequence[str], lines: Sequence[str]) -> list[Source]:
    """Return the sources with their numbers, days and lines read.

    Parameters
    ----------
    sources : object
        As the user gave them: several of :class:`Source`, or one.
    short, lines : sequence of str
        The lines in deficit, and all lines.

    Raises
    ------
    InputError
        With every fault of all of them.
    """
    checks = Checks()
    given = list(sources) if isinstance(sources, Iterable) and not isinstance(sources, str) else [sources]
    read = [_read(source, checks) for source in given if _is_source(source, checks)]
    names = [source.name for source in read]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        checks.fault("names two sources", name)
    for source in read:
        for line in source.lines:
            if line not in lines:
                checks.fault("is no line of this gap", line, remedy=suggestion(line, lines))
            elif line not in short:
                checks.fault(f"is not in deficit ('{source.name}' is tied to it)", line)
    if not given:
        checks.fault("there are no sources")
    checks.raise_any()
    return read


def _is_source(source: object, checks: Checks) -> TypeGuard[Source]:
    if not isinstance(source, Source):
        remedy = "write Source(name='Exchequer', kind='exchequer', amount=500e6)"
        checks.fault("is no source of money", f"{source!r:.60}", remedy=remedy)
    return isinstance(source, Source)


def _read(source: Source, checks: Checks) -> Source:
    name = str(source.name).strip()
    if name in ("", *TABLE_COLUMNS):
        remedy = f"call it otherwise; {', '.join(TABLE_COLUMNS)} are columns of the financing table"
        checks.fault("cannot be the name of a source", source.name, remedy=remedy)
    checks.known([str(source.kind)], "kind of source", KINDS)
    currency = str(source.currency)
    in_shillings = currency == "KES"
    amount = checks.number(source.amount, f"the amount of '{name}'", least=0.0, money=in_shillings)
    rate = None if source.rate is None else checks.number(source.rate, f"the rate of '{name}'", above=0.0)
    day = checks.day(source.rate_date, f"the rate's, of '{name}'")
    if not in_shillings and (source.rate is None or source.rate_date is None):
        remedy = "give rate, KES for one, and rate_date"
        checks.fault(f"has no dated rate ({name})", currency, remedy=remedy)
    if in_shillings and rate is not None and not math.isnan(rate) and rate != 1.0:
        checks.fault(f"is a rate for shillings ({name})", source.rate)
    mark: Fault | None = mark_fault(source.mark)
    checks.faults += [mark] if mark is not None else []
    return dataclasses.replace(
        source,
        name=name,
        amount=amount,
        rate=rate,
        rate_date=day,
        rate_reference=str(source.rate_reference),
        lines=checks.names(source.lines, f"the lines of '{name}'"),
    )
