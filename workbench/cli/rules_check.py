"""``workbench rules-check``: the numeric fiscal rules, each with its denominator named."""

from __future__ import annotations

import typer

from workbench.cli.output import print_json, print_table
from workbench.results import records


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("rules-check")(rules_check)


def rules_check(
    package: str = typer.Argument("national-budget", help="A data package with a table fiscal_rules."),
    level: str = typer.Option("national", "--level", help="national or county."),
    year: str = typer.Option(None, "--year", help="The financial year of the package's votes and sectors."),
    share: list[str] = typer.Option(
        None, "--share", metavar="RULE:PART=AMOUNT/WHOLE=AMOUNT",
        help="A share to check, such as 'wage_share:wages=KSh 600 billion/revenue=KSh 2,000 billion'.",
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON, amounts in KES."),
) -> None:  # fmt: skip
    """Check the fiscal rules: passed or failed, by how many shillings, each with its denominator named."""
    from workbench.datasets import open_package
    from workbench.gap.fiscal_rules import check_rules, read_shares
    from workbench.gap.published import published_changes, published_shares

    opened = open_package(package)
    shares = read_shares(share or [])
    changes = {}
    if year is not None:
        shares = {**published_shares(opened, year), **shares}
        changes = published_changes(opened, year)
    found = check_rules(opened.table("fiscal_rules"), level=level, shares=shares, changes=changes)
    if json:
        print_json({"package": opened.name, **found.to_dict()})
        return
    shown = found.checks[["rule", "subject", "ratio", "denominator", "limit", "value", "passed", "by_kes", "why"]]
    shown = shown.assign(ratio=shown["ratio"] * 100, by_kes=shown["by_kes"] / 1e6).rename(
        columns={"ratio": "ratio_%", "by_kes": "by_KES_million"}
    )
    print_table(records(shown), title=f"Fiscal rules, {level}", notes=(found.summary(),), decimals=2)
