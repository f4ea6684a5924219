"""A crosswalk: which part of which budget line belongs to which plan sector, since when, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from workbench.datasets.tabular import Columns, Tabular, read_cells, read_day, read_decimal
from workbench.errors import Fault, InputError, nearest, suggestion
from workbench.fiscal import FiscalYear

UNLINKED = "unlinked"
"""The plan code of what is deliberately left out."""

COLUMNS = Columns(("budget_code", "plan_code", "share", "reason", "mark", "valid_from", "valid_to"))
MARKS = ("certain", "one source", "inferred", "illustrative")
TOLERANCE = 1e-6
"""How far the shares of a line may be from 1: what six printed decimals can miss."""


@dataclass(frozen=True, eq=False)
class Crosswalk:
    """The rows of a crosswalk, each well formed; whether they fit a budget and a plan is for :meth:`faults` to say.

    Attributes
    ----------
    rows : DataFrame
        ``row`` (the line that a spreadsheet shows), ``budget_code``, ``plan_code``, ``share`` (float, 0 to 1),
        ``reason``, ``mark``, ``valid_from``, ``valid_to`` (dates, or None where open), ``sound`` (whether all cells
        of the row could be read).
    file : str
        What messages call it.
    """

    rows: pd.DataFrame
    file: str = "crosswalk"

    @property
    def budget_codes(self) -> list[str]:
        """The budget lines that it speaks of, in the order of the file."""
        return list(dict.fromkeys(self.rows["budget_code"]))

    @property
    def illustrative(self) -> bool:
        """Whether any row is marked illustrative; a row without a mark counts as such."""
        return bool(self.rows["mark"].isin(["illustrative", ""]).any())

    def on(self, day: dt.date) -> Crosswalk:
        """Return the rows that hold on a day."""
        holds = [
            (start is None or start <= day) and (end is None or day <= end)
            for start, end in zip(self.rows["valid_from"], self.rows["valid_to"], strict=True)
        ]
        return Crosswalk(self.rows[holds].reset_index(drop=True), self.file)

    def in_year(self, year: FiscalYear | None) -> Crosswalk:
        """Return the rows that hold on the first day of a financial year.

        Without a year, all rows are returned where no line changes its links over time.

        Raises
        ------
        InputError
            Where a year is needed to decide and none is given.
        """
        if year is not None:
            return self.on(year.start)
        periods = self.rows[["budget_code", "valid_from", "valid_to"]].drop_duplicates()
        changing = periods["budget_code"][periods["budget_code"].duplicated()]
        if len(changing):
            what = "has rows of several periods, and no financial year says which to use"
            raise InputError(Fault(what=what, file=self.file, value=changing.iloc[0], remedy="give the financial year"))
        return self

    def faults(self, budget_codes: Collection[str], plan_codes: Collection[str]) -> list[Fault]:
        """Return every fault of the crosswalk against a budget and a plan, in one pass.

        Parameters
        ----------
        budget_codes : collection of str
            All lines of the budget; each must have its whole money in the crosswalk.
        plan_codes : collection of str
            All sectors of the plan; ``unlinked`` is always allowed.
        """
        return [
            *self._unknown("plan_code", [*plan_codes, UNLINKED], "plan code"),
            *self._unknown("budget_code", list(budget_codes), "budget code"),
            *self.own_faults(),
            *self._left_out(budget_codes),
        ]

    def own_faults(self) -> list[Fault]:
        """Return the faults that need no budget and no plan: duplicates, overlaps, shares that do not add to 1."""
        found: list[Fault] = []
        for code, lines in self.rows.groupby("budget_code", sort=False):
            if not lines["sound"].all():
                continue  # What a faulty cell would have said is not known: one message for it is enough.
            doubled = [fault for _, one in lines.groupby("plan_code", sort=False) for fault in self._doubled(one)]
            found += doubled or self._sums(str(code), lines)
        return found

    def missing_in_year(self, budget_codes: Collection[str], year: FiscalYear | None) -> list[Fault]:
        """Return a fault for every budget line that no row holds for in a year, though some row names it."""
        held = set(self.in_year(year).rows["budget_code"])
        when = f" on {year.start:%d %B %Y}".replace(" 0", " ") if year else ""
        return [
            Fault(what=f"has no row that holds{when}", file=self.file, column="budget_code", value=code,
                  remedy="extend valid_from or valid_to, or add a row for that time")
            for code in budget_codes if code in set(self.rows["budget_code"]) and code not in held
        ]  # fmt: skip

    def _unknown(self, column: str, known: list[str], kind: str) -> Iterator[Fault]:
        for code, lines in self.rows[~self.rows[column].isin([*known, ""])].groupby(column, sort=False):
            first, *others = lines["row"]
            what = f"is no known {kind}" + (f", in rows {', '.join(map(str, others))} too" if others else "")
            yield Fault(what=what, file=self.file, row=int(first), column=column, value=code,
                        remedy=suggestion(str(code), known))  # fmt: skip

    def _left_out(self, budget_codes: Collection[str]) -> Iterator[Fault]:
        named = set(self.rows["budget_code"])
        # A misspelt code is told once, at its own row; the line that it was meant for is not told again.
        meant = {nearest(code, budget_codes) for code in named - {*budget_codes, ""}}
        for code in budget_codes:
            if code not in named and code not in meant:
                what = "is in the budget, and in no row of the crosswalk"
                remedy = f"add rows for it; list what is deliberately left out under '{UNLINKED}'"
                yield Fault(what=what, file=self.file, column="budget_code", value=code, remedy=remedy)

    def _doubled(self, lines: pd.DataFrame) -> Iterator[Fault]:
        ordered = sorted(lines.to_dict("records"), key=lambda row: (row["valid_from"] or dt.date.min, row["row"]))
        for before, after in pairwise(ordered):
            if before["valid_to"] is not None and (after["valid_from"] or dt.date.min) > before["valid_to"]:
                continue
            same = (before["valid_from"], before["valid_to"]) == (after["valid_from"], after["valid_to"])
            value = f"{after['budget_code']}, {after['plan_code']}"
            if same:
                yield Fault(what=f"repeats row {before['row']}", file=self.file, row=after["row"],
                            column="budget_code, plan_code", value=value,
                            remedy="take one of the two out, or add their shares in one row")  # fmt: skip
            else:
                yield Fault(what=f"overlaps the dates of row {before['row']}", file=self.file, row=after["row"],
                            column="valid_from, valid_to", value=value,
                            remedy="end the one row on the day before the other starts")  # fmt: skip

    def _sums(self, code: str, lines: pd.DataFrame) -> list[Fault]:
        starts = sorted({day or dt.date.min for day in lines["valid_from"]})
        starts += [day + dt.timedelta(days=1) for day in lines["valid_to"] if day is not None and day != dt.date.max]
        wrong: dict[tuple[int, ...], float] = {}
        for day in starts:
            held = Crosswalk(lines, self.file).on(day).rows
            if len(held) and abs(held["share"].sum() - 1) > TOLERANCE:
                wrong.setdefault(tuple(held["row"]), float(held["share"].sum()))
        return [
            Fault(what=f"has shares that add to {total:.6g}, not to 1, in rows {', '.join(map(str, rows))}",
                  file=self.file, row=rows[0], column="share", value=code,
                  remedy=_sum_remedy(total))
            for rows, total in wrong.items()
        ]  # fmt: skip


def _sum_remedy(total: float) -> str:
    if total < 1:
        return f"{1 - total:.6g} is missing; list what is deliberately left out under '{UNLINKED}'"
    return f"{total - 1:.6g} is too much"


def read_crosswalk(table: Tabular | Crosswalk) -> tuple[Crosswalk, list[Fault]]:
    """Read a crosswalk and gather the faults of its cells; nothing is raised for them yet.

    Returns
    -------
    crosswalk : Crosswalk
        With every row, those with faulty cells too (their share is NaN, their dates are open).
    faults : list of Fault
        Shares that are no number from 0 to 1, dates that are none, marks that are not allowed, blank codes.

    Raises
    ------
    InputError
        Where the file cannot be read or a column is missing.
    """
    if isinstance(table, Crosswalk):
        return table, []
    records, file = read_cells(table, COLUMNS, kind="crosswalk")
    faults: list[Fault] = []
    rows = [_row(number, cells, file, faults) for number, cells in records.items()]
    frame = pd.DataFrame(rows, columns=["row", *COLUMNS.required, "sound"])
    for column in ("valid_from", "valid_to"):
        frame[column] = pd.Series([row[column] for row in rows], dtype=object)
    return Crosswalk(frame.astype({"share": "float64"}), file), faults


def open_crosswalk(table: Tabular | Crosswalk, budget_codes: Collection[str], plan_codes: Collection[str]) -> Crosswalk:
    """Read a crosswalk and check it whole against a budget and a plan.

    Raises
    ------
    InputError
        With every fault at once.
    """
    crosswalk, faults = read_crosswalk(table)
    faults = sorted([*faults, *crosswalk.faults(budget_codes, plan_codes)], key=lambda fault: fault.row or 10**9)
    if faults:
        summary = f"The crosswalk {crosswalk.file} has {len(faults)} fault{'s' if len(faults) > 1 else ''}"
        raise InputError(faults, summary=summary)
    return crosswalk


def _row(number: int, cells: dict[str, str], file: str, faults: list[Fault]) -> dict[str, object]:
    before = len(faults)

    def tell(column: str, what: str, remedy: str) -> None:
        faults.append(
            Fault(what=what, file=file, row=number, column=column, value=cells[column] or None, remedy=remedy)
        )

    for column in ("budget_code", "plan_code"):
        if not cells[column]:
            tell(column, "is blank", "every row needs one")
    days = {column: _day(column, cells[column], tell) for column in ("valid_from", "valid_to")}
    if days["valid_from"] and days["valid_to"] and days["valid_from"] > days["valid_to"]:
        tell("valid_to", f"is before valid_from ({days['valid_from']})", "the two may be exchanged")
    if cells["mark"] and cells["mark"] not in MARKS:
        tell("mark", "is not allowed", "allowed: " + ", ".join(MARKS))
    texts = {key: cells[key] for key in ("budget_code", "plan_code", "reason", "mark")}
    share = _share(cells["share"], tell)
    return {"row": number, **texts, "share": share, **days, "sound": len(faults) == before}


def _day(column: str, text: str, tell: Callable[[str, str, str], None]) -> dt.date | None:
    try:
        return read_day(text)
    except ValueError:
        tell(column, "is no date", "write a date as 2024-07-01, or leave it blank for no limit")
        return None


def _share(text: str, tell: Callable[[str, str, str], None]) -> float:
    remedy = "write a share from 0 to 1, such as 0.25"
    try:
        share = read_decimal(text)
    except InputError:
        tell("share", "is no number", remedy)
        return float("nan")
    if share is None:
        tell("share", "is blank", remedy)
    elif not 0 <= share <= 1:
        tell("share", "is no share from 0 to 1", "write a quarter as 0.25")
    return float("nan") if share is None else float(share)
