"""Requests as a user wrote them into the form: checked, in KES, every figure by its dotted name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from workbench.allocation.claims_file import is_total
from workbench.datasets.form_reading import FilledForm
from workbench.errors import Fault
from workbench.fiscal import UNITS
from workbench.scenarios.models.base import SET_BY_SCENARIO, Parameter, Value

FIGURES: Final = {
    "requests": ("claim", "KES", "what {line} asks for in {year}"),
    "floors": ("floor", "KES", "the least that {line} must be awarded in {year}"),
    "ceilings": ("ceiling", "KES", "the most that {line} can use in {year}"),
    "weights": ("weight", "weight", "how much a shilling counts for {line} in {year}"),
}
"""The kinds of figures of a line: their column, their unit and what they are."""

BROUGHT: Final = "Brought by the user: {file}"
"""What requests name as their source."""


@dataclass(frozen=True, eq=False)
class Requests:
    """Requests as a user wrote them, checked.

    Attributes
    ----------
    file : str
        What they are called.
    lines : DataFrame
        By row of the sheet: ``line`` (what a row is called), ``name`` (the same as a part of a dotted name),
        ``financial_year``, ``claim``, ``floor``, ``ceiling`` (KES, blank is NaN), ``weight``; ``source``, ``locator``
        and ``mark`` of the row.
    """

    file: str
    lines: pd.DataFrame

    @property
    def years(self) -> tuple[str, ...]:
        """The financial years that are asked for, in order."""
        return tuple(sorted(self.lines["financial_year"].unique()))

    def whole(self, year: str) -> int | None:
        """Return what meets all requests of a year within their ceilings, in whole KES; None where one is unknown."""
        lines = self.lines[self.lines["financial_year"] == year]
        used = lines["claim"].clip(upper=lines["ceiling"].fillna(math.inf))
        return None if used.isna().any() else math.floor(math.fsum(used))

    def parameters(self) -> Iterator[Parameter]:
        """Give every figure by its dotted name: ``requests.Roads.2024/25``, in KES."""
        for kind, (column, unit, description) in FIGURES.items():
            for row in self.lines[["line", "name", "financial_year", column]].to_dict("records"):
                said = description.format(line=row["line"], year=row["financial_year"])
                value = None if pd.isna(row[column]) else float(row[column])
                yield Parameter(name=f"{kind}.{row['name']}.{row['financial_year']}", unit=unit, value=value, low=0,
                                description=f"{said[0].upper()}{said[1:]}")  # fmt: skip

    def with_set(self, values: Mapping[str, Value]) -> Requests:
        """Return the requests with the figures that a scenario sets, which are its own and no user's any more."""
        lines = self.lines.copy()
        names = lines["name"] + "." + lines["financial_year"]
        for kind, (column, _, _) in FIGURES.items():
            after = names.map(lambda name, kind=kind: values.get(f"{kind}.{name}"))
            touched = after.notna()
            lines[column] = lines[column].mask(touched, pd.to_numeric(after, errors="coerce"))
            for told, text in SET_BY_SCENARIO.items():
                lines[told] = lines[told].mask(touched, text)
        return replace(self, lines=lines)


def read_requests(form: FilledForm) -> Requests:
    """Read requests from a filled form.

    Raises
    ------
    InputError
        With every fault: of a cell, and of a floor, ceiling or weight that cannot be.
    """
    table, faults = form.read()
    unit = table["unit"].map(UNITS).astype("float64")
    line = _names(table)
    lines = pd.DataFrame(
        {
            "line": line,
            "name": _dotted(line, table["financial_year"]),
            "financial_year": table["financial_year"],
            "claim": (table["amount"] * unit).round(2),
            "floor": (table["floor"] * unit).round(2),
            "ceiling": (table["ceiling"] * unit).round(2),
            "weight": table["weight"],
            "source": BROUGHT.format(file=form.file),
            "locator": [
                f"row {row}" if document is None else f"row {row}; after {document}"
                for row, document in zip(table.index, table["source"].where(table["source"].notna(), None), strict=True)
            ],
            "mark": "one source",
        }
    )
    faults += _limit_faults(lines, table, form)
    if faults:
        raise form.refusal(faults)
    return Requests(form.file, lines)


def _names(table: pd.DataFrame) -> pd.Series[Any]:
    def name(row: dict[str, Any]) -> str:
        parts = [row[key] for key in ("vote", "programme", "sub_programme") if row[key] is not None]
        split = [] if row["economic_class"] in ("total", None) else [row["economic_class"]]
        return " / ".join([*parts, *split])

    cells = table.astype(object).where(table.notna(), None).to_dict("records")
    return pd.Series([name({str(key): cell for key, cell in row.items()}) for row in cells], index=table.index)


def _dotted(lines: pd.Series[Any], years: pd.Series[Any]) -> pd.Series[Any]:
    """Return what lines are called in dotted names; those that would share a name have their row's number in it."""
    plain = lines.str.replace(".", "", regex=False).str.replace("*", "", regex=False)
    rows = pd.Series([f"row {row}" for row in lines.index], index=lines.index)
    return plain.mask((plain == "") | pd.DataFrame({"line": plain, "year": years}).duplicated(keep=False),
                      (plain + " ").str.lstrip() + rows)  # fmt: skip


def _limit_faults(lines: pd.DataFrame, table: pd.DataFrame, form: FilledForm) -> list[Fault]:
    change = "change one of the two"
    wrong = (
        ("floor", lines["floor"] > lines["claim"], "is above the amount that is asked for", change),
        ("floor", lines["floor"] > lines["ceiling"], "is above the ceiling", change),
        ("weight", lines["weight"] <= 0, "is no weight", "give one above 0; blank counts as 1"),
    )
    found = [
        Fault(what=what, file=form.file, sheet=form.sheet, row=int(row), column=column, remedy=remedy,
              value=f"{table.loc[row, column]:,.15g}")
        for column, where, what, remedy in wrong
        for row in lines.index[where]
    ]  # fmt: skip
    found += [
        Fault(what="is a total and no request: it would be met beside those that it adds up", file=form.file,
              sheet=form.sheet, row=int(row), column=column, remedy="leave rows of totals out", value=name)
        for column in ("vote", "programme", "sub_programme")
        for row, name in zip(table.index.tolist(), table[column].tolist(), strict=True)
        if isinstance(name, str) and is_total(name)
    ]  # fmt: skip
    return sorted(found, key=lambda fault: fault.row or 0)
