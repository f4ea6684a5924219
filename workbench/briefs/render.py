"""Write a result for people who will never open a notebook: Excel, PDF, Word, and data for other systems."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Final

from workbench.briefs.brief import Brief
from workbench.briefs.build import Subject, brief_of
from workbench.datasets.write_file import write_whole
from workbench.errors import unknown_name

KINDS: Final = {
    "xlsx": ("workbook", "workbook", ".xlsx"),
    "pdf": ("pdf", "pdf", ".pdf"),
    "docx": ("word", "word", ".docx"),
    "csv": ("exchange", "csv_package", ".zip"),
    "parquet": ("exchange", "parquet_package", ".zip"),
}
"""What can be rendered: the module beside this one, its function from a brief to bytes, and the file's ending."""


def render(subject: Subject | Brief, kind: str) -> bytes:
    """Return a result, or the brief of one, as the bytes of a file.

    Parameters
    ----------
    subject : Result or Brief
        A gap, an alignment, awards of a grant, an audit, a run, a record of a run, a comparison of runs; or a brief
        that :func:`brief_of` made of one.
    kind : str
        ``xlsx``, ``pdf``, ``docx``, ``csv`` (a ZIP of CSV files with a ``datapackage.json``) or ``parquet`` (the same
        with Parquet files; it needs the extra ``ledger``).

    Returns
    -------
    bytes
        Identical for identical figures and versions.

    Raises
    ------
    UnknownNameError
        For another kind.
    InputError
        For a subject of which no brief can be made, with the reason.
    """
    if kind not in KINDS:
        raise unknown_name("kind of export", kind, KINDS)
    module, function, _ = KINDS[kind]
    brief = subject if isinstance(subject, Brief) else brief_of(subject)
    made: bytes = getattr(importlib.import_module(f"workbench.briefs.{module}"), function)(brief)
    return made


def write(subject: Subject | Brief, path: str | os.PathLike[str], kind: str | None = None) -> Path:
    """Write a result to a file, whole or not at all.

    Parameters
    ----------
    subject : Result or Brief
        As :func:`render` takes it.
    path : path
        The file; what stands there is replaced.
    kind : str, optional
        As :func:`render` takes it; without it the file's ending says it.

    Returns
    -------
    Path
        What was written.
    """
    target = Path(path)
    write_whole(target, render(subject, kind if kind is not None else target.suffix.lstrip(".").casefold()))
    return target
