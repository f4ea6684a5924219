"""The audit's findings against the figures that a gap stands on."""

from __future__ import annotations

import pandas as pd

from workbench.audit import audit, findings_touching

_NEEDED = ("table", "row", "line", "stage", "financial_year", "amount", "unit")


def findings_of(requirements: pd.DataFrame, allocations: pd.DataFrame, financial_year: str | None) -> pd.DataFrame:
    """Audit both sides and return what touches the figures of a year, or of all years.

    Figures that do not say in which row of which table they stand cannot be audited; they have no findings.
    """
    sides = [side for side in (requirements, allocations) if set(_NEEDED) <= set(side.columns) and len(side)]
    if not sides:
        return pd.DataFrame()
    figures = pd.concat([side.dropna(subset=["table", "row", "stage"]) for side in sides], ignore_index=True)
    figures = figures.drop_duplicates(
        [key for key in ("resource", "table", "row", "stage", "basis", "economic_class", "financial_year")
         if key in figures],
        ignore_index=True,
    )  # fmt: skip
    if figures.empty:
        return pd.DataFrame()
    used = figures[figures["primary"].astype("bool")] if "primary" in figures else figures
    if financial_year is not None:
        used = used[used["financial_year"] == financial_year]
    return findings_touching(audit(figures).findings, used, whole=figures)


def without_repeats(side: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows that the audit finds to be subtotals printed as items: they would be counted twice."""
    places = _repeats(findings)
    if not places:
        return side
    return side[[place not in places for place in zip(side["table"], side["row"], strict=True)]].reset_index(drop=True)


def repeat_notes(findings: pd.DataFrame) -> tuple[str, ...]:
    """Name the rows that :func:`without_repeats` leaves out."""
    places = sorted(_repeats(findings).items())
    told = ", ".join(f"{label} (table {table}, row {row})" for (table, row), label in places)
    return (f"Not counted, for it repeats the sum of rows beside it: {told}.",) if places else ()


def _repeats(findings: pd.DataFrame) -> dict[tuple[str, int], str]:
    if findings.empty:
        return {}
    found = findings[findings["check"] == "duplicated subtotal"]
    return {
        (table, int(row)): label for table, row, label in zip(found["table"], found["row"], found["label"], strict=True)
    }
