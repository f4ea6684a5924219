"""Where the dashboards, the page template and the files that every page loads stand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import workbench.panels
from workbench.errors import InputError

PACKAGE = Path(__file__).parents[1]
TEMPLATE_ROOT = Path(__file__).parent / "share" / "jupyter"
"""A Jupyter data folder with the page template in it."""

STATIC = Path(workbench.panels.__file__).parent / "static"
"""Stylesheet, scripts and the Plotly bundle."""


FRONT: Final = Path(__file__).parent / "front"
"""The scripts that draw a dashboard's widgets in the browser."""


def dashboards_folder() -> Path:
    """Return the folder of the dashboards' notebooks: the wheel's own, else the checkout's.

    Raises
    ------
    InputError
        Where neither is there.
    """
    folders = (PACKAGE / "_dashboards", PACKAGE.parent / "dashboards")
    return _first("the dashboards are", (file for folder in folders for file in folder.glob("*.ipynb"))).parent


def changelog() -> Path:
    """Return the file that says what is new: the wheel's own, else the checkout's.

    Raises
    ------
    InputError
        Where neither is there.
    """
    files = (PACKAGE / "_changelog.md", PACKAGE.parent / "CHANGELOG.md")
    return _first("the list of changes is", (file for file in files if file.is_file()))


def _first(what: str, files: Iterator[Path]) -> Path:
    found = next(files, None)
    if found is None:
        raise InputError(f"{what} missing from this installation; install the workbench again")
    return found


def dashboard_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the dashboards in a folder, in the order of the alphabet."""
    return tuple(sorted(file.stem for file in folder.glob("*.ipynb")))
