"""Write amounts and ratios as sentences need them."""

from __future__ import annotations

import math

from workbench.fiscal import fitting_unit, format_money


def money(amount: float) -> str:
    """Write an amount of KES in the unit that reads best: ``KSh 1,247 million``, ``KSh 2,382.94 billion``."""
    if math.isnan(amount):
        return "an unknown amount"
    return format_money(amount, fitting_unit(amount, billions_from=1e10, millions_from=1e6))


def per_cent(ratio: float) -> str:
    """Write a ratio as per cent with one decimal."""
    return f"{ratio * 100:,.1f} per cent"
