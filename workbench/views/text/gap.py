"""The words of the gap: its stages, its finding, its table."""

from __future__ import annotations

from typing import Final

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
"""The stages within a sentence: KSh 5 million was ..."""

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
    "lines_lack": ", but {count} lines lack {lacking}",
    "lines_lack_one": ", but one line lacks {lacking}",
    "lines_lose": ", but {count} lines lose {lacking}",
    "lines_lose_one": ", but one line loses {lacking}",
    "balanced_in_sum": "In {year}, as much was {second_phrase} in all as the {first} {first_phrase}",
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

GAP_CHARTS: Final = {
    "unit": "KSh million",
    "line_hover": "{line}: {amount} KSh million",
    "unknown": "gap unknown",
    "balanced": "no gap",
    "deficit": "deficit {amount}",
    "surplus": "surplus {amount}",
    "ends": "Ends at",
}
"""The charts of a gap and of its stages, as a notebook shows them."""
