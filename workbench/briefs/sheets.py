"""The sheets of a workbook and the tables of a data package, in their order, from a brief."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from workbench.briefs.brief import Brief
from workbench.briefs.tables import Cell, Field, Table, rows_of
from workbench.briefs.words import BOOK, FIELDS, HEADINGS, SHEETS
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
        _said(HEADINGS["question"], brief.question),
        _said(HEADINGS["answer"], brief.answer),
        _said(None, brief.lead),
    ]
    rows += [
        (one.card.label, replace(one.formula, decimals=one.decimals), one.card.unit, one.card.note or None)
        for one in brief.figures
    ]
    rows.append(_said(HEADINGS["options"], brief.options_note))
    for option in brief.options:
        rows.append(_said(option.name, option.outcome))
        rows += [_said(HEADINGS["pros"], one) for one in option.pros]
        rows += [_said(HEADINGS["cons"], one) for one in option.cons]
    rows += [_said(HEADINGS["doubts"], one) for one in brief.doubts]
    rows.append(_said(None, BOOK["inputs_note"]))
    fields = (
        Field(name="part", title=BOOK["name"]),
        Field(name="value", title=BOOK["value"], kind="number"),
        Field(name="unit", title=BOOK["unit"]),
        Field(name="said", title=BOOK["note"]),
    )
    return Table(name="summary", sheet=SHEETS["summary"], caption=BOOK["summary_caption"], fields=fields,
                 rows=tuple(rows))  # fmt: skip


def _said(part: str | None, words: str) -> tuple[Cell, ...]:
    return part, None, None, words


def findings(brief: Brief) -> Table:
    """Return the audit's findings; one sentence where there is none."""
    columns = [name for name in (*text.AUDIT_COLUMNS, "message", "unit", "source", "locator") if name in brief.findings]
    titles: dict[str, str] = {**text.AUDIT_COLUMNS, **FIELDS, "message": BOOK["why"]}
    fields = tuple(
        Field(name=name, title=titles[name], kind="number" if name in _FIGURES else "text", decimals=2)
        for name in columns
    )
    frame = brief.findings.reindex(columns=columns)
    if len(frame) and "row" in frame:
        frame = frame.assign(row=frame["row"].astype(str))
    rows: tuple[tuple[Cell, ...], ...] = rows_of(frame, columns) if columns else ()
    # An audit that finds nothing leaves its columns behind; where there are none, there was no audit.
    caption = BOOK["findings_caption" if rows else "no_findings" if columns else "not_audited"]
    fields = fields or (Field(name="message", title=BOOK["why"]),)
    return Table(name="findings", sheet=SHEETS["findings"], caption=caption, fields=fields, rows=rows)


def sources(brief: Brief) -> Table:
    """Return every source with its place, stage, unit and mark."""
    frame: pd.DataFrame = brief.sources.assign(source=titled(brief.sources["source"].fillna("")))
    fields = tuple(Field(name=name, title=title) for name, title in FIELDS.items())
    return Table(name="sources", sheet=SHEETS["sources"], caption=BOOK["sources_caption"], fields=fields,
                 rows=rows_of(frame, list(FIELDS)))  # fmt: skip


def record(brief: Brief) -> Table:
    """Return what the result was made with."""
    fields = (
        Field(name="section", title=BOOK["section"]),
        Field(name="name", title=BOOK["name"]),
        Field(name="value", title=BOOK["value"]),
    )
    return Table(name="record", sheet=SHEETS["record"], caption=BOOK["record_caption"], fields=fields,
                 rows=tuple(brief.record))  # fmt: skip
