"""The national budget: 81 votes in ten sectors, programmes of ten votes, stages, requirement pairs."""

from __future__ import annotations

import re

from tools.build_data.tables import Row, amount_of, csv_text, figure, read_facts

NGBIRR_25 = "NGBIRR-25"

SECTORS = (
    ("ARUD", "Agriculture, Rural and Urban Development", "Table 4.1"),
    ("Education", "Education", "Table 4.17"),
    ("EIICT", "Energy, Infrastructure and Information Communications Technology", "Table 4.30"),
    ("EPWNR", "Environment Protection, Water and Natural Resources", "Table 4.57"),
    ("GECA", "General Economic and Commercial Affairs", "Table 4.76"),
    ("GJLO", "Governance, Justice, Law and Order", "Table 4.100"),
    ("Health", "Health", "Table 4.141"),
    ("National Security", "National Security", "Table 4.148"),
    ("PAIR", "Public Administration and International Relations", "Table 4.151"),
    ("SPCR", "Social Protection, Culture and Recreation", "Table 4.208"),
)  # fmt: skip

STAGES = {
    "original": ("estimate", None), "printed_estimates": ("estimate", None), "BPS_ceiling": ("ceiling", None),
    "supp_I": ("supplementary_1", None), "supp_II": ("supplementary_2", None), "supp_III": ("supplementary_3", None),
    "revised": ("revised", None), "revised_gross": ("revised", "gross"), "expenditure": ("expenditure", None),
    "allocation": ("allocation", None), "unstated": ("unstated", None),
}  # fmt: skip

STAGE_SOURCES = {
    "NGBIRR-25": ("NGBIRR-25", "certain"),
    "NGBIRR-26": ("NGBIRR-26", "certain"),
    "hansard1533582": ("Hansard 1533582", "one source"),
    "parliament23907": ("Parliament node 23907", "one source"),
    "JosefEmu": ("JosefEmu budget-ke-18.19", "one source"),
}


def build() -> dict[str, str]:
    """Return the package's CSV resources by path."""
    sectors = [
        {"code": code, "name": name, "source": NGBIRR_25, "locator": locator, "mark": "certain"}
        for code, name, locator in SECTORS
    ]
    resources = {
        "sectors": csv_text(sectors, ("code", "name", "source", "locator", "mark")),
        "votes": csv_text(_votes()),
        "vote_stages": csv_text(_vote_stages()),
        "sector_stages": csv_text(_sector_stages()),
        "programmes": csv_text(_programmes()),
        "requirement_pairs": csv_text(_requirement_pairs()),
        "fiscal_rules": csv_text(read_facts("fiscal_rules.csv"), list(read_facts("fiscal_rules.csv")[0])),
    }
    return {f"national-budget/{name}.csv": text for name, text in resources.items()}


def _votes() -> list[Row]:
    tables = {code: locator for code, _, locator in SECTORS}
    measures = (
        ("revised", "gross", "recurrent", "revised_gross_recurrent_bn"),
        ("revised", "gross", "development", "revised_gross_development_bn"),
        ("expenditure", None, "recurrent", "expenditure_recurrent_bn"),
        ("expenditure", None, "development", "expenditure_development_bn"),
    )
    rows: list[Row] = []
    row_of: dict[str, int] = {}
    for vote in read_facts("votes_2024_25.csv"):
        sector = vote["sector"]
        row_of[sector] = row_of.get(sector, 0) + 1
        rows.extend(
            figure(
                table=tables[sector].removeprefix("Table "), row=row_of[sector], label=vote["vote_name"], line="item",
                sector=sector, vote=vote["vote_name"], stage=stage, basis=basis, economic_class=economic_class,
                financial_year="2024/25", printed=vote[column], unit="KES billion", source=NGBIRR_25,
                locator=tables[sector], mark="certain",
            )
            for stage, basis, economic_class, column in measures
        )  # fmt: skip
    return rows


def _vote_stages() -> list[Row]:
    rows: list[Row] = []
    row_of: dict[str, dict[str, int]] = {}
    for fact in read_facts("vote_stages_2024_25.csv"):
        stage, basis = STAGES[fact["stage"]]
        votes = row_of.setdefault(fact["source_table"], {})
        number = votes.setdefault(fact["vote"], len(votes) + 1)
        basis = fact["basis"] if fact["basis"] in ("gross", "net", "aia") else basis
        rows.append(
            figure(
                table=fact["source_table"].removeprefix("NGBIRR-25 ").removeprefix("Table "), row=number,
                label=fact["vote"], line="item", sector=fact["sector"], vote=fact["vote"], stage=stage, basis=basis,
                economic_class=fact["economic_class"], financial_year=fact["financial_year"],
                printed=fact["kes_billion"], unit="KES billion", source=NGBIRR_25,
                locator=f"{fact['source_table'].removeprefix('NGBIRR-25 ')}, page {fact['source_page']}",
                mark="certain",
            )
        )  # fmt: skip
    return rows


def _sector_stages() -> list[Row]:
    numbers = {code: number for number, (code, _, _) in enumerate(SECTORS, start=1)}
    rows: list[Row] = []
    for fact in read_facts("sector_stages.csv"):
        stage, basis = STAGES[fact["stage"]]
        source, mark = STAGE_SOURCES[fact["source"]]
        rows.append(
            figure(
                table="sector stages", row=numbers[fact["sector"]], label=fact["sector"], line="item",
                sector=fact["sector"], stage=stage, basis=basis, economic_class="total",
                financial_year=fact["financial_year"], printed=fact["kes_billion"], unit="KES billion", source=source,
                locator=f"budget_system.md section 2.7: {fact['stage']}", mark=mark,
            )
        )  # fmt: skip
    return rows


def _programmes() -> list[Row]:
    rows: list[Row] = []
    by_table: dict[str, list[dict[str, str]]] = {}
    for fact in read_facts("programmes_2024_25.csv"):
        by_table.setdefault(fact["source_table"], []).append(fact)
    for table, facts in by_table.items():
        has_total = facts[-1]["line_kind"] == "vote_total"
        for number, fact in enumerate(facts, start=1):
            is_total = fact["line_kind"] == "vote_total"
            common: Row = {
                "table": table.removeprefix("NGBIRR-25 Table "), "row": number,
                "label": "Total" if is_total else fact["sub_programme"], "line": "total" if is_total else "item",
                "parent": len(facts) if has_total and not is_total else None,
                "sector": fact["sector"], "vote": fact["vote"], "programme": fact["programme"] or None,
                "sub_programme": fact["sub_programme"] or None, "financial_year": "2024/25", "source": NGBIRR_25,
                "locator": f"{table.removeprefix('NGBIRR-25 ')}, page {fact['source_page']}", "mark": "certain",
            }  # fmt: skip
            for stage in ("revised", "expenditure"):
                for economic_class in ("recurrent", "development", "total"):
                    printed = fact[f"{stage}_{economic_class}_kes_million"]
                    cell: Row = {"stage": stage, "economic_class": economic_class, "unit": "KES million"}
                    rows.append(figure(**common | cell | {"printed": printed}))
            ratio: Row = {"line": "ratio", "parent": None, "economic_class": "total", "unit": "percent"}
            rows.append(figure(**common | ratio | {"printed": fact["absorption_total_pct"]}))
    return rows


def _requirement_pairs() -> list[Row]:
    sectors = {code for code, _, _ in SECTORS}
    rows: list[Row] = []
    for number, fact in enumerate(read_facts("requirement_pairs.csv"), start=1):
        parts = fact["sector"].split(" / ")
        economic_class = parts.pop() if parts[-1] in ("recurrent", "development") else "total"
        sector, level, name = parts if len(parts) == 3 else (parts[0], "", "")
        doubtful = "INFERRED" in fact["sector"]
        place = re.match(r"(https?://\S+)\s*(.*)", fact["source"], re.DOTALL)
        if place is None:
            raise ValueError(f"requirement pair {number} names no address: {fact['source']}")
        rows.extend(
            figure(
                table="requirement pairs", row=number, label=fact["sector"], line="item",
                sector=sector if sector in sectors else None,
                vote=name if level in ("vote", "ministry", "agency") else None,
                programme=name if level in ("programme", "project") else None,
                stage=stage, economic_class=economic_class,
                financial_year=fact["financial_year"], printed=printed, amount=amount_of(printed), unit="KES million",
                source=place[1], locator=place[2].strip("() ") or "text of the page",
                mark="inferred" if doubtful else "one source",
            )
            for stage, printed in (
                ("requirement", fact["requirement_kes_million"]),
                ("allocation", fact["allocation_kes_million"]),
            )
        )  # fmt: skip
    return rows
