"""The Strategic Plan's tables in words: implementation plan, national priorities, stakeholders, risks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tools.build_data.tables import csv_text, read_seed

SOURCE = "OPM Strategic Plan 2009-2012"
_TAG = re.compile(r"<[^>]*>")
_BULLET = re.compile(r"[•·]\s*")
_PRIORITY = re.compile(r"- \(([ivx]+)\) (.+)")

Row = dict[str, str | int | None]

PLAN_COLUMNS = ("row", "objective_number", "objective", "outcome", "outcome_indicator", "output", "activity",
                "baseline", "output_indicator", "responsibility", "source", "locator", "mark")  # fmt: skip
PRIORITY_COLUMNS = ("number", "priority", "source", "locator", "mark")
STAKEHOLDER_COLUMNS = ("row", "stakeholder", "role", "current_status", "expected_partnership", "source", "locator",
                       "mark")  # fmt: skip
RISK_COLUMNS = ("row", "risk", "level", "rating", "control_measure", "control_action", "responsible", "time_frame",
                "source", "locator", "mark")  # fmt: skip


def plan_tables() -> dict[str, str]:
    """Return the CSV of each table by its resource's name."""
    lines = read_seed("004")
    return {
        "implementation_plan": csv_text(_implementation_plan(lines), PLAN_COLUMNS),
        "national_priorities": csv_text(_national_priorities(lines), PRIORITY_COLUMNS),
        "stakeholders": csv_text(_stakeholders(lines), STAKEHOLDER_COLUMNS),
        "risks": csv_text(_risks(lines), RISK_COLUMNS),
    }


def _implementation_plan(lines: Sequence[str]) -> Iterator[Row]:
    start = next(number for number, line in enumerate(lines) if line.startswith("CHAPTER SEVEN Implementation"))
    end = next(number for number in range(start, len(lines)) if lines[number] == "CHAPTER EIGHT")
    above: dict[str, str] = {}
    output, row = "", 0
    for number in range(start + 1, end):
        cells = _cells(lines[number])
        heading = re.match(r"STRATEGIC OBJECTIVE (\d+): (.+)|(OUTCOME|OUTCOME INDICATOR): (.+)", cells[0])
        if heading and heading[1]:
            above = {"objective_number": heading[1], "objective": heading[2]}
        elif heading:
            above[heading[3].lower().replace(" ", "_")] = heading[4]
        if heading or not any(cells) or cells[0] == "Output":
            continue
        if len(cells) < 2:
            raise ValueError(f"line {number + 1} belongs to no column: {cells[0]}")
        output = cells[0] or output
        _, activity, baseline, indicator, responsibility, *years = [*cells, "", "", "", ""]
        if any(years):
            raise ValueError(f"line {number + 1} has figures under its years, which nobody reads: {years}")
        row += 1
        yield {
            **above,
            "row": row, "output": output, "activity": activity, "baseline": baseline, "output_indicator": indicator,
            "responsibility": responsibility, "source": SOURCE,
            "locator": f"chapter 7, line {number + 1} of the text", "mark": "certain",
        }  # fmt: skip


def _national_priorities(lines: Sequence[str]) -> Iterator[Row]:
    start = next(number for number, line in enumerate(lines) if "under the title of 'National Priorities'" in line)
    end = next(number for number in range(start, len(lines)) if lines[number].startswith("Ministries have also"))
    found = [(number, match) for number in range(start, end) if (match := _PRIORITY.fullmatch(lines[number].strip()))]
    if len(found) != 8:
        raise ValueError(f"the plan has eight national priorities, read: {len(found)}")
    for order, (number, match) in enumerate(found, start=1):
        yield {"number": order, "priority": match[2].replace("*", ""), "source": SOURCE,
               "locator": f"section 6.3.2.1, line {number + 1} of the text", "mark": "certain"}  # fmt: skip


def _stakeholders(lines: Sequence[str]) -> Iterator[Row]:
    for row, (number, cells) in enumerate(_body(lines, "Table 4.1 ", "4.5 Risk", "Stakeholder"), start=1):
        stakeholder, role, status, partnership = cells
        yield {"row": row, "stakeholder": stakeholder, "role": role, "current_status": status,
               "expected_partnership": partnership, "source": SOURCE,
               "locator": f"table 4.1, line {number} of the text", "mark": "certain"}  # fmt: skip


def _risks(lines: Sequence[str]) -> Iterator[Row]:
    rows: list[tuple[int, list[str]]] = []
    for number, cells in _body(lines, "Table 4.2 ", "CHAPTER FIVE", "Risk"):
        if cells[0] == "Risk stated":  # the line that says what the columns mean
            continue
        if cells[0]:
            rows.append((number, cells))
        else:  # a cell that the page break cut in two
            last = rows[-1][1]
            rows[-1] = rows[-1][0], [" ".join(filter(None, pair)) for pair in zip(last, cells, strict=True)]
    for row, (number, cells) in enumerate(rows, start=1):
        risk, level, rating, measure, action, responsible, time_frame = cells
        yield {"row": row, "risk": risk, "level": level, "rating": rating, "control_measure": measure,
               "control_action": action, "responsible": responsible, "time_frame": time_frame, "source": SOURCE,
               "locator": f"table 4.2, line {number} of the text", "mark": "certain"}  # fmt: skip


def _body(lines: Sequence[str], title: str, end: str, heading: str) -> Iterator[tuple[int, list[str]]]:
    start = next(number for number, line in enumerate(lines) if line.startswith(title))
    for number in range(start + 1, len(lines)):
        if lines[number].startswith(end):
            return
        cells = _cells(lines[number])
        if len(cells) > 1 and cells[0] != heading:
            yield number + 1, cells


def _cells(line: str) -> list[str]:
    """Return a line's cells without the marks of lists that the conversion of the page left in them."""
    return [re.sub(r"\s+", " ", _BULLET.sub("", _TAG.sub(" ", cell))).strip() for cell in line.split("\t")]
