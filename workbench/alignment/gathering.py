"""Gather the faults of several files, so that all of them are told in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from workbench.errors import Fault, InputError, WorkbenchError

Read = TypeVar("Read")


def faults_of(number: int) -> str:
    """Count faults in words: ``1 fault``, ``3 faults``."""
    return f"{number} fault{'' if number == 1 else 's'}"


def subject_of(kind: str, file: str) -> str:
    """Name a table for a refusal: ``The plan p.csv``, and ``The plan`` where it has no file."""
    return f"The {kind}" if file == kind else f"The {kind} {file}"


class Gathering:
    """The refusals met so far, in the order in which they were met."""

    def __init__(self) -> None:
        self._refusals: list[WorkbenchError] = []

    @property
    def sound(self) -> bool:
        """Whether nothing has been refused so far."""
        return not self._refusals

    def attempt(self, work: Callable[[], Read]) -> Read | None:
        """Do something; where it is refused keep the refusal, and return None."""
        try:
            return work()
        except WorkbenchError as refusal:
            self._refusals.append(refusal)
            return None

    def add(self, faults: Iterable[Fault], subject: str) -> None:
        """Keep the faults of one subject, such as ``The plan p.csv``; none where there are none."""
        found = list(faults)
        if found:
            self._refusals.append(InputError(found, summary=f"{subject} has {faults_of(len(found))}"))

    def keep(self, refusals: Iterable[WorkbenchError]) -> None:
        """Keep refusals that were met elsewhere."""
        self._refusals += refusals

    def take(self, other: Gathering) -> None:
        """Keep what another gathering holds too."""
        self._refusals += other._refusals

    def refuse(self) -> None:
        """Raise what was gathered: a single refusal as it is, several as one with every fault.

        Raises
        ------
        WorkbenchError
            Where anything was refused.
        """
        if len(self._refusals) == 1:
            raise self._refusals[0]
        if self._refusals:
            faults = [fault for refusal in self._refusals for fault in refusal.faults]
            raise InputError(faults, summary=f"The input has {faults_of(len(faults))}")
