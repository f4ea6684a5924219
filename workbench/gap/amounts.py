"""Write amounts and ratios as sentences need them."""

from __future__ import annotations

import math

from workbench.fiscal import fitting_unit, format_money

MILLION = 1e6
"""Shillings."""


def money(amount: float) -> str:
    """Write an amount of KES in the unit that reads best: ``KSh 1,247 million``, ``KSh 2,382.94 billion``."""
    if math.isnan(amount):
        return "an unknown amount"
    return format_money(amount, _unit(amount))


def _unit(amount: float) -> str:
    return fitting_unit(amount, billions_from=1e10, millions_from=MILLION)


def moneys(*amounts: float) -> list[str]:
    """Write the amounts of one sentence in one unit, in which the smallest of them still reads well.

    Examples
    --------
    >>> moneys(10.02e9, 9.57e9, 450e6)
    ['KSh 10,020 million', 'KSh 9,570 million', 'KSh 450 million']
    """
    sizes = [abs(amount) for amount in amounts if amount and not math.isnan(amount)]
    if not sizes:
        return [money(amount) for amount in amounts]
    unit = _unit(min(sizes)) if max(sizes) < MILLION else _unit(max(min(sizes), MILLION))
    return ["an unknown amount" if math.isnan(amount) else format_money(amount, unit) for amount in amounts]


def per_cent(ratio: float) -> str:
    """Write a ratio as per cent with one decimal."""
    return f"{ratio * 100:,.1f} per cent"
