"""What ``workbench align --json`` must say of three CSV files, worked out from their text alone.

Plain Python: the csv module, exact fractions, and logarithms of forty digits. Nothing of the package is used, and the
structure measures come from the mutual information, not from conditional entropies.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

UNITS = {"KES": 1, "KES thousand": 10**3, "KES million": 10**6, "KES billion": 10**9}
DIGITS = 40
Parts = dict[str, Fraction]


@dataclass(frozen=True)
class Answer:
    """KES as exact fractions, measures as decimals; None is unknown."""

    total: Fraction
    linked: Fraction
    unlinked: Fraction
    by_plan: Parts
    orphans: list[str]
    distance: Decimal | None
    homogeneity: Decimal | None
    completeness: Decimal | None
    v_measure: Decimal | None
    effective_groups: dict[str, Decimal | None]


def answer(plan: str, budget: str, crosswalk: str, year: str | None = None, stage: str | None = None) -> Answer:
    """Return what is right for the text of three files."""
    money: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    total = Fraction()
    day = f"{year[:4]}-07-01" if year else None
    shares = defaultdict(list)
    for row in _rows(crosswalk):
        from_there = not row["valid_from"] or day is None or row["valid_from"] <= day
        if from_there and (not row["valid_to"] or day is None or day <= row["valid_to"]):
            shares[row["budget_code"]].append((row["plan_code"], Fraction(row["share"])))
    for row in _rows(budget):
        if row.get("financial_year", year) in (year, "") and row.get("stage", stage) in (stage, ""):
            amount = Fraction(row["amount"]) * UNITS[row["unit"]]
            total += amount
            for code, share in shares[row["budget_code"]]:
                money[row["sector"], code] += share * amount
    unlinked = sum((amount for (_, code), amount in money.items() if code == "unlinked"), Fraction())
    joint = {key: amount for key, amount in money.items() if key[1] != "unlinked" and amount}
    codes = [row["plan_code"] for row in _rows(plan)]
    by_plan = {code: sum((one for (_, at), one in joint.items() if at == code), Fraction()) for code in codes}
    with localcontext() as context:
        context.prec = DIGITS
        return Answer(
            total, total - unlinked, unlinked, by_plan, [code for code in codes if not by_plan[code]],
            _distance(_rows(plan), by_plan), *_v_measure(joint),
            {code: _effective({s: one for (s, at), one in joint.items() if at == code}) for code in codes},
        )  # fmt: skip


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _distance(plan: list[dict[str, str]], by_plan: Parts) -> Decimal | None:
    linked = sum(by_plan.values())
    if not linked or any(not row["amount"] for row in plan):
        return None
    wanted = {row["plan_code"]: Fraction(row["amount"]) * UNITS[row["unit"]] for row in plan}
    whole = sum(wanted.values())
    return _decimal(sum(abs(by_plan[c] / linked - wanted[c] / whole) for c in wanted) / 2) if whole else None


def _v_measure(joint: dict[tuple[str, str], Fraction]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    linked = sum(joint.values())
    if not linked:
        return None, None, None
    sectors: Parts = defaultdict(Fraction)
    plans: Parts = defaultdict(Fraction)
    for (sector, code), amount in joint.items():
        sectors[sector] += amount
        plans[code] += amount
    information = sum(
        (
            _decimal(one / linked) * _decimal(one * linked / (sectors[s] * plans[p])).ln()
            for (s, p), one in joint.items()
        ),
        Decimal(),
    )
    homogeneity = information / _entropy(plans) if len(plans) > 1 else Decimal(1)
    completeness = information / _entropy(sectors) if len(sectors) > 1 else Decimal(1)
    both = homogeneity + completeness
    tiny = Decimal(10) ** (5 - DIGITS)
    return homogeneity, completeness, 2 * homogeneity * completeness / both if both > tiny else Decimal(0)


def _effective(column: Parts) -> Decimal | None:
    return _entropy(column).exp() if sum(column.values()) else None


def _entropy(parts: Parts) -> Decimal:
    whole = sum(parts.values())
    shares = [_decimal(one / whole) for one in parts.values() if one]
    return -sum((share * share.ln() for share in shares), Decimal())


def _decimal(fraction: Fraction) -> Decimal:
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)
