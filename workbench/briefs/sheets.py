"""The sheets of a workbook and the tables of a data package, in their order, from a brief."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from workbench.briefs.brief import Brief
from workbench.briefs.tables import Cell, Field, Table, rows_of
from workbench.briefs.words import BOOK, HEADINGS, SHEETS
from workbench.datasets.titles import titled
from workbench.views import text

_FIGURES: Final = frozenset({"computed", "difference"})


def all_tables(brief: Brief) -> tuple[Table, ...]:
    """Return every table of a brief in the order of a workbook's sheets."""
    return (summary(brief), *brief.inputs, brief.results, findings(brief), sources(brief), record(brief))


def data_tables(brief: Brief) -> tuple[Table, ...]:
    """Return the tables that other systems read: inputs, results, findings, sources."""
    return (*brief.inputs, brief.results, findings(brief), sources(brief))


def summary(brief: Brief) -> Table:
    """Return the brief's words, with its headline figures as formulas."""
    rows: list[tuple[Cell, ...]] = [
        (HEADINGS["question"], brief.question, None, None),
        (HEADINGS["answer"], brief.answer, None, None),
        (None, brief.lead, None, None),
    ]
    rows += [
        (figure.card.label, figure.card.note or None, figure.formula, figure.card.unit) for figure in brief.figures
    ]
    rows.append((HEADINGS["options"], brief.options_note, None, None))
    for option in brief.options:
        rows.append((option.name, option.outcome, None, None))
        rows += [(HEADINGS["pros"], said, None, None) for said in option.pros]
        rows += [(HEADINGS["cons"], said, None, None) for said in option.cons]
    rows += [(HEADINGS["doubts"], said, None, None) for said in brief.doubts]
    rows.append((None, BOOK["inputs_note"], None, None))
    decimals = max((figure.decimals for figure in brief.figures), default=0)
    fields = (
        Field(name="part", title=BOOK["name"]),
        Field(name="said", title=BOOK["note"]),
        Field(name="value", title=BOOK["value"], kind="number", decimals=decimals),
        Field(name="unit", title=BOOK["unit"]),
    )
    return Table(name="summary", sheet=SHEETS["summary"], caption=BOOK["summary_caption"], fields=fields,
                 rows=tuple(rows))  # fmt: skip


def findings(brief: Brief) -> Table:
    """Return the audit's findings; one sentence where there is none."""
    columns = [name for name in (*text.AUDIT_COLUMNS, "unit", "source", "locator") if name in brief.findings]
    titles: dict[str, str] = {**text.AUDIT_COLUMNS, "unit": "Unit", "source": "Source", "locator": "Place"}
    fields = tuple(
        Field(name=name, title=titles[name], kind="number" if name in _FIGURES else "text", decimals=2)
        for name in columns
    )
    frame = brief.findings.reindex(columns=columns)
    if len(frame) and "row" in frame:
        frame = frame.assign(row=frame["row"].astype(str))
    rows: tuple[tuple[Cell, ...], ...] = rows_of(frame, columns) if columns else ()
    caption = BOOK["findings_caption"] if rows else BOOK["no_findings"]
    fields = fields or (Field(name="message", title=text.AUDIT_COLUMNS["message"]),)
    return Table(name="findings", sheet=SHEETS["findings"], caption=caption, fields=fields, rows=rows)


def sources(brief: Brief) -> Table:
    """Return every source with its place, stage, unit and mark."""
    frame: pd.DataFrame = brief.sources.assign(source=titled(brief.sources["source"].fillna("")))
    titles: dict[str, Any] = {"source": "Source", "locator": "Place", "stage": "Stage", "unit": "Unit", "mark": "Mark"}
    fields = tuple(Field(name=name, title=title) for name, title in titles.items())
    return Table(name="sources", sheet=SHEETS["sources"], caption=BOOK["sources_caption"], fields=fields,
                 rows=rows_of(frame, list(titles)))  # fmt: skip


def record(brief: Brief) -> Table:
    """Return what the result was made with."""
    fields = (
        Field(name="section", title=BOOK["section"]),
        Field(name="name", title=BOOK["name"]),
        Field(name="value", title=BOOK["value"]),
    )
    return Table(name="record", sheet=SHEETS["record"], caption=BOOK["record_caption"], fields=fields,
                 rows=tuple(brief.record))  # fmt: skip
