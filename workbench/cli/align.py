"""``workbench align``: whether the budget follows the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from workbench.cli.output import print_json, print_sources, print_table

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbench.alignment import Alignment


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("align")(align)


def align(
    plan: str = typer.Option(None, help="A shipped plan list, or PLAN.csv: plan_code,label,amount,unit."),
    budget: str = typer.Option(
        None, help="BUDGET.csv: budget_code,label,sector,amount,unit (financial_year, stage). Without it: the 81 votes."
    ),
    crosswalk: str = typer.Option(
        None,
        help="X.csv: budget_code,plan_code,share,reason,mark,valid_from,valid_to. Without it: the illustrative one.",
    ),
    year: str = typer.Option(None, help="Financial year, such as 2024/25."),
    stage: str = typer.Option(None, help="Stage of the budget, such as revised or expenditure."),
    json: bool = typer.Option(False, "--json", help="Print JSON, amounts in KES."),
) -> None:
    """Measure how far a budget follows a plan."""
    from workbench.alignment import align as measure

    result = measure(plan=plan, budget=budget, crosswalk=crosswalk, financial_year=year, stage=stage)
    if json:
        print_json(result.to_dict())
    else:
        _print(result)


def _print(result: Alignment) -> None:
    from workbench.results import records

    print(result.summary(), end="\n\n")
    print_table(records(_by_plan(result)), title="Budget and plan by plan sector, KES billion and per cent")
    if len(result.moves):
        moves = result.moves.assign(amount=result.moves["amount"] / 1e9).rename(columns={"amount": "KES billion"})
        print()
        print_table(records(moves), title="Least moves that would give the budget the plan's shares")
    print()
    print_table(records(result.measures), title="Measures", decimals=3, notes=("", *result.notes))
    print_sources(result)


def _by_plan(result: Alignment) -> DataFrame:
    import pandas as pd

    by_plan = result.by_plan
    return pd.DataFrame(
        {
            "plan sector": by_plan["label"],
            "budget": by_plan["budget_amount"] / 1e9,
            "budget, %": by_plan["budget_share"] * 100,
            "plan": by_plan["plan_amount"] / 1e9,
            "plan, %": by_plan["plan_share"] * 100,
            "points": by_plan["difference"] * 100,
            "effective groups": result.fragmentation["effective_groups"],
        }
    )
