"""Every subject's workbook, recalculated by LibreOffice in one go."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from tests.briefs.office import convert
from tests.briefs.subjects import SUBJECTS, brief, rendered

MOVED = {
    "gap": ("Inputs", "kes", 1),
    "alignment": ("Inputs", "amount", 1),
    "grants": ("Inputs", "level_1", 0),
    "comparison": ("Inputs", "run_1", 0),
}
"""An input that is made larger by a million in a second copy of the workbook: sheet, column, row."""

BY = 1_000_000

AS_WRITTEN = ("gap", "awkward", "run")
"""Workbooks that are opened as they are written, too."""


class Books:
    """What LibreOffice made of the workbooks: figures only, by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[str, openpyxl.Workbook] = {}

    def __getitem__(self, name: str) -> openpyxl.Workbook:
        if name not in self._opened:
            self._opened[name] = openpyxl.load_workbook(self._folder / f"{name}.xlsx", data_only=True)
        return self._opened[name]


@pytest.fixture(scope="session")
def recalculated(tmp_path_factory) -> Books:
    """Workbooks whose every figure LibreOffice worked out: the package's own values are taken out before."""
    made, opened = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("opened")
    for name in SUBJECTS:
        content = rendered(name, "xlsx")
        if name in AS_WRITTEN:
            (made / f"{name}-raw.xlsx").write_bytes(content)
        # openpyxl keeps formulas and forgets the values beside them.
        book = openpyxl.load_workbook(io.BytesIO(content))
        book.save(made / f"{name}.xlsx")
        if name in MOVED:
            sheet, column, row = MOVED[name]
            table = next(one for one in brief(name).inputs if one.sheet == sheet)
            cell = book[sheet][table.cell(column, row)]
            cell.value = cell.value + BY
            book.save(made / f"{name}-moved.xlsx")
    convert(sorted(made.glob("*.xlsx")), "xlsx", opened)
    return Books(opened)
