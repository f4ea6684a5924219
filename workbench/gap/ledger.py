"""A national ledger of millions of lines: added up where it lies, never loaded whole.

A Parquet or CSV file is read by DuckDB; a table of a treasury's own warehouse (PostgreSQL, Trino, Spark) is asked
through Ibis. Both come with the extra ``ledger``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from workbench.errors import Fault, InputError, unknown_name
from workbench.fiscal.units import size_as_written
from workbench.gap.asking import as_text, fetched
from workbench.gap.bad_lines import faults_of_file, faults_of_table
from workbench.gap.layouts import Layout
from workbench.gap.ledger_query import ODD_STAGES, UNIT, spending, sums_asked
from workbench.gap.line_checks import (
    LARGEST,
    YearIs,
    financial_year,
    plain_year,
    stage_fault,
    tells_known_stages,
    which_year,
    year_fault,
)
from workbench.gap.mixed import twice_faults


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
    path : str or None
        The file, where it is one.
    unit_said : bool
        Whether the unit was given, and is no assumption.
    """

    name: str
    lines: Any = field(repr=False)
    layout: Layout
    unit: str
    year_is: YearIs | None
    blank_is_nil: bool
    mark: str
    path: str | None = None
    unit_said: bool = True

    @property
    def stages(self) -> list[str]:
        """The stages that the ledger holds.

        Raises
        ------
        InputError
            Where it holds no lines.
        """
        if self.layout.stages:
            return list(self.layout.stages)
        held = self._fetched(self.lines.select(stage=as_text(self.lines[self.layout.stage])).distinct())["stage"]
        if held.empty:
            raise InputError(Fault(what="holds no lines", value=self.name))
        return [self.layout.stage_names.get(name, name) for name in sorted(held.dropna())]

    @property
    def odd_stages(self) -> list[str]:
        """The stages of the lines that are none, where the ledger has no words of its own for them."""
        return [stage for stage in self.stages if stage_fault(stage)] if tells_known_stages(self.layout) else []

    @property
    def levels(self) -> list[str]:
        """The levels that the ledger's columns tell."""
        return [level for level, column in self.layout.keys.items() if column in self.lines.columns]

    @property
    def in_unit(self) -> str:
        """The unit of what :meth:`added_up` gives: KES where a column says the unit line by line."""
        return "KES" if self._tells_unit else self.unit

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know: that the unit is assumed, where a column should say it."""
        if self.unit_said or self.layout.unit is None or self._tells_unit:
            return ()
        return (f"No column '{self.layout.unit}' of {self.name} says the unit: the amounts were taken as {self.unit}.",)

    @property
    def _tells_unit(self) -> bool:
        return self.layout.unit in self.lines.columns

    def stage(self, stage: str) -> LedgerSide:
        """Return one stage as a side of a gap: ``wb.gap(ledger.stage("revised"), ledger.stage("expenditure"))``."""
        known = self.stages
        if stage not in known:
            raise unknown_name(f"stage of '{self.name}'", stage, known)
        return LedgerSide(self, stage)

    def added_up(self, stages: Sequence[str], levels: Sequence[str]) -> pd.DataFrame:
        """Add stages up by levels and financial year in one pass over the lines.

        Parameters
        ----------
        stages, levels : sequence of str
            Of this ledger.

        Returns
        -------
        DataFrame
            The levels, ``financial_year`` as text, a column a stage (in :attr:`in_unit`; NaN where any line of the
            group has no amount, unless blanks are nil), ``there_...`` for each stage, how many lines of the group hold
            it, and ``lines``, how many there are.

        Raises
        ------
        UnknownNameError
            For a level that no column of the ledger tells.
        InputError
            For amounts, years, units and stages that cannot be read, each with its line; for totals beside their
            parts; for a ledger without lines.
        """
        for level in levels:
            if level not in self.levels:
                raise unknown_name(f"level of '{self.name}'", level, self.levels)
        grouped = self._fetched(sums_asked(self.lines, self.layout, stages, levels))
        if _held_nan(grouped, stages):
            grouped = self._fetched(sums_asked(self.lines, self.layout, stages, levels, nan_is_blank=True))
        if self.layout.stages:
            grouped = grouped.assign(**{f"there_{stage}": grouped["lines"] for stage in stages})
        self._refuse(grouped, stages, levels)
        return self._table(self._in_one_unit(grouped, stages, levels), stages, levels)

    def figures(self, stages: Sequence[str], levels: Sequence[str]) -> dict[str, pd.DataFrame]:
        """Return rows of the one table by stage, from one pass over the lines."""
        table = self.added_up(stages, levels)
        common = {"unit": self.in_unit, "line": "item", "source": self.name, "mark": self.mark}
        out = {}
        for stage in stages:
            there = table[table[f"there_{stage}"] > 0]
            locator = [f"sum of {count:,} line{'' if count == 1 else 's'}" for count in there[f"there_{stage}"]]
            rows = there[["financial_year", *levels]].assign(amount=there[stage], stage=stage, locator=locator)
            out[stage] = rows.assign(**common)
        return out

    def rows(self) -> pd.DataFrame:
        """Return the lines as they are, all of them."""
        return self._fetched(self.lines)

    def faults(self) -> list[Fault]:
        """Read the ledger line by line and return what is wrong with its lines; the first of them one by one."""
        if self.path is not None:
            return faults_of_file(self.path, self.layout)
        return faults_of_table(spending(self.lines, self.layout), self.layout, self.name)

    def _fetched(self, asked: Any) -> pd.DataFrame:  # noqa: ANN401 - an ibis table
        try:
            return fetched(asked, self.name)
        except InputError as refusal:
            faults = self.faults()
            if not faults:
                raise
            raise InputError(faults, summary=_summary(self.name)) from refusal

    def _refuse(self, grouped: pd.DataFrame, stages: Sequence[str], levels: Sequence[str]) -> None:
        """Refuse groups that no sum can hold, with every line that makes them so, and amounts that stand twice."""
        if grouped.empty:
            raise InputError(Fault(what="holds no lines to add up", value=self.name))
        grouped = self._without_left_out(grouped, levels)
        years = [_text(year) for year in grouped["ledger_year"].unique()]
        units = [_text(unit) for unit in grouped[UNIT].unique()] if UNIT in grouped else []
        odd = (
            any(map(year_fault, years))
            or any(size_as_written(unit) is None for unit in units)
            or (ODD_STAGES in grouped and grouped[ODD_STAGES].any())
            or any((grouped[f"sum_{stage}"].astype("float64").abs() > LARGEST).any() for stage in stages)
        )
        faults = self.faults() if odd else []
        if self.year_is is None:
            faults += [which_year(year, self.name, self.layout.year) for year in years if plain_year(year)][:1]
        faults += twice_faults(grouped, stages, levels, self.name)
        if faults:
            raise InputError(faults, summary=_summary(self.name) if len(faults) > 1 else None)

    def _in_one_unit(self, grouped: pd.DataFrame, stages: Sequence[str], levels: Sequence[str]) -> pd.DataFrame:
        """Add what lines of several units hold up in KES."""
        if UNIT not in grouped:
            return grouped
        size = grouped[UNIT].map(size_as_written)
        sums = [f"sum_{stage}" for stage in stages]
        counts = ["lines", *(f"{count}_{stage}" for stage in stages for count in ("known", "there"))]
        scaled = grouped.assign(**{name: grouped[name].astype("float64") * size for name in sums})
        by_key = scaled.groupby(["ledger_year", *levels], dropna=False, sort=False)
        return by_key[sums].sum(min_count=1).join(by_key[counts].sum()).reset_index()

    def _without_left_out(self, grouped: pd.DataFrame, levels: Sequence[str]) -> pd.DataFrame:
        for level in levels:
            beginnings = tuple(self.layout.left_out.get(self.layout.keys[level], ()))
            if beginnings:
                grouped = grouped[~grouped[level].astype("str").str.startswith(beginnings)]
        return grouped

    def _table(self, grouped: pd.DataFrame, stages: Sequence[str], levels: Sequence[str]) -> pd.DataFrame:
        table = self._without_left_out(grouped, levels)
        years = {year: financial_year(_text(year), self.year_is or "start") for year in table["ledger_year"].unique()}
        table = table.assign(financial_year=table["ledger_year"].map(years))
        for stage in stages:
            amount = table[f"sum_{stage}"].astype("float64")
            short = table[f"known_{stage}"] < table[f"there_{stage}"]
            table[stage] = amount.fillna(0.0) if self.blank_is_nil else amount.mask(short)
        order = ["financial_year", *levels]
        return table.sort_values(order, ignore_index=True)[
            [*order, *stages, "lines", *(f"there_{stage}" for stage in stages)]
        ]


@dataclass(frozen=True, eq=False)
class LedgerSide:
    """One stage of a ledger, as a side of a gap."""

    ledger: Ledger
    stage: str


def unit_notes(*sides: pd.DataFrame | LedgerSide) -> tuple[str, ...]:
    """Return the notes of the ledgers that sides lie in, each once."""
    return tuple(dict.fromkeys(note for side in sides if isinstance(side, LedgerSide) for note in side.ledger.notes))


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


def _held_nan(grouped: pd.DataFrame, stages: Sequence[str]) -> bool:
    """Say whether an amount is no number to the database itself: it counts as known, and no sum over it is."""
    return any((grouped[f"sum_{stage}"].isna() & (grouped[f"known_{stage}"] > 0)).any() for stage in stages)


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]  # one cell, whatever it is


def _summary(name: str) -> str:
    return f"'{name}' cannot be added up"
