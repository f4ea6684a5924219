"""Schedules by county in the layouts that the Acts, the Treasury and the gazette print, out and back in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.datasets.counties import find_county
from workbench.errors import Fault, InputError, WorkbenchError, suggestion
from workbench.fiscal import parse_money
from workbench.grants.facts import county_names_by_code
from workbench.grants.model import GrantsResult
from workbench.grants.printed import Printed, PrintedSource, read_printed

_TOTALS = re.compile(r"^(?:sub|grand)?[\s-]*total\b", re.IGNORECASE)


def act_schedule(result: GrantsResult) -> pd.DataFrame:
    """Return the awards as an Act's schedule prints them: counties numbered in alphabetical order, then the total.

    Returns
    -------
    DataFrame
        ``No.``, ``County``, ``Code``, then for each level and for all together the ``Allocation Ratio`` (percent of
        what is awarded) and the amount (KSh). ``No.`` counts the rows; ``Code`` is the county's code, 1 to 47.
    """
    year = f"FY {result.financial_year.first}/{result.financial_year.first + 1}"
    table = result.table.sort_values("county", key=lambda names: names.str.casefold(), ignore_index=True)
    schedule = pd.DataFrame({"No.": np.arange(1, len(table) + 1), "County": table["county"], "Code": table["code"]})
    named = [(level.terms.level.title, level.name) for level in result.levels if level.terms.pool is not None]
    for title, column in [*named, ("Total", "award")] if len(named) > 1 else named:
        amounts = table[column]
        total = int(amounts.sum())
        schedule[f"{title}, {year}: Allocation Ratio (%)"] = 100 * amounts / total if total else np.nan
        schedule[f"{title}, {year}: Allocation (KSh)"] = amounts
    sums = {column: schedule[column].sum() for column in schedule.columns[3:]}
    return pd.concat(
        [schedule, pd.DataFrame([{"No.": None, "County": "Total", "Code": None, **sums}])], ignore_index=True
    ).astype(
        {"No.": "Int64", "Code": "Int64"}
        | {column: "int64" for column in schedule.columns[3:] if column.endswith("(KSh)")}
    )


@dataclass(frozen=True)
class Schedule:
    """A printed schedule, read.

    Attributes
    ----------
    amounts : Series
        KES by county, in code order; NaN is blank in print.
    printed_total : float, optional
        KES, where a total row is printed.
    findings : tuple of Fault
        Where the printed total is not what its rows add up to.
    """

    amounts: pd.Series[float]
    printed_total: float | None
    findings: tuple[Fault, ...]


def read_schedule(source: PrintedSource, column: str | None = None, *, unit: str = "KES") -> Schedule:
    """Read a schedule by county: any spelling of the names, any order, a total row or none.

    Parameters
    ----------
    source : path or sheets
        CSV or Excel. The heading is the first row in which a cell begins with ``County``.
    column : str, optional
        The heading of the amounts; the last column that holds any where it is left out.
    unit : str
        The unit of numbers that name none.

    Raises
    ------
    InputError
        With every fault: a county that is misspelt, missing or there twice, a cell that is no amount.
    """
    table = read_printed(source, _is_heading).even()
    cells = table.rows
    head = next((row for row, line in enumerate(cells) if _is_heading(line)), None)
    if head is None:
        raise InputError(table.fault("has no column 'County'", remedy="keep the row of headings"))
    headings = cells[head]
    names_in = _county_column(headings) or 0
    amounts_in = _amount_column(table, head, column)
    amounts = pd.Series(np.nan, index=pd.Index(county_names_by_code(), name="county"), name="amount")
    faults: list[Fault] = []
    seen: set[str] = set()
    total: float | None = None
    for number, line in enumerate(cells[head + 1 :], start=head + 2):
        text = line[names_in] or next((cell for cell in line if _TOTALS.match(cell)), "")
        if not any(line):
            continue
        name = find_county(text)
        is_total = name is None and bool(_TOTALS.match(text))
        if name is None and not is_total:
            remedy = suggestion(text, list(amounts.index))
            faults.append(table.fault("is no known county", row=number, value=text, remedy=remedy))
            continue
        if name in seen:
            faults.append(table.fault("stands in the schedule twice", row=number, value=name))
        try:
            amount = parse_money(line[amounts_in], unit)
        except WorkbenchError as refused:
            first = refused.faults[0]
            faults.append(table.fault(first.what, row=number, column=headings[amounts_in], value=line[amounts_in],
                                      remedy=first.remedy))  # fmt: skip
            continue
        if is_total:
            total = amount
            # What stands below the total is remarks and sources.
            break
        if name is not None:
            seen.add(name)
            amounts[name] = np.nan if amount is None else amount
    faults += [
        table.fault("is missing from the schedule", value=name)
        for name in amounts.index
        if name not in seen and not faults
    ]
    if faults:
        raise InputError(faults, summary=f"The schedule {table.file} has {len(faults)} fault{'s' * (len(faults) > 1)}")
    return Schedule(amounts, total, tuple(_total_findings(amounts, total, table)))


def _total_findings(amounts: pd.Series[float], total: float | None, table: Printed) -> list[Fault]:
    added = float(amounts.sum())
    if total is None or abs(added - total) < 0.5:
        return []
    what = f"is the printed total, but the rows add up to {added:,.0f}"
    return [table.fault(what, value=f"{total:,.0f}")]


def _is_heading(line: Sequence[str]) -> bool:
    return _county_column(line) is not None


def _county_column(line: Sequence[str]) -> int | None:
    return next((place for place, cell in enumerate(line) if re.match(r"count(y|ies)\b", cell, re.IGNORECASE)), None)


def _amount_column(table: Printed, head: int, column: str | None) -> int:
    headings, body = table.rows[head], table.rows[head + 1 :]
    if column is not None:
        if column not in headings:
            remedy = suggestion(column, [one for one in headings if one])
            raise InputError(table.fault("is no heading of the schedule", value=column, remedy=remedy))
        return headings.index(column)
    for place in range(len(headings) - 1, -1, -1):
        numbers = sum(bool(re.search(r"\d", line[place])) and "%" not in line[place] for line in body)
        if (
            numbers >= len(body) / 2
            and "%" not in headings[place]
            and not headings[place].casefold().startswith("code")
        ):
            return place
    raise InputError(table.fault("has no column of amounts", remedy="name the column"))
