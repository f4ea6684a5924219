"""The measures a second time, slowly and in another way: exact fractions, plain loops, sums over joint shares."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction

Rows = list[tuple[str, str, str]]
"""Crosswalk rows: budget code, plan code, share as text."""
Lines = dict[str, tuple[str, str]]
"""Budget lines: sector and KES as text, by code."""


def linked_money(lines: Lines, rows: Rows) -> dict[tuple[str, str], Fraction]:
    money: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for budget_code, plan_code, share in rows:
        sector, amount = lines[budget_code]
        if plan_code != "unlinked":
            money[sector, plan_code] += Fraction(amount) * Fraction(share)
    return money


def by_plan(money: dict[tuple[str, str], Fraction]) -> dict[str, Fraction]:
    whole: dict[str, Fraction] = defaultdict(Fraction)
    for (_, plan_code), amount in money.items():
        whole[plan_code] += amount
    return whole


def distance(money: dict[tuple[str, str], Fraction], plan: dict[str, Fraction]) -> float:
    budget, planned = by_plan(money), sum(plan.values())
    linked = sum(budget.values())
    return float(sum(abs(budget[code] / linked - amount / planned) for code, amount in plan.items()) / 2)


def mutual_information(money: dict[tuple[str, str], Fraction]) -> tuple[float, float, float]:
    """Return I(s;p), H(s), H(p), from the joint shares (not from conditional entropies, as the package does)."""
    linked = sum(money.values())
    joint = {key: float(amount / linked) for key, amount in money.items() if amount}
    of_sector: dict[str, float] = defaultdict(float)
    of_plan: dict[str, float] = defaultdict(float)
    for (sector, plan_code), part in joint.items():
        of_sector[sector] += part
        of_plan[plan_code] += part
    information = math.fsum(part * math.log(part / (of_sector[s] * of_plan[p])) for (s, p), part in joint.items())
    return information, _entropy(of_sector.values()), _entropy(of_plan.values())


def v_measure(money: dict[tuple[str, str], Fraction]) -> tuple[float, float, float]:
    information, of_sector, of_plan = mutual_information(money)
    homogeneity = information / of_plan if of_plan > 1e-15 else 1.0
    completeness = information / of_sector if of_sector > 1e-15 else 1.0
    both = homogeneity + completeness
    return homogeneity, completeness, 2 * homogeneity * completeness / both if both > 0 else 0.0


def effective_groups(money: dict[tuple[str, str], Fraction], plan_code: str) -> float:
    column = [amount for (_, code), amount in money.items() if code == plan_code and amount]
    whole = sum(column)
    return math.prod(float(amount / whole) ** -float(amount / whole) for amount in column)


def _entropy(parts: object) -> float:
    return -math.fsum(part * math.log(part) for part in parts if part > 0)  # type: ignore[attr-defined]
