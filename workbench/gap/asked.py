"""What is asked of a gap: levels, a basis and a financial year, checked before any figure is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from workbench.errors import Fault, InputError, UnknownNameError, WorkbenchError, unknown_name
from workbench.fiscal import FiscalYear
from workbench.gap.checks import Checks
from workbench.gap.sides import KEYS

BASES = ("as_computed", "as_printed")
YEAR = "financial year of these figures"
"""What messages call a year that is asked for."""


def check_levels(by: str | Sequence[str]) -> tuple[str, ...]:
    """Return the levels, each a known one and once, ``financial_year`` aside."""
    checks = Checks()
    levels = tuple(dict.fromkeys(checks.names(by, "by")))
    checks.known(levels, "known level", (*KEYS, "financial_year"))
    checks.raise_any(kind=UnknownNameError)
    return tuple(level for level in levels if level != "financial_year")


def asked_faults(by: str | Sequence[str] | None, basis: str) -> list[Fault]:
    """Return a fault for each level that is none, and for a basis that is none."""
    faults: list[Fault] = []
    try:
        check_levels(by or ())
    except UnknownNameError as refusal:
        faults += refusal.faults
    return faults if basis in BASES else [*faults, *unknown_name("basis", basis, BASES).faults]


def year_faults(financial_year: str | FiscalYear | None, known: Collection[str]) -> list[Fault]:
    """Return the faults of what is no financial year, or one that the figures do not have."""
    if financial_year is None:
        return []
    try:
        asked = str(FiscalYear(financial_year))
    except InputError as refusal:
        return list(refusal.faults)
    return [] if asked in known else list(unknown_name(YEAR, asked, sorted(known)).faults)


@contextmanager
def told_together(faults: Sequence[Fault]) -> Iterator[None]:
    """Raise faults that are known already together with those of what is refused inside.

    Raises
    ------
    WorkbenchError
        Of the kind that is raised inside, :class:`UnknownNameError` where nothing is; nothing without a fault.
    """
    try:
        yield
    except WorkbenchError as refusal:
        if not faults:
            raise
        raise type(refusal)([*refusal.faults, *faults], summary=refusal.summary) from refusal
    if faults:
        raise UnknownNameError(faults)
