"""An audit as a page: how many printed figures are right, which are wrong and why, and the tables as printed."""

from __future__ import annotations

from typing import Final

import pandas as pd

from workbench.audit import Audit
from workbench.views import text
from workbench.views.audit_page import audited_tables
from workbench.views.bars import Series, bars
from workbench.views.content import Card, Column, Grid, PageContent, grid, source_sentences
from workbench.views.numbers import TOGETHER, number, shown_unit
from workbench.views.picture import Picture
from workbench.views.style import BLUE, GREY, ORANGE

WORDS: Final = text.AUDIT
SEPARATOR: Final = "\t"
DECIMALS: Final = {"computed": 2, "difference": 2}
SERIES: Final = (("right", BLUE), ("rounded", GREY), ("wrong", ORANGE))


def audit_view(audit: Audit, title: str, table: str = "") -> PageContent:
    """Return the page of an audit.

    Parameters
    ----------
    audit : Audit
    title : str
        The title of what was audited.
    table : str
        The one table that the audit is of; empty where it is of all.

    Returns
    -------
    PageContent
    """
    counts = audit.counts
    finding = WORDS["finding"] if counts["wrong"] else WORDS["sound"] if counts["checked"] else WORDS["nothing"]
    of_table = WORDS["of_table"].format(table=table) if table else ""
    return PageContent(
        finding=finding.format(wrong=number(counts["wrong"]), checked=number(counts["checked"])),
        lead=WORDS["lead"].format(title=title, table=of_table),
        cards=_cards(counts),
        picture=_picture(audit),
        grid=_grid(audit.findings),
        sources=source_sentences(audit),
        notes=audit.notes,
        illustrative=audit.illustrative,
        document=audited_tables(audit),
        result=audit,
        explain=lambda place: audit.explain(*_place(place)),
    )


def _place(pick: str) -> tuple[str, int]:
    """Return the table and the row that a line of findings is about."""
    table, _, row = pick.rpartition(SEPARATOR)
    return table, int(row)


def _cards(counts: dict[str, int]) -> tuple[Card, ...]:
    notes = {"rounded": WORDS["rounded_note"], "wrong": WORDS["wrong_note"]}
    return tuple(
        Card(
            label=WORDS[name],
            value=number(counts[name]),
            unit=WORDS["unit"],
            note=notes.get(name, ""),
            tone="short" if name == "wrong" and counts["wrong"] else "plain",
        )
        for name in ("checked", "right", "rounded", "wrong")
    )


def _picture(audit: Audit) -> Picture:
    checked = audit.cells[audit.cells["status"] != "unchecked"]
    by_table = pd.crosstab(checked["table"], checked["status"]).reindex(
        index=checked["table"].unique(), columns=[name for name, _ in SERIES], fill_value=0
    )
    worst = by_table["wrong"].idxmax() if len(by_table) and by_table["wrong"].max() else None
    most = WORDS["none"] if worst is None else WORDS["most"].format(table=worst, count=by_table["wrong"].max())
    series = [
        Series(
            name=WORDS[name],
            colour=colour,
            values=[float(value) for value in by_table[name]],
            texts=[number(value) if value else "" for value in by_table[name]],
        )
        for name, colour in SERIES
    ]
    labels = [str(table) for table in by_table.index]
    return bars(labels, series, axis=WORDS["unit"], says=WORDS["picture"].format(most=most))


def _grid(findings: pd.DataFrame) -> Grid:
    words = {"error": WORDS["errors"], "rounding": WORDS["rounding"]}
    shown = findings.assign(
        severity=findings["severity"].map(words),
        printed=findings["printed"].astype(object),
        column=findings["column"].astype(str).str.replace("_", " "),
        unit=findings["unit"].map(lambda unit: shown_unit(unit).replace(" ", TOGETHER), na_action="ignore"),
        row=findings["row"].astype(str),
        pick=findings["table"].astype(str) + SEPARATOR + findings["row"].astype(str),
    )
    columns = [
        Column(key=key, title=title, decimals=DECIMALS.get(key), printed=key == "printed", mixed=key in DECIMALS)
        for key, title in text.AUDIT_COLUMNS.items()
    ]
    columns.insert(-1, Column(key="unit", title=WORDS["column_unit"]))
    return grid(shown, columns, WORDS["caption"], pick="pick")
