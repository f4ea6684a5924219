"""Read a Parquet or CSV file with DuckDB where it lies: codes as they are written, amounts as numbers."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from workbench.errors import Fault, InputError, WorkbenchError
from workbench.gap.asking import first_line, old_name_allowed
from workbench.gap.bad_lines import faults_of_file
from workbench.gap.csv_heading import Heading, files_of, heading_of
from workbench.gap.layouts import ONE_TABLE, Layout, check_layout, fitting_layout, layout_of

ENDINGS = (".parquet", ".csv", ".csv.gz")
"""What a file of lines ends with."""

PUBLISHED = frozenset({"table", "line", "stage", "amount", "unit", "financial_year"})
"""The columns by which a file is a published table with totals beside items, and no ledger."""

REMEDY = "give a .parquet or .csv file, or a table or connection of Ibis"


def table_of_file(path: str, layout: Layout | None) -> Any:  # noqa: ANN401 - an ibis table
    """Return an Ibis table of a file, without reading its lines.

    Parameters
    ----------
    path : str
        The file, several where it holds ``*``, or an address that DuckDB can read from.
    layout : Layout or None
        What the columns are called, where a user says so.

    Raises
    ------
    WorkbenchError
        Where the extra ``ledger`` is not installed.
    InputError
        For a file that cannot be read, with every line that makes it so; for columns of no known layout.
    """
    try:
        import duckdb
        import ibis
    except ImportError as missing:
        what = f"a ledger needs the extra 'ledger' ({missing.name} is not installed)"
        raise WorkbenchError(Fault(what=what, remedy="pip install 'budget-alignment-workbench[ledger]'")) from missing
    if not path.endswith(ENDINGS):
        raise InputError(Fault(what="is no ledger that can be read", value=Path(path).name,
                               remedy=REMEDY))  # fmt: skip
    options = {} if path.endswith(".parquet") or not is_local(path) else _csv_options(path, layout)
    with old_name_allowed():
        connection = ibis.duckdb.connect()
        # The order of the lines does not matter, and keeping it costs memory.
        connection.raw_sql("SET preserve_insertion_order = false")
        # DuckDB draws its progress on standard output, which programs read.
        connection.raw_sql("SET enable_progress_bar = false")
        try:
            if path.endswith(".parquet"):
                return connection.read_parquet([str(file) for file in files_of(path)] if is_local(path) else path)
            return connection.read_csv(path, **options)
        except (duckdb.Error, OSError) as refusal:
            faults = _faults(path, layout) if options else []
            what = f"is no whole file of its kind: {first_line(refusal)}"
            raise InputError(faults or Fault(what=what, value=Path(path).name)) from refusal


def is_local(path: str) -> bool:
    """Say whether a path is a file of this machine, and no address on a network."""
    return "://" not in path


def reading_layout(columns: Collection[str], layout: Layout | None) -> Layout | None:
    """Return the layout by which a file's columns are read: the user's, a known one, or that of published tables."""
    if layout is not None:
        return layout if set(columns).issuperset(layout.needed) else None
    fitting = fitting_layout(columns)
    return fitting or (ONE_TABLE if PUBLISHED.issubset(columns) else None)


def _csv_options(path: str, layout: Layout | None) -> dict[str, Any]:
    """Tell DuckDB what it would guess otherwise, and guess wrong by the first lines."""
    heading, name = _heading(path, layout), Path(path).name
    reading = reading_layout(heading.columns, layout)
    if reading is None:
        if layout is not None:
            check_layout(layout, heading.columns, name)
        reading = layout_of(heading.columns, name)
    folded = [column.casefold() for column in heading.columns]
    kinds = {**dict.fromkeys(reading.texts, "VARCHAR"), **dict.fromkeys(reading.amounts, "DOUBLE")}
    kinds = {column: kind for column, kind in kinds.items() if column in heading.columns}
    twice = [
        Fault(what="stands in the heading twice", file=name, row=heading.line, column=column)
        for column in kinds if folded.count(column.casefold()) > 1
    ]  # fmt: skip
    if twice:
        raise InputError(twice)
    return {
        "types": kinds, "delim": heading.delimiter, "quote": '"', "escape": '"', "comment": "",
        "skip": heading.line - 1,
    }  # fmt: skip


def _heading(path: str, layout: Layout | None) -> Heading:
    return heading_of(files_of(path)[0], lambda columns: reading_layout(columns, layout) is not None)


def _faults(path: str, layout: Layout | None) -> list[Fault]:
    reading = reading_layout(_heading(path, layout).columns, layout)
    return [] if reading is None else faults_of_file(path, reading)
