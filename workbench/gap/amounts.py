"""Write amounts and ratios as sentences need them."""

from __future__ import annotations

import math

from workbench.fiscal import format_money


def money(amount: float) -> str:
    """Write an amount of KES in the unit that reads best: ``KSh 1,247 million``, ``KSh 2,382.94 billion``."""
    if math.isnan(amount):
        return "an unknown amount"
    size = abs(amount)
    unit = "KES billion" if size >= 1e10 else "KES million" if size >= 1e6 else "KES"
    return format_money(amount, unit)


def per_cent(ratio: float) -> str:
    """Write a ratio as per cent with one decimal."""
    return f"{ratio * 100:,.1f} per cent"
