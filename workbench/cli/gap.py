"""``workbench gap``: what was required against what was allocated, or any two stages of the budget."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from workbench.cli.output import inferred_notes, print_json, print_sources, print_table

if TYPE_CHECKING:
    from pandas import DataFrame

    from workbench.gap import Gap

WHOLE: Final = "Whole"
ON_BOTH: Final = "Lines on both sides"
YEAR_IS: Final = typer.Option(
    None, "--year-is", metavar="start|end", help="Which year 2015 means, where a ledger's years are plain numbers."
)
UNIT: Final = typer.Option(
    None, "--unit", help="The unit of a ledger's amounts, where no column says it: KES (without this), KES million, ..."
)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("gap")(gap)


def gap(
    package: str = typer.Argument(
        help="A data package's name, a folder that holds one, or a ledger's .parquet or .csv."
    ),
    from_stage: str = typer.Option(None, "--from", metavar="STAGE", help="The first stage, such as requirement."),
    to_stage: str = typer.Option(None, "--to", metavar="STAGE", help="The stage set against it, such as allocation."),
    by: list[str] = typer.Option(None, "--by", help="Add up by sector, vote, programme, ...; may be repeated."),
    year: str = typer.Option(None, "--year", help="One financial year, such as 2009/10."),
    table: str = typer.Option(None, "--table", help="The table, where several hold both stages."),
    basis: str = typer.Option("as_computed", "--basis", help="as_computed adds the rows up; as_printed does not."),
    year_is: str = YEAR_IS,
    unit: str = UNIT,
    json: bool = typer.Option(False, "--json", help="Print JSON, amounts in KES."),
) -> None:
    """Set what was required against what was allocated, or any two stages of the budget."""
    from workbench.datasets import open_package
    from workbench.gap import gap as measure
    from workbench.gap import sides_of
    from workbench.gap.asked import asked_faults, told_together, year_faults
    from workbench.gap.sides import different_stages
    from workbench.gap.stage_names import ALIASES

    # A scenario takes one stage twice and moves one of the two; here it would be a table of noughts.
    start, end = from_stage or "requirement", to_stage or "allocation"
    asked = (ALIASES.get(start, start), ALIASES.get(end, end))
    levels = [level for one in by for level in one.split(",")] if by else None
    opening = opening_of(package, year_is=year_is, unit=unit, table=table)
    if is_file(package):
        different_stages(asked)
        stages = {"from_stage": from_stage, "to_stage": to_stage}
        result = measure(package, by=levels, financial_year=year, basis=basis, **stages, **opening)
        name = title = Path(package).name
    else:
        faults = asked_faults(levels, basis)
        with told_together(faults):
            different_stages(asked)
            opened = open_package(package)
            faults += year_faults(year, set(opened.figures["financial_year"].dropna()))
            sides = sides_of(opened, from_stage, to_stage, table=table)
        result = measure(*sides, by=levels, financial_year=year, basis=basis)
        name, title = opened.name, opened.title
    if json:
        print_json({"package": name, **result.to_dict()})
    else:
        _print(result, title)


def is_file(package: str) -> bool:
    """Say whether a file of lines is named, which the ledger's reader takes without loading it whole."""
    from workbench.gap.duckdb_file import ENDINGS

    return package.endswith(ENDINGS)


def opening_of(package: str, **options: str | None) -> dict[str, str]:
    """Return the options for a ledger's file that were given, and refuse those that a data package has no use for."""
    from workbench.errors import Fault, InputError

    given = {name: value for name, value in options.items() if value is not None}
    useless = [f"--{name.replace('_', '-')}" for name in given if name != "table"]
    if useless and not is_file(package):
        raise InputError(Fault(what="is for a ledger's file, and a data package is named", value=", ".join(useless)))
    return given


def _print(result: Gap, title: str) -> None:
    from workbench.fiscal import UNITS, table_unit
    from workbench.gap.frames import rows
    from workbench.gap.near import name_of

    money = [*result.stages, "gap"]
    frame = _for_people(result)
    unit = table_unit(frame[money].abs().max().max())
    frame[money] = frame[money] / UNITS[unit]
    frame[["funding_ratio", "share_of_gap"]] *= 100
    frame = frame.rename(columns={"funding_ratio": "funded_%", "share_of_gap": "share_%"})
    if _asked(result) is None:
        # A line's narrowest name stands for all its keys: the terminal is narrow too.
        names = [name_of(row) for row in rows(result.lines)] + _wholes(result)
        programmes = result.lines["programme"].tolist() + [""] * len(result.years)
        keys = [column for column in frame if column not in ("financial_year", *money, "funded_%", "share_%", "kind")]
        frame = frame.drop(columns=keys)
        frame.insert(1, "line", names)
        if len(set(result.lines["economic_class"])) > 1:
            frame.insert(2, "class", result.lines["economic_class"].tolist() + [""] * len(result.years))
        if (result.lines["sub_programme"] != "").any() and any(programmes):
            frame.insert(1, "programme", programmes)
    if len(result.financial_years) == 1:
        frame = frame.drop(columns="financial_year")
    heading = (title, result.parameters["measure"], ", ".join(result.financial_years), unit, result.parameters["basis"])
    notes = [result.summary(), *(note for note in result.notes if note not in result.summary())]
    if len(result.findings):
        wrong = result.findings[result.findings["severity"] == "error"]["message"].tolist()
        notes += [f"Audit: {message}" for message in wrong[:5]]
        notes += [f"Audit: {len(wrong) - 5} more; see workbench audit."] if len(wrong) > 5 else []
    notes += inferred_notes(result)
    plain = [{name: None if value != value else value for name, value in row.items()} for row in rows(frame)]
    print_table(plain, title="; ".join(heading), notes=notes)
    print_sources(result)


def _for_people(result: Gap) -> DataFrame:
    """Return the lines, sub-programmes with their programmes, and below them the whole of each year."""
    import pandas as pd

    asked = _asked(result)
    if asked is not None and "sub_programme" in asked and "programme" not in asked:
        place = asked.index("sub_programme")
        asked = (*asked[:place], "programme", *asked[place:])
    shown = result.table if asked is None else result.by(*asked)
    # What stands on one side only is told in the notes: the terminal is narrow.
    frame = shown.drop(columns=["stands_on", *(name for name in shown if str(name).endswith("_alone"))])
    if asked == ():
        return frame
    named = {asked[0]: _wholes(result)} if asked else {}
    return pd.concat([frame, result.by().assign(**named)], ignore_index=True)[frame.columns]


def _asked(result: Gap) -> tuple[str, ...] | None:
    """Return the levels asked for; none, where the lines themselves are the whole of each year."""
    from workbench.gap.frames import rows
    from workbench.gap.near import name_of

    asked: tuple[str, ...] | None = result.parameters["by"]
    if asked is None and {name_of(row) for row in rows(result.lines)} == {"the whole"}:
        return ()
    return asked


def _wholes(result: Gap) -> list[str]:
    """Name the sum of each year: the whole, or what is left of it where some lines stand on one side only."""
    years = result.years
    partly = years["stands_on"].eq("both") & years[["requirement_alone", "allocation_alone"]].ne(0).any(axis=1)
    return [ON_BOTH if part else WHOLE for part in partly]
