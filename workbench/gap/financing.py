"""Finance a gap from several sources, and tell what remains unfunded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from workbench.allocation import allocate
from workbench.errors import Fault, InputError, suggestion
from workbench.fiscal import FiscalYear
from workbench.gap.amounts import money
from workbench.gap.deficits import deficits_of, notes_of, payable_lines
from workbench.results import Result, records

if TYPE_CHECKING:
    from workbench.gap.result import Gap

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
    """

    name: str
    kind: str
    amount: float
    currency: str = "KES"
    rate: float | None = None
    rate_date: dt.date | None = None
    rate_reference: str = ""
    lines: Sequence[str] = ()

    @property
    def kes(self) -> float:
        """The amount in KES at the source's own rate, to the cent."""
        return round(self.amount * (self.rate if self.rate is not None else 1.0), 2)


@dataclass(frozen=True, kw_only=True, eq=False)
class Financing(Result):
    """What each source pays of each line, and what remains.

    Attributes
    ----------
    lines : DataFrame
        Index line: ``deficit``, a column a source (KES), ``financed`` and ``unfunded``.
    by_source : DataFrame
        ``source``, ``kind``, ``amount``, ``currency``, ``rate``, ``rate_date``, ``kes``, ``used``, ``unused`` (KES).
    """

    lines: pd.DataFrame
    by_source: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The lines."""
        return self.lines.reset_index()

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The lines and the sources."""
        return {"lines": self.table, "by_source": self.by_source}

    @property
    def unfunded(self) -> float:
        """What remains unfunded, KES."""
        return round(float(self.lines["unfunded"].sum()), 2)

    def summary(self) -> str:
        """Say what is lacking, what the sources pay, and what remains."""
        deficit, financed = float(self.lines["deficit"].sum()), float(self.lines["financed"].sum())
        unused = float(self.by_source["unused"].sum())
        left = f" {money(unused)} offered cannot be used on the lines that it is for." if unused else ""
        return (
            f"Of a deficit of {money(deficit)} the sources pay {money(financed)}; {money(self.unfunded)} remains "
            f"unfunded.{left}"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the financing for a program, KES."""
        return {
            **self.parameters,
            "unit": "KES",
            "lines": records(self.table),
            "by_source": records(self.by_source),
            "unfunded": self.unfunded,
            "notes": list(self.notes),
        }


def finance(
    gap: Gap,
    sources: Sequence[Source],
    *,
    rule: str = "proportional",
    financial_year: str | FiscalYear | None = None,
) -> Financing:
    """Pay the deficits from sources; the core of :meth:`Gap.finance`.

    Money that is tied to lines is placed first, in the order of the sources; free money then goes to what is left, each
    source by the rule. What a source cannot place is unused, and stays listed.
    """
    lines = payable_lines(gap, financial_year)
    deficits = deficits_of(lines).round()
    _check(sources, list(deficits.index), list(lines["line"]))
    left = deficits.copy()
    paid: dict[str, pd.Series] = {}
    for source in sorted(sources, key=lambda one: not one.lines):
        open_lines = left[left > 0]
        if source.lines:
            open_lines = open_lines[open_lines.index.isin(source.lines)]
        placed = min(float(int(source.kes)), float(open_lines.sum()))
        awards = pd.Series(0.0, index=left.index)
        if placed > 0:
            awards.loc[open_lines.index] = allocate(placed, open_lines, rule=rule).awards.astype("float64")
        paid[source.name] = awards
        left = left - awards
    table = pd.DataFrame({"deficit": deficits, **{source.name: paid[source.name] for source in sources}})
    table["financed"] = deficits - left
    table["unfunded"] = left
    return Financing(
        parameters={"rule": rule, "financial_year": str(lines["financial_year"].iloc[0])},
        sources=gap.sources,
        notes=notes_of(lines),
        lines=table,
        by_source=pd.DataFrame([_told(source, float(paid[source.name].sum())) for source in sources]),
    )


def _told(source: Source, used: float) -> dict[str, Any]:
    return {
        "source": source.name,
        "kind": source.kind,
        "amount": source.amount,
        "currency": source.currency,
        "rate": source.rate,
        "rate_date": None if source.rate_date is None else source.rate_date.isoformat(),
        "rate_reference": source.rate_reference,
        "kes": source.kes,
        "used": used,
        "unused": round(source.kes - used, 2),
    }


def _check(sources: Sequence[Source], short: list[str], lines: list[str]) -> None:
    faults: list[Fault] = []
    names = [source.name for source in sources]
    for source in sources:
        if source.kind not in KINDS:
            faults.append(Fault(what="is no kind of source", value=source.kind, remedy=suggestion(source.kind, KINDS)))
        if not source.amount >= 0:
            faults.append(Fault(what=f"is no amount of '{source.name}'", value=source.amount, remedy="0 or more"))
        if source.currency != "KES" and (source.rate is None or source.rate_date is None):
            what = f"has no dated rate ({source.name})"
            faults.append(Fault(what=what, value=source.currency, remedy="give rate, KES for one, and rate_date"))
        if source.currency == "KES" and source.rate not in (None, 1.0):
            faults.append(Fault(what=f"is a rate for shillings ({source.name})", value=source.rate))
        if names.count(source.name) > 1:
            faults.append(Fault(what="names two sources", value=source.name))
        for line in source.lines:
            if line not in lines:
                faults.append(Fault(what="is no line of this gap", value=line, remedy=suggestion(line, lines)))
            elif line not in short:
                faults.append(Fault(what=f"is not in deficit ('{source.name}' is tied to it)", value=line))
    if not sources:
        faults.append(Fault(what="there are no sources"))
    if faults:
        raise InputError(faults)
