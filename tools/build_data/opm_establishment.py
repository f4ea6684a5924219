"""The establishment of the Office of the Prime Minister, section 6.4 of its Strategic Plan, as printed."""

from __future__ import annotations

import re

from tools.build_data.tables import Row, amount_of, csv_text, read_seed

SOURCE = "OPM Strategic Plan 2009-2012"
COLUMNS = (
    "row", "unit", "section", "designation", "job_group", "approved", "proposed", "variance_printed",
    "source", "locator", "mark",
)  # fmt: skip
_UNIT = re.compile(r"^(\d+)\. ([A-Z][A-Z0-9 ,'’sA-Z]+)$")


def build() -> dict[str, str]:
    """Return the resource by path."""
    return {"opm-strategic-plan/establishment.csv": csv_text(_rows(read_seed("004")), COLUMNS)}


def _rows(lines: list[str]) -> list[Row]:
    start = next(at for at, line in enumerate(lines) if line.startswith("6.4 Staffing and Establishment") and at > 500)
    end = next(at for at in range(start, len(lines)) if lines[at].startswith("*At each designation"))
    rows: list[Row] = []
    unit = section = ""
    for number in range(start + 1, end):
        cells = [cell.strip() for cell in lines[number].split("\t")]
        named = [cell for cell in cells if cell]
        if not named or cells[0] == "Designation":
            continue
        if found := _UNIT.match(cells[0]):
            unit, section = found[2].strip(), ""
        elif len(cells) == 5 and len(named) > 1:
            rows.append(_row(len(rows) + 1, unit, section, cells, number + 1))
        elif len(named) == 1 and len(cells) > 1:
            section = named[0]
    return rows


def _row(row: int, unit: str, section: str, cells: list[str], line: int) -> Row:
    designation, job_group, approved, proposed, variance = cells
    return {
        "row": row,
        "unit": unit,
        "section": section or None,
        "designation": designation,
        "job_group": job_group.replace(" ", "") or None,
        "approved": amount_of(approved),
        "proposed": amount_of(proposed),
        "variance_printed": variance or None,
        "source": SOURCE,
        "locator": f"section 6.4, line {line} of the text",
        "mark": "certain",
    }
