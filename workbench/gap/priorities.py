"""Priorities that a plan prints, and which line serves which: ranks for funding too little money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from workbench.errors import Fault, InputError, LabelError, suggestion
from workbench.results import source_table

Unlisted = Literal["refuse", "last"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Priorities:
    """A list of priorities and the lines that serve them; what :meth:`workbench.gap.Gap.fund` ranks lines by.

    Attributes
    ----------
    names : tuple of str
        The priorities, first to last.
    serves : mapping of str to str
        The priority that a line serves, by line.
    unlisted : {"refuse", "last"}
        Whether a line that serves none is refused, or ranks after all that do.
    sources : DataFrame
        ``source``, ``locator``, ``mark`` of the list.
    """

    names: tuple[str, ...]
    serves: Mapping[str, str]
    unlisted: Unlisted
    sources: pd.DataFrame

    def ranks(self, lines: Sequence[str]) -> dict[str, int]:
        """Return the rank of every line, 1 first.

        Raises
        ------
        LabelError
            With every name that is no line or no priority, and every line that serves none where that is refused.
        """
        faults = [
            Fault(what="is no line of this gap", value=line, remedy=suggestion(line, list(lines)))
            for line in self.serves if line not in lines
        ]  # fmt: skip
        faults += [
            Fault(what=f"is no priority of the list ('{line}' is to serve it)", value=name,
                  remedy=suggestion(name, list(self.names)))
            for line, name in self.serves.items() if name not in self.names
        ]  # fmt: skip
        without = self.without(lines)
        if self.unlisted == "refuse":
            remedy = "name the priority that it serves, or give unlisted='last'"
            faults += [Fault(what="serves no priority", value=line, remedy=remedy) for line in without]
        if faults:
            raise LabelError(faults)
        last = len(self.names) + 1
        return {line: last if line in without else self.names.index(self.serves[line]) + 1 for line in lines}

    def without(self, lines: Sequence[str]) -> list[str]:
        """Return the lines that serve none."""
        return [line for line in lines if line not in self.serves]

    def notes(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Say whose order the ranks are, and which lines have none."""
        order = "; ".join(f"{place} {name}" for place, name in enumerate(self.names, start=1))
        said = f"The priorities stand in the order in which the list gives them ({order})"
        told = [f"{said}; which line serves which is the user's own reading."]
        without = self.without(lines)
        if without:
            told.append(f"Ranked after all priorities, for they serve none: {', '.join(without)}.")
        return tuple(told)


def priorities_of(table: pd.DataFrame, serves: Mapping[str, str], *, unlisted: Unlisted = "refuse") -> Priorities:
    """Rank the lines of a gap by a list of priorities.

    Parameters
    ----------
    table : DataFrame
        The list, such as ``package.table("national_priorities")``: ``number``, ``priority``, and where it stands.
    serves : mapping of str to str
        The priority that a line serves, by line. No plan prints this: it is the user's to say.
    unlisted : {"refuse", "last"}
        What becomes of a line that serves none.

    Raises
    ------
    InputError
        For a list without its columns, one that names a priority twice, and another word for ``unlisted``.
    """
    columns = [str(column) for column in table.columns]
    faults = [
        Fault(what="is missing from the priorities", column=name, remedy=suggestion(name, columns))
        for name in ("number", "priority") if name not in table
    ]  # fmt: skip
    if not faults:
        twice = table.loc[table["priority"].duplicated(), "priority"]
        faults += [Fault(what="stands in the list of priorities twice", value=name) for name in twice]
    if unlisted not in ("refuse", "last"):
        faults.append(Fault(what="is no way to treat a line without a priority", value=unlisted,
                            remedy="'refuse' or 'last'"))  # fmt: skip
    if faults:
        raise InputError(faults)
    ordered = table.sort_values("number", kind="stable")
    named = {"source", "locator", "mark"} <= set(columns)
    return Priorities(
        names=tuple(str(name) for name in ordered["priority"]),
        serves=dict(serves),
        unlisted=unlisted,
        sources=source_table(ordered) if named else source_table(),
    )
