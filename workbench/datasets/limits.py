"""How large a file may be that somebody hands in, and what is refused before it is opened."""

from __future__ import annotations

import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from workbench.errors import Fault, InputError

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class FileLimits:
    """The largest file that is read.

    Attributes
    ----------
    megabytes : float
        Of the file itself.
    unpacked_megabytes : float
        Of a workbook's parts together: a workbook is a zip archive, and a small one can unpack to a huge one.
    ratio : float
        How many times a part may grow when it is unpacked.
    cells : int
        Filled cells of all sheets together.
    rows : int
        The last row of a sheet.
    parts : int
        Files in the archive.
    """

    megabytes: float = 20
    unpacked_megabytes: float = 200
    ratio: float = 500
    cells: int = 500_000
    rows: int = 1_048_576
    parts: int = 2_000


LIMITS: Final = FileLimits()


def read_bytes(path: str | os.PathLike[str], limits: FileLimits = LIMITS) -> bytes:
    """Read a file that is not too large.

    Raises
    ------
    InputError
        Where there is no such file, it cannot be read, is empty, or is too large.
    """
    file = Path(path)
    name = file.name
    try:
        if not file.is_file():
            what = "is a folder, not a file" if file.is_dir() else "is no file"
            raise InputError(Fault(what=what, value=str(path), remedy="give the path of a CSV or Excel file"))
        size = file.stat().st_size
        if size > limits.megabytes * MEGABYTE:
            raise too_large(name, size, limits)
        return file.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(Fault(what=f"cannot be read: {reason}", file=name)) from error


def too_large(name: str, size: int, limits: FileLimits = LIMITS) -> InputError:
    """Build the error for a file with too many bytes."""
    what = f"is too large: {size / MEGABYTE:,.1f} MB, at most {limits.megabytes:g} MB are read"
    return InputError(Fault(what=what, file=name, remedy="take out what is not needed, or split it"))


def too_many_cells(name: str, limits: FileLimits = LIMITS) -> InputError:
    """Build the error for a file with too many cells."""
    what = f"holds too many cells: at most {limits.cells:,} are read"
    return InputError(Fault(what=what, file=name, remedy="take out what is not needed, or split it"))


def check_archive(archive: zipfile.ZipFile, name: str, limits: FileLimits = LIMITS) -> None:
    """Refuse a workbook that would unpack to something huge, or that holds entities, before it is opened.

    Raises
    ------
    InputError
    """
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > limits.parts:
        raise _hostile(name, f"holds {len(parts):,} parts: at most {limits.parts:,} are read")
    if unpacked > limits.unpacked_megabytes * MEGABYTE:
        size = f"{unpacked / MEGABYTE:,.0f} MB"
        raise _hostile(name, f"would unpack to {size}: at most {limits.unpacked_megabytes:g} MB are read (a zip bomb?)")
    for part in parts:
        grown = part.file_size > limits.ratio * max(part.compress_size, 1)
        if grown and part.file_size > MEGABYTE:
            raise _hostile(name, f"would unpack '{part.filename}' to {part.file_size:,} bytes (a zip bomb?)")
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as content:
                _refuse_entities(content, name, part.filename)


def _refuse_entities(content: IO[bytes], name: str, part: str) -> None:
    try:
        for _ in ElementTree.iterparse(content, events=("start",), forbid_dtd=True):
            return
    except DefusedXmlException as error:
        what = f"declares document types or entities in '{part}', which no workbook needs"
        raise _hostile(name, what) from error
    except ElementTree.ParseError as error:
        raise _hostile(name, f"is damaged: '{part}' is no XML ({error})") from error


def _hostile(name: str, what: str) -> InputError:
    return InputError(Fault(what=what, file=name, remedy="save it anew as .xlsx in a spreadsheet program"))
