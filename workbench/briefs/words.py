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
    "no_doubts": "Nothing that was found speaks against these figures, and no source among them is inferred.",
    "not_recorded": "kept in no store: made straight from the model, without a scenario",
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
    "not_audited": "These figures are no printed table that could be audited: that nothing stands here says nothing "
    "of them.",
    "why": "Why",
    "none": "none",
    "yes": "yes",
    "no": "no",
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
    "unnamed": "Not broken down",
    "several_years": "the gap spans several years, and a brief is about one",
}

GAP_OPTIONS: Final = {
    "note": "The allocation of {money}, shared out anew among {count} requirements; nothing is added to it.",
    "left_out": " {count} lines of which one side is unknown are left out.",
    "other_stages": "The model shares out only what was allocated against what was required, so these two stages "
    "offer it no options; a scenario (workbench run) can test one.",
    "none_known": "There is no line of which both sides are known, so there is nothing to share out anew.",
    "nothing_to_share": "There is no shortage among lines of which both sides are known, so there is nothing to "
    "share out anew.",
    "as_it_is": "The allocation as it stands",
    "rule": "The same money by the rule: {rule}",
    "nothing_moves": "No line loses anything of its allocation.",
    "over": "{money} more than required stands in {lines}.",
    "moves": "{money} moves and {count} lines lose; {line} loses most, {loss}.",
    "outcome": "The least that any line gets is {least} of its requirement ({line}); {full} of {count} get all.",
}

PAPER: Final = {
    "option": "Option",
    "for_against": "For (+) and against (−)",
    "more_sides": "And {count} more, in the workbook.",
    "more_rows": " more lines stand in the workbook.",
    "more_doubts": " more remarks stand in the workbook.",
    "more_sources": " more documents stand in the workbook.",
}
"""What only the printed pages say."""

FIELDS: Final = {"source": "Source", "locator": "Place", "stage": "Stage", "unit": "Unit", "mark": "Mark"}
"""Headings that several sheets share."""

ALIGNMENT: Final[dict[str, Any]] = {
    "question": "Does the budget of {year} follow the plan, and what would have to move for it to do so?",
    "its_year": "this year",
    "plan_number": "Plan sector",
    "plan_number_means": "The number of the plan sector that the money is linked to; 0 is left out of the plan.",
    "budget_line": "Budget line",
    "working_group": "Working group",
    "plan_code": "Plan code",
    "link_share": "Share of the line",
    "linked_amount": "Linked amount, KES",
    "reason": "Why it is linked",
    "link_mark": "Mark of the link",
    "plan_amount": "Plan, KES",
    "budget_amount": "Budget, KES",
    "difference": "Difference, points",
    "links_caption": "Every link of a budget line to a plan sector, in whole shillings. Change a blue figure and the "
    "sheet Results follows.",
    "plan_caption": "The plan's sectors and what it gives them; blank is not known.",
    "results_caption": "The linked budget beside the plan, in KES. The money that would have to move is worked out "
    "from the shares: it may differ from the package's whole shillings by a shilling a sector.",
    "linked": "Linked to the plan",
    "left_out": "Left out of the plan",
    "whole": "Whole budget",
    "options_note": "The least moves of money between plan sectors that give the budget the plan's shares, the "
    "largest first; a move says nothing of the law or of contracts that stand in its way.",
    "no_options": "The model can offer no moves: the plan gives no money to compare the budget with, or the two "
    "agree already.",
    "none_moves": "Leave the budget as it is",
    "some_move": {1: "Make the largest move only", 3: "Make the three largest moves"},
    "all_move": "Make all moves",
    "distance_stays": "Of the linked budget {share} lies elsewhere than the plan wants it.",
    "nobody_loses": "No sector loses anything.",
    "apart": "The distance to the plan stays at {share}.",
    "outcome": "{money} moves; the distance to the plan falls from {before} to {after}.",
    "gains": "{label} gains {money}.",
    "loses": "{label} gives up {money}, {share} of what it has.",
}

GRANTS: Final = {
    "question": "{title}: how much does the design award to each county in {year}, and what stays unallocated?",
    "code": "Code",
    "conditions": "Minimum conditions",
    "score": "Score, points",
    "share": "Share of what is awarded, %",
    "level": "Level",
    "level_title": "Title",
    "pool": "Pool, KES",
    "term": "Value",
    "term_value": "Figure",
    "counties_caption": "What is known of each county, and what each level pays it by the design, to the shilling. "
    "Change a blue figure and the sheet Results follows.",
    "pools_caption": "What each level has to give, in KES; a level without a pool in the year has nothing to give.",
    "terms_caption": "Every value of the design that was used, with its source.",
    "results_caption": "Awards in {year}, in whole KES; they add up to what is awarded, to the shilling.",
}

GRANTS_OPTIONS: Final = {
    "note": "The same design, run again with one thing changed; the pool stays as it is unless the option says so.",
    "nothing": "No other rule, weight or curve of the design changes an award here, and no county is shut out for want "
    "of knowledge.",
    "full": "Enough in the pool for all that qualify ({title})",
    "needs": "It needs {money} more than the pool has.",
    "in_full": "All {count} that qualify get what the formula gives them.",
    "curve": "Weigh scores by the curve: {curve} ({title})",
    "as_it_is": "The design as it stands",
    "as_published": "It is what the published rules say.",
    "spare": "{money} of the pool reaches nobody.",
    "all_met": "Every county whose conditions are not known meets them",
    "assumes": "It assumes an answer for {count} counties of which nothing is published.",
    "assumed_scores": "assumed: every county meets the conditions",
    "rule": "Share the pool by the rule: {rule} ({title})",
    "part": 'All by the part "{part}" ({title})',
    "gain": "{count} counties gain, {money} together.",
    "lose": "{count} counties lose, {money} together; {county} loses most.",
    "even": "The Gini coefficient of awards by head goes from {before} to {after} (0 is the same for all).",
    "outcome": "{awarded} goes to {count} counties; {rest} stays unallocated.",
}

AUDIT: Final = {
    "question": "Can the printed figures be right? {title}",
    "a_table": "A table of one's own",
    "table_number": "Number",
    "line": "Line",
    "printed": "As printed",
    "amount": "Amount, in its unit",
    "status": "Status",
    "whole": "All tables",
    "cells_caption": "Every cell as printed: right, rounded, wrong, or unchecked where nothing determines it.",
    "results_caption": "Checked cells by table.",
    "options_note": "Two ways to use figures that contradict each other; the audit cannot say which printed cell is "
    "the mistaken one.",
    "no_options": "No printed figure contradicts the others, so there is nothing to choose.",
    "as_printed": "Use the totals as printed",
    "as_printed_outcome": "{wrong} cells in {tables} tables stay as they are.",
    "as_printed_pro": "It is what was published, and what others will quote.",
    "as_printed_con": "{wrong} cells contradict the figures beside them.",
    "as_computed": "Use what the rows add up to",
    "as_computed_outcome": "The {right} cells that hold stay; sums, differences and ratios are worked out again.",
    "as_computed_pro": "Every total is the sum of the rows that stand above it.",
    "as_computed_con": "Where a row is the mistake, its total is mistaken with it; only the publisher can tell.",
}

REQUESTS: Final = {
    "question": "How far does the money go that is there for the requests of {year}, and who goes short?",
    "request": "Requested, KES",
    "floor": "Floor, KES",
    "ceiling": "Ceiling, KES",
    "weight": "Weight",
    "award": "Award, KES",
    "gap": "Gap, KES",
    "covered": "Covered, %",
    "why": "Why",
    "inputs_caption": "Every request, and what the rule {rule} awards it within its floor and ceiling, to the "
    "shilling. Change a blue figure and the sheet Results follows; the rule itself is not run again.",
    "results_caption": "Awards for {year}, in whole KES; together they are the envelope, to the shilling.",
    "options_note": "The same envelope shared among the same requests by other rules; no further money is assumed.",
    "limited": "No other rule is set beside this one: some requests have floors, ceilings or weights, and a scenario "
    "(workbench run) can test another rule within them.",
    "nothing_to_share": "Nothing goes short, so there is nothing to share out anew.",
    "chosen": "The rule that was chosen: {rule}",
}

BUILD: Final = {
    "no_brief": "is nothing that a brief can be made of",
    "can": "give a gap, an alignment, awards of a grant, an audit, requests that were met, a run, a record or a "
    "comparison of runs",
}

RUN: Final = {
    "answer": "Scenario: {finding}",
    "lead": "By the scenario {name}. {lead}",
    "ensemble": "is an ensemble of many draws, and a brief is of a single run",
    "ensemble_remedy": "workbench ensemble prints its quantiles; make the brief of a run of its scenario",
    "not_kept": "not kept in a store",
    "differs": "was {was} and is {now} now",
    "no_longer": "{count} of {figures} figures of this record come out otherwise now, so no brief of it can be made "
    "(workbench reproduce says why)",
    "assumed": "Assumed: {name} is {told}.",
    "assumed_many": "Assumed for {count} values of {name}: {told}.",
    "instead": "{after}{unit} instead of {before}",
}

DRAWS: Final = {
    "sheet": "Draws",
    "mark": "Mark",
    "answer": "{draws}. In the central case: {central}",
}
"""Many draws beside a comparison."""

COMPARISON: Final = {
    "question": "What changes with {runs} against {baseline}, who gains and who loses?",
    "finding": "With {name} instead of {baseline}, {won} gain and {lost} lose",
    "lead": "Runs of {year}; {count} inputs differ.",
    "change": "Change with {name}",
    "whole": "All together",
    "together": "All together: {name}",
    "gained": "Gained by those who gain",
    "losers": "Who loses",
    "differs": "What differs: {name} is {told}.",
    "differs_many": "What differs in {count} values of {name}: {told}.",
    "in_run": "{value} in {name}",
    "not_set": "not set",
    "of": "of {count}",
    "not_known": "not known",
    "figure": "Figure",
    "grid_caption": "The headline figures of the runs",
    "inputs_caption": "What each run gives to each line. Change a blue figure and the sheet Results follows.",
    "results_caption": "Each run against {baseline}; a blank is not known.",
    "options_note": "Each run is one option; who gains and who loses is told against the first.",
    "is_baseline": "It is what the others are held against: nobody gains or loses.",
    "gain": "{count} gain; {most} gains most, {amount}.",
    "lose": "{count} lose; {most} loses most, {amount}.",
}

EXCHANGE: Final = {
    "share": "A fraction of one.",
    "no_parquet": "needs a library that is not installed",
    "remedy": 'install the extra "ledger": pip install "{extra}"; or choose csv',
}
