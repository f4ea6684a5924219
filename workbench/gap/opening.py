"""Open a ledger where it lies: a Parquet or CSV file through DuckDB, or a table of any connection of Ibis."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from workbench.errors import Fault, InputError, unknown_name
from workbench.fiscal.money import unit_size
from workbench.gap.duckdb_file import PUBLISHED, REMEDY, is_local, table_of_file
from workbench.gap.layouts import Layout, check_layout, layout_of
from workbench.gap.ledger import Ledger
from workbench.gap.line_checks import YearIs


def open_ledger(
    source: str | os.PathLike[str] | Any,  # noqa: ANN401 - or an Ibis table or connection
    *,
    table: str | None = None,
    layout: Layout | None = None,
    unit: str | None = None,
    year_is: YearIs | None = None,
    blank_is_nil: bool = False,
    mark: str = "one source",
) -> Ledger:
    """Open a ledger where it lies.

    Parameters
    ----------
    source : path, ibis Table or ibis connection
        A Parquet or CSV file (``*`` names several), a table of any Ibis connection, or the connection itself:
        ``ibis.postgres.connect(...)``.
    table : str, optional
        The table, where a connection holds several.
    layout : Layout, optional
        The columns' names; BOOST, its harmonised form, the Fiscal Data Package and the one table are known without.
    unit : str, optional
        The unit of the amounts, where no column of the ledger says it line by line. Without it KES, and a note says so
        where the layout has such a column.
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
        For a file that cannot be read, columns of no known layout, and what is no ledger at all.
    UnknownNameError
        For a table that the connection does not have, and a ``year_is`` that is none.
    """
    lines = lines_of(source, table, layout)
    return ledger_of(lines, layout=layout, unit=unit, year_is=year_is, blank_is_nil=blank_is_nil, mark=mark)


def ledger_of(
    lines: Lines,
    *,
    layout: Layout | None = None,
    unit: str | None = None,
    year_is: YearIs | None = None,
    blank_is_nil: bool = False,
    mark: str = "one source",
) -> Ledger:
    """Return the ledger whose lines are at hand; the arguments are those of :func:`open_ledger`."""
    taken = unit or "KES"
    unit_size(taken)
    if year_is is not None and year_is not in get_args(YearIs):
        raise unknown_name("year_is", year_is, get_args(YearIs))
    columns = list(lines.table.columns)
    if layout is not None:
        check_layout(layout, columns, lines.name)
    found = layout or layout_of(columns, lines.name)
    _check_amounts(lines, found)
    return Ledger(
        name=lines.name,
        lines=lines.table,
        layout=found,
        unit=taken,
        unit_said=unit is not None,
        year_is=year_is,
        blank_is_nil=blank_is_nil,
        mark=mark,
        path=lines.path,
    )


@dataclass(frozen=True)
class Lines:
    """An Ibis table of a source, whose lines have not been read.

    Attributes
    ----------
    table : ibis Table
        The lines.
    name : str
        What messages and results call it.
    path : str or None
        The file, where it is one of this machine.
    """

    table: Any
    name: str
    path: str | None = None

    @property
    def published(self) -> bool:
        """Whether they are a published table with totals beside items, and no ledger."""
        return PUBLISHED.issubset(self.table.columns)


def lines_of(source: Any, table: str | None = None, layout: Layout | None = None) -> Lines:  # noqa: ANN401 - a path, or Ibis
    """Return the lines of a path, or of an Ibis table or connection."""
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        if table is not None:
            raise InputError(Fault(what="is a file, which holds one table", value=path, remedy="leave table away"))
        return Lines(table_of_file(path, layout), Path(path).name, path if is_local(path) else None)
    if hasattr(source, "list_tables"):
        return _table_of(source, table)
    if not (hasattr(source, "get_name") and hasattr(source, "group_by")):
        raise InputError(Fault(what="is no ledger", value=f"{source!r:.60}", remedy=REMEDY))
    return Lines(source, str(source.get_name()))


def is_ledger_source(source: object) -> bool:
    """Say whether something is a file, or a table or connection of Ibis."""
    return isinstance(source, (str, os.PathLike)) or hasattr(source, "list_tables") or hasattr(source, "to_pyarrow")


def _table_of(connection: Any, table: str | None) -> Lines:  # noqa: ANN401 - an ibis connection
    known = sorted(connection.list_tables())
    if table is None and len(known) == 1:
        table = known[0]
    if table is None:
        what = f"holds {len(known)} tables" if known else "holds no table"
        remedy = f"name one with table=...: {', '.join(known[:12])}" if known else REMEDY
        raise InputError(Fault(what=what, value=type(connection).__name__, remedy=remedy))
    if table not in known:
        raise unknown_name("table of this connection", table, known)
    return Lines(connection.table(table), table)


def _check_amounts(lines: Lines, layout: Layout) -> None:
    """Refuse columns of amounts that hold dates, or yes and no: a database may make numbers of them."""
    kinds = {column: lines.table[column].type() for column in layout.amounts}
    faults = [
        Fault(what=f"holds {kind} and no amounts", file=lines.name, column=column)
        for column, kind in kinds.items() if not (kind.is_numeric() or kind.is_string()) or kind.is_boolean()
    ]  # fmt: skip
    if faults:
        raise InputError(faults)
