"""Plan lists: the five-way MTP IV grouping, the Vision 2030 pillars and foundations, the eight national priorities.

The labels and the money are cut out of the sources, never typed; only the codes are ours. The crosswalks beside the
lists (``crosswalk_*.csv``) are authored judgement and are edited by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.build_data.tables import SOURCES, csv_text, read_seed

COLUMNS = ("plan_code", "label", "parent", "amount", "unit", "source", "locator", "mark")
SECTION_1 = "budget_system.md section 1"

FIVE = {
    "infrastructure": "infrastructure", "social": "social sectors",
    "finance-production": "finance and production economy",
    "environment": "environment and natural resources", "governance": "government",
}  # fmt: skip

FOUNDATIONS = {
    "macroeconomic-stability": "macroeconomic stability",
    "governance-reforms": "continuity in governance reforms",
    "equity-wealth": "enhanced equity and wealth creation opportunities for the poor",
    "infrastructure": "infrastructure",
    "energy": "energy",
    "science-technology-innovation": "science, technology and innovation (STI)",
    "land-reform": "land reform",
    "human-resources": "human resources development",
    "security": "security",
    "public-sector-reforms": "public sector reforms",
}
ECONOMIC = {
    "tourism": "Tourism", "agriculture-livestock": "Agriculture and Livestock", "trade": "Wholesale and Retail Trade",
    "manufacturing": "Manufacturing", "bpo": "Business Process Outsourcing", "financial-services": "Financial Services",
}  # fmt: skip
SOCIAL = {
    "education-training": "Education & Training",
    "health": "Health",
    "environment-water-sanitation": "Environment, Water & Sanitation",
    "gender-labour-youth": "(Gender,) Labour, Youth & Human Resource Development",
    "population-urbanization-housing": "Population, Urbanization & Housing",
}
PRIORITIES = {
    "Infrastructure": "infrastructure",
    "Environmental Protection And Climate Change": "environment-climate",
    "Upgrading Slums And Informal Settlements": "slum-upgrading",
    "Food Security": "food-security",
    "Governance And Corruption": "governance-corruption",
    "Agenda 4 Priorities": "agenda-4",
    "Public Service Transformation": "public-service",
    "Youth Employment (Kazi Kwa Vijana Programme)": "youth-employment",
}


def build() -> dict[str, str]:
    """Return the package's plan lists by path."""
    facts = (SOURCES / "facts" / "budget_system.md").read_text(encoding="utf-8")
    lists = {"mtp_iv": _mtp_iv(facts), "vision_2030": _vision_2030(facts), "national_priorities": _priorities()}
    return {f"mtp-mtef/plan_{name}.csv": csv_text(rows, COLUMNS) for name, rows in lists.items()}


def _row_of(facts: str, first_cell: str) -> str:
    """Return the line of section 1's table that starts with a cell."""
    (line,) = (line for line in facts.splitlines() if line.startswith(f"| {first_cell} |"))
    return line


def _mtp_iv(facts: str) -> Iterator[dict[str, str]]:
    line = _row_of(facts, "MTP IV budget grouping")
    for code, label in FIVE.items():
        found = re.search(rf"{re.escape(label)}(?P<rest>[^;:\d]*?) (?P<amount>\d+\.\d)", line)
        if found is None:
            raise ValueError(f"section 1 gives no money for '{label}'")
        full = re.sub(r"\"|\s*\[.*?\]", "", label + found["rest"])
        yield {
            "plan_code": code, "label": full[0].upper() + full[1:], "amount": found["amount"], "unit": "KES billion",
            "source": "k24 FY 2024/25", "locator": f"{SECTION_1}, MTP IV budget grouping", "mark": "one source",
        }  # fmt: skip


def _vision_2030(facts: str) -> Iterator[dict[str, str]]:
    groups = (
        ("foundation", FOUNDATIONS, "Vision 2030", "planning.go.ke", "certain"),
        ("foundation", {"ict": "ICT"}, "MTP I", "MTP I progress report", "certain"),
        ("economic pillar", ECONOMIC, "economic pillar", "e-ProMIS pillars", "certain"),
        ("economic pillar", {"blue-economy": "blue economy", "oil-minerals": "oil and other minerals"},
         "MTP III additions", "businesstoday MTP III", "one source"),
        ("social pillar", SOCIAL, "social pillar", "e-ProMIS pillars", "one source"),
        ("political pillar",
         {"democratic-system": "issue-based people-centred, result-oriented and accountable democratic system"},
         "political pillar", "ekechamber Vision 2030", "certain"),
    )  # fmt: skip
    for parent, labels, first_cell, source, mark in groups:
        line = _row_of(facts, first_cell)
        for code, label in labels.items():
            if label not in line:
                raise ValueError(f"section 1, '{first_cell}', does not name '{label}'")
            yield {
                "plan_code": code, "label": label[0].upper() + label[1:], "parent": parent, "source": source,
                "locator": f"{SECTION_1}, {first_cell}", "mark": mark,
            }  # fmt: skip


def _priorities() -> Iterator[dict[str, str]]:
    lines = read_seed("004")
    start = next(number for number, line in enumerate(lines) if line.startswith("6.3.2.1 "))
    items = [line for line in lines[start : start + 20] if line.startswith("- (")]
    labels = [re.sub(r"^- \([ivx]+\) ", "", item).replace("*", "").strip() for item in items]
    if labels != list(PRIORITIES):
        raise ValueError(f"section 6.3.2.1 lists other priorities: {labels}")
    for label, code in PRIORITIES.items():
        yield {
            "plan_code": code, "label": label, "source": "OPM Strategic Plan", "locator": "section 6.3.2.1",
            "mark": "certain",
        }  # fmt: skip
