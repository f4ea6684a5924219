"""``workbench crosswalk``: check a bridge from budget to plan, compare two, get suggestions for a line."""

from __future__ import annotations

from pathlib import Path

import typer

from workbench.cli.output import print_json, print_table

PLAN = typer.Option(None, help="A shipped plan list, or PLAN.csv; the five-way MTP IV grouping without it.")
BUDGET = typer.Option(None, help="BUDGET.csv; the 81 votes of FY 2024/25 without it.")
YEAR = typer.Option(None, help="Financial year, such as 2024/25.")
STAGE = typer.Option(None, help="Stage of the budget, such as revised.")
JSON = typer.Option(False, "--json", help="Print JSON, amounts in KES.")


def register(app: typer.Typer) -> None:
    """Add the command group to the application."""
    group = typer.Typer(help="Bridges from budget lines to a plan: check, compare, suggest.", no_args_is_help=True)
    group.command("check")(check)
    group.command("diff")(diff)
    group.command("suggest")(suggest)
    group.command("form")(form)
    group.command("read")(read)
    app.add_typer(group, name="crosswalk")


def check(
    file: Path = typer.Argument(help="X.csv: budget_code,plan_code,share,reason,mark,valid_from,valid_to."),
    plan: str = PLAN,
    budget: str = BUDGET,
    year: str = YEAR,
    stage: str = STAGE,
    json: bool = JSON,
) -> None:
    """Check a crosswalk whole: codes, shares, duplicates, dates, and that no shilling is lost."""
    from workbench.alignment import align

    result = align(plan=plan, budget=budget, crosswalk=file, financial_year=year, stage=stage)
    marks = result.links["mark"].value_counts()
    said = {
        "file": str(file), "faults": 0, "links": len(result.links), "budget_lines": len(result.budget.lines),
        "total": result.total, "linked": result.linked, "unlinked": result.unlinked,
        "marks": {str(mark): int(number) for mark, number in marks.items()}, "illustrative": result.illustrative,
        "no_reason": result.crosswalk.no_reason,
    }  # fmt: skip
    if json:
        print_json(said)
        return
    print(f"{file}: no fault in {len(result.links)} links of {len(result.budget.lines)} budget lines")
    print(f"KSh {result.total:,} = {result.linked:,} linked + {result.unlinked:,} unlinked, to the shilling")
    print("Marks: " + ", ".join(f"{number} {mark}" for mark, number in marks.items()))
    if result.crosswalk.no_reason:
        print(result.crosswalk.no_reason)
    if result.illustrative:
        print("Illustrative: the links are judgements, not a published crosswalk.")


def diff(
    before: Path = typer.Argument(help="The one crosswalk."),
    after: Path = typer.Argument(help="The other."),
    budget: str = BUDGET,
    year: str = YEAR,
    stage: str = STAGE,
    json: bool = JSON,
) -> None:
    """Tell what moves from one crosswalk to another, in shillings."""
    from workbench.alignment.align import shipped_votes
    from workbench.alignment.comparison import compare_crosswalks
    from workbench.datasets import open_package
    from workbench.results import records

    lines = budget or shipped_votes(open_package("national-budget"))
    result = compare_crosswalks(before, after, lines, financial_year=year, stage=stage)
    if json:
        print_json(result.to_dict())
        return
    print("\n".join([result.summary(), *result.notes]), end="\n\n")
    if len(result.rows):
        shown = result.rows[["budget_code", "plan_code", "share_before", "share_after", "difference"]]
        print_table(records(shown), title="Links that differ, KES", decimals=3)
        print()
        print_table(records(result.by_plan), title="Money by plan sector, KES")


def suggest(
    lines: list[str] = typer.Argument(None, help="Budget lines, or any wording; without them: every unmapped line."),
    plan: str = PLAN,
    budget: str = BUDGET,
    crosswalk: str = typer.Option(None, help="X.csv with the links that there are; the illustrative one without it."),
    most: int = typer.Option(3, min=1, help="How many plan codes to give for each line."),
    json: bool = JSON,
) -> None:
    """Rank plan codes for unmapped lines by their wording; a suggestion is illustrative until a person accepts it."""
    from workbench.alignment.wording import suggest_unmapped
    from workbench.results import records

    table = suggest_unmapped(lines or (), plan=plan, budget=budget, crosswalk=crosswalk, most=most)
    if json:
        print_json(records(table))
    elif table.empty:
        print("Nothing to suggest: every budget line is in the crosswalk.")
    else:
        print_table(
            records(table), title="Suggestions by wording, illustrative until a person accepts them", decimals=3
        )


def form(
    output: Path = typer.Argument(help="The Excel file to write, such as crosswalk.xlsx; it must not be there yet."),
    plan: str = PLAN,
    budget: str = BUDGET,
    crosswalk: str = typer.Option(None, help="X.csv with the links that there are; the illustrative one without it."),
) -> None:
    """Write a crosswalk as an Excel form, with a blank row for every unmapped line."""
    from workbench.alignment.wording import open_work
    from workbench.datasets.crosswalk_form import crosswalk_form, write_new

    work = open_work(plan=plan, budget=budget, crosswalk=crosswalk)
    labels = dict(zip(work.plan["plan_code"], work.plan["label"], strict=True))
    write_new(output, crosswalk_form(work.crosswalk, labels, work.unmapped))
    print(f"{output}: {len(work.crosswalk.rows)} links, {len(work.unmapped)} unmapped lines")


def read(
    file: Path = typer.Argument(help="A filled form, Excel or CSV."),
    output: Path = typer.Argument(help="The CSV to write; it must not be there yet."),
    plan: str = PLAN,
    budget: str = BUDGET,
    year: str = YEAR,
    stage: str = STAGE,
) -> None:
    """Check a filled form whole and write it as the CSV of a crosswalk; nothing is written where it has a fault."""
    from workbench.alignment import align
    from workbench.datasets.crosswalk import read_crosswalk
    from workbench.datasets.crosswalk_form import crosswalk_csv, write_new

    align(plan=plan, budget=budget, crosswalk=file, financial_year=year, stage=stage)
    bridge, _ = read_crosswalk(file)
    write_new(output, crosswalk_csv(bridge).encode("utf-8"))
    print(f"{output}: {len(bridge.rows)} links")
