"""``workbench grants``: a design's awards to the 47 counties."""

from __future__ import annotations

import typer

from workbench.cli.output import inferred_notes, print_json, print_table
from workbench.errors import Fault, InputError

SCORES = typer.Option(
    None, "--scores", help="Score form: code, county, conditions_met (yes, no, blank), score (0 to 100)."
)
SUPPLIED = typer.Option(
    None, "--inputs", help="Figures by county that nobody has published: code, county, one column each."
)
SETTINGS = typer.Option(
    None, "--set", metavar="NAME=VALUE", help="Set a value instead of the design's: level_2.pool=12e9."
)
YEAR = typer.Option(None, "--year", help="Financial year, such as 2025/26.")
ILLUSTRATIVE = typer.Option(False, "--illustrative", help="Let an old figure stand in for one that is missing.")
DESIGN = typer.Argument(..., help="A shipped design (kdsp2), or a YAML file of your own.")
OUTPUT = typer.Option(None, "--output", "-o", help="Also write the schedule, as an Act prints it, to .xlsx or .csv.")
JSON = typer.Option(False, "--json", help="Print JSON.")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("grants")(awards)
    app.command("grants-explain")(explain)


def awards(
    design: str = DESIGN,
    year: str = YEAR,
    scores: str = SCORES,
    settings: list[str] = SETTINGS,
    supplied: str = SUPPLIED,
    illustrative: bool = ILLUSTRATIVE,
    output: str = OUTPUT,
    json: bool = JSON,
) -> None:
    """Work out a grant design's awards to the 47 counties, to the shilling."""
    from workbench.grants import grants

    result = grants(
        design, year, scores=scores, supplied=supplied, settings=parse_settings(settings or []),
        illustrative=illustrative,
    )  # fmt: skip
    if output is not None:
        from workbench.grants.sheets import write_schedule

        write_schedule(result, output)
    if json:
        print_json(result.to_dict())
        return
    from workbench.datasets.titles import titled
    from workbench.results import records

    table = result.table.drop(columns="qualified").dropna(axis="columns", how="all")
    print_table(records(table), title=result.summary(), notes=[*inferred_notes(result), *result.notes])
    print_table(records(result.sources.assign(source=titled(result.sources["source"]))), title="Sources")


def explain(
    design: str = DESIGN,
    county: str = typer.Option(..., "--county", help="A county, in any spelling."),
    year: str = YEAR,
    scores: str = SCORES,
    settings: list[str] = SETTINGS,
    supplied: str = SUPPLIED,
    illustrative: bool = ILLUSTRATIVE,
    json: bool = JSON,
) -> None:
    """Show the path of one county's money: conditions, score, share, formula, cap, rounding."""
    from workbench.grants import grants
    from workbench.results import records

    result = grants(
        design, year, scores=scores, supplied=supplied, settings=parse_settings(settings or []),
        illustrative=illustrative,
    )  # fmt: skip
    path = result.explain(county)
    if json:
        print_json(
            {
                "design": result.design.name,
                "financial_year": str(result.financial_year),
                "county": path.county,
                "award": path.award,
                "why_not": path.why_not,
                "steps": records(path.table),
            }
        )
        return
    rows = [{"level": step.level, "step": step.step, "words": step.words} for step in path.steps]
    title = f"{path.county}, {result.design.name} {result.financial_year}: {path.award:,} shillings"
    print_table(rows, title=title, notes=[path.why_not, *inferred_notes(result), *result.notes])


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
