"""A plain rule that says when something happens: a tree of two questions, found by trying all of them.

Breiman, Friedman, Olshen and Stone (1984): each question is the one that leaves the least impurity (Gini).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_CUTS: Final = 32
_LEAST_SHARE: Final = 0.02
"""A leaf with fewer draws than this is an accident, not a rule."""


@dataclass(frozen=True)
class Question:
    """``driver`` at or below, or above, a number."""

    driver: str
    above: bool
    number: float

    def __str__(self) -> str:
        return f"{self.driver} {'above' if self.above else 'at most'} {_plainly(self.number)}"

    def holds(self, drawn: Mapping[str, Floats]) -> Bools:
        """Return for which draws it holds."""
        over = drawn[self.driver] > self.number
        return np.asarray(over if self.above else ~over)


@dataclass(frozen=True)
class PlainRule:
    """When something happens.

    Attributes
    ----------
    questions : tuple of Question
        All must hold; empty where no question tells the cases apart.
    caught : float
        The share of all cases that the rule catches.
    right : float
        The share of the draws in which the rule holds that are cases.
    """

    questions: tuple[Question, ...]
    caught: float
    right: float

    def __str__(self) -> str:
        if not self.questions:
            return "no plain rule"
        said = " and ".join(map(str, self.questions))
        return f"{said} (holds in {self.caught:.0%} of the cases; right {self.right:.0%} of the time)"


def plain_rule(drawn: Mapping[str, Floats], cases: Bools, *, depth: int = 2) -> PlainRule:
    """Find the plain rule that catches most of some cases and is right most of the time.

    Parameters
    ----------
    drawn : mapping of str to (draws,)
        The drivers.
    cases : (draws,)
        When the thing happens.
    depth : int
        How many questions may be asked.
    """
    held = np.ones(len(cases), dtype=bool)
    questions: list[Question] = []
    for _ in range(depth):
        found = _best(drawn, cases, held)
        if found is None:
            break
        # A second question about the same side of one driver only sharpens the first: they are said as one.
        questions = [*(one for one in questions if (one.driver, one.above) != (found.driver, found.above)), found]
        held &= found.holds(drawn)
    number = int(cases.sum())
    if not questions or not number:
        return PlainRule((), 0.0, 0.0)
    hits = int((held & cases).sum())
    return PlainRule(tuple(questions), hits / number, hits / int(held.sum()))


def _best(drawn: Mapping[str, Floats], cases: Bools, held: Bools) -> Question | None:
    """Return the question whose answer 'yes' holds the purest cases, by the drop of impurity over both answers."""
    inside = cases[held]
    if not inside.any() or inside.all():
        return None
    before = _impurity(inside.mean()) * len(inside)
    least = max(1, int(_LEAST_SHARE * len(cases)))
    best, best_drop = None, before * 0.01
    for name, values in drawn.items():
        of_held = values[held]
        for cut in np.unique(np.quantile(of_held, np.linspace(0, 1, _CUTS + 2)[1:-1])):
            over = of_held > cut
            sizes = (int(over.sum()), int((~over).sum()))
            if min(sizes) < least:
                continue
            rates = (inside[over].mean(), inside[~over].mean())
            drop = before - sizes[0] * _impurity(rates[0]) - sizes[1] * _impurity(rates[1])
            if drop > best_drop:
                best, best_drop = Question(name, bool(rates[0] > rates[1]), float(cut)), drop
    return best


def _plainly(number: float) -> str:
    """Write a number with four digits that count, and never with a power of ten."""
    if number == 0 or abs(number) < 1e-4:
        return f"{number:g}"
    digits = 3 - math.floor(math.log10(abs(number)))
    return f"{round(number, digits):,.{max(digits, 0)}f}".rstrip("0").rstrip(".") if digits > 0 else \
        f"{round(number, digits):,.0f}"  # fmt: skip


def _impurity(rate: float) -> float:
    return 2 * float(rate) * (1 - float(rate))
