"""Where a table stands: the file, and the sheet of a workbook; what its faults name."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import Fault


@dataclass(frozen=True)
class Place:
    """A table's file and sheet.

    Attributes
    ----------
    file : str
        What messages call it.
    sheet : str or None
        The sheet of a workbook; None for a CSV and for a table in memory.
    """

    file: str
    sheet: str | None = None

    def fault(
        self, what: str, *, row: int | None = None, column: str | None = None, value: object = None,
        remedy: str | None = None,
    ) -> Fault:  # fmt: skip
        """Return a fault of this table."""
        return Fault(what=what, file=self.file, sheet=self.sheet, row=row, column=column, value=value, remedy=remedy)

    def locator(self, where: str) -> str:
        """Say where something stands in the file: ``row 3``, ``sheet votes, row 3``."""
        return f"sheet {self.sheet}, {where}" if self.sheet else where
