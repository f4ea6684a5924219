"""Check a CSV against its schema: every fault in one pass, with file, row, column, value and what is allowed."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from workbench.datasets.descriptor import FieldDescriptor, PackageDescriptor, ResourceDescriptor
from workbench.errors import Fault, suggestion

LONGEST_CELL: Final = 100_000
"""Characters of a cell: what is longer has a quotation mark left open."""

Records = dict[int, dict[str, str]]
"""A table's cells as text: by the row that a spreadsheet shows (the heading is row 1), then by column."""

_TYPES = {
    "integer": (re.compile(r"[+-]?\d+"), "a whole number, such as 47"),
    "number": (re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"), "a number without commas, such as 1234.5"),
    "date": (re.compile(r"\d{4}-\d{2}-\d{2}"), "a date, such as 2009-07-01"),
    "year": (re.compile(r"\d{4}"), "a year, such as 2009"),
}


def read_records(path: Path, resource: ResourceDescriptor) -> tuple[Records, list[Fault]]:
    """Read a CSV's cells as text and tell what is wrong with its shape.

    Returns
    -------
    records : dict of dict
        The cells by row and column; a blank row, and a row whose cells belong to no certain column, are left out.
    faults : list of Fault
        A file that cannot be read, a wrong heading, rows that are too short or too long.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        remedy = f"put it into the folder of '{path.parent.name}', or take the resource out of its datapackage.json"
        return {}, [Fault(what="is missing", file=resource.path, remedy=remedy)]
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        return {}, [Fault(what=what, file=resource.path, remedy="put a readable CSV file in its place")]
    except UnicodeDecodeError as error:
        what = f"is not written in UTF-8 (byte {error.start})"
        return {}, [Fault(what=what, file=resource.path, remedy="save it as CSV UTF-8")]
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))
        # The reader's own limit is the whole process's, and other libraries lift it.
        if any(len(cell) > LONGEST_CELL for row in rows for cell in row):
            raise csv.Error(f"a cell is longer than {LONGEST_CELL:,} characters")
    except csv.Error as error:
        return {}, [Fault(what=f"is no CSV: {error}", file=resource.path, remedy="look for a quotation mark left open")]
    header, body = (rows[0], rows[1:]) if rows else ([], [])
    expected = resource.table_schema.names
    faults = list(_header_faults(header, expected, resource.path))
    records: Records = {}
    for number, cells in enumerate(body, start=2):
        if not cells:
            continue
        if len(cells) != len(header):
            what = f"has {len(cells)} cells under a heading of {len(header)}"
            remedy = "put text with commas between double quotes, and leave a blank cell for what is unknown"
            faults.append(Fault(what=what, file=resource.path, row=number, remedy=remedy))
            continue
        records[number] = dict(zip(header, cells, strict=True))
    return records, faults


def check_records(records: Records, resource: ResourceDescriptor) -> list[Fault]:
    """Return every fault of a table's values: types, constraints, keys."""
    return [
        *_value_faults(records, resource),
        *_unique_faults(records, resource),
    ]


def check_references(tables: Mapping[str, Records], package: PackageDescriptor) -> list[Fault]:
    """Return every value of a foreign key that does not stand in the table it points to."""
    faults: list[Fault] = []
    for resource in package.resources:
        for key in resource.table_schema.foreign_keys:
            target = tables.get(key.reference.resource or resource.name, {})
            known = {_values(record, key.reference.fields) for record in target.values()}
            column = ", ".join(key.fields)
            for number, record in tables.get(resource.name, {}).items():
                value = _values(record, key.fields)
                if any(value) and value not in known:
                    remedy = suggestion(", ".join(value), sorted(", ".join(one) for one in known))
                    what = f"stands in no row of '{key.reference.resource or resource.name}'"
                    faults.append(Fault(what=what, file=resource.path, row=number, column=column,
                                        value=", ".join(value), remedy=remedy))  # fmt: skip
    return faults


def check_sources(records: Records, resource: ResourceDescriptor, package: PackageDescriptor) -> list[Fault]:
    """Return every figure whose source is neither declared by the package nor the address of a page."""
    if not {"source", "locator"} <= set(resource.table_schema.names):
        return []
    declared = [source.name for source in package.sources if source.name]
    return [
        Fault(what="is no declared source", file=resource.path, row=number, column="source", value=source,
              remedy=suggestion(source, declared) + " or declare it in datapackage.json")
        for number, record in records.items()
        if (source := record.get("source", "")) and source not in declared and not source.startswith("http")
    ]  # fmt: skip


def _header_faults(header: Sequence[str], expected: Sequence[str], file: str) -> Iterator[Fault]:
    for name in expected:
        if name not in header:
            yield Fault(what="is missing from the heading", file=file, row=1, column=name,
                        remedy=f"the columns are {', '.join(expected)}")  # fmt: skip
    for name in header:
        if name not in expected:
            yield Fault(what="is no column of this table", file=file, row=1, value=name,
                        remedy=suggestion(name, expected))  # fmt: skip
    for name in sorted({name for name in header if list(header).count(name) > 1}):
        yield Fault(what="stands in the heading twice", file=file, row=1, column=name)


def _value_faults(records: Records, resource: ResourceDescriptor) -> Iterator[Fault]:
    for number, record in records.items():
        for field in resource.table_schema.fields:
            if field.name not in record:
                continue
            value = record[field.name]
            for what, remedy in _cell_faults(value, field):
                yield Fault(what=what, file=resource.path, row=number, column=field.name,
                            value=value or None, remedy=remedy)  # fmt: skip


def _cell_faults(value: str, field: FieldDescriptor) -> Iterator[tuple[str, str | None]]:
    limits = field.constraints
    if value == "":
        if limits.required:
            yield "is blank where a value is required", field.description or None
        return
    if field.type in _TYPES:
        pattern, example = _TYPES[field.type]
        if not pattern.fullmatch(value):
            yield f"is no {field.type}", f"write {example}"
            return
    if field.type == "number" and not math.isfinite(float(value)):
        yield "is larger than any number that can be computed with", "look for digits too many"
        return
    if limits.enum is not None and value not in map(str, limits.enum):
        yield "is not allowed", "allowed: " + ", ".join(map(str, limits.enum))
    if limits.pattern is not None and not re.fullmatch(limits.pattern, value):
        yield f"does not have the form {limits.pattern}", field.description or None
    if limits.minimum is not None and float(value) < limits.minimum:
        yield "is too small", f"at least {limits.minimum:g}"
    if limits.maximum is not None and float(value) > limits.maximum:
        yield "is too large", f"at most {limits.maximum:g}"


def _unique_faults(records: Records, resource: ResourceDescriptor) -> Iterator[Fault]:
    schema = resource.table_schema
    keys = [schema.primary_key] if schema.primary_key else []
    keys += [(field.name,) for field in schema.fields if field.constraints.unique and (field.name,) not in keys]
    given = set().union(*records.values()) if records else set()
    for key in keys:
        if not given.issuperset(key):
            continue  # a missing column has been told
        first: dict[tuple[str, ...], int] = {}
        for number, record in records.items():
            value = _values(record, key)
            if value in first:
                remedy = "each combination may occur once: take one of the two out, or tell them apart"
                yield Fault(what=f"repeats row {first[value]}", file=resource.path, row=number, column=", ".join(key),
                            value=", ".join(value), remedy=remedy)  # fmt: skip
            else:
                first[value] = number


def _values(record: Mapping[str, str], names: Sequence[str]) -> tuple[str, ...]:
    return tuple(record.get(name, "") for name in names)
