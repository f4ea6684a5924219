"""The unit of a page's money as a control."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ipywidgets as widgets

from workbench.panels.guard import checked
from workbench.panels.page import select
from workbench.views import text
from workbench.views.scale import FITTING, OFFERED


def unit_select() -> widgets.Dropdown:
    """Return the control that chooses the unit of a page's money."""
    return select(text.CONTROLS["unit"], [(text.UNITS[unit], unit) for unit in OFFERED], FITTING)


def in_every_unit(choices: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Return a page's choices in the unit that fits, and after all of them in the others, for few ask for those."""
    asked = tuple(choices)
    yield from ((*choice, unit) for unit in OFFERED for choice in asked)


def checked_unit(unit: str) -> str:
    """Return a unit that the control offers.

    Raises
    ------
    UnknownNameError
        For any other.
    """
    return checked(unit, OFFERED, "unit")
