"""The words of the page on which somebody works with figures of his own: uploads, the grid, and what stands around."""

from __future__ import annotations

from typing import Final

UPLOAD: Final = {
    "label": "Bring a file (Excel or CSV, at most {megabytes} MB)",
    "drop": "or drop it here",
    "reading": "{name} is being read.",
    "too_large": "is too large: {size} MB, and at most {megabytes} MB can be brought",
    "too_large_remedy": "take out sheets that are not needed",
    "kind": "is neither an Excel workbook (.xlsx) nor a CSV file (.csv)",
    "kind_remedy": "save it as one of the two in your spreadsheet program",
    "empty": "is empty",
    "interrupted": "did not arrive whole, and nothing of it was used",
    "interrupted_remedy": "bring it once more",
}
"""Bringing a file; ``{name}``, ``{size}`` and ``{megabytes}`` are filled in the browser too."""

GRID: Final = {
    "label": "Your figures, to be edited",
    "row": "Row",
    "cell": "{column}, row {row}",
    "add": "Add a row",
    "undo": "Undo the last change",
    "how": "Arrows and Enter move, Escape leaves the table. A block copied from Excel is pasted from the chosen cell "
    "on. A blank cell is unknown, never zero.",
    "sound": "Nothing to mend.",
    "one": "1 thing to mend",
    "many": "{count} things to mend",
    "too_wide": "The block is {wide} columns wide, and {room} are left from here: choose a cell further left.",
    "too_long": "The block would need {long} rows, and the table holds {most}.",
    "refused": "cannot be used, and the table stands as it was before",
    "refused_remedy": "a cell holds at most {cell} signs, the table {most} rows",
    "required": "needed",
}
"""The table that is edited; parts in braces are filled in the browser, those of ``refused_remedy`` in Python."""
