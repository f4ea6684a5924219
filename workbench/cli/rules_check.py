"""``workbench rules-check``: the numeric fiscal rules, each with its denominator named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

import typer

from workbench.cli.output import print_json, print_sources, print_table

NOTHING_CHECKED: Final = 2
"""Exit code where no rule at all could be checked."""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("rules-check")(rules_check)


def rules_check(
    package: str = typer.Argument("national-budget", help="A data package with a table fiscal_rules."),
    level: str = typer.Option("national", "--level", help="national or county."),
    year: str = typer.Option(None, "--year", help="One financial year of the package's votes and sectors; else all."),
    share: list[str] = typer.Option(
        None, "--share", metavar="RULE:PART=AMOUNT/WHOLE=AMOUNT",
        help="A share to check, such as 'wage_share:wages=KSh 600 billion/revenue=KSh 2,000 billion'.",
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON, amounts in KES."),
) -> None:  # fmt: skip
    """Check the fiscal rules: passed or failed, by how many shillings, each with its denominator named.

    Rules for which the package has figures are checked on them, and any rule on the shares that are given; those that
    cannot be checked are listed with the reason. Exits with 2 where no rule could be checked.
    """
    from workbench.datasets import open_package
    from workbench.gap.fiscal_rules import check_rules, rules_of
    from workbench.gap.published import check_year, published_changes, published_shares
    from workbench.gap.rule_amounts import read_shares
    from workbench.results import records

    opened = open_package(package)
    rules = opened.table("fiscal_rules")
    named = [text.partition(":")[0].strip() for text in share or [] if ":" in text]
    _all_at_once(
        lambda: read_shares(share or []),
        lambda: year is None or check_year(opened, year),
        lambda: rules_of(rules, level, named),
    )
    national = level == "national"
    shares = {**(published_shares(opened, year) if national else {}), **read_shares(share or [])}
    changes = published_changes(opened, year) if national else {}
    found = check_rules(rules, level=level, shares=shares, changes=changes)
    if json:
        print_json({"package": opened.name, **found.to_dict()})
    else:
        shown = found.checks[["rule", "subject", "ratio", "denominator", "limit", "value", "passed", "by_kes", "why"]]
        shown = shown.assign(ratio=shown["ratio"] * 100, by_kes=shown["by_kes"] / 1e6).rename(
            columns={"ratio": "ratio_%", "by_kes": "by_KES_million"}
        )
        notes = (found.summary(), *found.notes)
        print_table(records(shown), title=f"Fiscal rules, {level}", notes=notes, decimals=2)
        print_sources(found)
    if found.checks["passed"].isna().all():
        print("Error: no rule could be checked: give the amounts with --share.", file=sys.stderr)
        raise typer.Exit(NOTHING_CHECKED)


def _all_at_once(*checks: Callable[[], object]) -> None:
    from workbench.errors import Fault, InputError, WorkbenchError

    faults: list[Fault] = []
    for check in checks:
        try:
            check()
        except WorkbenchError as refusal:
            faults += refusal.faults
    if faults:
        raise InputError(faults)
