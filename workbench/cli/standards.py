"""``workbench standards``: the published tests of alignment, SIGMA's and PEFA's PI-16, where their data exist."""

from __future__ import annotations

import typer

from workbench.cli.output import print_json, print_table


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("standards")(standards)


def standards(
    objectives: str = typer.Option(None, help="For SIGMA's test, a CSV: strategy,objective,cost,funding."),
    evidence: str = typer.Option(None, help="For PEFA's PI-16, a CSV: item,value; without it the items are listed."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Score SIGMA's and PEFA's tests of alignment on your data, and say why a test is not scored."""
    from workbench.alignment.standards import published_tests
    from workbench.results import records

    result = published_tests(objectives, evidence)
    if json:
        print_json(result.to_dict())
        return
    print(result.summary(), end="\n\n")
    print_table(records(result.tests.drop(columns="source")), title="Published tests", notes=("", *result.notes))
    if result.objectives is not None:
        print()
        print_table(records(result.objectives), title="SIGMA's sample")
