"""``workbench audit``: re-add a published table; ``workbench template``: a blank form to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from workbench.cli.output import print_json, print_table
from workbench.errors import Fault, InputError, unknown_name

if TYPE_CHECKING:
    from workbench.audit import Audit

ERRORS_FOUND = 1
SHOWN = ("severity", "check", "table", "row", "label", "column", "printed", "computed", "difference")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("audit")(audit)
    app.command("template")(template)


def audit(
    source: str = typer.Argument(..., metavar="NAME|FILE", help="A data package, or a CSV or Excel file."),
    layout: str = typer.Option(None, "--layout", help="A layout's name or its YAML file; guessed where none is given."),
    severity: str = typer.Option(None, "--severity", help="Show only: error or rounding."),
    json: bool = typer.Option(False, "--json", help="Print the findings as JSON."),
    html: Path = typer.Option(None, "--html", help="Write the report as a page that stands alone."),
) -> None:
    """Re-add every printed total, recompute every difference and ratio. Exit code 1: errors were found."""
    from workbench.results import records

    result = _audited(source, layout)
    findings = result.of_severity(severity)
    if html is not None:
        _write_page(result, source, html)
    if json:
        print_json(records(findings))
    else:
        rows = [{name: row[name] for name in SHOWN} for row in records(findings)]
        if rows:
            print_table(rows, title=f"Audit of {Path(source).name}", decimals=2)
            print()
            for message in findings["message"]:
                print(f"- {message}")
            print()
        print(result.summary())
        for note in result.notes:
            print(note)
        if html is not None:
            print(f"The report stands in {html}.")
    if len(result.errors):
        raise typer.Exit(ERRORS_FOUND)


def template(
    name: str = typer.Argument(..., help="requests, scores or crosswalk."),
    output: Path = typer.Option(None, "--output", "-o", help="The file to write; NAME.xlsx without it."),
) -> None:
    """Write a blank Excel form that reads back in; a file that is there already is never written over."""
    from workbench.datasets.template import write_template

    print(write_template(name, output if output is not None else Path(f"{name}.xlsx")))


def _audited(source: str, layout: str | None) -> Audit:
    from workbench.datasets import open_package, package_names
    from workbench.datasets.file_audit import audit_file

    path = Path(source)
    is_package = source in package_names() or path.is_dir() or path.name == "datapackage.json"
    if is_package:
        if layout is not None:
            what = "is a data package, which needs no layout"
            raise InputError(Fault(what=what, value=source, remedy="leave --layout out"))
        return open_package(source).audit()
    if not path.is_file() and not path.suffix and len(path.parts) == 1:
        raise unknown_name("data package or file", source, package_names())
    return audit_file(path, layout)


def _write_page(result: Audit, source: str, path: Path) -> None:
    from workbench.views.audit_page import audit_page

    try:
        path.write_text(audit_page(result, title=f"Audit of {Path(source).name}"), encoding="utf-8")
    except OSError as error:
        raise InputError(Fault(what=f"cannot be written: {error.strerror}", file=str(path))) from error
