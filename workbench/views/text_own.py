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
    "several": "{count} files were dropped, and one is taken at a time: drop the one that you need.",
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

PAGE: Final = {
    "title": "Work with your own figures",
    "lead": "Bring a file or write into the table, mend what is marked, run, and take the result away. Nothing is kept "
    "on this server, and nobody else sees it.",
    "lead_store": "Bring a file or write into the table, mend what is marked, run, and take the result away. Nobody "
    "else sees it, and nothing is kept unless you save it under a name.",
    "kind": "What are they?",
    "requests": "Requests for funds, to be met from an envelope",
    "scores": "Assessment scores of the counties, for a grant",
    "crosswalk": "A crosswalk from the budget's lines to a plan",
    "figures": "1. The figures",
    "run_title": "2. Run",
    "result_title": "3. The result",
    "run": "Run",
    "running": "The figures are being computed.",
    "form": "Blank form (Excel)",
    "form_crosswalk": "Form with the shipped links (Excel)",
    "table": "The table below (CSV)",
    "typed": "written here",
    "caption_requests": "Requests for funds",
    "caption_scores": "Assessment of the 47 counties",
    "caption_crosswalk": "Crosswalk: which part of which budget line belongs to which sector of the plan",
    "mend": "Mend what is marked in the table, then run again.",
    "given": "Brought by the user: {file}",
    "given_note": "Figures given by you ({file}) stand in this result; they are no published figures.",
    "csv": "CSV",
    "blank": "There is nothing to run yet: bring a file or write into the table.",
    "no_rows": "holds no row below its heading",
    "no_rows_remedy": "fill in the form, or write into the table",
    "save": "Save to the store",
    "saved_open": "Open it on the page of scenarios, to run it again and to compare it",
    "save_first": "Run the figures before you save them",
    "save_unlike": "The store would keep other figures than those shown, so nothing was kept",
    "question": "What do figures given by {user} ({file}) give?",
    "kept_note": "Figures brought by {user} ({file}) stand in this result; they are no published figures.",
}
"""The page around the table; parts in braces are filled in."""

REQUESTS: Final = {
    "year": "Financial year",
    "envelope": "Envelope",
    "envelope_hint": "such as KSh 500 million",
    "envelope_wrong": "The envelope cannot be used",
    "envelope_blank": "There is no envelope yet",
    "envelope_remedy": "write what there is to share out, such as KSh 500 million",
    "rule": "Rule",
    "finding": "Of {asked} requested for {year}, {award} can be given: {gap} is lacking",
    "finding_all": "All of the {asked} requested for {year} can be given",
    "lead_one": "1 request, met by the rule: {rule}. Amounts in whole shillings.",
    "lead": "{count} requests, shared out by the rule: {rule}. Amounts in whole shillings.",
    "asked": "Requested",
    "envelope_card": "Envelope",
    "gap": "Gap",
    "covered": "Covered",
    "unit": "KSh",
    "per_cent": "per cent",
    "covered_note": "lowest: {line}, {share}",
    "picture": "Requested and awarded by line, KSh million, the largest requests first.{left} {least}",
    "left": " The {shown} largest of {count} are shown.",
    "least": "{line} is covered least: {share} of its request.",
    "axis": "KSh million",
    "award": "Award",
    "line": "Line",
    "column_asked": "Requested, KSh",
    "column_award": "Award, KSh",
    "column_gap": "Gap, KSh",
    "column_covered": "Covered, %",
    "total": "All requests",
    "caption": "Awards by line, {year}, in whole KSh; together they are the envelope, to the shilling",
}
"""Requests that are met from an envelope."""

SCORES: Final = {
    "grant": "Grant",
    "year": "Financial year",
}

CROSSWALK: Final = {
    "plan": "Plan",
    "stage": "Stage of the budget",
}
