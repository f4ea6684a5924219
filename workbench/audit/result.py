"""What an audit says: its findings, every cell that it looked at, and the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from workbench.audit.book import Book, Finding
from workbench.audit.cells import Cell
from workbench.errors import unknown_name
from workbench.results import Result, records

FINDING_COLUMNS = (
    "check", "severity", "table", "row", "label", "column", "financial_year", "printed", "computed", "difference",
    "message", "unit", "resource", "stage", "basis", "economic_class", "source", "locator",
)  # fmt: skip
CELL_COLUMNS = (
    "resource", "table", "row", "label", "line", "column", "financial_year", "printed", "amount", "unit", "status",
)  # fmt: skip
SEVERITIES = ("error", "rounding")
STATUSES = ("right", "rounded", "wrong", "unchecked")


@dataclass(frozen=True, kw_only=True, eq=False)
class Audit(Result):
    """The result of an audit.

    Attributes
    ----------
    findings : DataFrame
        One failure a row: ``check``, ``severity`` (error or rounding), ``table``, ``row``, ``label``, ``column``,
        ``financial_year``, ``printed`` (as printed), ``computed`` and ``difference`` (printed less computed; both in
        the printed cell's ``unit``), ``message``, and where the cell stands.
    cells : DataFrame
        Every cell with its ``status``: ``right`` (it equals what the others make of it), ``rounded`` (within
        rounding), ``wrong`` (no unrounded inputs give it) or ``unchecked`` (nothing determines it).
    """

    cells: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The findings."""
        return self.findings

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The findings and the cells."""
        return {"findings": self.findings, "cells": self.cells}

    @property
    def counts(self) -> dict[str, int]:
        """How many cells were checked, and how many of them are right, rounded and wrong."""
        by_status = self.cells["status"].value_counts()
        right, rounded, wrong = (int(by_status.get(status, 0)) for status in ("right", "rounded", "wrong"))
        return {"checked": right + rounded + wrong, "right": right, "rounded": rounded, "wrong": wrong}

    @property
    def errors(self) -> pd.DataFrame:
        """The findings that no rounding explains."""
        return self.findings[self.findings["severity"] == "error"].reset_index(drop=True)

    def of_severity(self, severity: str | None) -> pd.DataFrame:
        """Return the findings of one severity, or all.

        Raises
        ------
        UnknownNameError
            For a severity that is neither ``error`` nor ``rounding``.
        """
        if severity is None:
            return self.findings
        if severity not in SEVERITIES:
            raise unknown_name("severity", severity, SEVERITIES)
        return self.findings[self.findings["severity"] == severity].reset_index(drop=True)

    def summary(self) -> str:
        """Say how many cells were checked and how many are wrong."""
        counts = self.counts
        errors, rounding = len(self.errors), len(self.findings) - len(self.errors)
        return (
            f"{counts['checked']:,} cells checked: {counts['right']:,} right, {counts['rounded']:,} rounded, "
            f"{counts['wrong']:,} wrong. {errors:,} errors and {rounding:,} rounding differences were found."
        )

    def explain(self, table: str, row: int, financial_year: str | None = None) -> str:
        """Say everything that was found about one row of a table."""
        of_row = self.findings[(self.findings["table"] == table) & (self.findings["row"] == row)]
        if financial_year is not None:
            of_row = of_row[of_row["financial_year"] == financial_year]
        if of_row.empty:
            known = self.cells[(self.cells["table"] == table) & (self.cells["row"] == row)]
            if known.empty:
                places = [
                    f"{one} row {number}" for one, number in zip(self.cells["table"], self.cells["row"], strict=True)
                ]
                raise unknown_name("row of this audit", f"{table} row {row}", dict.fromkeys(places))
            return f"Table {table}, row {row}: nothing was found against it."
        return "\n".join(of_row["message"])

    def to_dict(self) -> dict[str, Any]:
        """Return counts, findings and parameters as plain values."""
        return {
            "parameters": dict(self.parameters),
            "counts": self.counts,
            "findings": records(self.findings),
            "notes": list(self.notes),
        }


def findings_frame(findings: Sequence[Finding], cells: Sequence[Cell]) -> pd.DataFrame:
    """Lay findings out as a table, errors first, then in the order of the cells."""
    order = sorted(findings, key=lambda finding: (SEVERITIES.index(finding.severity), finding.cell))
    rows = [_finding_row(finding, cells[finding.cell]) for finding in order]
    frame = pd.DataFrame(rows, columns=list(FINDING_COLUMNS))
    return frame.astype({"row": "int64", "computed": "float64", "difference": "float64"})


def cells_frame(book: Book, findings: Sequence[Finding]) -> pd.DataFrame:
    """Lay the cells out as a table, each with its status."""
    status = ["unchecked"] * len(book.cells)
    for relation in book.relations:
        if book.status(relation) == "right" and status[relation.target] == "unchecked":
            status[relation.target] = "right"
    for finding in findings:
        if finding.severity == "error":
            status[finding.cell] = "wrong"
        elif status[finding.cell] != "wrong":
            status[finding.cell] = "rounded"
    rows = [
        {**{name: getattr(cell, name, None) for name in CELL_COLUMNS if name not in ("amount", "status")},
         "amount": None if cell.value is None else float(cell.value / cell.size), "status": one}
        for cell, one in zip(book.cells, status, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(CELL_COLUMNS)).astype({"row": "int64", "amount": "float64"})


def _finding_row(finding: Finding, cell: Cell) -> dict[str, object]:
    computed = None if finding.computed is None else finding.computed / cell.size
    printed = Decimal(0) if cell.state == "blank" else cell.value
    difference = None if computed is None or printed is None else printed / cell.size - computed
    return {
        "check": finding.check, "severity": finding.severity, "table": cell.table, "row": cell.row,
        "label": cell.label, "column": cell.column, "financial_year": cell.financial_year, "printed": cell.printed,
        "computed": None if computed is None else float(computed),
        "difference": None if difference is None else float(difference), "message": finding.message,
        "unit": cell.unit, "resource": cell.resource, "stage": cell.stage, "basis": cell.basis,
        "economic_class": cell.economic_class, "source": cell.source, "locator": cell.locator,
    }  # fmt: skip
