"""A crosswalk: which part of which budget line belongs to which plan sector, since when, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from workbench.datasets import crosswalk_faults as checks
from workbench.datasets.crosswalk_faults import UNLINKED, Row, numbers
from workbench.datasets.crosswalk_shares import line_faults
from workbench.datasets.place import Place
from workbench.datasets.user_table import Columns, Tabular, UserTable, read_cells, read_day, read_decimal
from workbench.errors import Fault, InputError
from workbench.fiscal import FiscalYear
from workbench.results import MARKS

COLUMNS = Columns(("budget_code", "plan_code", "share", "reason", "mark", "valid_from", "valid_to"))
__all__ = ["COLUMNS", "MARKS", "UNLINKED", "Crosswalk", "open_crosswalk", "read_crosswalk"]


@dataclass(frozen=True)
class Crosswalk:
    """The rows of a crosswalk; whether they fit a budget and a plan is for :meth:`faults` to say.

    Attributes
    ----------
    rows : tuple of Row
        In the order of the file.
    file : str
        What messages call it.
    sheet : str or None
        The sheet of a workbook that it was read from.
    """

    rows: tuple[Row, ...]
    file: str = "crosswalk"
    sheet: str | None = None

    @property
    def table(self) -> pd.DataFrame:
        """The rows as a table: the columns of the file, ``share`` as float64, open dates as None."""
        cells = [[getattr(row, column) for column in COLUMNS.required] for row in self.rows]
        table = pd.DataFrame(cells, columns=list(COLUMNS.required), dtype=object)
        return table.astype({"share": "float64"})

    @property
    def budget_codes(self) -> list[str]:
        """The budget lines that it speaks of, in the order of the file."""
        return list(dict.fromkeys(row.budget_code for row in self.rows))

    @property
    def illustrative(self) -> bool:
        """Whether any row is marked illustrative; a row without a mark counts as such."""
        return any(row.mark in ("illustrative", "") for row in self.rows)

    @property
    def no_reason(self) -> str:
        """Which rows give no reason, in a sentence; blank where all do."""
        rows = [row.row for row in self.rows if not row.reason]
        return f"{self.file} gives no reason in row{'s' * (len(rows) > 1)} {numbers(rows)}." if rows else ""

    @property
    def locator(self) -> str:
        """Where the links stand in the file, for a list of sources."""
        where = Place(self.file, self.sheet).locator("every row")
        return where if self.no_reason else f"{where}, with its reason"

    def on(self, day: dt.date) -> Crosswalk:
        """Return the rows that hold on a day."""
        return replace(self, rows=tuple(row for row in self.rows if row.holds(day)))

    def in_year(self, year: FiscalYear | None) -> Crosswalk:
        """Return the rows that hold on 1 July, the first day of a financial year.

        Without a year, all rows are returned where no line changes its links over time.

        Raises
        ------
        InputError
            Where a year is needed to decide and none is given.
        """
        if year is not None:
            return self.on(year.start)
        periods: dict[str, tuple[dt.date, dt.date]] = {}
        for row in self.rows:
            if periods.setdefault(row.budget_code, (row.start, row.end)) != (row.start, row.end):
                what = "has rows of several periods, and no financial year says which to use"
                remedy = "give the financial year"
                raise InputError(self._here([Fault(what=what, row=row.row, value=row.budget_code, remedy=remedy)]))
        return self

    def faults(
        self, budget_codes: Collection[str], plan_codes: Collection[str], *, known_codes: Collection[str] | None = None
    ) -> list[Fault]:
        """Return every fault of the crosswalk against a budget and a plan, in one pass.

        Parameters
        ----------
        budget_codes : collection of str
            All lines of the budget; each must have its whole money in the crosswalk.
        plan_codes : collection of str
            All sectors of the plan; ``unlinked`` is always allowed.
        known_codes : collection of str, optional
            The lines that the crosswalk may speak of, those of other years among them; ``budget_codes`` where not
            given.
        """
        return [
            *self._here(checks.unknown_plan_codes(self.rows, plan_codes)),
            *self._here(checks.unknown_budget_codes(self.rows, budget_codes if known_codes is None else known_codes)),
            *self.own_faults(),
            *self._here(checks.lines_without_rows(self.rows, budget_codes)),
        ]

    def own_faults(self) -> list[Fault]:
        """Return the faults that need no budget and no plan: repeats, overlaps, shares that do not add to 1."""
        lines: dict[str, list[Row]] = {}
        for row in self.rows:
            lines.setdefault(row.budget_code, []).append(row)
        return self._here(fault for rows in lines.values() for fault in line_faults(rows))

    def missing_in_year(self, budget_codes: Collection[str], year: FiscalYear | None) -> list[Fault]:
        """Return a fault for every budget line that no row holds for in a year, though some row names it."""
        named, held = set(self.budget_codes), set(self.in_year(year).budget_codes)
        when = f" on {year.start.day} {year.start:%B %Y}" if year else ""
        remedy = "extend valid_from or valid_to, or add a row for that time"
        return self._here(
            Fault(what=f"has no row that holds{when}", column="budget_code", value=code, remedy=remedy)
            for code in budget_codes if code in named and code not in held
        )  # fmt: skip

    def _here(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return faults with the file and sheet that they stand in."""
        return [replace(fault, file=self.file, sheet=self.sheet) for fault in faults]


def read_crosswalk(table: Tabular | Crosswalk) -> tuple[Crosswalk, list[Fault]]:
    """Read a crosswalk and gather the faults of its cells; nothing is raised for them yet.

    Returns
    -------
    crosswalk : Crosswalk
        With every row; one with a faulty cell is not sound.
    faults : list of Fault
        Shares that are no number from 0 to 1, dates that are none, marks that are not allowed, blank codes.

    Raises
    ------
    InputError
        Where the file cannot be read or a column is missing.
    """
    if isinstance(table, Crosswalk):
        return table, []
    read = read_cells(table, COLUMNS, kind="crosswalk")
    faults: list[Fault] = []
    rows = tuple(_row(number, read, faults) for number in read.records)
    return Crosswalk(rows, read.file, read.sheet), faults


def open_crosswalk(table: Tabular | Crosswalk, budget_codes: Collection[str], plan_codes: Collection[str]) -> Crosswalk:
    """Read a crosswalk and check it whole against a budget and a plan.

    Raises
    ------
    InputError
        With every fault at once.
    """
    crosswalk, faults = read_crosswalk(table)
    found = in_order([*faults, *crosswalk.faults(budget_codes, plan_codes)])
    if found:
        summary = f"The crosswalk {crosswalk.file} has {len(found)} fault{'s' if len(found) > 1 else ''}"
        raise InputError(found, summary=summary)
    return crosswalk


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Sort faults by their rows; those of no row come last."""
    return sorted(faults, key=lambda fault: fault.row or 10**9)


def _row(number: int, table: UserTable, faults: list[Fault]) -> Row:
    cells = table.records[number]
    told: set[str] = set()

    def tell(column: str, what: str, remedy: str) -> None:
        told.add(column)
        faults.append(table.fault(what, row=number, column=column, value=cells[column] or None, remedy=remedy))

    for column in ("budget_code", "plan_code"):
        if not cells[column]:
            tell(column, "is blank", "every row needs one")
    start, end = (_day(column, cells[column], tell) for column in ("valid_from", "valid_to"))
    if start and end and start > end:
        tell("valid_to", f"is before valid_from ({start})", "the two may be exchanged")
    if cells["mark"] and cells["mark"] not in MARKS:
        tell("mark", "is not allowed", "allowed: " + ", ".join(MARKS))
    share = _share(cells["share"], tell)
    return Row(row=number, budget_code=cells["budget_code"], plan_code=cells["plan_code"], share=share,
               reason=cells["reason"], mark=cells["mark"], valid_from=start, valid_to=end,
               sound=told <= {"share", "mark"})  # fmt: skip


def _day(column: str, text: str, tell: Callable[[str, str, str], None]) -> dt.date | None:
    try:
        return read_day(text)
    except ValueError:
        tell(column, "is no date", "write a date as 2024-07-01, or leave it blank for no limit")
        return None


def _share(text: str, tell: Callable[[str, str, str], None]) -> float:
    remedy = "write a share from 0 to 1, such as 0.25"
    try:
        # A spreadsheet whose cells are percentages prints 0.25 as 25%.
        share = read_decimal(text.removesuffix("%"))
        if share is not None and text.endswith("%"):
            share /= 100
    except InputError:
        tell("share", "is no number", remedy)
        return float("nan")
    if share is None:
        tell("share", "is blank", remedy)
    elif not 0 <= share <= 1:
        tell("share", "is no share from 0 to 1", "write a quarter as 0.25")
        return float("nan")
    return float("nan") if share is None else float(share)
