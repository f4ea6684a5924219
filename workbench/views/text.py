"""All words on the screens, in one place, so that Swahili can follow."""

from __future__ import annotations

from typing import Final

FRAME: Final = {
    "language": "en",
    "name": "Budget Alignment Workbench",
    "skip": "Skip to the figures",
    "menu": "Dashboards",
    "home": "Home",
    "opening": "Opening the page: the figures are being computed",
    "starting": "The workbench has just started and computes its figures. They appear here by themselves in a moment.",
    "slow": "This takes longer than usual. Please wait a little, or load the page again.",
    "failed": "The page could not be made. Please load it again; the server's log has the details.",
    "cell_failed": "This page could not be made: its figures could not be computed. Please load it again. "
    "If that does not help, tell whoever runs the workbench; the server's log has the details.",
    "unknown": "A part of this page cannot be shown here. Please load the page again.",
    "lost": "The connection to the workbench is lost. What you see is the last state.",
    "again": "Load the page again",
    "no_script": "The dashboards need JavaScript. Everything comes from this machine; nothing is loaded from outside.",
    "home_title": "Plans, budgets and county grants on published figures",
    "home_lead": "Every figure is computed from a published source, which stands at the foot of each page.",
    "open": "Open",
    "foot": "Figures come from published documents; what is only illustrative is marked so.",
    "back": "Back to the list of dashboards",
}
"""The frame around every page."""

LOGIN: Final = {
    "title": "Who is there?",
    "lead": "The dashboards ask for a token before they show anything.",
    "label": "Token",
    "enter": "Open the dashboards",
    "where": "It stands in the address that workbench serve printed when it started; or ask whoever runs the server.",
    "wrong": "That is not the token. Please try again.",
    "leave": "Log out",
}
"""The page that asks for the token."""

HOME: Final = {
    "new": "What is new in {version}",
    "label": "{label}: {of}",
    "scenarios_label": "Questions ready to run",
    "scenarios_unit": "scenarios",
}
"""The home page beyond its frame."""

CARDS: Final = {
    "alignment": (
        "Alignment",
        "Does the money follow the plan? The budget's votes by sector, beside the plan's groups.",
    ),
    "gap": (
        "Gap",
        "What was required, what was allocated, and what is lacking, by programme and year.",
    ),
    "grants": (
        "Grants",
        "What each county is awarded by the grant's own rules, to the shilling.",
    ),
    "audit": (
        "Audit",
        "The tables as printed, added up again: which cells are wrong, and why.",
    ),
    "scenarios": (
        "Scenarios",
        "What if: run a shipped scenario, compare it, see who gains and who loses, keep it, approve it.",
    ),
    "own": (
        "Your figures",
        "Requests, scores or a crosswalk of your own: bring, mend, run, take the result away.",
    ),
}
"""Dashboards on the home page, in its order: name in the address, title, what it answers."""

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

SCENARIO: Final = {
    "published": "As published",
    "badge": "A scenario, not a published figure: {question}",
}

MARKS: Final = {"illustrative": "illustrative", "inferred": "inferred"}
"""Marks that are shown beside a line; what is certain or has one source needs none there."""

ERRORS: Final = {
    "unexpected": "Something went wrong in the workbench, and the figures before are still shown. "
    "Please report it; the server's log has the details.",
    "no_file": "There is nothing on the page that a file could hold.",
    "refused": "That value cannot be used, so nothing was changed. Please choose one of those offered.",
}

HTTP_ERRORS: Final = {
    403: ("This is closed", "The dashboards give no access to this address."),
    404: ("There is no such page", "The address may be misspelt."),
    405: ("This cannot be done", "The address exists, but not for what was asked of it."),
    429: ("Too many wrong tokens", "Please wait a minute, then try again."),
    500: ("Something went wrong", "The workbench could not make this page. Please load it again; the log has details."),
    503: ("Busy", "Many people are looking at the dashboards just now. Please try again in a minute."),
}
"""Title and sentence by HTTP status."""

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
}
"""What the controls are called."""

STAGES: Final = {
    "requirement": "Requirement",
    "allocation": "Allocation",
    "ceiling": "Ceiling",
    "estimate": "Estimates",
    "revised": "Revised estimates",
    "exchequer_issue": "Exchequer issues",
    "expenditure": "Expenditure",
}
"""The stages as headings."""

STAGE_PHRASES: Final = {
    "requirement": "required",
    "allocation": "allocated",
    "ceiling": "in the ceilings",
    "estimate": "in the estimates",
    "revised": "in the revised estimates",
    "exchequer_issue": "issued",
    "expenditure": "spent",
}
"""The stages within a sentence: KES 5 million was ..."""

GAP: Final = {
    "opm": "Strategic Plan of the Prime Minister's Office",
    "votes": "National budget by sector",
    "sub_programme": "Sub-programmes",
    "programme": "Programmes",
    "sector": "Sectors",
    "vote": "Votes",
    "county": "Counties",
    "as_computed": "Added up from the rows",
    "as_printed": "As printed",
    "deficit": "In {year}, {gap} of the {first} {first_phrase} was not {second_phrase}",
    "balanced": "In {year}, all of the {first} {first_phrase} was {second_phrase}",
    "surplus": "In {year}, {gap} more was {second_phrase} than the {first} {first_phrase}",
    "second_unknown": "In {year}, {first} was {first_phrase}; how much was {second_phrase} is not known",
    "unknown": "In {year}, how much was {first_phrase} is not known, and so the gap is not",
    "lead": "{title}. {basis}; amounts in {unit}.",
    "surplus_label": "Surplus",
    "funded_note": "{second} as a share of {first}",
    "not_known": "not known",
    "per_cent": "per cent",
    "whole": "Whole",
    "caption": "{lines}, {year}, in {unit}; a negative gap is a surplus, a blank is not known",
    "picture": "{first} and {second} by line in {year}, {unit}. {largest}",
    "largest": "The largest gap is that of {line}: {gap}.",
    "no_largest": "No line is short of money.",
    "largest_unknown": "The gap of each line is not known.",
    "reading": "{amount} ({readings}{used})",
    "used": ", used here",
    "after": "After the scenario",
    "after_phrase": "kept in the scenario",
    "after_gap": "Not kept",
    "after_funded": "Kept",
    "disagree": "The document gives more than one figure for the {side} of {year}: {readings}.",
}

GAP_NAMES: Final = {"allocation": "Gap", "expenditure": "Not spent"}
"""What the gap is called, by the second stage; a gap where none is named."""

FUNDED_NAMES: Final = {"allocation": "Funded", "expenditure": "Spent"}
"""What the second stage's share of the first is called."""

ALIGNMENT: Final = {
    "moves": "To have the plan's shares, {share} of the linked budget, {moved}, would have to move",
    "no_distance": "{linked} of the {total} budget is linked to the plan, which gives no money to compare it with",
    "lead": "{plan}. Budget of {year}, {stage}; amounts in KES billion.",
    "budget": "Budget",
    "linked": "Linked to the plan",
    "linked_note": "{share} of the budget; the rest is left out on purpose",
    "moved": "Would have to move",
    "moved_note": "{share} of what is linked; the workbench's own measure",
    "orphans": "Plan sectors without money",
    "orphans_unit": "of {count}",
    "billion": "KES billion",
    "not_known": "not known",
    "no_plan_money": "the plan has no money",
    "shares": "Shares of the money",
    "flows": "From plan sector to vote",
    "matrix": "Working groups and plan sectors",
    "least": "Plan sectors with the least money",
    "column_plan_sector": "Plan sector",
    "column_group": "Working group",
    "column_budget": "Budget, KES billion",
    "column_budget_share": "Share of budget, %",
    "column_plan": "Plan, KES billion",
    "column_plan_share": "Share of plan, %",
    "column_difference": "Difference, points",
}

GRANTS: Final = {
    "equal": "By the formula, each of {count} counties is awarded KES {award}",
    "unequal": "By the formula, {count} counties are awarded between KES {least} and KES {most}",
    "nobody": "No county is known to qualify, so all of KES {pool} stays unallocated",
    "nothing": "By the formula no county is awarded anything, so all of KES {pool} stays unallocated",
    "part": "; KES {rest} stays unallocated",
    "incomplete": "Incomplete: {finding}",
    "lead": "{title}, {year}. Awards by the design in whole shillings (KES), which are no record of payments.",
    "pool": "Pool",
    "awarded": "Awarded",
    "unallocated": "Unallocated",
    "counties": "Counties awarded",
    "counties_unit": "of {count}",
    "unit": "KES",
    "picture": "Award by county, KES million, the largest first. {range}",
    "range_equal": "All {count} counties that are awarded anything are awarded the same, {award} million.",
    "range": "{first} is awarded most, {most} million; {last} least, {least} million.",
    "range_none": "No county is awarded anything.",
    "caption": "Awards to the 47 counties, {year}, in whole KES",
    "county": "County",
    "award": "Award, KES",
    "level": "{title}, KES",
    "total": "All counties",
    "axis": "KES million",
    "map": "Map of the counties",
    "map_picture": "Award by county, KES million, one tile for each county. {range}",
    "bars": "Bars, the largest first",
}

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
    "caption": "Findings, in the unit of each table; the difference is what is printed less what the rest gives",
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

SOURCES: Final = {
    "more": "{count} places",
}

DOWNLOAD: Final = {
    "label": "Download",
    "making": "The file is being made.",
    "made": "{name} was given to the browser.",
}
"""The buttons that give a file; ``{name}`` is filled in the browser."""

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
