"""``workbench data``: the data packages and whether they keep to their schemas."""

from __future__ import annotations

import typer

from workbench.cli.output import print_json, print_table
from workbench.errors import Fault, InputError, WorkbenchError


def register(app: typer.Typer) -> None:
    """Add the command group to the application."""
    group = typer.Typer(help="The published figures: list the data packages, check them.", no_args_is_help=True)
    group.command("list")(list_packages)
    group.command("check")(check)
    app.add_typer(group, name="data")


def list_packages(json: bool = typer.Option(False, "--json", help="Print JSON.")) -> None:
    """List the data packages with their titles and tables."""
    from workbench.datasets import open_package, package_names

    packages = [open_package(name) for name in package_names()]
    rows = [
        {"package": package.name, "title": package.title, "tables": ", ".join(package.resources)}
        for package in packages
    ]  # fmt: skip
    if json:
        print_json([row | {"tables": package.resources} for row, package in zip(rows, packages, strict=True)])
    else:
        print_table(rows, title="Data packages")


def check(
    packages: list[str] = typer.Argument(None, help="Packages or folders; all shipped packages where none is named."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Check data packages against their schemas: types, keys, allowed values; every fault in one pass."""
    from workbench.datasets import check_package, package_names

    faults: dict[str, list[Fault]] = {}
    for name in packages or package_names():
        try:
            faults[name] = check_package(name)
        except WorkbenchError as refused:  # one that cannot be opened leaves the others to be checked
            faults[name] = list(refused.faults)
    found = sum(map(len, faults.values()))
    if json:
        print_json({name: [vars(fault) for fault in of_one] for name, of_one in faults.items()})
        if found:
            raise typer.Exit(2)
        return
    for name, of_one in faults.items():
        if not of_one:
            print(f"{name}: no fault")
    if found:
        summary = f"{found} fault{'s' if found > 1 else ''} in {', '.join(n for n, f in faults.items() if f)}"
        raise InputError([fault for of_one in faults.values() for fault in of_one], summary=summary)
