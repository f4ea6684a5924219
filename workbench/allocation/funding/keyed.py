"""Amounts that a user keys by labels (``Roads``, or sector ``Health`` in ``2010/11``), and the lines that they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.allocation.funding.amounts import Floats, numbers
from workbench.allocation.funding.gather import Gathered
from workbench.allocation.funding.lines import AMOUNT, YEAR, Lines, parse_year, spoken
from workbench.allocation.funding.rules import ALL_YEARS, EACH_YEAR
from workbench.errors import WorkbenchError, suggestion

Table = pd.Series | Mapping[object, float] | pd.DataFrame
Given = Table | Sequence[Table] | None


@dataclass(frozen=True, eq=False)
class Keyed:
    """Amounts by label, and which lines each label means.

    Attributes
    ----------
    names : list of str
        One a label, for people.
    amounts : ndarray
        ``(k,)`` as given.
    member : ndarray
        ``(n,)`` for each line the position of the label that means it, -1 where none does.
    """

    names: list[str]
    amounts: Floats
    member: NDArray[np.int64]


def read_keyed(given: Given, lines: Lines, what: str, gathered: Gathered) -> list[Keyed]:
    """Read floors, ceilings or weights.

    Parameters
    ----------
    given : Series, mapping, DataFrame, or several of them
        A Series whose index levels are named like columns of the requests limits the sum of the lines that share those
        values; a mapping, or a Series without names, is keyed by line. The financial year may be ``each year`` (the
        amount holds in every one) or ``all years`` (it holds for all of them together).
    what : str
        What they are, for the messages: ``floor``, ``ceiling``, ``weight``.

    Returns
    -------
    list of Keyed
        One for each table given and each sort of year in it.
    """
    return [
        keyed
        for table in _tables(given)
        for series in _series(table, lines, what, gathered)
        for keyed in _read(series, lines, what, gathered)
    ]


def _tables(given: Given) -> Iterable[Table]:
    if given is None:
        return []
    return [given] if isinstance(given, (pd.Series, pd.DataFrame, Mapping)) else given


def _series(table: Table, lines: Lines, what: str, gathered: Gathered) -> list[pd.Series]:
    """Bring one table into a Series with named levels; none where its levels cannot be right."""
    columns = [str(name) for name in lines.table.columns]
    if isinstance(table, pd.DataFrame):
        if AMOUNT not in table:
            gathered.label(f"is missing in the table of {what}s", AMOUNT)
            return []
        for own in sorted(set(table.get("unit", pd.Series(dtype="object")).astype(str)) - {lines.unit}):
            remedy = f"bring it to {lines.unit}, the unit of this problem"
            gathered.value(f"is another unit than the problem's, in the {what}s", own, column="unit", remedy=remedy)
        unnamed = all(name is None for name in table.index.names)
        frame = table if unnamed else table.reset_index()
        table = frame.set_index([name for name in frame.columns if name in columns])[AMOUNT]
    if isinstance(table, Mapping):
        series = pd.Series(list(table.values()), index=_index(list(table)), dtype="object")
    else:
        series = pd.Series(table.to_numpy(dtype="object", na_value=np.nan), index=table.index)
    if series.empty:
        return []
    if all(name is None for name in series.index.names):
        if series.index.nlevels != len(lines.keys):
            _wrong_depth(series, lines, what, gathered)
            return []
        return [series.rename_axis(list(lines.keys))]
    unknown = [str(name) for name in series.index.names if name not in columns]
    for name in unknown:
        gathered.label(
            f"names a level of the {what}s but no column of the requests", name, remedy=suggestion(name, columns)
        )
    if not unknown and len(lines.years) > 1 and YEAR not in series.index.names:
        remedy = f"add it: a year, '{EACH_YEAR}', or '{ALL_YEARS}' for all of them together"
        if what == "weight":
            return [series]
        gathered.label(f"does not say for which {YEAR}", f"the table of {what}s", remedy=remedy)
        return []
    return [] if unknown else [series]


def _index(labels: list[object]) -> pd.Index:
    tuples = [label for label in labels if isinstance(label, tuple)]
    if tuples and len(tuples) == len(labels) and len({len(label) for label in tuples}) == 1:
        return pd.MultiIndex.from_tuples(tuples)
    return pd.Index(labels, dtype="object", tupleize_cols=False)


def _wrong_depth(series: pd.Series, lines: Lines, what: str, gathered: Gathered) -> None:
    keys = ", ".join(lines.keys)
    remedy = f"a line is named by ({keys})"
    if lines.keys[-1] == YEAR and series.index.nlevels == len(lines.keys) - 1:
        remedy += f"; '{EACH_YEAR}' and '{ALL_YEARS}' may stand for a year"
    for label in series.index:
        gathered.label(f"names no line in the {what}s", label, remedy=remedy)


def _read(series: pd.Series, lines: Lines, what: str, gathered: Gathered) -> list[Keyed]:
    levels = [str(name) for name in series.index.names]
    columns = {level: series.index.get_level_values(at).to_numpy(dtype="object") for at, level in enumerate(levels)}
    amounts = series.to_numpy(dtype="object")
    if YEAR not in levels:
        return [_match(columns, amounts, lines, what, gathered)]
    years = np.array(_years(columns[YEAR].tolist(), what, gathered), dtype="object")
    pooled, each = years == ALL_YEARS, years == EACH_YEAR
    spread = lines.years if each.any() else ()
    rows = np.concatenate([np.flatnonzero(~pooled & ~each), *(np.flatnonzero(each) for _ in spread)])
    dated = {level: values[rows] for level, values in {**columns, YEAR: years}.items()}
    dated[YEAR][len(rows) - int(each.sum()) * len(spread) :] = np.repeat(spread, int(each.sum()))
    across = {level: values[pooled] for level, values in columns.items() if level != YEAR}
    parts = [(dated, amounts[rows]), (across, amounts[pooled])]
    return [_match(part, given, lines, what, gathered) for part, given in parts if len(given)]


def _years(values: list[object], what: str, gathered: Gathered) -> list[str]:
    spelled: dict[object, str] = {EACH_YEAR: EACH_YEAR, ALL_YEARS: ALL_YEARS}
    for value in dict.fromkeys(values):
        if value in spelled:
            continue
        try:
            spelled[value] = parse_year(value)
        except WorkbenchError:
            remedy = f"write 2009/10, '{EACH_YEAR}' or '{ALL_YEARS}'"
            gathered.label(f"is no financial year, in the {what}s", value, remedy=remedy)
            spelled[value] = str(value)
    return [spelled[value] for value in values]


def _match(
    columns: dict[str, NDArray[np.object_]], given: NDArray[np.object_], lines: Lines, what: str, gathered: Gathered
) -> Keyed:
    levels = list(columns)
    if not levels:
        amounts = numbers(given, ["all lines"], what, gathered)
        return Keyed(["all lines"], amounts, np.zeros(len(lines), dtype="int64"))
    by_line = levels == list(lines.keys)
    wanted = list(zip(*(values.tolist() for values in columns.values()), strict=True))
    position: dict[object, int] = {}
    repeated = [at for at, label in enumerate(wanted) if position.setdefault(label, at) != at]
    member = np.array([position.get(label, -1) for label in lines.labelled(tuple(levels))], dtype="int64")
    names = _names(levels, wanted, member if by_line else None, lines)
    amounts = numbers(given, names, what, gathered)
    for name in dict.fromkeys(names[at] for at in repeated):
        gathered.label(f"stands twice in the {what}s", name, remedy="keep one")
    met = set(member.tolist())
    missing = [at for at in position.values() if at not in met]
    if missing:
        spellings = list(dict.fromkeys(spoken(levels, label) for label in lines.labelled(tuple(levels))))
    for at in missing:
        remedy = suggestion(spoken(levels, wanted[at]), spellings)
        gathered.label(f"has a {what} but no request", names[at], remedy=remedy)
    return Keyed(names, amounts, member)


def _names(
    levels: list[str], labels: Sequence[tuple[object, ...]], member: NDArray[np.int64] | None, lines: Lines
) -> list[str]:
    """Name each label; those of single lines as the lines themselves are named."""
    kinds = not set(lines.keys) <= {*levels}
    if member is None:
        return [spoken(levels, label, kinds=kinds) for label in labels]
    line_of = {label: line for line, label in enumerate(member.tolist()) if label >= 0}
    return [lines.names[line_of[at]] if at in line_of else spoken(levels, label) for at, label in enumerate(labels)]
