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
    "slow": "This takes longer than usual. Please wait a little, or load the page again.",
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
        "What each county receives, by the grant's own rules, to the shilling.",
    ),
}
"""Dashboards on the home page, in its order: name in the address, title, what it answers."""

PAGE: Final = {
    "illustrative": "Illustrative: something on this page is an assumption, not a published figure.",
    "findings": "What the audit found in these figures",
    "notes": "To know when reading",
    "sources": "Sources",
    "empty": "There is nothing to show for this choice.",
}
"""Every dashboard."""

ERRORS: Final = {
    "unexpected": "Something went wrong in the workbench, and the figures before are still shown. "
    "Please report it; the server's log has the details.",
    "refused": "That value cannot be used, so nothing was changed. Please choose one of those offered.",
}

HTTP_ERRORS: Final = {
    403: ("This is closed", "The dashboards give no access to this address."),
    404: ("There is no such page", "The address may be misspelt."),
    405: ("This cannot be done", "The address exists, but not for what was asked of it."),
    500: ("Something went wrong", "The workbench could not make this page. Please load it again; the log has details."),
    503: ("Busy", "Many people are looking at the dashboards just now. Please try again in a minute."),
}
"""Title and sentence by HTTP status."""
