"""The brief of an audit."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from workbench.audit import Audit, table_name
from workbench.briefs.brief import Brief, Figure, Option
from workbench.briefs.common import Stamp, brief_from, document_title, marked
from workbench.briefs.tables import Cell, Field, Formula, Table, rows_of
from workbench.briefs.words import AUDIT as WORDS
from workbench.briefs.words import FIELDS
from workbench.datasets import open_package, package_names
from workbench.views import text
from workbench.views.audit_view import audit_view
from workbench.views.content import Card
from workbench.views.numbers import number

STATUSES: Final = ("right", "rounded", "wrong")


def brief_of_audit(result: Audit, stamp: Stamp) -> Brief:
    """Return the brief of an audit.

    Parameters
    ----------
    result : Audit
    stamp : Stamp
        What it was made with.
    """
    title = _title(result)
    cells = cells_table(result)
    results = results_table(result, cells)
    # What the page shows as its table is what is doubtful here.
    page = replace(audit_view(result, title), findings=tuple(result.errors["message"].astype(str)))
    return brief_from(
        page, result, stamp,
        model="audit",
        question=WORDS["question"].format(title=title),
        figures=_figures(result, results, page.cards),
        options=(options_of(result), WORDS["options_note"] if result.counts["wrong"] else WORDS["no_options"]),
        tables=(cells, results),
        sources=marked(result.sources[result.sources["source"].notna()]),
    )  # fmt: skip


def cells_table(result: Audit) -> Table:
    """Return every printed cell with what the audit says of it, numbered by its table."""
    numbers = {name: number for number, name in enumerate(_tables(result), start=1)}
    frame = result.cells.assign(
        table_number=result.cells["table"].map(numbers), row=result.cells["row"].astype(str),
        printed=result.cells["printed"].astype(object),
    )  # fmt: skip
    fields = (
        Field(name="table_number", title=WORDS["table_number"], kind="count"),
        Field(name="table", title=text.AUDIT_COLUMNS["table"]),
        Field(name="row", title=text.AUDIT_COLUMNS["row"]),
        Field(name="label", title=text.AUDIT_COLUMNS["label"]),
        Field(name="line", title=WORDS["line"]),
        Field(name="column", title=text.AUDIT_COLUMNS["column"]),
        Field(name="financial_year", title=text.CONTROLS["year"]),
        Field(name="printed", title=WORDS["printed"]),
        Field(name="amount", title=WORDS["amount"], kind="number", decimals=2),
        Field(name="unit", title=FIELDS["unit"]),
        Field(name="status", title=WORDS["status"]),
    )
    rows = rows_of(frame, [field.name for field in fields])
    return Table(name="inputs", sheet="Inputs", caption=WORDS["cells_caption"], fields=fields, rows=rows)


def results_table(result: Audit, cells: Table) -> Table:
    """Return how many cells of each table are right, rounded and wrong, counted by formula."""
    fields = (
        Field(name="table_number", title=WORDS["table_number"], kind="count"),
        Field(name="table", title=text.AUDIT_COLUMNS["table"]),
        Field(name="checked", title=text.AUDIT["checked"], kind="count"),
        *(Field(name=status, title=text.AUDIT[status], kind="count") for status in STATUSES),
    )
    shape = Table(name="results", sheet="Results", caption="", fields=fields, rows=())
    counted = pd.crosstab(result.cells["table"], result.cells["status"]).reindex(
        index=_tables(result), columns=list(STATUSES), fill_value=0
    )
    rows: list[tuple[Cell, ...]] = []
    for place, (table, counts) in enumerate(counted.iterrows()):
        at = {field.name: shape.cell(field.name, place) for field in fields}
        rows.append((
            place + 1,
            table_name(str(table)),
            Formula(f"=SUM({at['right']}:{at['wrong']})", int(counts.sum())),
            *(Formula(_count(cells, at["table_number"], status), int(counts[status])) for status in STATUSES),
        ))  # fmt: skip
    last = len(rows)
    sums = {name: f"=SUM({shape.span(name, last)})" for name in ("checked", *STATUSES)}
    rows.append((None, WORDS["whole"], *(Formula(sums[name], result.counts[name]) for name in sums)))
    return Table(name="results", sheet="Results", caption=WORDS["results_caption"], fields=fields, rows=tuple(rows),
                 totals=frozenset([last]))  # fmt: skip


def options_of(result: Audit) -> tuple[Option, ...]:
    """Return the two ways to use figures that contradict each other; empty where nothing is wrong."""
    counts = result.counts
    if not counts["wrong"]:
        return ()
    sums = result.errors
    tables = sums["table"].nunique()
    said = {"wrong": number(counts["wrong"]), "tables": number(tables), "right": number(counts["right"])}
    return (
        Option(name=WORDS["as_printed"], outcome=WORDS["as_printed_outcome"].format(**said),
               pros=(WORDS["as_printed_pro"],), cons=(WORDS["as_printed_con"].format(**said),)),
        Option(name=WORDS["as_computed"], outcome=WORDS["as_computed_outcome"].format(**said),
               pros=(WORDS["as_computed_pro"],), cons=(WORDS["as_computed_con"],)),
    )  # fmt: skip


def _title(result: Audit) -> str:
    """Return the title of the package that was audited, or of the documents where it was no package."""
    package = result.parameters.get("package")
    if package in package_names():
        return open_package(str(package)).title
    return document_title(result) or WORDS["a_table"]


def _figures(result: Audit, results: Table, cards: tuple[Card, ...]) -> tuple[Figure, ...]:
    last = len(results.rows) - 1
    names = ("checked", *STATUSES)
    return tuple(
        Figure(card=card, formula=Formula(f"={results.cell_elsewhere(name, last)}", result.counts[name]))
        for card, name in zip(cards, names, strict=True)
    )


def _count(cells: Table, number_cell: str, status: str) -> str:
    return f'=COUNTIFS({cells.column("table_number")},{number_cell},{cells.column("status")},"{status}")'


def _tables(result: Audit) -> list[str]:
    return list(dict.fromkeys(result.cells["table"]))
