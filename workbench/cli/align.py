"""``workbench align``: whether the budget follows the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from workbench.cli.output import print_json, print_sources, print_table

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbench.alignment import Alignment, Series


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
    sectors_of: str = typer.Option(None, help="Place the votes in the working groups that held them in another year."),
    over_time: bool = typer.Option(
        False, help="Measure every year and stage; without BUDGET.csv those for which the ten sectors are published."
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON, amounts in KES."),
) -> None:
    """Measure how far a budget follows a plan."""
    from workbench.alignment import align as measure
    from workbench.alignment import over_time as measure_all
    from workbench.alignment import sectors_over_time

    if over_time and (year or stage or sectors_of):
        raise typer.BadParameter("--over-time measures every year and stage: leave --year, --stage, --sectors-of out")
    if over_time and budget:
        series = measure_all(plan=plan, budget=budget, crosswalk=crosswalk)
    elif over_time:
        series = sectors_over_time(measure(plan=plan, crosswalk=crosswalk))
    else:
        result = measure(
            plan=plan, budget=budget, crosswalk=crosswalk, financial_year=year, stage=stage, sectors_of=sectors_of
        )
        print_json(result.to_dict()) if json else _print(result)
        return
    print_json(series.to_dict()) if json else _print_series(series)


def _print(result: Alignment) -> None:
    from workbench.fiscal import UNITS, fitting_unit
    from workbench.results import records

    print(result.summary(), end="\n\n")
    unit = fitting_unit(result.total)
    print_table(records(_by_plan(result, UNITS[unit])), title=f"Budget and plan by plan sector, {unit} and per cent")
    print()
    print_table(records(_by_sector(result, UNITS[unit])), title=f"The budget by working group, {unit}")
    if len(result.moves):
        moves = result.moves.assign(amount=result.moves["amount"] / UNITS[unit]).rename(columns={"amount": unit})
        print()
        print_table(records(moves), title="Least moves that would give the budget the plan's shares")
    print()
    print_table(records(result.measures), title="Measures", decimals=3, notes=("", *result.notes))
    print_sources(result)


def _print_series(series: Series) -> None:
    from workbench.fiscal import UNITS, fitting_unit
    from workbench.results import records

    table = series.table
    unit = fitting_unit(table["total"].max())
    shown = table.assign(total=table["total"] / UNITS[unit], linked=table["linked"] / UNITS[unit])
    print(series.summary(), end="\n\n")
    print_table(records(shown), title=f"By year and stage, {unit}", decimals=3, notes=("", *series.notes))
    print_sources(series)


def _by_plan(result: Alignment, size: float) -> DataFrame:
    import pandas as pd

    by_plan = result.by_plan
    return pd.DataFrame(
        {
            "plan sector": by_plan["label"],
            "budget": by_plan["budget_amount"] / size,
            "budget, %": by_plan["budget_share"] * 100,
            "plan": by_plan["plan_amount"] / size,
            "plan, %": by_plan["plan_share"] * 100,
            "points": by_plan["difference"] * 100,
            "effective groups": result.fragmentation["effective_groups"],
        }
    )


def _by_sector(result: Alignment, size: float) -> DataFrame:
    import pandas as pd

    by_sector = result.by_sector
    return pd.DataFrame(
        {
            "working group": by_sector["sector"],
            "budget": by_sector["amount"] / size,
            "linked": by_sector["linked"] / size,
            "left out": by_sector["unlinked"] / size,
            "effective plan sectors": result.spread["effective_plan_codes"],
        }
    )
