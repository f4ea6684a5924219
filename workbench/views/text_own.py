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
