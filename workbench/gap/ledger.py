"""A national ledger of millions of lines: added up where it lies, never loaded whole.

A Parquet or CSV file is read by DuckDB; a table of a treasury's own warehouse (PostgreSQL, Trino, Spark) is asked
through Ibis. Both come with the extra ``ledger``.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from workbench.errors import Fault, InputError, WorkbenchError, unknown_name
from workbench.fiscal import FiscalYear
from workbench.fiscal.money import unit_size
from workbench.gap.layouts import Layout, layout_of

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
        held = _fetched(self.lines.select(stage=self.lines[self.layout.stage]).distinct())["stage"].dropna()
        return [self.layout.stage_names.get(str(name), str(name)) for name in sorted(held)]

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
            The levels, ``financial_year`` as text, a column a stage (in the ledger's unit; NaN where any line of the
            group has no amount, unless blanks are nil) and ``lines``, how many lines the group has.
        """
        for level in (*levels, *(only or {})):
            if level not in self.layout.keys:
                raise unknown_name(f"level of '{self.name}'", level, list(self.layout.keys))
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
        grouped = _fetched(kept.group_by(**keys).aggregate(**sums))
        if self.layout.stages:
            grouped = grouped.assign(**{f"there_{stage}": grouped["lines"] for stage in stages})
        return self._table(grouped, stages, levels)

    def figures(
        self, stages: Sequence[str], levels: Sequence[str], *, only: Mapping[str, str] | None = None
    ) -> dict[str, pd.DataFrame]:
        """Return rows of the one table by stage, from one pass over the lines."""
        table = self.added_up(stages, levels, only=only)
        common = {"unit": self.unit, "line": "item", "source": self.name, "mark": self.mark}
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
        return _number(kept[self.layout.amount]), kept[self.layout.stage].isin(words)

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


def open_ledger(
    source: str | os.PathLike[str] | Any,  # noqa: ANN401 - or an Ibis table
    *,
    layout: Layout | None = None,
    unit: str = "KES",
    year_is: YearIs | None = None,
    blank_is_nil: bool = False,
    mark: str = "one source",
) -> Ledger:
    """Open a ledger where it lies.

    Parameters
    ----------
    source : path or ibis Table
        A Parquet or CSV file (``*`` names several), or a table of any Ibis connection:
        ``ibis.postgres.connect(...).table("ledger")``.
    layout : Layout, optional
        The columns' names; BOOST, its harmonised form, the Fiscal Data Package and the one table are known without.
    unit : str
        The unit of the amounts.
    year_is : {"start", "end"}, optional
        Needed where years are plain numbers.
    blank_is_nil : bool
        Whether a blank amount is nil. Unless said, it is unknown, and so is every sum over it.
    mark : str
        ``certain``, ``one source``, ``inferred`` or ``illustrative``.

    Raises
    ------
    WorkbenchError
        Where the extra ``ledger`` is not installed.
    InputError
        For a file that cannot be read and columns of no known layout.
    """
    unit_size(unit)
    if isinstance(source, (str, os.PathLike)):
        lines, name = _read(os.fspath(source)), Path(source).name
    else:
        lines, name = source, str(source.get_name())
    return Ledger(
        name=name,
        lines=lines,
        layout=layout or layout_of(list(lines.columns)),
        unit=unit,
        year_is=year_is,
        blank_is_nil=blank_is_nil,
        mark=mark,
    )


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


@contextmanager
def _old_name_allowed() -> Iterator[None]:
    """Let Ibis 12 call DuckDB 2 by a name that is going away; which of the two moves first is not ours to say."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"fetch_arrow_table\(\) is deprecated", category=DeprecationWarning)
        yield


def _fetched(asked: Any) -> pd.DataFrame:  # noqa: ANN401 - an ibis table
    """Ask for the rows as Arrow: not every Ibis turns them into a data frame without warnings."""
    with _old_name_allowed():
        frame: pd.DataFrame = asked.to_pyarrow().to_pandas()
    return frame


def _number(column: Any) -> Any:  # noqa: ANN401 - ibis columns
    return column if column.type().is_floating() else column.cast("float64")


def _any_of(conditions: Sequence[Any]) -> Any:  # noqa: ANN401 - ibis columns
    found = conditions[0]
    for condition in conditions[1:]:
        found = found | condition
    return found


def _read(path: str) -> Any:  # noqa: ANN401 - an ibis table
    try:
        import duckdb
        import ibis
    except ImportError as missing:
        what = f"a ledger needs the extra 'ledger' ({missing.name} is not installed)"
        raise WorkbenchError(Fault(what=what, remedy="pip install 'budget-alignment-workbench[ledger]'")) from missing
    reader = {".parquet": "read_parquet", ".csv": "read_csv", ".csv.gz": "read_csv"}
    method = next((name for ending, name in reader.items() if path.endswith(ending)), None)
    if method is not None:
        try:
            with _old_name_allowed():
                connection = ibis.duckdb.connect()
                # The order of the lines does not matter, and keeping it costs memory.
                connection.raw_sql("SET preserve_insertion_order = false")
                return getattr(connection, method)(path)
        except (duckdb.Error, OSError) as error:
            what = f"cannot be read: {error}".split("\n", maxsplit=1)[0]
            raise InputError(Fault(what=what, value=Path(path).name)) from error
    remedy = "give a .parquet or .csv file, or an Ibis table"
    raise InputError(Fault(what="is no ledger that can be read", value=Path(path).name, remedy=remedy))
