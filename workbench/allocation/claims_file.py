"""Claims from a CSV file: a column of claimants, a column of amounts, and whatever else stands beside them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from workbench.errors import Fault, InputError, suggestion
from workbench.fiscal import parse_money, parse_number

LABEL_NAMES: Final = (
    "claimant", "label", "name", "county", "ministry", "sector", "vote", "programme", "sub_programme", "agency",
    "department", "item", "party", "creditor", "id",
)  # fmt: skip
CLAIM_NAMES: Final = (
    "claim", "claims", "amount", "requirement", "requirements", "required", "request", "requested",
    "resource_requirement", "need", "demand", "ask", "bid", "value", "kes",
)  # fmt: skip
_TOTAL: Final = re.compile(r"^(grand|sub|overall|national)?[\s-]*totals?\b(?!\w)", re.IGNORECASE)
LARGEST_FILE: Final = 20_000_000
"""Bytes; a list of claims is never that long."""


@dataclass(frozen=True, eq=False)
class ClaimsFile:
    """Claims by label, and the other columns of the file as text."""

    claims: pd.Series
    others: pd.DataFrame

    def column(self, name: str) -> pd.Series:
        """Return another column as amounts; blank is unknown, a missing column an error with the nearest name."""
        if name not in self.others.columns:
            known = [str(column) for column in self.others.columns]
            raise InputError(
                Fault(what="is no further column of the claims", value=name, remedy=suggestion(name, known))
            )
        faults, amounts = [], []
        for row, text in enumerate(self.others[name], start=2):
            try:
                amounts.append(parse_money(str(text)))
            except InputError as refusal:
                faults.append(Fault(what=refusal.faults[0].what, row=row, column=name, value=text))
        if faults:
            raise InputError(faults)
        return pd.Series(amounts, index=self.claims.index, name=name, dtype="float64")


def read_claims(
    path: str | Path, *, unit: str = "KES", label: str | None = None, amount: str | None = None
) -> ClaimsFile:
    """Read claims from a CSV file.

    Parameters
    ----------
    path : path
        UTF-8, with a heading. Found by name are the column of claimants (``claimant``, ``name``, ``county``,
        ``ministry``, ``programme``, ...) and that of amounts (``claim``, ``amount``, ``requirement``, ``request``,
        ...); where no name fits, the only column of texts and the only column of numbers. A column ``unit`` holds each
        amount's unit.
    unit : str
        Unit of amounts that name none: ``KES``, ``KES million``.
    label, amount : str, optional
        Headings, where the names would not be found.

    Raises
    ------
    InputError
        With every fault of the file at once: row, column, value and what is expected.
    """
    file = Path(path)
    rows = _rows(file)
    heading, body = [cell.strip() for cell in rows[0]], rows[1:]
    faults = [
        Fault(what=f"has {len(row)} cells and the heading {len(heading)}", file=file.name, row=number)
        for number, row in enumerate(body, start=2)
        if len(row) != len(heading)
    ]
    if faults:
        raise InputError(faults)
    table = pd.DataFrame(body, columns=pd.Index(heading), dtype="object")
    named = _label_column(file.name, table, label, amount)
    wanted = _amount_column(file.name, table, named, amount)
    return _assembled(file.name, table, named, wanted, unit)


def is_total(label: str) -> bool:
    """Tell whether a row's name says that it adds up others: paid as a claimant, it would be paid twice."""
    return _TOTAL.match(label.strip()) is not None


def _rows(file: Path) -> list[list[str]]:
    if not file.is_file():
        raise InputError(Fault(what="is no file", value=str(file), remedy="give the path of a CSV file of claims"))
    if file.stat().st_size > LARGEST_FILE:
        raise InputError(Fault(what=f"is larger than {LARGEST_FILE:,} bytes", file=file.name))
    try:
        text = file.read_text(encoding="utf-8-sig")
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(cell.strip() for cell in row)
        ]
    except UnicodeDecodeError:
        raise InputError(Fault(what="is no UTF-8 text", file=file.name, remedy="save it as CSV UTF-8")) from None
    except csv.Error as fault:
        raise InputError(Fault(what=f"is no CSV: {fault}", file=file.name)) from None
    if len(rows) < 2:
        remedy = "give a heading, such as claimant,claim, and a row for each claimant"
        raise InputError(Fault(what="holds no claims", file=file.name, remedy=remedy))
    twice = sorted({cell for cell in rows[0] if rows[0].count(cell) > 1})
    if twice:
        raise InputError([Fault(what="is a heading that occurs twice", value=cell, file=file.name) for cell in twice])
    return rows


def _plain(heading: str) -> str:
    return heading.strip().casefold().replace(" ", "_").replace("-", "_").split("_(")[0]


def _chosen(file: str, table: pd.DataFrame, given: str | None, names: tuple[str, ...]) -> str | None:
    if given is not None:
        if given not in table.columns:
            remedy = suggestion(given, [str(column) for column in table.columns])
            raise InputError(Fault(what="is no heading of the file", value=given, file=file, remedy=remedy))
        return given
    plain = {_plain(str(column)): str(column) for column in reversed(list(table.columns))}
    whole = next((plain[name] for name in names if name in plain), None)
    if whole is not None:
        return whole
    return next((column for key, column in plain.items() if any(part in names for part in key.split("_"))), None)


def _is_number(text: object) -> bool:
    try:
        return parse_number(text) is not None
    except InputError:
        return False


def _label_column(file: str, table: pd.DataFrame, given: str | None, amount: str | None) -> str:
    named = _chosen(file, table, given, LABEL_NAMES)
    if named is not None:
        return named
    texts = [
        str(c) for c in table.columns if c != amount and _plain(str(c)) != "unit" and not any(map(_is_number, table[c]))
    ]
    if len(texts) == 1:
        return texts[0]
    remedy = f"name one of them {', '.join(LABEL_NAMES[:8])} or the like, or say which it is"
    raise InputError(Fault(what="has no column of claimants", file=file, value=", ".join(table.columns), remedy=remedy))


def _amount_column(file: str, table: pd.DataFrame, named: str, given: str | None) -> str:
    rest = table.drop(columns=named)
    wanted = _chosen(file, rest, given, CLAIM_NAMES)
    if wanted is not None:
        return wanted
    numbers = [str(c) for c in rest.columns if any(map(_is_number, rest[c]))]
    if len(numbers) == 1:
        return numbers[0]
    remedy = f"name one of them {', '.join(CLAIM_NAMES[:7])} or the like, or say which it is"
    raise InputError(Fault(what="has no column of claims", file=file, value=", ".join(table.columns), remedy=remedy))


def _assembled(file: str, table: pd.DataFrame, named: str, wanted: str, unit: str) -> ClaimsFile:
    units = next((str(c) for c in table.columns if _plain(str(c)) == "unit"), None)
    faults, amounts, labels = [], [], [str(text).strip() for text in table[named]]
    first_row: dict[str, int] = {}
    for row, (label, text) in enumerate(zip(labels, table[wanted], strict=True), start=2):
        own = str(table[units].iloc[row - 2]).strip() if units else ""
        what, amount = _read_amount(str(text), own or unit)
        amounts.append(amount)
        if what:
            faults.append(Fault(what=what, file=file, row=row, column=wanted, value=str(text) or "blank"))
        if not label:
            faults.append(Fault(what="claimant has no name", file=file, row=row, column=named))
        elif is_total(label):
            what = "is a total and no claimant: it would be paid beside those whom it adds up"
            faults.append(
                Fault(what=what, file=file, row=row, column=named, value=label, remedy="leave rows of totals out")
            )
        elif label in first_row:
            what = f"stands in row {first_row[label]} too"
            remedy = "name each claimant once"
            faults.append(Fault(what=what, file=file, row=row, column=named, value=label, remedy=remedy))
        first_row.setdefault(label, row)
    if faults:
        raise InputError(faults, summary=None if len(faults) == 1 else f"{len(faults)} faults in the claims")
    index = pd.Index(labels, name="claimant")
    others = table.drop(columns=[named, wanted]).set_axis(index)
    return ClaimsFile(pd.Series(amounts, index=index, name="claim", dtype="float64"), others)


def _read_amount(text: str, unit: str) -> tuple[str, float]:
    try:
        amount = parse_money(text, unit)
    except InputError as refusal:
        return str(refusal.faults[0].what), float("nan")
    if amount is None:
        return "is no claim: unknown is not zero", float("nan")
    return ("is a negative claim", amount) if amount < 0 else ("", amount)
