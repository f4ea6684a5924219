"""``workbench grants``: a design's awards to the 47 counties."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.output import inferred_notes, print_json, print_table
from workbench.errors import Fault

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbench.grants import GrantsResult

DesignName = Annotated[str, typer.Argument(metavar="DESIGN", help="A shipped design (kdsp2), or a YAML file.")]
Year = Annotated[str | None, typer.Option("--year", help="Financial year, such as 2025/26.")]
Form = Annotated[
    str | None,
    typer.Option(
        "--scores",
        metavar="FILE",
        help="Score form, CSV or Excel: code, county, conditions_met (yes, no, blank), score (0 to 100). "
        "A blank one: workbench template scores.",
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a value instead of the design's: level_2.pool=12e9."),
]
Supplied = Annotated[
    str | None,
    typer.Option(
        "--inputs", metavar="FILE", help="Figures by county that nobody has published: code, county, one column each."
    ),
]
StandIns = Annotated[
    bool, typer.Option("--illustrative", help="Let an old figure stand in for one that is missing; the run says so.")
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Also write the schedule, as an Act prints it, to .xlsx or .csv."),
]
Receipts = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Also write the county's grants, as the Controller of Budget prints them."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the output if it is there already.")]
County = Annotated[str, typer.Option("--county", help="A county, in any spelling.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("grants")(awards)
    app.command("grants-explain")(explain)
    app.command("grants-read")(read)


def awards(
    design: DesignName,
    year: Year = None,
    scores: Form = None,
    settings: Settings = None,
    supplied: Supplied = None,
    illustrative: StandIns = False,
    output: Output = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Work out a grant design's awards to the 47 counties, to the shilling."""
    asked = Asked(design, year, scores=scores, settings=settings, supplied=supplied, illustrative=illustrative)
    result = _run(asked)
    if output is not None:
        from workbench.grants.sheets import write_schedule

        write_schedule(result, output, overwrite=force)
    if json:
        print_json(result.to_dict())
        return
    from workbench.results import records

    table = result.table.drop(columns="qualified").dropna(axis="columns", how="all")
    print_table(records(table), title=result.summary(), notes=[*inferred_notes(result), *result.notes])
    _print_values(result)
    _print_sources(result.sources)


def explain(
    design: DesignName,
    county: County,
    year: Year = None,
    scores: Form = None,
    settings: Settings = None,
    supplied: Supplied = None,
    illustrative: StandIns = False,
    output: Receipts = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Show the path of one county's money: conditions, score, share, formula, cap, rounding."""
    from workbench.grants.history import what_was_paid

    asked = Asked(design, year, scores=scores, settings=settings, supplied=supplied, illustrative=illustrative)
    result = _run(asked, county)
    if output is not None:
        from workbench.grants.sheets import write_controller

        write_controller(result, county, output, overwrite=force)
    path = result.explain(county)
    paid = what_was_paid(result, county)
    if json:
        whole = result.to_dict()
        shared = ("pool", "awarded", "unallocated", "notes", "incomplete", "inferred", "illustrations")
        print_json(
            {
                "design": result.design.name,
                "financial_year": str(result.financial_year),
                **path.to_dict(),
                "really_paid": paid or None,
                **{name: whole[name] for name in shared},
            }
        )
        return
    rows = [{"level": step.level, "step": step.step, "words": step.words, "mark": step.mark} for step in path.steps]
    title = f"{path.county}, {result.design.name} {result.financial_year}: {path.award:,} shillings"
    print_table(
        rows,
        title=title,
        notes=[
            path.why_not,
            *([f"Really paid: {paid}"] if paid else []),
            result.summary(),
            *inferred_notes(result),
            *result.notes,
        ],
    )
    _print_sources(path.sources)


def read(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A schedule by county, or a county's receipts.")],
    column: Annotated[str | None, typer.Option("--column", help="The heading of a schedule's amounts.")] = None,
    unit: Annotated[str, typer.Option("--unit", help="The unit of numbers that name none.")] = "KES",
    json: Json = False,
) -> None:
    """Read a printed schedule by county, or the Controller of Budget's table of one, and re-add its totals."""
    from workbench.datasets.spreadsheet import read_sheets
    from workbench.grants.controller import is_controller_table, read_controller
    from workbench.grants.schedule import read_schedule
    from workbench.results import records

    sheets = read_sheets(file)
    if is_controller_table(sheets):
        table = read_controller(sheets)
        rows, findings, total = records(table.rows), table.findings, None
    else:
        schedule = read_schedule(sheets, column, unit=unit)
        frame = schedule.amounts.reset_index()
        frame.insert(0, "code", range(1, len(frame) + 1))
        rows, findings, total = records(frame), schedule.findings, schedule.printed_total
    told = [str(finding) for finding in findings]
    if json:
        print_json({"file": Path(file).name, "rows": rows, "printed_total": total, "findings": told})
        return
    totals = [] if total is None else [f"Printed total: {total:,.0f}."]
    print_table(rows, title=f"{Path(file).name}, KES", decimals=0, notes=[*totals, *(told or ["No finding."])])


@dataclass(frozen=True)
class Asked:
    """What both commands run: a design, and what the options set."""

    design: str
    year: str | None
    _: KW_ONLY
    scores: str | None
    settings: list[str] | None
    supplied: str | None
    illustrative: bool


def _run(asked: Asked, county: str | None = None) -> GrantsResult:
    """Run a design; what is wrong with the settings, the county, the year and the forms is told at once."""
    from workbench.datasets.counties import county_name
    from workbench.grants import grants, load_design
    from workbench.grants.gathering import Gathered

    loaded = load_design(asked.design)
    given, faults = parse_settings(asked.settings or [])
    gathered = Gathered()
    gathered.add(faults)
    with gathered:
        if county is not None:
            county_name(county)
    with gathered:
        result = grants(loaded, asked.year, scores=asked.scores, settings=given, supplied=asked.supplied,
                        illustrative=asked.illustrative)  # fmt: skip
    gathered.raise_faults()
    return result


def parse_settings(texts: list[str]) -> tuple[dict[str, str], list[Fault]]:
    """Read ``NAME=VALUE`` settings; a fault for what has no equals sign, and for a name that is set twice."""
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
    return settings, faults


def _print_values(result: GrantsResult) -> None:
    from workbench.results import records

    print_table(records(result.terms[["name", "value", "unit", "mark"]]), title="Values")


def _print_sources(sources: DataFrame) -> None:
    from workbench.datasets.titles import titled
    from workbench.results import records

    print_table(records(sources.assign(source=titled(sources["source"]))), title="Sources")
