"""Read a form with one row for each county: codes, names in any spelling, and texts to be checked further."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from workbench.datasets.counties import find_county
from workbench.datasets.place import Place
from workbench.errors import Fault, InputError, suggestion
from workbench.grants.facts import COUNTIES, county_names_by_code
from workbench.grants.printed import Printed, read_printed

CODE: Final = "code"
COUNTY: Final = "county"
_HEADING_WITHIN: Final = 20
_REMARKS: Final = frozenset({"note", "notes", "remark", "remarks"})

Source = str | os.PathLike[str] | pd.DataFrame


@dataclass
class CountyForm:
    """The cells of a form, by county.

    Attributes
    ----------
    place : Place
        Where it stands.
    cells : mapping
        For each column but code and county, the texts in code order; blank where the form is blank.
    rows : list of int
        The row of the spreadsheet for each county, in code order; 0 where the county is missing.
    faults : list of Fault
        What is wrong with it so far.
    """

    place: Place
    cells: Mapping[str, list[str]]
    rows: list[int]
    faults: list[Fault] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What messages call the form."""
        return self.place.file

    def refuse(self, county: int, column: str, what: str, remedy: str) -> None:
        """Note a fault of the cell of the county at a place in code order."""
        value = self.cells[column][county]
        self.faults.append(self.place.fault(what, row=self.rows[county], column=column, value=value, remedy=remedy))

    def raise_faults(self) -> None:
        """Raise every fault at once, in the order of the form."""
        if self.faults:
            ordered = sorted(self.faults, key=lambda fault: (fault.row is None, fault.row or 0))
            many = f"{len(ordered)} faults" if len(ordered) > 1 else "1 fault"
            raise InputError(ordered, summary=f"The form {self.name} has {many}")


def read_county_form(source: Source, *, required: Sequence[str], optional: Sequence[str] = ()) -> CountyForm:
    """Read a form and gather every fault of its shape, codes and names; raise only where no table can be read.

    Parameters
    ----------
    source : path or DataFrame
        CSV or Excel, with the columns ``code`` or ``county`` (or both) and those named.
    required, optional : sequence of str
        Columns besides.
    """
    table = _read(source)
    cells = table.rows
    wanted = {CODE, COUNTY, *required, *optional}
    head = max(
        range(min(len(cells), _HEADING_WITHIN)), key=lambda row: len(wanted & set(_headings(cells[row]))), default=0
    )
    headings = _headings(cells[head]) if cells else []
    faults = _column_faults(table, head + 1, headings, (required, optional))
    if faults:
        raise InputError(
            faults, summary=f"The form {table.file} has {len(faults)} fault{'s' if len(faults) > 1 else ''}"
        )
    columns = [column for column in (*required, *optional) if column in headings]
    form = CountyForm(table, {column: [""] * COUNTIES for column in columns}, [0] * COUNTIES)
    first_row: dict[int, int] = {}
    for number, line in enumerate(cells[head + 1 :], start=head + 2):
        row = {heading: cell for heading, cell in zip(headings, line, strict=False) if heading}
        if not any(row.values()):
            continue
        if sum(map(bool, line[len(headings) :])):
            form.faults.append(table.fault("has more cells than the heading", row=number))
        place = _place(form, number, row)
        if place is None:
            continue
        if place in first_row:
            what = f"names a county a second time, after row {first_row[place]}"
            county = county_names_by_code()[place]
            form.faults.append(table.fault(what, row=number, value=county, remedy="keep one of the two"))
            continue
        first_row[place] = form.rows[place] = number
        for column in columns:
            form.cells[column][place] = row.get(column, "")
    _note_missing(form, first_row)
    return form


def _headings(line: Sequence[str]) -> list[str]:
    return [cell.casefold().replace(" ", "_") for cell in line]


def _read(source: Source) -> Printed:
    if isinstance(source, pd.DataFrame):
        body = source.astype(object).where(source.notna(), "").astype(str).to_numpy().tolist()
        return Printed(file="the table", rows=[[str(column) for column in source.columns], *body])
    return read_printed(source, lambda line: bool({CODE, COUNTY} & set(_headings(line))), _HEADING_WITHIN)


def _column_faults(
    table: Place, row: int, columns: list[str], asked: tuple[Sequence[str], Sequence[str]]
) -> list[Fault]:
    required, optional = asked
    known = [CODE, COUNTY, *required, *optional]
    faults = [
        table.fault("is no known column", row=row, value=column, remedy=suggestion(column, known))
        for column in columns
        if column and column not in known and column not in _REMARKS
    ]
    faults += [
        table.fault(f"the column '{column}' is missing", row=row) for column in required if column not in columns
    ]
    faults += [
        table.fault("stands in the heading twice", row=row, value=column)
        for column in sorted({column for column in columns if column and columns.count(column) > 1})
    ]
    if CODE not in columns and COUNTY not in columns:
        faults.append(table.fault("the column 'code' or 'county' is missing", row=row))
    return faults


def _place(form: CountyForm, number: int, row: Mapping[str, str]) -> int | None:
    """Return the county's place in code order by its name or else its code; note what is wrong with either."""
    code, text = row.get(CODE, ""), row.get(COUNTY, "")
    names = county_names_by_code()

    def refuse(column: str | None, value: str | None, what: str, remedy: str | None) -> None:
        form.faults.append(form.place.fault(what, row=number, column=column, value=value, remedy=remedy))

    named = find_county(text) if text else None
    if text and named is None:
        refuse(COUNTY, text, "is no known county", suggestion(text, names))
    plain = code.removesuffix(".0")
    coded = int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 4 else 0
    if code and not 1 <= coded <= COUNTIES:
        refuse(CODE, code, "is no county code", _other_code(code))
    elif code and named is not None and names[coded - 1] != named:
        what = f"is the code of {names[coded - 1]}, but the row names {named}"
        refuse(CODE, code, what, f"{named} has the code {names.index(named) + 1}")
    if not code and not text:
        refuse(None, None, "names no county", None)
    if named is not None:
        return names.index(named)
    return coded - 1 if 1 <= coded <= COUNTIES else None


def _other_code(code: str) -> str:
    """Say which other code it looks like: ISO 3166-2 and the Treasury's votes count counties in another order."""
    ours = f"codes are 1 to {COUNTIES}, in the order of the Constitution's First Schedule"
    if re.fullmatch(r"KE-?\d{1,2}", code, re.IGNORECASE):
        return f"it looks like an ISO 3166-2 code, which counts alphabetically; {ours}"
    if re.fullmatch(r"[34]\d{3}(\d{6})?", code):
        return f"it looks like a Treasury vote code; {ours}"
    return ours


def _note_missing(form: CountyForm, found: Mapping[int, int]) -> None:
    for place, name in enumerate(county_names_by_code()):
        if place not in found:
            remedy = f"add a row with code {place + 1}; leave blank what is not known"
            form.faults.append(form.place.fault("is missing from the form", value=name, remedy=remedy))
