"""``workbench brief``: a model's result or a run as a PDF or Word brief, an Excel workbook, or data files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from workbench.cli.output import print_table
from workbench.cli.scenarios import STORE
from workbench.errors import Fault, InputError, unknown_name

if TYPE_CHECKING:
    from workbench.briefs import Brief
    from workbench.results import Result

MODELS: Final = ("alignment", "audit", "gap", "grants")
"""The models on the shipped figures; whatever else is named is a run, a record or a scenario."""

PACKAGE: Final = "opm-strategic-plan"
"""The package of the gap and of the audit where none is named."""

DESIGN: Final = "kdsp2"
"""The grant where none is named."""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("brief")(brief)


def brief(
    subject: str = typer.Argument(
        ..., metavar="MODEL|RUN", help="gap, alignment, grants or audit; or a kept run, a record's file, a scenario."
    ),
    pdf: Path = typer.Option(None, "--pdf", help="Write the brief of two pages."),
    docx: Path = typer.Option(None, "--docx", help="Write the same as a Word document."),
    xlsx: Path = typer.Option(None, "--xlsx", help="Write the workbook, its results as formulas."),
    csv: Path = typer.Option(None, "--csv", help="Write a ZIP of CSV files and datapackage.json."),
    parquet: Path = typer.Option(None, "--parquet", help="The same with Parquet files."),
    of: str = typer.Option(None, "--of", help="A model's figures: a package (gap, audit), a plan, a design."),
    year: str = typer.Option(None, "--year", help="Financial year, such as 2009/10; the first one without it."),
    from_stage: str = typer.Option(None, "--from", metavar="STAGE", help="For gap: the first stage."),
    to_stage: str = typer.Option(None, "--to", metavar="STAGE", help="For gap: the stage set against it."),
    table: str = typer.Option(None, "--table", help="For gap: the table, where several hold both stages."),
    store: str = STORE,
    force: bool = typer.Option(False, "--force", help="Write over a file that is there."),
) -> None:
    """Write a brief for a committee (PDF, Word), a workbook for a finance team (Excel), or data files.

    Without a file to write, the headline figures are printed.
    """
    wanted = {"pdf": pdf, "docx": docx, "xlsx": xlsx, "csv": csv, "parquet": parquet}
    files = {kind: path for kind, path in wanted.items() if path is not None}
    _refuse_files(files, force=force)
    chosen = {"of": of, "year": year, "from": from_stage, "to": to_stage, "table": table}
    _refuse_options(subject, {name: value for name, value in chosen.items() if value is not None})
    from workbench.briefs import brief_of, render
    from workbench.datasets.write_file import write_whole

    made = brief_of(_measured(subject, chosen)) if subject in MODELS else _of_run(subject, store)
    # All are made before any is written: a fault of the last leaves no half of a set behind.
    contents = {kind: render(made, kind) for kind in files}
    for kind, path in files.items():
        write_whole(path, contents[kind])
        print(path)
    if not files:
        _print(made)


def _refuse_files(files: dict[str, Path], *, force: bool) -> None:
    from workbench.briefs import KINDS

    faults = []
    for kind, path in files.items():
        ending = KINDS[kind][-1]
        if path.suffix.casefold() != ending:
            faults.append(Fault(what=f"does not end in {ending}", value=str(path),
                                remedy=f"name a file such as brief{ending}"))  # fmt: skip
        elif path.exists() and not force:
            faults.append(Fault(what="is there already", value=str(path), remedy="add --force to write over it"))
        elif not path.parent.is_dir():
            faults.append(Fault(what="is no folder", value=str(path.parent), remedy="make it first"))
    named = list(files.values())
    faults += [
        Fault(what="is named for two kinds of file", value=str(path), remedy="name two files")
        for path in dict.fromkeys(named)
        if named.count(path) > 1
    ]
    if faults:
        raise InputError(faults)


def _refuse_options(subject: str, given: dict[str, str]) -> None:
    """Refuse options that the subject does not know: a brief must not be about something else than was asked."""
    known = {"gap": ("of", "year", "from", "to", "table"), "grants": ("of", "year"), "audit": ("of",),
             "alignment": ("of", "year")}.get(subject, ())  # fmt: skip
    takes = f"it takes {', '.join(f'--{one}' for one in known)}" if known else "a run has what it was run with"
    faults = [
        Fault(what=f"does not go with '{subject}'", value=f"--{name}", remedy=takes)
        for name in given
        if name not in known
    ]
    if faults:
        raise InputError(faults)


def _measured(model: str, chosen: dict[str, Any]) -> Result:
    if model == "gap":
        return _gap(chosen)
    if model == "alignment":
        from workbench.alignment import align

        return align(plan=chosen["of"], financial_year=chosen["year"])
    if model == "grants":
        from workbench.grants import grants

        return grants(chosen["of"] or DESIGN, chosen["year"])
    from workbench.datasets import open_package

    return open_package(chosen["of"] or PACKAGE).audit()


def _gap(chosen: dict[str, Any]) -> Result:
    from workbench.datasets import open_package
    from workbench.gap import gap, sides_of

    sides = sides_of(open_package(chosen["of"] or PACKAGE), chosen["from"], chosen["to"], table=chosen["table"])
    year = chosen["year"] or gap(*sides).financial_years[0]
    return gap(*sides, financial_year=year)


def _of_run(named: str, store: str) -> Brief:
    from workbench.briefs import brief_of
    from workbench.scenarios import load_scenario, open_store, read_record, run, scenario_names
    from workbench.scenarios.store import NotKeptError

    path = Path(named)
    if path.suffix == ".json":
        return brief_of(read_record(path))
    if path.suffix in (".yaml", ".yml") or named in scenario_names():
        return brief_of(run(named))
    with open_store(store) as opened:
        try:
            return brief_of(opened.record(named), entry=opened.run(named))
        except NotKeptError as missing:
            if named in opened.scenarios():
                return brief_of(run(load_scenario(named, store=opened)))
            kept = [name for entry in opened.runs(None) for name in (entry.name, entry.id)]
            raise unknown_name(
                "model, kept run, record or scenario", named, [*MODELS, *scenario_names(), *opened.scenarios(), *kept]
            ) from missing


def _print(made: Brief) -> None:
    rows = [
        {"figure": one.card.label, "value": one.card.value, "unit": one.card.unit, "note": one.card.note}
        for one in made.figures
    ]
    notes = ["To write it: --pdf, --docx, --xlsx, --csv or --parquet with a file's name."]
    print_table(rows, title=made.answer, notes=notes)
