"""The files of a page: what is shown, as Excel, as a brief, and for other systems."""

from __future__ import annotations

import re
from typing import Final

from workbench.briefs import KINDS as MADE
from workbench.briefs import render
from workbench.briefs.brief import Brief
from workbench.errors import InputError
from workbench.results import Result
from workbench.views import text

KINDS: Final = {kind: says for kind, says in text.FILES.items() if kind in MADE}
"""What the buttons say, by kind of file."""


def file_of(result: Result | Brief | None, kind: str, called: str) -> tuple[str, bytes]:
    """Make a file of a result.

    Parameters
    ----------
    result : Result, Brief or None
        What the page shows, or a brief that was made of it; None where nothing is shown yet.
    kind : str
        One of :data:`KINDS`.
    called : str
        What the page shows, in a few words; becomes the file's name.

    Raises
    ------
    InputError
        Where there is nothing to put in a file.
    """
    if result is None:
        raise InputError(text.ERRORS["no_file"])
    return file_name(called, kind), render(result, kind)


def file_name(called: str, kind: str) -> str:
    """Return a name that every system takes: letters, digits and hyphens."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", called).strip("-").lower()
    return f"{plain}{MADE[kind][2]}"
