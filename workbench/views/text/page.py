"""The words that every dashboard shares: its parts, its controls, its files, and what it refuses."""

from __future__ import annotations

from typing import Final

PAGE: Final = {
    "illustrative": "Illustrative: something on this page is an assumption, not a published figure.",
    "inferred": "Inferred, not published: {what}",
    "inferred_more": "and {count} more, among the sources below",
    "findings": "What the audit found in these figures",
    "notes": "To know when reading",
    "sources": "Sources",
    "empty": "There is nothing to show for this choice.",
}
"""Every dashboard."""

TABLE: Final = {
    "copy": "Copy the table",
    "copied": "{count} lines are copied; paste them into Excel or another spreadsheet.",
    "not_copied": "The browser does not let the page copy. Mark the table with the mouse and copy it yourself.",
    "hint": "Choose a line to see why its figures are what they are.",
    "close": "Close the explanation",
    "rising": "Sorted by {column}, smallest or A first.",
    "falling": "Sorted by {column}, largest or Z first.",
    "unsorted": "In the order of the document again.",
}
"""Every table."""

ADDRESS: Final = {
    "copy": "Copy a link to this view",
    "copied": "The link is copied; it opens this page as it is now.",
    "by_hand": "Copy this link; it opens this page as it is now:",
    "kept": "The address asked for something that is not offered; the rest of it is shown.",
}
"""The link that opens the same state."""

PROGRESS: Final = {"label": "The figures are being computed"}

FILES: Final = {"xlsx": "Excel workbook", "pdf": "PDF brief", "docx": "Word brief", "csv": "CSV tables"}
"""The files that every page offers, by kind."""

DOWNLOAD: Final = {
    "label": "Download",
    "making": "The file is being made.",
    "made": "{name} was given to the browser.",
}
"""The buttons that give a file; ``{name}`` is filled in the browser."""

SCENARIO: Final = {
    "published": "As published",
    "badge": "A scenario, not a published figure: {question}",
}

MARKS: Final = {"illustrative": "illustrative", "inferred": "inferred"}
"""Marks that are shown beside a line; what is certain or has one source needs none there."""

SOURCES: Final = {
    "more": "{count} places",
    "note": "The workbench's own note on its sources",
}

CONTROLS: Final = {
    "figures": "Figures",
    "year": "Financial year",
    "lines": "Lines",
    "basis": "Sums",
    "plan": "Plan",
    "stage": "Stage of the budget",
    "picture": "Picture",
    "grant": "Grant",
    "table": "Table",
    "scenario": "Scenario",
    "unit": "Unit",
}
"""What the controls are called."""

UNITS: Final = {
    "fitting": "As reads best",
    "KES": "KSh",
    "KES million": "KSh million",
    "KES billion": "KSh billion",
}
"""The units that a page's money can be shown in."""

ERRORS: Final = {
    "unexpected": "Something went wrong in the workbench, and the figures before are still shown. "
    "Please report it; the server's log has the details.",
    "no_file": "There is nothing on the page that a file could hold.",
    "refused": "That value cannot be used, so nothing was changed. Please choose one of those offered.",
}

RIGHTS: Final = {
    "no_store": "This server keeps nothing",
    "no_store_remedy": "whoever runs it can start it with --store",
    "no_name": "A name is needed to keep something",
    "no_name_remedy": "write your name",
    "unproved": "{name} (name not checked)",
    "no_right": "You may not approve here",
    "no_right_remedy": "approval belongs to those whom the server was started for with --approver",
}
"""What a viewer may do beyond looking."""

OFFERED: Final = {
    "plan": "plan list",
    "stage": "stage of the votes",
    "picture": "picture",
    "scenario_of_plan": "scenario of this plan and stage",
    "figures": "set of figures",
    "table": "table of these figures",
    "scenario_of_figures": "scenario of these figures",
    "year_of_figures": "financial year of these figures",
    "basis": "way to sum",
    "level": "level",
    "grant": "grant",
    "scenario_of_grant": "scenario of this grant",
    "year_of_grant": "financial year of this grant",
    "scenario": "scenario",
    "against": "run to compare with",
    "file": "kind of file",
}
"""What a value is that no control offers, within the sentence that refuses it."""

SOURCE_MARKS: Final = {
    "certain": "certain",
    "one source": "one source",
    "inferred": "inferred",
    "illustrative": "illustrative",
}
"""The marks as they stand beside the sources."""
