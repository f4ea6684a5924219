"""The command line's frame: finds the commands, and turns every refusal into words and exit code 2.

Each command stands in a module of its own, named in ``COMMAND_MODULES``, which has ``register(app)``.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Final

import typer

import workbench
from workbench.errors import WorkbenchError

COMMAND_MODULES: Final[tuple[str, ...]] = ("allocate",)
"""The modules below ``workbench.cli`` that register commands, in the order in which help lists them."""

REFUSED: Final = 2
"""Exit code for input that cannot be used."""

BROKEN: Final = 70
"""Exit code for a fault of the workbench itself (EX_SOFTWARE)."""


def build_app() -> typer.Typer:
    """Build the application with all its commands."""
    app = typer.Typer(
        name="workbench",
        help="Kenya's plans, budgets and county grants on published figures.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(_options)
    for module in COMMAND_MODULES:
        importlib.import_module(f"workbench.cli.{module}").register(app)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        print(workbench.__version__)
        raise typer.Exit


def _options(
    _version: bool = typer.Option(
        False, "--version", help="Print the version and stop.", callback=_show_version, is_eager=True
    ),
) -> None:
    """Kenya's plans, budgets and county grants on published figures."""


def main() -> None:
    """Run the command line; every refusal is told in words on standard error."""
    try:
        build_app()()
    except WorkbenchError as refusal:
        print(f"Error: {refusal}", file=sys.stderr)
        sys.exit(REFUSED)
    except BrokenPipeError:
        # The reader of our output closed it (`workbench ... | head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as fault:
        if os.environ.get("WORKBENCH_DEBUG"):
            raise
        what = f"{type(fault).__name__}: {fault}"
        print(f"Error: the workbench itself failed ({what}).", file=sys.stderr)
        print("Please report it; WORKBENCH_DEBUG=1 shows where.", file=sys.stderr)
        sys.exit(BROKEN)
