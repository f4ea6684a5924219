"""``workbench grants``: a design's awards to the 47 counties."""

from __future__ import annotations

import typer

from workbench.cli.output import print_json, print_table
from workbench.errors import Fault, InputError


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("grants")(awards)


def awards(
    design: str = typer.Argument(..., help="A shipped design (kdsp2), or a YAML file of your own."),
    year: str = typer.Option(None, "--year", help="Financial year, such as 2025/26."),
    settings: list[str] = typer.Option(
        None, "--set", metavar="NAME=VALUE", help="Set a value instead of the design's: level_2.pool=12e9."
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Work out a grant design's awards to the 47 counties, to the shilling."""
    from workbench.grants import grants

    result = grants(design, year, settings=parse_settings(settings or []))
    if json:
        print_json(result.to_dict())
        return
    from workbench.results import records

    table = result.table.drop(columns="qualified").dropna(axis="columns", how="all")
    print_table(records(table), title=result.summary(), notes=result.notes)
    print_table(records(result.sources), title="Sources")


def parse_settings(texts: list[str]) -> dict[str, str]:
    """Read ``NAME=VALUE`` settings; refuse what has no equals sign, and a name that is set twice."""
    settings: dict[str, str] = {}
    faults = []
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name or not value.strip():
            faults.append(Fault(what="is no setting", value=text, remedy="write NAME=VALUE, such as level_2.pool=12e9"))
        elif name in settings:
            faults.append(Fault(what="is set twice", value=name, remedy="keep one of the two"))
        else:
            settings[name] = value.strip()
    if faults:
        raise InputError(faults)
    return settings
