"""Gather the faults of several inputs, so that a reader mends all of them at once."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from workbench.errors import Fault, InputError, WorkbenchError


class Gathered:
    """Holds back what is refused inside each ``with`` until :meth:`raise_faults`.

    Examples
    --------
    >>> gathered = Gathered()
    >>> with gathered:
    ...     raise InputError("the form is torn")
    >>> with gathered:
    ...     raise InputError("the year is none")
    >>> len(gathered.refused)
    2
    """

    def __init__(self) -> None:
        self.refused: list[WorkbenchError] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, WorkbenchError):
            self.refused.append(error)
            return True
        return False

    def add(self, faults: list[Fault]) -> None:
        """Hold back faults that were found without being raised."""
        if faults:
            self.refused.append(InputError(faults))

    def raise_faults(self) -> None:
        """Raise what was refused: the one refusal as it was, or several as one."""
        if len(self.refused) == 1:
            raise self.refused[0]
        if self.refused:
            raise InputError([fault for error in self.refused for fault in error.faults])
