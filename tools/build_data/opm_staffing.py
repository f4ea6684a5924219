"""Section 6.4 of the Strategic Plan: the staff establishment, a row for every post as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.build_data.tables import amount_of, csv_text, read_seed

SOURCE = "OPM Strategic Plan 2009-2012"
START, END = "1. ADMINISTRATION", "6.5 Organisational Structure"
UNITS = 16
_UNIT = re.compile(r"(\d{1,2})\. (.+)")
_HEADING = "Designation"
COLUMNS = (
    "table", "row", "unit_number", "unit", "section", "post", "job_group", "approved_printed", "proposed_printed",
    "variance_printed", "approved", "proposed", "variance", "source", "locator", "mark",
)  # fmt: skip

Post = dict[str, str | int | None]


def staffing() -> str:
    """Return the CSV of all posts."""
    posts = list(_posts())
    units = {post["unit_number"] for post in posts}
    if units != set(range(1, UNITS + 1)):
        raise ValueError(f"section 6.4 has {UNITS} units, read: {sorted(map(str, units))}")
    return csv_text(posts, COLUMNS)


def _posts() -> Iterator[Post]:
    lines = read_seed("004")
    start = next(number for number, line in enumerate(lines) if line.startswith(START))
    end = next(number for number in range(start, len(lines)) if lines[number].startswith(END))
    unit_number, unit, section, row = 0, "", "", 0
    for number in range(start, end):
        label, *cells = [cell.strip() for cell in lines[number].split("\t")]
        if not label or label == _HEADING or label.startswith("*"):
            continue
        heading = not any(cells)
        found = _UNIT.fullmatch(label) if heading else None
        if found:
            unit_number, unit, section = int(found[1]), found[2], ""
            continue
        if heading:
            section = label
            continue
        row += 1
        group, approved, proposed, variance = [*cells, "", "", "", ""][:4]
        if len(cells) > 4 and any(cells[4:]):
            raise ValueError(f"line {number + 1} has more than five cells")
        yield {
            "table": "6.4", "row": row, "unit_number": unit_number, "unit": unit, "section": section, "post": label,
            "job_group": group, "approved_printed": approved, "proposed_printed": proposed,
            "variance_printed": variance, "approved": amount_of(approved), "proposed": amount_of(proposed),
            "variance": amount_of(variance), "source": SOURCE,
            "locator": f"section 6.4, line {number + 1} of the text", "mark": "certain",
        }  # fmt: skip
