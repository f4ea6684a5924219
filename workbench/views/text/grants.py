"""The words of a grant: its finding, its pictures and the tables behind them."""

from __future__ import annotations

from typing import Final

GRANTS: Final = {
    "equal": "By the formula, each of {count} counties is awarded KSh {award}",
    "unequal": "By the formula, {count} counties are awarded between KSh {least} and KSh {most}",
    "nobody": "No county is known to qualify, so all of KSh {pool} stays unallocated",
    "nothing": "By the formula no county is awarded anything, so all of KSh {pool} stays unallocated",
    "part": "; KSh {rest} stays unallocated",
    "incomplete": "Incomplete: {finding}",
    "lead": "{title}, {year}. Awards by the design in whole shillings, which are no record of payments.",
    "pool": "Pool",
    "awarded": "Awarded",
    "unallocated": "Unallocated",
    "counties": "Counties awarded",
    "counties_unit": "of {count}",
    "picture": "Award by county, KSh million, the largest first. {range}",
    "range_equal": "All {count} counties that are awarded anything are awarded the same, {award} million.",
    "range": "{first} is awarded most, {most} million; {last} least, {least} million.",
    "range_none": "No county is awarded anything.",
    "caption": "Awards to the 47 counties, {year}, in whole shillings",
    "caption_unit": "Awards to the 47 counties, {year}, {unit}",
    "county": "County",
    "award": "Award, KSh",
    "award_in": "Award, {unit}",
    "level": "{title}, KSh",
    "level_in": "{title}, {unit}",
    "total": "All counties",
    "axis": "KSh million",
    "map": "Map of the counties",
    "map_picture": "Award by county, KSh million, one tile for each county. {range}",
    "bars": "Bars, the largest first",
    "lorenz": "How evenly the money lies (Lorenz curve)",
    "not_known": "not known",
    "total_says": "{summary} Largest award shown: {first}, {most} shillings; smallest: {last}, {least}.",
}

MAP_SHOWN: Final = {
    "award": ("Award", "KSh million"),
    "score": ("Score", "points"),
    "change": ("Change", "KSh million"),
    "per_head": ("Award by head", "KSh"),
}
"""What the tile map can show, and in which unit."""

MAP: Final = {
    "head": "{title} by county, {design}, {year}, in {unit}.",
    "illustrative": " Illustrative: {what}.",
    "nothing": " Nothing is known of any county.",
    "same": " The same for each of {count} counties: {value}.",
    "most": " Most: {top}, {most}; least: {bottom}, {least}.",
    "unknown_one": " Not known of 1 county.",
    "unknown": " Not known of {count} counties.",
    "several": "{count} counties, {first} among them",
}
"""What the tile map says."""

LORENZ_WHO: Final = {"head": "people", "poor person": "poor people", "county": "counties"}
LORENZ_BY: Final = {"head": "head", "poor person": "poor person", "county": "county"}

LORENZ: Final = {
    "same": "the same for all",
    "hover": "{people} percent of {who}: {money} percent of the money",
    "axis_people": "Percent of {who}, least first",
    "axis_money": "Percent of the money",
    "head": "Lorenz curve of the awards by {by}.",
    "nobody": "{name}: nobody is awarded anything.",
    "half": "{name}: the half of the {who} with the least has {share} percent of the money; Gini {gini}, "
    "where 0 is {same}.",
    "illustrative": "Illustrative: {what}.",
    "poverty": "Illustrative: the poverty rate is of 2009.",
    "compared": "{name}, compared with",
    "run": "Run",
    "people": "People, percent, least first",
    "money": "Money, percent",
    "caption": "Awards by head, {year}, the least first; people of the census of 2019",
    "column_people": "People",
    "column_per_head": "Award by head, KSh",
    "column_people_so_far": "People so far, %",
    "column_money_so_far": "Money so far, %",
}
"""How evenly a grant's money lies, by head, by poor person or by county."""
