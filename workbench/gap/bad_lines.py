"""Tell of every line of a ledger that no sum can take, where it stands and how to mend it.

Only a ledger that was refused is read for this, line by line, so that a good one costs nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from workbench.errors import Fault
from workbench.gap.asking import as_text, fetched
from workbench.gap.csv_heading import AS_UTF_8, Heading, files_of, heading_of, not_utf_8, readable, text_of
from workbench.gap.layouts import Layout
from workbench.gap.line_checks import PLAIN_NUMBER, checks_of

LISTED = 20
"""Faults that are told one by one; a column that is wrong throughout would fill the screen."""


class Found:
    """The first faults that were met, and how many there are."""

    def __init__(self) -> None:
        self.listed: list[Fault] = []
        self.count = 0

    def add(self, fault: Fault) -> None:
        """Take one fault in."""
        self.count += 1
        if len(self.listed) < LISTED:
            self.listed.append(fault)

    def told(self) -> list[Fault]:
        """Return the faults that are listed, and one more that counts the others."""
        more = self.count - len(self.listed)
        if not more:
            return self.listed
        what = "one more fault is not listed" if more == 1 else f"{more:,} more faults are not listed"
        return [*self.listed, Fault(what=what)]


def faults_of_file(path: str, layout: Layout) -> list[Fault]:
    """Read a Parquet or CSV file line by line and return what is wrong with its lines.

    Parameters
    ----------
    path : str
        The file, or several where it holds ``*``.
    layout : Layout
        What its columns are called.
    """
    found = Found()
    for file in files_of(path):
        (_check_parquet if file.name.endswith(".parquet") else _check_csv)(found, file, layout)
    return found.told()


def _lacks(found: Found, file: Path, layout: Layout, columns: Sequence[str]) -> bool:
    """Tell of a file that has not the columns of the first."""
    lacking = [column for column in layout.needed if column not in columns]
    if lacking:
        found.add(
            Fault(what=f"has no column {', '.join(lacking)}, which other files of the ledger have", file=file.name)
        )
    return bool(lacking)


def faults_of_table(lines: Any, layout: Layout, name: str) -> list[Fault]:  # noqa: ANN401 - an ibis table
    """Ask a database for the cells that are wrong; its lines have no numbers, so that each is told with its count."""
    found = Found()
    for column, check in checks_of(layout, lines.columns).items():
        text = as_text(lines[column])
        # Amounts are many, and only those that are no number are wanted; of the others there are few.
        asked = lines.filter(~text.re_search(PLAIN_NUMBER)) if column in layout.amounts else lines
        counts = fetched(asked.group_by(cell=text).aggregate(lines=asked.count()).order_by("cell"), name)
        for value, count in zip(counts["cell"].fillna(""), counts["lines"], strict=True):
            wrong = check(str(value))
            if wrong is not None:
                what = f"{wrong[0]} (in {count:,} line{'' if count == 1 else 's'})"
                found.add(Fault(what=what, file=name, column=column, value=value or None, remedy=wrong[1]))
    return found.told()


class _Lines:
    """The checks of one file's lines, by the place of the cell in the line."""

    def __init__(self, found: Found, file: Path, layout: Layout, columns: Sequence[str]) -> None:
        self._found = found
        self._file = file.name
        checks = [(columns.index(name), name, check) for name, check in checks_of(layout, columns).items()]
        self._checks = checks
        self._amounts = [one for one in checks if one[1] in layout.amounts]
        self._left_out = [
            (columns.index(name), tuple(beginnings)) for name, beginnings in layout.left_out.items() if name in columns
        ]

    def check(self, row: int, cells: Sequence[str]) -> None:
        """Check one line; of one that is no spending the amounts only, which are read before it is left out."""
        checks = self._checks
        for place, beginnings in self._left_out:
            if cells[place].startswith(beginnings):
                checks = self._amounts
        for place, column, check in checks:
            wrong = check(cells[place])
            if wrong is not None:
                self.tell(row, wrong[0], wrong[1], column=column, value=readable(cells[place]) or None)

    def tell(self, row: int, what: str, remedy: str, **where: str | None) -> None:
        """Take a fault of one line in."""
        self._found.add(Fault(what=what, file=self._file, row=row, remedy=remedy, **where))


def _check_parquet(found: Found, file: Path, layout: Layout) -> None:
    import duckdb

    with duckdb.connect() as connection:
        held = [name for name, *_ in connection.execute("DESCRIBE FROM read_parquet(?)", [str(file)]).fetchall()]
        if _lacks(found, file, layout, held):
            return
        columns = [name for name in held if name in {*checks_of(layout, held), *layout.left_out}]
        texts = ", ".join(f"coalesce(CAST({_quoted(column)} AS VARCHAR), '')" for column in columns)
        asked = f"SELECT file_row_number + 1, {texts} FROM read_parquet(?, file_row_number = true)"  # noqa: S608 - quoted
        answer = connection.execute(asked, [str(file)])
        lines = _Lines(found, file, layout, columns)
        while some := answer.fetchmany(10_000):
            for row, *cells in some:
                lines.check(row, cells)


def _check_csv(found: Found, file: Path, layout: Layout) -> None:
    heading = heading_of(file, lambda columns: set(columns).issuperset(layout.needed))
    if _lacks(found, file, layout, heading.columns):
        return
    lines = _Lines(found, file, layout, heading.columns)
    remedy = "put text with commas between double quotes, and leave a blank cell for what is unknown"
    in_utf_8 = True
    for row, cells in _cells(file, heading, lines):
        if len(cells) != len(heading.columns):
            lines.tell(row, f"has {len(cells)} cells under a heading of {len(heading.columns)}", remedy)
            continue
        if in_utf_8 and not "".join(cells).isascii() and any(map(not_utf_8, cells)):
            in_utf_8 = False  # one remedy mends all such lines
            value = readable(next(cell for cell in cells if not_utf_8(cell)))
            lines.tell(row, "is no text in UTF-8, and so the file is none", AS_UTF_8, value=value)
        lines.check(row, cells)


def _cells(file: Path, heading: Heading, lines: _Lines) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each line below the heading, with the line of the file that they start in."""
    with text_of(file) as text:
        for _ in range(heading.line):
            next(text)
        reader = csv.reader(text, delimiter=heading.delimiter, strict=True)
        row = heading.line + 1
        try:
            for cells in reader:
                if cells:
                    yield row, cells
                row = heading.line + reader.line_num + 1
        except csv.Error:
            lines.tell(row, "opens or closes a quotation mark without its partner",
                       'write a quotation mark inside a cell twice (""), or not at all')  # fmt: skip


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
