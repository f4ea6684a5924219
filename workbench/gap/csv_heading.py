"""Find the heading of a ledger's CSV: in which line it stands, and what parts its cells.

DuckDB guesses both from the first lines of a file, and a single line with a cell too many makes it guess wrong.
"""

from __future__ import annotations

import csv
import glob
import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from workbench.errors import Fault, InputError

_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 50
"""A title, a date and a note may stand above the heading, and no more than so many lines."""
_LONGEST = 100_000
"""No heading has more characters; a file without lines would be read whole."""

AS_UTF_8 = "save it as CSV in UTF-8: in Excel 'CSV UTF-8 (Comma delimited)'"


@dataclass(frozen=True)
class Heading:
    """The heading of a CSV.

    Attributes
    ----------
    columns : tuple of str
        Its cells as they are written.
    delimiter : str
        What parts the cells.
    line : int
        The line of the file that it stands in, from 1.
    """

    columns: tuple[str, ...]
    delimiter: str
    line: int


def heading_of(file: Path, fits: Callable[[tuple[str, ...]], bool]) -> Heading:
    """Return the first line that fits as a heading; where none does, the one with most cells.

    Raises
    ------
    InputError
        For a file that is empty or no text.
    """
    found = [_best(line, number, fits) for number, line in enumerate(_first_lines(file), start=1) if line.strip()]
    if not found:
        raise InputError(Fault(what="is empty", value=file.name, remedy="a ledger needs a heading and lines below it"))
    chosen = next((one for one in found if fits(one.columns)), max(found, key=lambda one: len(one.columns)))
    if not_utf_8("".join(chosen.columns)):
        raise InputError(Fault(what="is no text in UTF-8", value=file.name, row=chosen.line, remedy=AS_UTF_8))
    return chosen


def not_utf_8(text: str) -> bool:
    """Say whether a text holds bytes that :func:`text_of` could not read."""
    return any("\udc80" <= letter <= "\udcff" for letter in text)


def readable(text: str) -> str:
    """Return a text with the bytes that are no UTF-8 as older versions of Excel on Windows mean them."""
    return text.encode("utf-8", "surrogateescape").decode("cp1252", "replace") if not_utf_8(text) else text


def files_of(path: str) -> list[Path]:
    """Return the files that a path means, several where it holds ``*``.

    Raises
    ------
    InputError
        Where there is none.
    """
    matching = glob.glob(path, recursive=True)  # noqa: PTH207 - the pattern is a whole path, which Path.glob refuses
    found = [Path(path)] if Path(path).exists() else [Path(one) for one in sorted(matching)]
    if not found:
        raise InputError(Fault(what="cannot be read: there is no such file", value=path))
    return found


@contextmanager
def text_of(file: Path) -> Iterator[TextIO]:
    """Open a CSV, packed or not; bytes that are no UTF-8 come as lone surrogates and stop nothing."""
    with (gzip.open if file.name.endswith(".gz") else open)(
        file, mode="rt", encoding="utf-8-sig", errors="surrogateescape", newline=""
    ) as text:
        yield text


def _first_lines(file: Path) -> list[str]:
    try:
        with text_of(file) as text:
            lines = [line for line in (text.readline(_LONGEST) for _ in range(_LOOKED_AT)) if line]
    except (OSError, EOFError) as refusal:
        why = getattr(refusal, "strerror", None) or str(refusal)
        raise InputError(Fault(what=f"cannot be read: {why}", value=file.name)) from refusal
    if any("\0" in line for line in lines):
        raise InputError(Fault(what="is no text in UTF-8", value=file.name, remedy=AS_UTF_8))
    return lines


def _best(line: str, number: int, fits: Callable[[tuple[str, ...]], bool]) -> Heading:
    tried = [Heading(tuple(next(csv.reader([line], delimiter=one))), one, number) for one in _DELIMITERS]
    return next((one for one in tried if fits(one.columns)), max(tried, key=lambda one: len(one.columns)))
