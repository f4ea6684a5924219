"""The 47 counties: facts, spellings and equitable shares."""

from __future__ import annotations

from tools.build_data.tables import Row, csv_text, figure, read_facts

# kdsp.md section 3.3 and 3.4: the national total printed for each year, its mark and where it stands.
NATIONAL_TOTALS = {
    "2013/14": ("190.0", "certain"), "2014/15": ("226.66", "certain"), "2015/16": ("259.77", "certain"),
    "2016/17": ("280.3", "certain"), "2024/25": ("387.425", "certain"), "2025/26": ("415.0", "certain"),
}  # fmt: skip
TOTAL_ROW = 48

# kdsp.md section 3.4: the shares of 2024/25 that a second source confirms, by county code; the other five have one.
CONFIRMED_2024_25 = frozenset({1, 3, 21, 23, 37, 47})

# kdsp.md section 5.4: the spellings seen, by county code; "Tana River" and the like are also seen glued together.
ALIASES = {
    4: ("TanaRiver",),
    6: ("Taita-Taveta", "Taita Taveta", "TaitaTaveta"),
    13: ("Tharaka Nithi", "THARAKA - NITHI"),
    21: ("Muranga", "Murang’a"),
    24: ("WestPokot",),
    26: ("Trans-Nzoia",),
    27: ("UasinGishu",),
    28: ("Elgeyo-Marakwet", "Elgeyo Marakwet", "ELEGEYO-MARAKWET", "Keiyo"),
    43: ("HomaBay",),
    47: ("Nairobi",),
}


def build() -> dict[str, str]:
    """Return the package's CSV resources by path."""
    counties = read_facts("counties.csv")
    names = {int(county["code"]): county["name"] for county in counties}
    aliases = [
        {"code": code, "county": names[code], "alias": alias, "source": "kdsp.md", "locator": "section 5.4"}
        for code, spellings in ALIASES.items()
        for alias in spellings
    ]
    return {
        "counties/counties.csv": csv_text(counties, list(counties[0])),
        "counties/aliases.csv": csv_text(aliases, list(aliases[0])),
        "counties/equitable_share.csv": csv_text(_equitable_shares()),
    }


def _equitable_shares() -> list[Row]:
    rows: list[Row] = []
    for fact in read_facts("equitable_share.csv"):
        one_source = fact["financial_year"] == "2024/25" and int(fact["code"]) not in CONFIRMED_2024_25
        rows.append(
            figure(
                table="equitable share", row=int(fact["code"]), label=fact["name"], line="item", parent=TOTAL_ROW,
                county=fact["name"], stage="allocation", economic_class="total",
                financial_year=fact["financial_year"], printed=fact["equitable_share_kes"], unit="KES",
                source="County Allocation of Revenue Acts", locator=f"kdsp.md section 3.4; {fact['precision']}",
                mark="one source" if one_source else "certain",
            )
        )  # fmt: skip
    rows.extend(
        figure(
            table="equitable share", row=TOTAL_ROW, label="Total, all counties", line="total", stage="allocation",
            economic_class="total", financial_year=year, printed=printed, unit="KES billion",
            source="County Allocation of Revenue Acts", locator="kdsp.md sections 3.3 and 3.4", mark=mark,
        )
        for year, (printed, mark) in NATIONAL_TOTALS.items()
    )  # fmt: skip
    return rows
