"""Where the data packages stand: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

import os
from pathlib import Path

from workbench.errors import Fault, InputError, UnknownNameError, unknown_name

DESCRIPTOR = "datapackage.json"
_PACKAGE = Path(__file__).resolve().parents[1]


def data_root() -> Path:
    """Return the folder that holds the data packages.

    ``WORKBENCH_DATA`` names another one; without it the folder is ``data`` of the checkout, or the copy that the
    installed wheel carries.
    """
    if named := os.environ.get("WORKBENCH_DATA"):
        root = Path(named)
        if not root.is_dir():
            remedy = "set WORKBENCH_DATA to a folder of data packages, or unset it"
            raise InputError(Fault(what="is no folder", value=named, remedy=remedy))
        return root
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent / "data"


def package_names() -> list[str]:
    """Return the names of the packages under :func:`data_root`, in alphabetical order."""
    return sorted(path.parent.name for path in data_root().glob(f"*/{DESCRIPTOR}"))


def descriptor_path(package: str | os.PathLike[str]) -> Path:
    """Return the path of a package's descriptor.

    Parameters
    ----------
    package : str or path
        A shipped package's name, a folder that holds a ``datapackage.json``, or the path of one.

    Raises
    ------
    UnknownNameError
        Where there is none, with the nearest known name.
    """
    given = Path(package)
    for candidate in (data_root() / given / DESCRIPTOR, given / DESCRIPTOR, given):
        if candidate.name == DESCRIPTOR and _is_file(candidate):
            return candidate
    if _is_folder(given):
        what = f"is a folder without a {DESCRIPTOR}"
        raise UnknownNameError(Fault(what=what, value=os.fspath(package), remedy="describe its tables in one"))
    raise unknown_name("data package", os.fspath(package), package_names())


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no name of a file on this system: too long, or with a null in it
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
