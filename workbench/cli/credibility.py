"""``workbench credibility``: whether a budget was spent as approved, and whether plans cost what budgets give."""

from __future__ import annotations

import typer

from workbench.cli.output import print_json, print_table


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("credibility")(credibility)


def credibility(
    package: str = typer.Argument(help="A data package's name, or a folder that holds one."),
    from_stage: str = typer.Option("estimate", "--from", metavar="STAGE", help="The budget's stage."),
    to_stage: str = typer.Option("expenditure", "--to", metavar="STAGE", help="What it is compared with."),
    by: str = typer.Option("sector", "--by", help="The heads: sector, vote, programme, economic_class."),
    table: str = typer.Option(None, "--table", help="The table, where several hold both stages."),
    year: str = typer.Option(None, "--year", help="One financial year only."),
    contingency: list[str] = typer.Option(None, "--contingency", help="A head that is a contingency vote."),
    interest: list[str] = typer.Option(None, "--interest", help="A head that is interest."),
    plan: bool = typer.Option(False, "--plan", help="Test planned cost (--from) against funding (--to) instead."),
    settings: str = typer.Option(None, "--settings", help="A YAML file with other bands."),
    json: bool = typer.Option(False, "--json", help="Print JSON, amounts in KES."),
) -> None:
    """Compute PEFA's outturn and composition variance with their scores, or test plans against the budget."""
    from workbench.datasets import open_package, select_year
    from workbench.gap import gap, sides_of
    from workbench.gap.asked import asked_faults, told_together, year_faults
    from workbench.gap.credibility import credibility as judge
    from workbench.gap.credibility import plan_budget_alignment
    from workbench.results import records

    opened = open_package(package)
    faults = asked_faults(by.split(","), "as_computed")
    with told_together(faults):
        faults += year_faults(year, set(opened.figures["financial_year"].dropna()))
        sides = sides_of(opened, from_stage, to_stage, table=table)
    if year is not None:
        sides = (select_year(sides[0], year), select_year(sides[1], year))
    if plan:
        score = plan_budget_alignment(gap(*sides), settings=settings)
        if json:
            print_json({"package": opened.name, "unit": "KES", "points": score.points, "sampled": score.sampled,
                        "inconsistencies": score.inconsistencies, "lines": records(score.table)})  # fmt: skip
            return
        print_table(records(score.table.assign(cost=score.table["cost"] / 1e6, funding=score.table["funding"] / 1e6)),
                    title=f"{opened.title}: planned cost against funding, KES million", notes=(score.summary(),),
                    decimals=2)  # fmt: skip
        return
    found = judge(*sides, by=by.split(","), contingency=contingency or (), interest=interest or (), settings=settings)
    if json:
        print_json({"package": opened.name, **found.to_dict()})
        return
    years = found.years.assign(budget=found.years["budget"] / 1e6, actual=found.years["actual"] / 1e6)
    print_table(records(years), title=f"{opened.title}: credibility, KES million", decimals=5)
    print_table(records(found.scores), title="PEFA", notes=(found.summary(),))
