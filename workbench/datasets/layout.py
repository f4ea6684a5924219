"""A layout says how a table is to be read: which columns are keys, which are amounts, what adds up to what."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from workbench.datasets.safe_pattern import MOST_REPEATS, may_hang
from workbench.datasets.yaml_file import read_yaml
from workbench.errors import unknown_name
from workbench.fiscal import UNITS, FiscalYear

SHIPPED = Path(__file__).with_name("layouts")
UNITLESS = ("percent", "count", "ratio")


def _known_unit(unit: str) -> str:
    if unit not in UNITS and unit not in UNITLESS:
        raise ValueError(f"'{unit}' is no known unit; known: {', '.join([*UNITS, *UNITLESS])}")
    return unit


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"'{text}' is no regular expression: {error}") from error
    if may_hang(text):
        raise ValueError(
            f"'{text}' may take for ever: a repeated bracket must hold no repetition or choice, "
            f"and a pattern at most {MOST_REPEATS} of * and +; remedy: write it without, such as '^total'"
        )
    return text


def _year(text: str) -> str:
    return str(FiscalYear(text))


Unit = Annotated[str, AfterValidator(_known_unit)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Year = Annotated[str, AfterValidator(_year)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AmountColumn(_Part):
    """A column of amounts, and what they stand for."""

    column: str
    stage: str | None = None
    basis: str | None = None
    economic_class: Literal["recurrent", "development", "total"] | None = None
    unit: Unit | None = None
    financial_year: Year | None = None


class TotalRows(_Part):
    """Rows that are totals: those whose cell in ``column`` equals or matches a text; without a column, the label.

    A row of a level adds up the rows of lower levels since the last row of its own level or a higher one.
    """

    column: str | None = None
    equals: str | None = None
    matches: Pattern | None = None
    level: int = Field(default=1, ge=1, le=9)

    @model_validator(mode="after")
    def _one_of_both(self) -> TotalRows:
        if (self.equals is None) == (self.matches is None):
            raise ValueError("needs either 'equals' or 'matches'")
        return self


class DerivedColumn(_Part):
    """A column that is the sum, the difference or the ratio of others."""

    column: str
    sum: tuple[str, ...] | None = None
    difference: tuple[str, str] | None = None
    ratio: tuple[str, str] | None = None
    share_of_total: str | None = None

    @model_validator(mode="after")
    def _one_of_all(self) -> DerivedColumn:
        given = [name for name in ("sum", "difference", "ratio", "share_of_total") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("needs exactly one of 'sum', 'difference', 'ratio' and 'share_of_total'")
        return self


class DifferenceRow(_Part):
    """A row that is one row less another: a deficit."""

    row: str
    of: tuple[str, str]


class ParentRow(_Part):
    """A row that adds up the rows right below it, through another: rows as the spreadsheet counts them."""

    row: int = Field(ge=1)
    through: int = Field(ge=2)


class Layout(_Part):
    """How to read a table.

    Attributes
    ----------
    title : str
        What kind of table it is for.
    sheet : str, optional
        The sheet of a workbook; without it, every visible sheet that has the columns.
    heading_row : int, optional
        The row of the (last) heading as the spreadsheet counts; without it, it is looked for.
    table : str, optional
        The column that names the printed table.
    row, source, locator : str, optional
        The columns that number a row and say where it stands; without them, the row of the sheet.
    label : list of str
        The columns that name a row, the first filled one first.
    keys : list of str
        Further columns that are no amounts.
    group : list of str
        Columns whose values together set printed tables apart: totals add up rows of their own group only.
    unit, financial_year : str, optional
        Of all amounts that say nothing else.
    amounts : list
    totals : list
    totals_stand : str
        ``below`` the rows that they add up, or ``above`` them.
    sections : bool
        Whether a row without amounts opens a section, and the lowest totals add up rows of their own section only.
    parents : list
        Rows that add up the rows right below them, whatever stands below those.
    memos : list of str
        Labels of rows that no sum adds up: ``of which: teachers``.
    derived : list
    differences : list
        Rows that are the difference of two others.
    """

    title: str = ""
    sheet: str | None = None
    heading_row: int | None = Field(default=None, ge=1)
    table: str | None = None
    row: str | None = None
    source: str | None = None
    locator: str | None = None
    label: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    unit: Unit | None = None
    financial_year: Year | None = None
    amounts: tuple[AmountColumn, ...] = Field(min_length=1)
    totals: tuple[TotalRows, ...] = ()
    totals_stand: Literal["below", "above"] = "below"
    sections: bool = False
    parents: tuple[ParentRow, ...] = ()
    memos: tuple[str, ...] = ()
    derived: tuple[DerivedColumn, ...] = ()
    differences: tuple[DifferenceRow, ...] = ()

    @model_validator(mode="after")
    def _derived_from_amounts(self) -> Layout:
        amounts = [one.column for one in self.amounts]
        for derived in self.derived:
            for name in (derived.column, *_parts(derived)):
                if name not in amounts:
                    raise ValueError(f"'{name}' is derived or derived from, and so must stand under 'amounts'")
        return self

    @property
    def columns(self) -> list[str]:
        """Every column that the layout names, each once."""
        derived = [name for one in self.derived for name in (one.column, *_parts(one))]
        totals = [one.column for one in self.totals if one.column is not None]
        named = [name for name in (self.table, self.row, self.source, self.locator) if name]
        amounts = [one.column for one in self.amounts]
        return list(dict.fromkeys([*named, *self.label, *self.keys, *self.group, *totals, *amounts, *derived]))


def _parts(derived: DerivedColumn) -> tuple[str, ...]:
    share = (derived.share_of_total,) if derived.share_of_total else ()
    return (*(derived.sum or ()), *(derived.difference or ()), *(derived.ratio or ()), *share)


def layout_names() -> list[str]:
    """Return the names of the layouts that come with the workbench."""
    return sorted(path.stem for path in SHIPPED.glob("*.yaml"))


def read_layout(layout: str | os.PathLike[str]) -> Layout:
    """Read a layout: the name of a shipped one, or a YAML file.

    Raises
    ------
    UnknownNameError
        Where there is none, with the nearest name.
    InputError
        With every mistake in the file.
    """
    shipped = SHIPPED / f"{os.fspath(layout)}.yaml"
    if os.fspath(layout) in layout_names():
        return read_yaml(shipped, Layout)
    path = Path(layout)
    if not path.is_file():
        raise unknown_name("layout", os.fspath(layout), layout_names())
    return read_yaml(path, Layout)
