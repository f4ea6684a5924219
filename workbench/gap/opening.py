"""Open a ledger where it lies: a Parquet or CSV file through DuckDB, or a table of any connection of Ibis."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from workbench.errors import Fault, InputError, WorkbenchError, unknown_name
from workbench.fiscal.money import unit_size
from workbench.gap.asking import old_name_allowed
from workbench.gap.layouts import Layout, layout_of
from workbench.gap.ledger import Ledger, YearIs

_READERS = {".parquet": "read_parquet", ".csv": "read_csv", ".csv.gz": "read_csv"}
_REMEDY = "give a .parquet or .csv file, or a table or connection of Ibis"


def open_ledger(
    source: str | os.PathLike[str] | Any,  # noqa: ANN401 - or an Ibis table or connection
    *,
    table: str | None = None,
    layout: Layout | None = None,
    unit: str = "KES",
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
    unit : str
        The unit of the amounts, where no column of the ledger says it line by line.
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
        For a table that the connection does not have.
    """
    unit_size(unit)
    lines, name = lines_of(source, table)
    return Ledger(
        name=name,
        lines=lines,
        layout=layout or layout_of(list(lines.columns)),
        unit=unit,
        year_is=year_is,
        blank_is_nil=blank_is_nil,
        mark=mark,
    )


def lines_of(source: Any, table: str | None = None) -> tuple[Any, str]:  # noqa: ANN401 - a path, or Ibis
    """Return an Ibis table of a source and what it is called, without reading its lines."""
    if isinstance(source, (str, os.PathLike)):
        if table is not None:
            raise InputError(Fault(what="is a file, which holds one table", value=os.fspath(source),
                                   remedy="leave table away"))  # fmt: skip
        return _read(os.fspath(source)), Path(source).name
    if hasattr(source, "list_tables"):
        return _table_of(source, table)
    if not (hasattr(source, "get_name") and hasattr(source, "group_by")):
        raise InputError(Fault(what="is no ledger", value=f"{source!r:.60}", remedy=_REMEDY))
    return source, str(source.get_name())


def is_ledger_source(source: object) -> bool:
    """Say whether something is a file, or a table or connection of Ibis."""
    return isinstance(source, (str, os.PathLike)) or hasattr(source, "list_tables") or hasattr(source, "to_pyarrow")


def _table_of(connection: Any, table: str | None) -> tuple[Any, str]:  # noqa: ANN401 - an ibis connection
    known = sorted(connection.list_tables())
    if table is None and len(known) == 1:
        table = known[0]
    if table is None:
        what = f"holds {len(known)} tables" if known else "holds no table"
        remedy = f"name one with table=...: {', '.join(known[:12])}" if known else _REMEDY
        raise InputError(Fault(what=what, value=type(connection).__name__, remedy=remedy))
    if table not in known:
        raise unknown_name("table of this connection", table, known)
    return connection.table(table), table


def _read(path: str) -> Any:  # noqa: ANN401 - an ibis table
    try:
        import duckdb
        import ibis
    except ImportError as missing:
        what = f"a ledger needs the extra 'ledger' ({missing.name} is not installed)"
        raise WorkbenchError(Fault(what=what, remedy="pip install 'budget-alignment-workbench[ledger]'")) from missing
    method = next((name for ending, name in _READERS.items() if path.endswith(ending)), None)
    if method is None:
        raise InputError(Fault(what="is no ledger that can be read", value=Path(path).name, remedy=_REMEDY))
    try:
        with old_name_allowed():
            connection = ibis.duckdb.connect()
            # The order of the lines does not matter, and keeping it costs memory.
            connection.raw_sql("SET preserve_insertion_order = false")
            return getattr(connection, method)(path)
    except (duckdb.Error, OSError) as error:
        what = f"cannot be read: {error}".split("\n", maxsplit=1)[0]
        raise InputError(Fault(what=what, value=Path(path).name)) from error
