"""The command line's frame: finds the commands, and turns every refusal into words and exit code 2.

Each command stands in a module of its own beside this one, which has ``register(app)``.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Final

import typer

import workbench
from workbench.errors import WorkbenchError

REFUSED: Final = 2
"""Exit code for input that cannot be used."""

BROKEN: Final = 70
"""Exit code for a fault of the workbench itself (EX_SOFTWARE)."""


NOT_COMMANDS: Final = frozenset({"app", "output"})
"""The modules beside this one that hold no command."""


def command_modules() -> list[str]:
    """Return the names of the modules below ``workbench.cli`` that hold commands, in alphabetical order."""
    folder = Path(__file__).parent
    return sorted(path.stem for path in folder.glob("[a-z]*.py") if path.stem not in NOT_COMMANDS)


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
    for name in command_modules():
        importlib.import_module(f"workbench.cli.{name}").register(app)
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
