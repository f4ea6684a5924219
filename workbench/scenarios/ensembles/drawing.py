"""Draw the drivers of an ensemble, block by block; a block hangs on nothing but the seed and its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from workbench.errors import Fault, InputError
from workbench.scenarios.ensembles.distributions import Dirichlet, Distribution

Floats = npt.NDArray[np.float64]
Method = Literal["sobol", "latin_hypercube", "random"]
METHODS: Final[tuple[Method, ...]] = ("sobol", "latin_hypercube", "random")

BLOCK: Final = 2**13
"""Draws in a block: a power of two, as a Sobol sequence wants."""

_EDGE: Final = 2.0**-32
"""Chances are held this far from 0 and 1, where a normal quantile would be infinite."""


@dataclass(frozen=True)
class Driver:
    """A parameter that is drawn.

    Attributes
    ----------
    name : str
        Its dotted name; for shares that of the whole.
    distribution : Distribution
    centre : tuple of float
        The scenario's own value, or its shares.
    low, high : float
        Bounds of the parameter, which no draw leaves.
    own : str
        What the model calls it; empty where that is its name.
    year : str
        The one of several years that it is of; empty for all.
    centres : tuple of float
        The scenario's own value in each of several years, where it is drawn once for all of them.
    """

    name: str
    distribution: Distribution
    centre: tuple[float, ...]
    low: float = -np.inf
    high: float = np.inf
    own: str = ""
    year: str = ""
    centres: tuple[float, ...] = ()

    @property
    def width(self) -> int:
        """How many dimensions of the sequence it takes."""
        return len(self.centre) if isinstance(self.distribution, Dirichlet) else 1

    def values(self, chance: Floats) -> Floats:
        """Return drawn values for chances ``(count, width)``: ``(count,)``, or ``(count, parts)`` for shares."""
        if isinstance(self.distribution, Dirichlet):
            return self.distribution.parts(chance, np.array(self.centre))
        drawn = self.distribution.ppf(chance[:, 0])
        return drawn if self.centres else self._around(self.centre[0], drawn)

    def in_year(self, drawn: Floats, place: int) -> Floats:
        """Return what a draw for several years means in one of them."""
        return self._around(self.centres[place], drawn) if self.centres else drawn

    def _around(self, centre: float, drawn: Floats) -> Floats:
        if self.distribution.how == "added":
            drawn = centre + drawn
        elif self.distribution.how == "factor":
            drawn = centre * drawn
        return drawn if self.low == -np.inf and self.high == np.inf else np.clip(drawn, self.low, self.high)


@dataclass(frozen=True)
class Sampler:
    """How the drivers are drawn.

    Attributes
    ----------
    drivers : tuple of Driver
    seed : int
    method : str
        ``sobol`` (scrambled, Owen 1998), ``latin_hypercube`` (McKay, Beckman and Conover 1979) or ``random``.
    normal_correlation : tuple of tuple of float
        The Cholesky factor of the normal scores' correlation; empty where all drivers are independent.
    """

    drivers: tuple[Driver, ...]
    seed: int
    method: Method = "sobol"
    normal_correlation: tuple[tuple[float, ...], ...] = ()

    @property
    def dimensions(self) -> int:
        """How many dimensions the sequence has."""
        return sum(driver.width for driver in self.drivers)

    def chances(self, block: int) -> Floats:
        """Return a block's points, ``(BLOCK, dimensions)``, strictly between 0 and 1."""
        rng = np.random.default_rng(np.random.SeedSequence([self.seed, block]))
        if self.method == "random" or not self.dimensions:
            points = rng.random((BLOCK, self.dimensions))
        elif self.method == "sobol":
            points = qmc.Sobol(self.dimensions, scramble=True, rng=rng).random(BLOCK)
        else:
            points = qmc.LatinHypercube(self.dimensions, rng=rng).random(BLOCK)
        np.clip(points, _EDGE, 1 - _EDGE, out=points)
        if self.normal_correlation:
            points = ndtr(_correlated(ndtri(points), self.normal_correlation))
            np.clip(points, _EDGE, 1 - _EDGE, out=points)
        return np.asarray(points)

    def draw(self, block: int, count: int) -> dict[str, Floats]:
        """Return a block's first draws by driver: ``(count,)``, or ``(count, parts)`` for shares."""
        # One dimension after the other lies together then: every driver reads its own.
        points = np.ascontiguousarray(self.chances(block)[:count].T)
        drawn: dict[str, Floats] = {}
        start = 0
        for driver in self.drivers:
            drawn[driver.name] = driver.values(points[start : start + driver.width].T)
            start += driver.width
        return drawn


def _correlated(scores: Floats, factor: tuple[tuple[float, ...], ...]) -> Floats:
    """Return normal scores times the factor's transpose, added up in one order.

    A library's matrix product adds up in another order on another number of threads: a last digit would differ.
    """
    columns = np.ascontiguousarray(scores.T)
    mixed = np.zeros_like(columns)
    for row, weights in enumerate(factor):
        for column, weight in enumerate(weights):
            if weight:
                mixed[row] += weight * columns[column]
    return mixed.T


def rank_fault(one: str, other: str, rank: float) -> Fault | None:
    """Return what is wrong with a rank correlation of two drivers; None where nothing is."""
    if -1 < rank < 1:
        return None
    what = "is no rank correlation of two different drivers"
    return Fault(what=what, value=f"{one}, {other}: {rank:g}", remedy="between -1 and 1")


def normal_factor(
    names: Sequence[str], rank_correlations: Mapping[tuple[str, str], float]
) -> tuple[tuple[float, ...], ...]:
    """Return the Cholesky factor that gives normal scores some rank correlations; a Gaussian copula.

    Parameters
    ----------
    names : sequence of str
        The drivers, each of one dimension.
    rank_correlations : mapping of pairs to float
        Spearman's, between -1 and 1. Pearson's of the normal scores is 2 sin(pi r / 6) (Pearson 1907).

    Raises
    ------
    InputError
        For a correlation out of its bounds, or correlations that cannot hold together.
    """
    if not rank_correlations:
        return ()
    matrix = np.eye(len(names))
    faults = []
    for (one, other), rank in rank_correlations.items():
        fault = rank_fault(one, other, rank)
        if fault is not None:
            faults.append(fault)
            continue
        first, second = names.index(one), names.index(other)
        matrix[first, second] = matrix[second, first] = 2 * np.sin(np.pi * rank / 6)
    if faults:
        raise InputError(faults)
    try:
        factor = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        said = "; ".join(f"{one} with {other}: {rank:g}" for (one, other), rank in rank_correlations.items())
        remedy = "two drivers that both follow a third must follow each other too"
        raise InputError(
            Fault(what="are rank correlations that cannot hold together", value=said, remedy=remedy)
        ) from None
    return tuple(tuple(row) for row in factor.tolist())
