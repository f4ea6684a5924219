"""A national ledger of millions of lines: added up where it lies, never loaded whole.

A Parquet or CSV file is read by DuckDB; a table of a treasury's own warehouse (PostgreSQL, Trino, Spark) is asked
through Ibis. Both come with the extra ``ledger``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

from workbench.errors import Fault, InputError, unknown_name
from workbench.fiscal import FiscalYear
from workbench.gap.asking import fetched
from workbench.gap.layouts import Layout
from workbench.gap.mixed import SPELT, counted_twice, refuse_twice

YearIs = Literal["start", "end"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Ledger:
    """Lines of a ledger that stay where they are.

    Attributes
    ----------
    name : str
        What the source is called in results.
    lines : ibis Table
        The lines.
    layout : Layout
        What the columns are called.
    unit : str
        The unit of the amounts.
    year_is : {"start", "end"} or None
        Which calendar year a plain number in the year column is; None where years are written ``2009/10``.
    blank_is_nil : bool
        Whether a blank amount says that there was none. Unless said, it is unknown.
    mark : str
        The mark of the figures.
    """

    name: str
    lines: Any = field(repr=False)
    layout: Layout
    unit: str
    year_is: YearIs | None
    blank_is_nil: bool
    mark: str

    @property
    def stages(self) -> list[str]:
        """The stages that the ledger holds."""
        if self.layout.stages:
            return list(self.layout.stages)
        asked = self.lines.select(stage=self.lines[self.layout.stage]).distinct()
        held = fetched(asked, self.name)["stage"].dropna()
        return [self.layout.stage_names.get(str(name), str(name)) for name in sorted(held)]

    @property
    def levels(self) -> list[str]:
        """The levels that the ledger's columns tell."""
        return [level for level, column in self.layout.keys.items() if column in self.lines.columns]

    @property
    def in_unit(self) -> str:
        """The unit of what :meth:`added_up` gives: KES where a column says the unit line by line."""
        return "KES" if self._unit_column is not None else self.unit

    @property
    def _unit_column(self) -> str | None:
        return self.layout.unit if self.layout.unit in self.lines.columns else None

    def stage(self, stage: str) -> LedgerSide:
        """Return one stage as a side of a gap: ``wb.gap(ledger.stage("revised"), ledger.stage("expenditure"))``."""
        known = list(self.layout.stages) or self.stages
        if stage not in known:
            raise unknown_name(f"stage of '{self.name}'", stage, known)
        return LedgerSide(self, stage)

    def added_up(
        self, stages: Sequence[str], levels: Sequence[str], *, only: Mapping[str, str] | None = None
    ) -> pd.DataFrame:
        """Add stages up by levels and financial year in one pass over the lines.

        Parameters
        ----------
        stages, levels : sequence of str
            Of this ledger.
        only : mapping, optional
            Values of levels to keep to.

        Returns
        -------
        DataFrame
            The levels, ``financial_year`` as text, a column a stage (in :attr:`in_unit`; NaN where any line of the
            group has no amount, unless blanks are nil) and ``lines``, how many lines the group has.

        Raises
        ------
        UnknownNameError
            For a level that no column of the ledger tells.
        InputError
            For amounts that the database cannot add up, and for totals beside their parts.
        """
        for level in (*levels, *(only or {})):
            if level not in self.levels:
                raise unknown_name(f"level of '{self.name}'", level, self.levels)
        kept = self._spending([self.layout.keys[level] for level in levels])
        for level, value in (only or {}).items():
            kept = kept.filter(kept[self.layout.keys[level]] == value)
        keys = {"ledger_year": kept[self.layout.year]}
        keys |= {level: kept[self.layout.keys[level]] for level in levels}
        sums: dict[str, Any] = {"lines": kept.count()}
        for stage in stages:
            amount, here = self._amount_of(kept, stage)
            sums[f"sum_{stage}"] = amount.sum(where=here)
            sums[f"known_{stage}"] = amount.count(where=here)
            if here is not None:
                sums[f"there_{stage}"] = kept.count(where=here)
            sums |= counted_twice(kept, self.layout, stage, here)
        grouped = fetched(kept.group_by(**keys).aggregate(**sums), self.name)
        refuse_twice(grouped, stages, levels, self.name)
        if self.layout.stages:
            grouped = grouped.assign(**{f"there_{stage}": grouped["lines"] for stage in stages})
        return self._table(grouped, stages, levels)

    def figures(
        self, stages: Sequence[str], levels: Sequence[str], *, only: Mapping[str, str] | None = None
    ) -> dict[str, pd.DataFrame]:
        """Return rows of the one table by stage, from one pass over the lines."""
        table = self.added_up(stages, levels, only=only)
        common = {"unit": self.in_unit, "line": "item", "source": self.name, "mark": self.mark}
        out = {}
        for stage in stages:
            there = table[table[f"there_{stage}"] > 0]
            locator = [f"sum of {count:,} lines" for count in there[f"there_{stage}"]]
            rows = there[["financial_year", *levels]].assign(amount=there[stage], stage=stage, locator=locator)
            out[stage] = rows.assign(**common)
        return out

    def _spending(self, grouped_by: Sequence[str] = ()) -> Any:  # noqa: ANN401 - an ibis table
        """Leave the lines out that are no spending; a column that is grouped by is looked at after the grouping."""
        kept = self.lines
        for column, beginnings in self.layout.left_out.items():
            if column in kept.columns and column not in grouped_by:
                text = kept[column] if kept[column].type().is_string() else kept[column].cast("string")
                out = [text.startswith(beginning) for beginning in beginnings]
                kept = kept.filter(text.isnull() | ~_any_of(out))  # noqa: PD003 - a column of Ibis, not of pandas
        return kept

    def _amount_of(self, kept: Any, stage: str) -> tuple[Any, Any]:  # noqa: ANN401 - ibis columns
        if self.layout.stages:
            return _number(kept[self.layout.stages[stage]]), None
        words = [word for word, known in self.layout.stage_names.items() if known == stage] or [stage]
        amount = _number(kept[self.layout.amount])
        if self._unit_column is not None:
            amount = amount * kept[self._unit_column].cases(*((name, float(size)) for name, size in SPELT.items()))
        return amount, kept[self.layout.stage].isin(words)

    def _table(self, grouped: pd.DataFrame, stages: Sequence[str], levels: Sequence[str]) -> pd.DataFrame:
        years = {year: self._financial_year(year) for year in grouped["ledger_year"].dropna().unique()}
        table = grouped.assign(financial_year=grouped["ledger_year"].map(years))
        for level in levels:
            beginnings = tuple(self.layout.left_out.get(self.layout.keys[level], ()))
            if beginnings:
                table = table[~table[level].astype("str").str.startswith(beginnings)]
        for stage in stages:
            amount = table[f"sum_{stage}"].astype("float64")
            short = table[f"known_{stage}"] < table[f"there_{stage}"]
            table[stage] = amount.fillna(0.0) if self.blank_is_nil else amount.mask(short)
        order = ["financial_year", *levels]
        return table.sort_values(order, ignore_index=True)[
            [*order, *stages, "lines", *(f"there_{stage}" for stage in stages)]
        ]

    def _financial_year(self, written: object) -> str:
        text = str(written)
        if not text.replace(".0", "").isdigit():
            return str(FiscalYear(text))
        if self.year_is is None:
            remedy = "say year_is='start' or year_is='end': whether 2015 is 2015/16 or 2014/15"
            raise InputError(Fault(what="may be the first or the second year of a financial year", value=text,
                                   column=self.layout.year, remedy=remedy))  # fmt: skip
        return str(FiscalYear(int(float(text)) - (1 if self.year_is == "end" else 0)))


@dataclass(frozen=True, eq=False)
class LedgerSide:
    """One stage of a ledger, as a side of a gap."""

    ledger: Ledger
    stage: str


def collected(
    requirements: pd.DataFrame | LedgerSide, allocations: pd.DataFrame | LedgerSide, levels: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Add the sides that lie in ledgers up; two stages of one ledger in a single pass."""
    first, second = requirements, allocations
    if isinstance(first, LedgerSide) and isinstance(second, LedgerSide) and first.ledger is second.ledger:
        both = first.ledger.figures(list(dict.fromkeys((first.stage, second.stage))), levels)
        return both[first.stage], both[second.stage]
    out = [
        side.ledger.figures([side.stage], levels)[side.stage] if isinstance(side, LedgerSide) else side
        for side in (first, second)
    ]
    return out[0], out[1]


def _number(column: Any) -> Any:  # noqa: ANN401 - ibis columns
    return column if column.type().is_floating() else column.cast("float64")


def _any_of(conditions: Sequence[Any]) -> Any:  # noqa: ANN401 - ibis columns
    found = conditions[0]
    for condition in conditions[1:]:
        found = found | condition
    return found
