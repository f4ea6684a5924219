"""A brief's tables for other systems: a ZIP of CSV or Parquet files with a ``datapackage.json`` that describes them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, Final

from workbench.briefs.brief import Brief
from workbench.briefs.sheets import data_tables
from workbench.briefs.tables import Field, Kind, Table
from workbench.briefs.undated import archive
from workbench.briefs.words import EXCHANGE, HEADINGS
from workbench.datasets.safe_text import safe_table
from workbench.datasets.titles import titled
from workbench.errors import Fault, InputError

LEDGER: Final = "budget-alignment-workbench[ledger]"
"""The extra that writes Parquet."""

_TYPES: Final[dict[Kind, str]] = {
    "text": "string", "money": "number", "share": "number", "number": "number", "count": "integer",
}  # fmt: skip
_UNITS: Final[dict[Kind, str]] = {"money": "KES", "share": "1"}


def csv_package(brief: Brief) -> bytes:
    """Return the tables as the bytes of a ZIP of CSV files, a Frictionless tabular data package."""
    return _zipped(brief, "csv")


def parquet_package(brief: Brief) -> bytes:
    """Return the tables as the bytes of a ZIP of Parquet files, described like the CSV.

    Raises
    ------
    InputError
        Where the extra ``ledger`` is not installed.
    """
    return _zipped(brief, "parquet")


def _zipped(brief: Brief, kind: str) -> bytes:
    tables = data_tables(brief)
    return archive(_files(brief, tables, kind))


def _files(brief: Brief, tables: tuple[Table, ...], kind: str) -> Iterator[tuple[str, bytes]]:
    descriptor = json.dumps(describe(brief, tables, kind), indent=2, ensure_ascii=False, default=str)
    yield "datapackage.json", descriptor.encode("utf-8")
    for table in tables:
        yield f"{table.name}.{kind}", (_csv if kind == "csv" else _parquet)(table)


def describe(brief: Brief, tables: tuple[Table, ...], kind: str) -> dict[str, Any]:
    """Return the ``datapackage.json`` of some tables."""
    sources = brief.sources["source"].dropna()
    named = [name for name in dict.fromkeys(sources) if name]
    return {
        "profile": "tabular-data-package" if kind == "csv" else "data-package",
        "name": f"{brief.model}-brief",
        "title": brief.question,
        "description": f"{brief.answer}. {brief.lead}",
        "sources": [{"name": str(name), "title": title} for name, title in zip(named, titled(named), strict=True)],
        "workbench": {
            "model": brief.model,
            "run": brief.run_id,
            "illustrative": brief.illustrative,
            "headline": [
                {"label": one.card.label, "value": one.formula.value, "unit": one.card.unit} for one in brief.figures
            ],
            "doubts": list(brief.doubts),
            "record": [{"section": section, "name": name, "value": value} for section, name, value in brief.record],
        },
        "resources": [_resource(table, kind, illustrative=brief.illustrative) for table in tables],
    }


def _resource(table: Table, kind: str, *, illustrative: bool) -> dict[str, Any]:
    mediatype = "text/csv" if kind == "csv" else "application/vnd.apache.parquet"
    plain = {"profile": "tabular-data-resource", "encoding": "utf-8"} if kind == "csv" else {}
    warning = f" {HEADINGS['illustrative']}" if illustrative else ""
    return {
        "name": table.name.replace("_", "-"),
        "path": f"{table.name}.{kind}",
        **plain,
        "format": kind,
        "mediatype": mediatype,
        "title": table.sheet,
        "description": table.caption + warning,
        "illustrative": illustrative,
        "schema": {"fields": [_field(field) for field in table.fields], "missingValues": [""]},
    }


def _field(field: Field) -> dict[str, str]:
    told = {"name": field.name, "type": _TYPES[field.kind], "title": field.title}
    told |= {"unit": _UNITS[field.kind]} if field.kind in _UNITS else {}
    share = EXCHANGE["share"] if field.kind == "share" else ""
    described = " ".join(filter(None, (field.description, share)))
    return told | ({"description": described} if described else {})


def _csv(table: Table) -> bytes:
    text: str = safe_table(table.values()).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8")


def _parquet(table: Table) -> bytes:
    frame = table.values()
    content = io.BytesIO()
    try:
        frame.to_parquet(content, index=False, engine="pyarrow")
    except ImportError as missing:
        remedy = EXCHANGE["remedy"].format(extra=LEDGER)
        raise InputError(Fault(what=EXCHANGE["no_parquet"], value="parquet", remedy=remedy)) from missing
    return content.getvalue()
