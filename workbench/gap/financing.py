"""Finance a gap from several sources, and tell what remains unfunded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.allocation import allocate
from workbench.fiscal import FiscalYear
from workbench.gap.amounts import moneys
from workbench.gap.deficits import deficits_of, notes_of, payable_lines
from workbench.gap.money_sources import KINDS, Source, checked_sources
from workbench.results import Result, illustrative_notes, records, source_table

if TYPE_CHECKING:
    from workbench.gap.result import Gap

__all__ = ["KINDS", "Financing", "Source", "finance"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Financing(Result):
    """What each source pays of each line, and what remains.

    Attributes
    ----------
    lines : DataFrame
        Index line: ``deficit``, a column a source (KES), ``financed`` and ``unfunded``.
    by_source : DataFrame
        ``source``, ``kind``, ``amount``, ``currency``, ``rate``, ``rate_date``, ``rate_reference``, ``mark``, ``kes``,
        ``used``, ``unused`` (KES).
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
        lacking, paid, rest, over = moneys(deficit, financed, self.unfunded, unused)
        told = [f"Of a deficit of {lacking} the sources pay {paid}; {rest} remains unfunded."]
        told += [f"{over} offered cannot be used on the lines that it is for."] if unused else []
        return " ".join([*told, *illustrative_notes(self.sources)])

    def to_dict(self) -> dict[str, Any]:
        """Return the financing for a program, KES."""
        return {
            **self.parameters,
            "unit": "KES",
            "lines": records(self.table),
            "by_source": records(self.by_source),
            "unfunded": self.unfunded,
            "notes": list(self.notes),
            "sources": records(self.sources),
            "illustrative": self.illustrative,
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

    Raises
    ------
    InputError
        With every fault of the sources.
    """
    lines = payable_lines(gap, financial_year)
    deficits = deficits_of(lines).round()
    sources = checked_sources(sources, list(deficits.index), list(lines["line"]))
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
    table = table.assign(financed=deficits - left, unfunded=left)
    used = source_table(gap.sources, pd.DataFrame([told for source in sources for told in source.told]))
    return Financing(
        parameters={"rule": rule, "financial_year": str(lines["financial_year"].iloc[0])},
        sources=used,
        notes=(*notes_of(lines), *illustrative_notes(used)),
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
        "mark": source.least_sure,
        "kes": source.kes,
        "used": used,
        "unused": round(source.kes - used, 2),
    }
