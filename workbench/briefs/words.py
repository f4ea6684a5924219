"""All words of the briefs and the exports, in one place, so that Swahili can follow."""

from __future__ import annotations

from typing import Any, Final

HEADINGS: Final = {
    "kind": "Brief for the committee",
    "question": "Question",
    "answer": "Answer",
    "figures": "Headline figures",
    "options": "Options",
    "pros": "For",
    "cons": "Against",
    "doubts": "What is doubtful",
    "sources": "Sources",
    "run": "Run",
    "table": "Table",
    "illustrative": "ILLUSTRATIVE: something here is an assumption, not a published figure.",
    "illustrative_short": "ILLUSTRATIVE",
    "no_doubts": "The audit has nothing against these figures, and no source among them is inferred.",
    "not_recorded": "not recorded: made straight from the model, without a scenario",
    "hash": "content {hash}",
    "more_sources": "; and {count} more places; the workbook's sheet of sources has them all",
    "unknown": "A blank is not known; it is never zero.",
}
"""The headings of a brief, as a memorandum to a cabinet committee has them, in plain words."""

SHEETS: Final = {
    "summary": "Summary",
    "findings": "Findings",
    "sources": "Sources",
    "record": "Run record",
}

BOOK: Final = {
    "summary_caption": "The brief; the figures are worked out on the sheet Results, from the sheet Inputs.",
    "findings_caption": "What the audit found in the figures used, in the unit of each table.",
    "no_findings": "The audit found nothing in these figures.",
    "none": "none",
    "sources_caption": "Every figure's document and place, its stage, unit and mark.",
    "record_caption": "What the result was made with.",
    "inputs_note": "Change a blue figure on a sheet of inputs, and every sum that stands on it follows.",
    "figure": "Figure",
    "value": "Value",
    "unit": "Unit",
    "note": "Note",
    "section": "Section",
    "name": "Name",
}

GAP: Final[dict[str, Any]] = {
    "question": "Of what was {first} in {year}, how much was not {second}, and in which lines?",
    "counts_to": "Counts to line",
    "counts_to_means": "The number of the line of the results that the figure counts to; blank for none.",
    "in_whole": "In the whole",
    "in_whole_means": "Whether the figure counts to the whole.",
    "side": "Side",
    "side_means": "1 for the first stage (such as requirement), 2 for the one set against it (such as allocation).",
    "stage": "Stage",
    "keys": {
        "sector": "Sector",
        "vote": "Vote",
        "programme": "Programme",
        "sub_programme": "Sub-programme",
        "county": "County",
        "economic_class": "Economic class",
    },
    "label": "Label as printed",
    "amount": "Amount, KES",
    "amount_means": "In Kenya shillings; blank is not known.",
    "unit": "Unit as printed",
    "source": "Source",
    "locator": "Place",
    "mark": "Mark",
    "inputs_caption": "Every figure that the sums are made of. Change a blue one and the sheet Results follows.",
    "results_caption": "{year}, in KES; a negative gap is a surplus, a blank is not known.",
    "number": "Line",
    "number_means": "The line's number; the whole has none.",
    "gap_means": "The first stage less the second: positive is a deficit, negative a surplus.",
    "share_of_gap": "Share of the gap, %",
    "several_years": "the gap spans several years, and a brief is about one",
}

GAP_OPTIONS: Final = {
    "note": "The {money} that was allocated, shared out anew among {count} requirements; no further money is assumed.",
    "left_out": " {count} lines of which one side is unknown are left out.",
    "other_stages": "The model shares out only what was allocated against what was required, so these two stages "
    "offer it no options; a scenario (workbench run) can test one.",
    "nothing_to_share": "There is no shortage among lines of which both sides are known, so there is nothing to "
    "share out anew.",
    "as_it_is": "As allocated",
    "rule": "The same money by the rule: {rule}",
    "nothing_moves": "No line loses anything of what it was allocated.",
    "over": "{money} more than required stands in {lines}.",
    "moves": "{money} moves and {count} lines lose; {line} loses most, {loss}.",
    "outcome": "The least that any line gets is {least} of its requirement ({line}); {full} of {count} get all.",
}

PAPER: Final = {
    "option": "Option",
    "for_against": "For (+) and against (−)",
    "more_rows": " more lines stand in the workbook.",
    "more_doubts": " more remarks stand in the workbook.",
    "more_sources": " more documents stand in the workbook.",
}
"""What only the printed pages say."""
