"""The unit in which a page writes its money: the one that fits, or the one that its reader asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workbench.fiscal import UNITS
from workbench.views.numbers import TOGETHER, number, shown_unit

FITTING: Final = "fitting"
"""The choice of the unit in which a page's amounts read best."""

OFFERED: Final = (FITTING, "KES", "KES million", "KES billion")
"""What the control of a page's unit offers."""

DECIMALS: Final = {"KES": 0, "KES million": 0, "KES billion": 2}


@dataclass(frozen=True)
class Scale:
    """A unit of money on a page.

    Attributes
    ----------
    of_data : str
        The unit as the data call it: ``KES million``.
    decimals : int
        What an amount is shown with.
    """

    of_data: str
    decimals: int

    @property
    def unit(self) -> str:
        """The unit as people read it: ``KSh million``."""
        return shown_unit(self.of_data)

    @property
    def size(self) -> float:
        """The shillings in one of the unit."""
        return float(UNITS[self.of_data])

    def figure(self, amount: float | None) -> str:
        """Write an amount of KES in the unit; unknown is empty."""
        return "" if amount is None else number(amount / self.size, self.decimals)

    def money(self, amount: float) -> str:
        """Write an amount within a sentence, with its unit."""
        currency, *word = self.unit.split()
        return TOGETHER.join([currency, self.figure(amount), *word])


def scale_in(asked: str, fitting: str, decimals: Mapping[str, int] | None = None) -> Scale:
    """Return the scale of a page.

    Parameters
    ----------
    asked : str
        One of :data:`OFFERED`.
    fitting : str
        The unit that is taken where none is asked for.
    decimals : mapping of str to int, optional
        How many a unit has on this page, where not as on others.
    """
    unit = fitting if asked == FITTING else asked
    return Scale(unit, {**DECIMALS, **(decimals or {})}[unit])
