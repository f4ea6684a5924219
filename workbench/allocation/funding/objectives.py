"""What the money is to do: the most weighted funding, the worst-funded first, or nearest to a proposal."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbench.allocation.funding.amounts import Floats
from workbench.errors import Fault, InputError, suggestion

USUAL_STEPS = ((0.25, 1.0), (0.5, 0.75), (0.75, 0.5), (1.0, 0.25))


@dataclass(frozen=True)
class Weighted:
    """Fund as much as possible, each line by its weight, the first part of a request before the last.

    Parameters
    ----------
    steps : sequence of (upto, worth)
        Parts of a request and what a KSh million is worth in each: up to a quarter of the request 1, up to half of it
        0.75, and so on. Worth may not rise. The usual four steps are a convention of the workbench, not a published
        figure.
    """

    steps: Sequence[tuple[float, float]] = USUAL_STEPS

    name = "weighted"

    def __post_init__(self) -> None:
        faults = []
        ends = [float(end) for end, _ in self.steps]
        worth = [float(value) for _, value in self.steps]
        if not ends or any(not 0 < end <= 1 for end in ends) or sorted(set(ends)) != ends or ends[-1] != 1:
            what = "are no parts of a request: they must rise, and end at 1"
            faults.append(Fault(what=what, value=ends, column="steps", remedy="such as (0.5, 1.0), (1.0, 0.5)"))
        if any(not math.isfinite(value) or value < 0 for value in worth) or sorted(worth, reverse=True) != worth:
            what = "are no diminishing returns: what a KSh million is worth may not rise, nor be negative"
            faults.append(Fault(what=what, value=worth, column="steps", remedy="such as (0.5, 1.0), (1.0, 0.5)"))
        if faults:
            raise InputError(faults)


@dataclass(frozen=True)
class Leximin:
    """Raise the lowest funding ratio as far as it goes, then the next lowest, and so on."""

    name = "leximin"


@dataclass(frozen=True, eq=False)
class Nearest:
    """Stay as near to a proposal as the limits allow: the least sum of weighted absolute differences.

    Parameters
    ----------
    proposal : Series or mapping
        One amount a line, in the problem's unit.
    """

    proposal: pd.Series | Mapping[object, float]

    name = "nearest"


Objective = Weighted | Leximin | Nearest


def read_objective(objective: Objective | str) -> Objective:
    """Turn a name into an objective, or raise with the nearest right one."""
    if isinstance(objective, (Weighted, Leximin, Nearest)):
        return objective
    if objective == "weighted":
        return Weighted()
    if objective == "leximin":
        return Leximin()
    remedy = suggestion(str(objective), ["weighted", "leximin"])
    if objective == "nearest":
        remedy = "write objective=Nearest(proposal), with the proposal to stay near to"
    raise InputError(Fault(what="is no objective that stands alone", value=objective, remedy=remedy))


@dataclass(frozen=True, eq=False)
class Segments:
    """What money for each line is worth: a concave function, linear in pieces.

    Attributes
    ----------
    width : ndarray
        ``(k, n)`` KSh millions: how long each of k pieces is; they add up to the request.
    worth : ndarray
        ``(k, n)`` what a KSh million is worth in each piece; never rising along k.
    base : float
        The value of awarding nothing.
    """

    width: Floats
    worth: Floats
    base: float = 0.0

    def value(self, awards: Floats) -> float:
        """Return what awards ``(n,)`` in KSh millions are worth together."""
        return self.base + float((self.filled(awards) * self.worth).sum())

    def filled(self, awards: Floats) -> Floats:
        """Return how far awards ``(n,)`` fill each piece ``(k, n)``, the first piece first."""
        before = np.cumsum(self.width, axis=0) - self.width
        return np.clip(awards - before, 0, self.width)

    def slopes(self, awards: Floats, near: float) -> tuple[Floats, Floats]:
        """Return what one more, and one less, is worth to each line ``(n,)`` at these awards.

        Where nothing more can be given it is ``-inf``, where nothing can be taken ``inf``.
        """
        filled = self.filled(awards)
        more = np.where(self.width - filled > near, self.worth, -np.inf).max(axis=0)
        less = np.where(filled > near, self.worth, np.inf).min(axis=0)
        return more, less

    def room(self, awards: Floats, near: float) -> tuple[Floats, Floats]:
        """Return how far each award ``(n,)`` can rise, and fall, before its worth changes; 0 where it cannot."""
        filled = self.filled(awards)
        before = np.cumsum(self.width, axis=0) - self.width
        up = np.where(self.width - filled > near, before + self.width - awards, np.inf).min(axis=0)
        down = np.where(filled > near, awards - before, np.inf).min(axis=0)
        return np.where(np.isfinite(up), up, 0.0), np.where(np.isfinite(down), down, 0.0)


def weighted_segments(request: Floats, weights: Floats, steps: Sequence[tuple[float, float]]) -> Segments:
    """Return the pieces of :class:`Weighted`: step k is worth ``weight x worth_k`` a KSh million."""
    ends = np.array([end for end, _ in steps])
    reach = ends[:, None] * request
    width = np.diff(reach, axis=0, prepend=0.0)
    return Segments(width=width, worth=np.array([worth for _, worth in steps])[:, None] * weights)


def nearest_segments(request: Floats, weights: Floats, proposal: Floats) -> Segments:
    """Return the pieces of :class:`Nearest`: worth the weight up to the proposal, minus the weight beyond it."""
    upto = np.minimum(proposal, request)
    return Segments(
        width=np.stack([upto, request - upto]),
        worth=np.stack([weights, -weights]),
        base=-float((weights * proposal).sum()),
    )
