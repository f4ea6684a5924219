"""The words of an audit."""

from __future__ import annotations

from typing import Final

AUDIT: Final = {
    "all": "All tables",
    "finding": "{wrong} of the {checked} printed figures that can be checked cannot be right",
    "sound": "All {checked} printed figures that can be checked are right, rounding apart",
    "nothing": "Nothing in this table can be checked by arithmetic",
    "lead": "{title}{table}. Every sum, difference and ratio worked out again from the printed figures.",
    "of_table": ", table {table}",
    "checked": "Checked",
    "right": "Right",
    "rounded": "Rounded",
    "rounded_note": "differ, and rounding explains it",
    "wrong": "Wrong",
    "wrong_note": "no unrounded figures give what is printed",
    "unit": "cells",
    "picture": "Checked cells by table: right, rounded and wrong. {most}",
    "most": "Table {table} has the most wrong cells, {count}.",
    "none": "No table has a wrong cell.",
    "caption": "Findings; the difference is what is printed less what the rest gives",
    "column_unit": "Unit",
    "errors": "wrong",
    "rounding": "rounding",
}

AUDIT_COLUMNS: Final = {
    "label": "Label",
    "table": "Table",
    "row": "Row",
    "column": "Column",
    "printed": "Printed",
    "computed": "Computed",
    "difference": "Difference",
    "severity": "Kind",
}
"""The headings of the findings, in their order."""

AUDIT_PAGE: Final = {
    "right": "equals what the other cells make of it",
    "rounded": "differs, and rounding explains it",
    "wrong": "no rounding explains it",
    "cells": "Cells",
    "marks": "Marks",
    "too_many": "The audit has {count} cells: only rows with a finding are shown.",
    "row": "Row",
    "as_printed": "As printed",
    "blank": "blank",
    "findings": "Findings",
    "none": "Nothing was found.",
    "error": "Errors",
    "rounding": "Rounding differences",
    "notes": "Notes",
}
"""The tables as printed, with their marks, and the page of an audit that stands alone."""

AUDIT_COUNTS: Final = {"checked": "checked", "right": "right", "rounded": "rounded", "wrong": "wrong"}
"""What is counted, as the page that stands alone names it."""
