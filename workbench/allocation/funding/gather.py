"""Collect every fault of a funding problem before anything is raised."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.errors import Fault, InputError, LabelError, WorkbenchError

SUMMARY = "The funding problem cannot be used as it is"


@dataclass
class Gathered:
    """The faults found so far, labels that do not align apart from values that cannot be used."""

    labels: list[Fault] = field(default_factory=list)
    values: list[Fault] = field(default_factory=list)

    def label(self, what: str, value: object = None, *, column: str | None = None, remedy: str | None = None) -> None:
        """Note a label that does not align."""
        self.labels.append(Fault(what=what, value=value, column=column, remedy=remedy))

    def value(self, what: str, value: object = None, *, column: str | None = None, remedy: str | None = None) -> None:
        """Note a value that cannot be used."""
        self.values.append(Fault(what=what, value=value, column=column, remedy=remedy))

    def keep(self, error: WorkbenchError) -> None:
        """Keep the faults of an error that a part raised."""
        (self.labels if isinstance(error, LabelError) else self.values).extend(error.faults)

    def raise_any(self) -> None:
        """Raise all that was found: a LabelError where labels alone are at fault, else an InputError."""
        faults = [*self.labels, *self.values]
        if not faults:
            return
        kind = InputError if self.values else LabelError
        raise kind(faults, summary=SUMMARY if len(faults) > 1 else None)
