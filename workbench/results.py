"""What every result of the workbench is made of: tables, parameters, sources and the findings that touch it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final, Literal, get_args

import pandas as pd

from workbench.errors import Fault, suggestion

SOURCE_COLUMNS = ("source", "locator", "mark")

Mark = Literal["certain", "one source", "inferred", "illustrative"]
"""How sure a figure is."""

MARKS: Final[tuple[str, ...]] = get_args(Mark)
"""The marks from the surest to the least sure."""


def mark_fault(mark: object, *, file: str | None = None, row: int | None = None) -> Fault | None:
    """Return the fault of what is no mark, with the nearest right one; None for a mark.

    A misspelt mark would be shown as a surer one than it means: only ``illustrative`` itself warns.
    """
    if mark in MARKS:
        return None
    remedy = suggestion(str(mark), MARKS)
    return Fault(what="is no mark", value=mark, file=file, row=row, column="mark", remedy=remedy)


def source_table(*figures: pd.DataFrame) -> pd.DataFrame:
    """List the sources of some figures, each once, in the order in which they first occur.

    Parameters
    ----------
    *figures : DataFrame
        Tables with the columns ``source``, ``locator`` and ``mark``.

    Returns
    -------
    DataFrame
        Columns ``source``, ``locator``, ``mark``.
    """
    named = [frame[list(SOURCE_COLUMNS)] for frame in figures if not frame.empty]
    if not named:
        return pd.DataFrame(columns=list(SOURCE_COLUMNS), dtype="str")
    return pd.concat(named, ignore_index=True).drop_duplicates(ignore_index=True)


def inferred_in(sources: pd.DataFrame) -> tuple[str, ...]:
    """Name what is inferred among some sources, each once: the document and what stands there.

    Parameters
    ----------
    sources : DataFrame
        ``source``, ``locator``, ``mark``.
    """
    rows = sources[sources["mark"] == "inferred"]
    told = [
        ": ".join(str(part) for part in pair if pd.notna(part) and str(part))
        for pair in zip(rows["source"], rows["locator"], strict=True)
    ]
    return tuple(dict.fromkeys(told))


def illustrative_notes(sources: pd.DataFrame) -> tuple[str, ...]:
    """Say which of some sources are illustrative, in a sentence; nothing where none is.

    Parameters
    ----------
    sources : DataFrame
        ``source``, ``mark``.
    """
    rows = sources[sources["mark"] == "illustrative"]
    if rows.empty:
        return ()
    named = [str(name) for name in rows["source"].drop_duplicates() if pd.notna(name) and name != ""]
    return (f"Illustrative, no published figure{': ' if named else ''}{'; '.join(named)}.",)


@dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    """The common part of every model's result.

    Attributes
    ----------
    parameters : mapping
        What the result was asked for and the settings that it used, by name.
    sources : DataFrame
        ``source``, ``locator``, ``mark`` of every figure that went in.
    findings : DataFrame
        Audit findings that touch the figures used; empty where none does.
    notes : tuple of str
        What a reader must know, in whole sentences.
    """

    parameters: Mapping[str, Any]
    sources: pd.DataFrame
    findings: pd.DataFrame = field(default_factory=pd.DataFrame)
    notes: tuple[str, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """The table that a reader looks at first."""
        raise NotImplementedError

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """All tables by name."""
        return {"result": self.table}

    @property
    def illustrative(self) -> bool:
        """Whether anything that the result stands on is illustrative, and must be shown so."""
        return bool((self.sources["mark"] == "illustrative").any()) if len(self.sources) else False

    @property
    def inferred(self) -> tuple[str, ...]:
        """What the result stands on that was inferred and not published, which must be shown with it."""
        return inferred_in(self.sources)

    def summary(self) -> str:
        """Return what a committee reads first."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """Return the result for a program: plain numbers, texts, lists and dictionaries, None for unknown."""
        raise NotImplementedError

    def _repr_html_(self) -> str:
        warning = "<p><strong>Illustrative: not a published figure.</strong></p>" if self.illustrative else ""
        if self.inferred:
            warning += f"<p><strong>Inferred:</strong> {escape('; '.join(self.inferred))}</p>"
        return f"<p>{self.summary()}</p>{warning}{self.table.to_html(index=False, na_rep='')}"


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Turn a table into a list of plain dictionaries in which unknown is None and numbers are Python's own."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        {str(key): value.item() if hasattr(value, "item") else value for key, value in row.items()}
        for row in plain.to_dict("records")
    ]
