"""Problems to try an axiom on, and what every check needs: the rule, the awards, and chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from workbench.allocation.problems import Array

HARD_PROBLEMS: Final = ((1.0, (1.0, 2.0, 9.0, 10.0)), (17.0, (1.0, 2.0, 3.0, 8.0, 10.0)))
"""Problems in which a property breaks that holds in nearly all others (Miras Calvo and others 2023, 2024)."""

Share = Callable[[Array, Array], Array]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Trial:
    """A batch of problems under a rule.

    Attributes
    ----------
    share : callable
        ``share(envelope, claims) -> awards`` on shapes (b,), (b, n) and (b, n).
    envelope, claims : ndarray, shapes (b,) and (b, n)
        The problems.
    chance : numpy.random.Generator
        For whatever a check varies.
    """

    share: Share
    envelope: Array
    claims: Array
    chance: np.random.Generator

    @cached_property
    def awards(self) -> Array:
        """The awards of the problems."""
        return self.share(self.envelope, self.claims)

    @cached_property
    def total(self) -> Array:
        """All claims together, by problem."""
        return np.asarray(self.claims.sum(axis=-1))

    @property
    def n(self) -> int:
        """The number of claimants."""
        return int(self.claims.shape[-1])

    def part(self, whole: Array) -> Array:
        """Draw a quarter, a half, three quarters, all or none of each number, or anything between."""
        steps = self.chance.choice([0.0, 0.25, 0.5, 0.75, 1.0], size=whole.shape)
        return whole * np.where(self.chance.random(whole.shape) < 0.5, steps, self.chance.random(whole.shape))

    def stay(self, at_least: int = 1) -> int:
        """Draw how many claimants stay, at least so many and fewer than all."""
        return int(self.chance.integers(at_least, self.n)) if self.n > at_least else self.n

    def among(self, keep: Flags, envelope: Array, claims: Array) -> Array:
        """Share among those that are kept, row by row; the others have nothing."""
        awards = np.zeros(claims.shape)
        codes = keep @ (1 << np.arange(keep.shape[1]))
        for code in np.unique(codes):
            rows = np.flatnonzero(codes == code)
            columns = np.flatnonzero(keep[rows[0]])
            if len(columns):
                awards[np.ix_(rows, columns)] = self.share(envelope[rows], claims[np.ix_(rows, columns)])
        return awards


def difference(left: Array, right: Array) -> Array:
    """Return the largest difference between two tables, by row."""
    return np.asarray(np.abs(left - right).max(axis=-1, initial=0.0))


def excess(left: Array, right: Array) -> Array:
    """Return by how much ``left`` exceeds ``right`` at most, by row, or 0."""
    return np.asarray(np.maximum(left - right, 0.0).max(axis=-1, initial=0.0))


def where(condition: Flags, violation: Array) -> Array:
    """Keep a violation where its condition holds."""
    return np.where(condition, violation, 0.0)


def ascending(trial: Trial) -> tuple[npt.NDArray[np.int64], Array]:
    """Return each row's order by claims and the claims in that order."""
    order = np.argsort(trial.claims, axis=-1, kind="stable")
    return order, np.take_along_axis(trial.claims, order, -1)


def problems(share: Share, *, sizes: tuple[int, ...], count: int, seed: int) -> Iterator[Trial]:
    """Yield batches of problems in which properties break: small, equal and empty claims, wide ranges.

    Parameters
    ----------
    share : callable
        The rule.
    sizes : tuple of int
        Numbers of claimants.
    count : int
        Problems a size.
    seed : int
        The same seed gives the same problems.
    """
    for n in sizes:
        chance = np.random.default_rng([seed, n])
        top = chance.choice([2, 4, 12, 30], size=(count, 1))
        claims = np.floor(chance.random((count, n)) * (top + 1))
        wide = chance.random(count) < 0.2
        claims[wide] = np.round(np.exp(chance.normal(1.0, 1.5, size=(int(wide.sum()), n))), 2)
        total = claims.sum(axis=-1)
        kind = chance.random(count)
        envelope = np.where(kind < 0.6, np.floor(total * chance.random(count)), total * chance.random(count))
        envelope = np.where(kind > 0.92, total * chance.choice([0.0, 0.5, 1.0], size=count), envelope)
        for known_envelope, known_claims in HARD_PROBLEMS:
            if len(known_claims) == n and count >= 10:
                envelope[0], claims[0] = known_envelope, known_claims
        yield Trial(share, envelope, claims, chance)
