"""The Strategic Plan 2009-2012 of the Office of the Prime Minister: its figures, its establishment, its plan in words.

Every cell is copied as printed, mistakes included; which row adds up to which follows from the layout of the table.
"""

from __future__ import annotations

import re

from tools.build_data.opm_plan_tables import plan_tables
from tools.build_data.opm_staffing import staffing
from tools.build_data.tables import Row, csv_text, figure, read_seed

SOURCE = "OPM Strategic Plan 2009-2012"
YEARS = ("2009/10", "2010/11", "2011/12", "2012/13")
PROGRAMMES = {"Programme 1": "Prime Minister's Affairs", "Programme 2": "Coordination and Supervisory Services"}

# What chapter 8 says in sentences: (row, label or None where it is printed, line, parent, stage, financial year, unit,
# pattern of the figure and the printed label).
NARRATIVE = (
    (1, "Resources required over the plan period", "total", None, "requirement", None, "KES",
     r"estimated at Kshs ([\d,]+) over the plan period"),
    (2, "Proposed expenditure estimates", "total", None, "requirement", "2009/10", "KES million",
     r"amount to Kshs ([\d,]+) Millions for FY 2009/10 \(Table 8.1.0\)"),
    (3, "Allocated budgetary provision", "total", None, "allocation", "2009/10", "KES million",
     r"amounts to Kshs ([\d,]+) Millions for FY 2009/10 \(Table 8.1.1\)"),
    (4, "Deficit", "difference", None, None, "2009/10", "KES million", r"a deficit of Kshs ([\d,]+) Million that"),
    (5, None, "item", 4, "requirement", "2009/10", "KES million", r"^- \(i\) KShs ([\d.]+) million: (operational.+)"),
    (6, None, "item", 4, "requirement", "2009/10", "KES million", r"^- \(ii\) KShs ([\d.]+) million: for (the Mau.+)"),
    (7, None, "item", 4, "requirement", "2009/10", "KES million", r"^- \(iii\) KShs ([\d.]+) million: (personnel.+)"),
    (8, None, "item", 4, "requirement", "2009/10", "KES million", r"^- \(iv\) KShs ([\d.]+) million: (capacity.+)"),
)  # fmt: skip


def build() -> dict[str, str]:
    """Return the package's CSV resources by path."""
    lines = read_seed("004")
    rows = [
        *_programme_table(lines, "8.1.0", "requirement"),
        *_programme_table(lines, "8.1.1", "allocation"),
        *_narrative(lines),
        *_deficit_table(lines),
    ]
    texts = {"figures": csv_text(rows), "staffing": staffing()} | plan_tables()
    return {f"opm-strategic-plan/{name}.csv": text for name, text in texts.items()}


def _table_start(lines: list[str], table: str) -> int:
    (start,) = [number for number, line in enumerate(lines) if line.startswith(f"Table {table}:")]
    return start


def _programme_table(lines: list[str], table: str, stage: str) -> list[Row]:
    start = _table_start(lines, table)
    heading = next(number for number in range(start, len(lines)) if lines[number].startswith("Sub-Programme"))
    body: list[tuple[int, list[str]]] = []
    for number in range(heading + 1, len(lines)):
        cells = [cell.strip() for cell in lines[number].split("\t")]
        if cells != [""]:
            body.append((number + 1, cells))
        if cells[0] == "Total":
            break
    total = len(body)
    rows: list[Row] = []
    programme = ""
    for row, (line_number, cells) in enumerate(body, start=1):
        label, printed = cells[0], cells[1:]
        if label.startswith("Programme"):
            programme = PROGRAMMES[label.split(":")[0]]
            continue
        line = {"Sub-Total": "subtotal", "Total": "total"}.get(label, "item")
        subtotal = next(n for n, (_, c) in enumerate(body, start=1) if n >= row and c[0] in ("Sub-Total", "Total"))
        rows.extend(
            figure(
                table=table, row=row, label=label, line=line,
                parent={"item": subtotal, "subtotal": total, "total": None}[line],
                programme=None if line == "total" else programme, sub_programme=label if line == "item" else None,
                stage=stage, economic_class="total", financial_year=year, printed=cell, unit="KES million",
                source=SOURCE, locator=f"table {table}, line {line_number} of the text", mark="certain",
            )
            for year, cell in zip(YEARS, printed, strict=False)
        )  # fmt: skip
    return rows


def _deficit_table(lines: list[str]) -> list[Row]:
    start = _table_start(lines, "8.2")
    named = {
        "Resource Requirements": ("total", "requirement"),
        "Resource Allocations": ("total", "allocation"),
        "Deficit": ("difference", None),
    }
    rows: list[Row] = []
    for number in range(start, start + 8):
        label, *printed = [cell.strip() for cell in lines[number].split("\t")]
        if label not in named:
            continue
        line, stage = named[label]
        row = list(named).index(label) + 1
        rows.extend(
            figure(
                table="8.2", row=row, label=label, line=line, stage=stage, financial_year=year, printed=cell,
                unit="KES", source=SOURCE, locator=f"table 8.2, line {number + 1} of the text", mark="certain",
            )
            for year, cell in zip(YEARS, printed, strict=False)
        )  # fmt: skip
    return rows


def _narrative(lines: list[str]) -> list[Row]:
    rows: list[Row] = []
    for row, label, line, parent, stage, year, unit, pattern in NARRATIVE:
        ((number, found),) = [(n, m) for n, text in enumerate(lines, start=1) if (m := re.search(pattern, text))]
        economic_class = "total" if line == "total" else None
        rows.append(
            figure(
                table="8 narrative", row=row, label=label or found[2].strip(), line=line, parent=parent,
                stage=stage, economic_class=economic_class, financial_year=year, printed=found[1], unit=unit,
                source=SOURCE, locator=f"chapter 8, line {number} of the text", mark="certain",
            )
        )  # fmt: skip
    return rows
