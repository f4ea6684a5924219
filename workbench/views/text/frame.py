"""The words of the frame around every page, of the home page and of what stands before it."""

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

HTTP_ERRORS: Final = {
    403: ("This is closed", "The dashboards give no access to this address."),
    404: ("There is no such page", "The address may be misspelt."),
    405: ("This cannot be done", "The address exists, but not for what was asked of it."),
    429: ("Too many wrong tokens", "Please wait a minute, then try again."),
    500: ("Something went wrong", "The workbench could not make this page. Please load it again; the log has details."),
    503: ("Busy", "Many people are looking at the dashboards just now. Please try again in a minute."),
}
"""Title and sentence by HTTP status."""
