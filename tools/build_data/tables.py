"""The one table: a row for every printed cell, and the CSV text of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from workbench.errors import InputError
from workbench.fiscal import parse_number

DATA = Path(__file__).resolve().parents[2] / "data"
SOURCES = DATA / "sources"

FIGURE_COLUMNS = (
    "table", "row", "label", "line", "parent", "sector", "vote", "programme", "sub_programme", "county",
    "stage", "basis", "economic_class", "financial_year", "printed", "amount", "unit", "source", "locator", "mark",
)  # fmt: skip

Row = dict[str, str | int | None]


def figure(**cells: str | int | None) -> Row:
    """Return one row of the one table; what is not given is blank.

    ``amount`` is read from ``printed`` unless given. A printed cell that is no number keeps a blank amount: it is for
    the audit to say so.
    """
    unknown = set(cells) - set(FIGURE_COLUMNS)
    if unknown:
        raise KeyError(f"no such columns: {sorted(unknown)}")
    row: Row = {column: cells.get(column) for column in FIGURE_COLUMNS}
    if "amount" not in cells:
        row["amount"] = amount_of(str(row["printed"] or ""))
    return row


def amount_of(printed: str) -> str | None:
    """Return the number that a printed cell shows, or None where it is blank or unreadable."""
    try:
        number = parse_number(printed)
    except InputError:
        return None
    return None if number is None else f"{number:f}"


def csv_text(rows: Iterable[Mapping[str, object]], columns: Sequence[str] = FIGURE_COLUMNS) -> str:
    """Return rows as the text of a CSV file, blank for None."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: "" if value is None else value for key, value in row.items()})
    return out.getvalue()


def read_facts(name: str) -> list[dict[str, str]]:
    """Read one CSV of ``data/sources/facts``."""
    with (SOURCES / "facts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_seed(prefix: str) -> list[str]:
    """Read the lines of the seed document whose file name starts with ``prefix``."""
    (path,) = (SOURCES / "seeds").glob(f"{prefix}*")
    return path.read_text(encoding="utf-8").split("\n")
