"""The lines that ask for money: a labelled table of requests, checked, in KSh millions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.allocation.funding.amounts import UNIT, Floats, numbers, to_millions
from workbench.allocation.funding.gather import Gathered
from workbench.errors import Fault, InputError, LabelError, WorkbenchError, suggestion
from workbench.fiscal import UNITS, FiscalYear
from workbench.results import SOURCE_COLUMNS

YEAR = "financial_year"
AMOUNT = "amount"
_USUAL_KEYS = ("programme", YEAR)
_NOT_ATTRIBUTES = frozenset({AMOUNT, "unit", "printed", "table", "row", *SOURCE_COLUMNS})


@dataclass(frozen=True, eq=False)
class Lines:
    """Who asks for how much.

    Attributes
    ----------
    keys : tuple of str
        The columns whose values name a line: ``("programme", "financial_year")``.
    table : DataFrame
        ``(n, ...)``: the keys and the attributes (sector, economic_class, ...), in the order given.
    request : ndarray
        ``(n,)`` KSh millions, 0 or more.
    sources : DataFrame
        ``source``, ``locator``, ``mark`` of the requests, where the table has them.
    unit : str
        The unit in which the problem was put, for amounts that name none themselves.
    """

    keys: tuple[str, ...]
    table: pd.DataFrame
    request: Floats
    sources: pd.DataFrame
    unit: str = UNIT

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def values(self) -> dict[str, NDArray[np.object_]]:
        """The table's columns as plain Python values, which match faster than pandas' strings."""
        return {str(name): self.table[name].to_numpy(dtype="object") for name in self.table.columns}

    @cached_property
    def label(self) -> pd.Index:
        """The lines' labels: an Index, or a MultiIndex where there are several keys."""
        values = [self.values[key] for key in self.keys]
        if len(values) > 1:
            return pd.MultiIndex.from_arrays(values, names=list(self.keys))
        only: pd.Index = pd.Index(values[0], name=self.keys[0], tupleize_cols=False)
        return only

    def labelled(self, levels: tuple[str, ...]) -> list[tuple[object, ...]]:
        """Return each line's values in some columns; a dictionary of them matches faster than pandas' indexes."""
        if levels not in self._labelled:
            self._labelled[levels] = list(zip(*(self.values[level].tolist() for level in levels), strict=True))
        return self._labelled[levels]

    @cached_property
    def _labelled(self) -> dict[tuple[str, ...], list[tuple[object, ...]]]:
        return {}

    @cached_property
    def names(self) -> list[str]:
        """The lines' names for people: ``Roads in 2010/11``."""
        columns = [self.values[key].tolist() for key in self.keys]
        if self.keys == _USUAL_KEYS:
            return [f"{programme} in {year}" for programme, year in zip(*columns, strict=True)]
        return [spoken(self.keys, values) for values in zip(*columns, strict=True)]

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The financial years, in their order; empty where the lines have none."""
        if YEAR not in self.table:
            return ()
        return tuple(sorted(filter(_is_year, dict.fromkeys(self.values[YEAR].tolist())), key=FiscalYear))

    @cached_property
    def year_of(self) -> NDArray[np.int64]:
        """``(n,)`` position of each line's year in :attr:`years`; zeros where there are no years."""
        if not self.years:
            return np.zeros(len(self), dtype="int64")
        return pd.Index(self.years).get_indexer(pd.Index(self.values[YEAR])).astype("int64")


def spoken(levels: Sequence[str], values: Sequence[object], *, kinds: bool = False) -> str:
    """Name a line or a group: ``Roads in 2010/11``, or ``sector Health in 2010/11`` with the kinds of its labels."""
    named = zip(levels, values, strict=True)
    words = [f"{level.replace('_', ' ')} {value}" if kinds else str(value) for level, value in named if level != YEAR]
    years = [str(value) for level, value in zip(levels, values, strict=True) if level == YEAR]
    return " in ".join([part for part in (", ".join(words), *years) if part])


def parse_year(value: object) -> str:
    """Read a financial year into the project's spelling, ``2009/10``."""
    return str(FiscalYear(value if isinstance(value, (str, FiscalYear)) else str(value)))


def _is_year(value: object) -> bool:
    try:
        return parse_year(value) == value
    except WorkbenchError:
        return False


def read_lines(requests: pd.Series | pd.DataFrame, lines: Sequence[str] | None, unit: str, gathered: Gathered) -> Lines:
    """Read the requests.

    Parameters
    ----------
    requests : Series or DataFrame
        A Series indexed by programme (and financial_year), or a long table with a column ``amount``.
    lines : sequence of str, optional
        The columns that name a line; without it a named index, or ``programme`` and ``financial_year``.
    unit : str
        The amounts' unit, where the table has no column ``unit`` of its own.

    Raises
    ------
    InputError, LabelError
        At once where the table has no such shape; faults of single rows are gathered.
    """
    frame = _frame(requests)
    keys = _keys(frame, requests, lines)
    attributes = [name for name in frame.columns if name not in keys and name not in _NOT_ATTRIBUTES]
    table = frame[[*keys, *attributes]].reset_index(drop=True)
    if frame.empty:
        raise InputError(Fault(what="there are no requests: the table has no rows"))
    table = _with_years(table, gathered)
    _check_labels(table, keys, gathered)
    read = Lines(keys=keys, table=table, request=np.zeros(len(table)), sources=_sources(frame), unit=unit)
    amounts = numbers(frame[AMOUNT].reset_index(drop=True), read.names, "request", gathered)
    object.__setattr__(read, "request", _scaled(amounts, frame, unit, read.names, gathered))
    return read


def _frame(requests: object) -> pd.DataFrame:
    if isinstance(requests, pd.Series):
        names = list(requests.index.names)
        if all(name is None for name in names) and len(names) <= len(_USUAL_KEYS):
            requests = requests.rename_axis(list(_USUAL_KEYS[: len(names)]))
        return requests.rename(AMOUNT).reset_index()
    if not isinstance(requests, pd.DataFrame):
        what = f"requests are a {type(requests).__name__}"
        raise InputError(Fault(what=what, remedy="give a pandas Series or a long table with a column amount"))
    named = any(name is not None for name in requests.index.names)
    return requests.reset_index() if named else requests


def _keys(frame: pd.DataFrame, requests: pd.Series | pd.DataFrame, lines: Sequence[str] | None) -> tuple[str, ...]:
    columns = [str(name) for name in frame.columns]
    if lines is not None:
        wanted: tuple[str, ...] = (lines,) if isinstance(lines, str) else tuple(lines)
    elif isinstance(requests, pd.Series) or any(name is not None for name in requests.index.names):
        wanted = tuple(str(name) for name in frame.columns[: requests.index.nlevels])
    else:
        wanted = _USUAL_KEYS if YEAR in columns else _USUAL_KEYS[:1]
    missing = [name for name in dict.fromkeys([*wanted, AMOUNT]) if name not in columns]
    if missing:
        raise LabelError(
            [
                Fault(what="is no column of the requests", value=name, remedy=suggestion(name, columns))
                for name in missing
            ]
        )
    return wanted


def _with_years(table: pd.DataFrame, gathered: Gathered) -> pd.DataFrame:
    if YEAR not in table:
        return table
    spelled = {}
    given = table[YEAR].tolist()
    for value in dict.fromkeys(given):
        try:
            spelled[value] = parse_year(value)
        except WorkbenchError as error:
            gathered.keep(error)
            spelled[value] = str(value)
    return table.assign(**{YEAR: [spelled[value] for value in given]})


def _check_labels(table: pd.DataFrame, keys: tuple[str, ...], gathered: Gathered) -> None:
    for key in keys:
        for at in np.flatnonzero(table[key].isna()).tolist():
            gathered.label("is missing in the requests", f"row {at + 1} of the table", column=key)
    twice = table.duplicated(list(keys))
    if not twice.any():
        return
    repeated = table[twice].drop_duplicates(list(keys))
    remedy = f"add the rows up, or name the columns that tell them apart: lines=[{', '.join(map(repr, keys))}, ...]"
    for values in repeated[list(keys)].itertuples(index=False):
        gathered.label("stands twice in the requests", spoken(keys, list(values)), remedy=remedy)


def _scaled(amounts: Floats, frame: pd.DataFrame, unit: str, names: Sequence[str], gathered: Gathered) -> Floats:
    if "unit" not in frame:
        return to_millions(amounts, unit)
    scaled = np.full(len(amounts), np.nan)
    for own in frame["unit"].drop_duplicates().tolist():
        rows = (frame["unit"] == own).to_numpy() if not pd.isna(own) else frame["unit"].isna().to_numpy()
        if own in UNITS:
            scaled[rows] = to_millions(amounts[rows], own)
            continue
        first = names[int(np.flatnonzero(rows)[0])]
        what = f"has a unit that is not known: '{own}'" if not pd.isna(own) else "has no unit"
        gathered.value(what, first, column="unit", remedy=suggestion(str(own), list(UNITS)))
    return scaled


def _sources(frame: pd.DataFrame) -> pd.DataFrame:
    if not set(SOURCE_COLUMNS) <= {*frame.columns}:
        return pd.DataFrame(columns=list(SOURCE_COLUMNS), dtype="str")
    return frame[list(SOURCE_COLUMNS)].drop_duplicates(ignore_index=True)
