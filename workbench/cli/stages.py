"""``workbench stages``: one vote's or sector's money on its way through the budget."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from workbench.cli.gap import UNIT, YEAR_IS, is_file, opening_of
from workbench.cli.output import print_json, print_table


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("stages")(stages)


def stages(
    package: str = typer.Argument(
        help="A data package's name, a folder that holds one, or a ledger's .parquet or .csv."
    ),
    vote: str = typer.Option(None, "--vote", help="A vote, by its name."),
    sector: str = typer.Option(None, "--sector", help="A sector, by its code."),
    year: str = typer.Option(..., "--year", help="The financial year, such as 2024/25."),
    economic_class: str = typer.Option("total", "--class", help="total, recurrent or development."),
    year_is: str = YEAR_IS,
    unit: str = UNIT,
    json: bool = typer.Option(False, "--json", help="Print JSON, amounts in KES."),
) -> None:
    """Follow money from requirement to expenditure, with what each step added or took."""
    from workbench.datasets import open_package
    from workbench.gap.frames import rows
    from workbench.gap.stages import stages as follow

    opening = opening_of(package, year_is=year_is, unit=unit)
    figures: Any
    if is_file(package):
        figures, name = package, Path(package).name
    else:
        opened = open_package(package)
        figures, name = opened.figures, opened.name
    line = {"vote": vote, "sector": sector, "financial_year": year, "economic_class": economic_class}
    found = follow(figures, **line, **opening)
    if json:
        print_json({"package": name, **found.to_dict()})
        return
    shown = [
        {
            "stage": step["title"],
            "amount": step["amount"] / 1e6,
            "change": None if step["change"] != step["change"] else step["change"] / 1e6,
            "change_%": None if step["change_ratio"] != step["change_ratio"] else step["change_ratio"] * 100,
            "basis": step["basis"] or "not stated",
            "where": step["locator"],
        }
        for step in rows(found.steps)
    ]
    title = f"{found.parameters['line']}, {found.parameters['financial_year']}, KES million"
    print_table(shown, title=title, notes=(found.summary(),))
