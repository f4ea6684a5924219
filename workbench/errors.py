"""Errors for people: what happened, where, and how to mend it.

Every fault of an input is gathered before anything is raised, so that a reader mends a file once, not once a fault.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong with an input.

    Parameters
    ----------
    what : str
        What is wrong, in a clause that needs no other context ("is no number").
    file, sheet, row, column, value : str or int, optional
        Where it stands and what stands there. ``row`` is the line that a spreadsheet shows, from 1.
    remedy : str, optional
        How to mend it: what is allowed, or the nearest right name.
    """

    what: str
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: object = None
    remedy: str | None = None

    @property
    def where(self) -> str:
        """The place, as a person would say it: ``claims.csv, row 3, column amount``."""
        parts = [self.file] if self.file else []
        parts += [f"sheet {self.sheet}"] if self.sheet else []
        parts += [f"row {self.row}"] if self.row is not None else []
        parts += [f"column {self.column}"] if self.column else []
        return ", ".join(parts)

    def __str__(self) -> str:
        value = f"'{self.value}' " if self.value is not None else ""
        place = f"{self.where}: " if self.where else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{place}{value}{self.what}{remedy}"


class WorkbenchError(Exception):
    """Whatever the workbench refuses, with every fault it found.

    Attributes
    ----------
    faults : tuple of Fault
        All of them, in the order of the input; never empty.
    """

    def __init__(self, faults: Fault | str | Iterable[Fault], *, summary: str | None = None) -> None:
        if isinstance(faults, str):
            faults = Fault(what=faults)
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        if not self.faults:
            raise ValueError("an error without a fault says nothing")
        self.summary = summary
        super().__init__(self._text())

    def _text(self) -> str:
        if len(self.faults) == 1 and self.summary is None:
            return str(self.faults[0])
        head = self.summary or f"{len(self.faults)} faults"
        return "\n".join([f"{head}:", *(f"  - {fault}" for fault in self.faults)])


class InputError(WorkbenchError):
    """A file, table or value given by a user cannot be used as it is."""


class UnknownNameError(WorkbenchError):
    """A name that is not among those known: a package, a year, a county, a rule."""


class LabelError(WorkbenchError):
    """Labels of two tables do not align."""


class InfeasibleError(WorkbenchError):
    """Limits that cannot hold together."""


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.5) -> str | None:
    """Return the known name most like ``name``, letter case aside, or None where none is near."""
    folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(str(name).casefold(), list(folded), n=1, cutoff=cutoff)
    return folded[close[0]] if close else None


def suggestion(name: str, known: Sequence[str]) -> str:
    """Say how to mend an unknown name: the nearest right one, or the whole list where it is short."""
    if not known:
        return "there is none"
    near = nearest(name, known)
    if near is not None:
        return f"did you mean '{near}'?"
    shown = ", ".join(known[:12])
    return f"known: {shown}" + (f" and {len(known) - 12} more" if len(known) > 12 else "")


def unknown_name(kind: str, name: str, known: Iterable[str], *, file: str | None = None) -> UnknownNameError:
    """Build the error for a name that is not known, with the nearest right one.

    Parameters
    ----------
    kind : str
        What the name was to name: ``package``, ``financial year``, ``county``.
    name : str
        The name as given.
    known : iterable of str
        All names that would have done.
    """
    return UnknownNameError(
        Fault(what=f"is no known {kind}", value=name, file=file, remedy=suggestion(name, list(known)))
    )
