"""What the one table's schema cannot say: years that follow each other, parents that exist, amounts of a sane size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from workbench.datasets.check import Records
from workbench.errors import Fault, InputError
from workbench.fiscal import UNITS, FiscalYear

LARGEST: Final = 1e15
"""KES; some two hundred of Kenya's national budgets. What is larger has digits too many or the wrong unit."""


def check_figures(records: Records, file: str) -> list[Fault]:
    """Return every row of the one table whose year, parent or amount cannot be.

    Parameters
    ----------
    records : dict of dict
        The cells by row and column.
    file : str
        What the table is called in the faults.
    """
    return [*_years(records, file), *_parents(records, file), *_amounts(records, file)]


def _years(records: Records, file: str) -> Iterator[Fault]:
    for number, record in records.items():
        if year := record.get("financial_year"):
            try:
                FiscalYear(year)
            except InputError as refused:
                (fault,) = refused.faults
                yield Fault(what=fault.what, file=file, row=number, column="financial_year", value=year,
                            remedy=fault.remedy)  # fmt: skip


def _parents(records: Records, file: str) -> Iterator[Fault]:
    rows = {(record.get("table"), record.get("row")) for record in records.values()}
    for number, record in records.items():
        parent = record.get("parent")
        if parent and (record.get("table"), parent) not in rows:
            yield Fault(what=f"is no row of table '{record.get('table')}'", file=file, row=number, column="parent",
                        value=parent, remedy="name the row that this one adds up to, or leave it blank")  # fmt: skip


def _amounts(records: Records, file: str) -> Iterator[Fault]:
    for number, record in records.items():
        amount, size = record.get("amount"), UNITS.get(record.get("unit", ""))
        if not amount or size is None:
            continue
        try:
            value = float(amount)
        except ValueError:
            continue  # told as no number
        if abs(value) * size > LARGEST:
            yield Fault(what=f"is more than KSh {LARGEST:,.0f}", file=file, row=number, column="amount", value=amount,
                        remedy=f"look for digits too many, or another unit than {record['unit']}")  # fmt: skip
