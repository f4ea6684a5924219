"""How a driver may turn out: distributions by their quantiles, so that any sequence of points can draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, ClassVar, Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicSpline
from scipy.special import betaincinv, gammaincinv, ndtr, ndtri

from workbench.scenarios.ensembles.mistakes import IN_ORDER, Mistake, Rule, above_nil

Floats = npt.NDArray[np.float64]
How = Literal["value", "added", "factor"]
_FURTHEST_SCORE: Final = 6.4  # beyond the normal score of a chance of 2 to the power of -32
HOWS: Final = ("value", "added", "factor")
TEXTS: Final = ("how", "reference")
"""The parameters that are no numbers."""


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """What all distributions have.

    Attributes
    ----------
    how : str
        What a drawn number is: the ``value`` itself, ``added`` to the scenario's value, or a ``factor`` on it.
    reference : str
        Where the distribution comes from; without one it is an assumption.
    """

    kind: ClassVar[str]
    rules: ClassVar[tuple[Rule, ...]] = ()
    how: How = "value"
    reference: str = ""

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances strictly between 0 and 1, of the same shape."""
        raise NotImplementedError

    @classmethod
    def mistakes(cls, values: Mapping[str, Any]) -> list[Mistake]:
        """Return what is wrong with parameters, of those that could be read."""
        return [rule.mistake(values) for rule in cls.rules if rule.is_broken(values)]

    def to_dict(self) -> dict[str, Any]:
        """Return the distribution for a record."""
        written: dict[str, Any] = {"distribution": self.kind}
        for one in fields(self):
            value = getattr(self, one.name)
            # One way to write a number, so that 0 and 0.0 are one distribution.
            if isinstance(value, tuple):
                written[one.name] = [float(number) for number in value]
            else:
                written[one.name] = value if isinstance(value, str) else float(value)
        return written


@dataclass(frozen=True, kw_only=True)
class Normal(Distribution):
    """A bell around ``mean`` with the standard deviation ``sd``."""

    kind: ClassVar[str] = "normal"
    rules: ClassVar[tuple[Rule, ...]] = (above_nil("sd"),)
    mean: float
    sd: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        return np.asarray(self.mean + self.sd * ndtri(chance))


@dataclass(frozen=True, kw_only=True)
class Lognormal(Distribution):
    """A quantity above nil with the ``median``, whose logarithm has the standard deviation ``sigma``."""

    kind: ClassVar[str] = "lognormal"
    rules: ClassVar[tuple[Rule, ...]] = (above_nil("median"), above_nil("sigma"))
    median: float
    sigma: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        return np.asarray(self.median * np.exp(self.sigma * ndtri(chance)))


@dataclass(frozen=True, kw_only=True)
class Uniform(Distribution):
    """Anything from ``low`` to ``high``, all alike."""

    kind: ClassVar[str] = "uniform"
    rules: ClassVar[tuple[Rule, ...]] = (Rule(("low", "high"), lambda low, high: low < high, "low must be below high"),)
    low: float
    high: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        return self.low + (self.high - self.low) * chance


@dataclass(frozen=True, kw_only=True)
class Triangular(Distribution):
    """From ``low`` to ``high``, most likely ``mode``, falling off in straight lines."""

    kind: ClassVar[str] = "triangular"
    rules: ClassVar[tuple[Rule, ...]] = (IN_ORDER,)
    low: float
    mode: float
    high: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        width, left = self.high - self.low, self.mode - self.low
        rising = self.low + np.sqrt(chance * width * left)
        falling = self.high - np.sqrt((1 - chance) * width * (self.high - self.mode))
        return np.where(chance * width < left, rising, falling)


@dataclass(frozen=True, kw_only=True)
class Pert(Distribution):
    """From ``low`` to ``high``, most likely ``mode``: a beta distribution with mean (low + 4 mode + high) / 6.

    Malcolm, Roseboom, Clark and Fazar (1959), Operations Research 7.
    """

    kind: ClassVar[str] = "pert"
    rules: ClassVar[tuple[Rule, ...]] = (IN_ORDER,)
    low: float
    mode: float
    high: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        width = self.high - self.low
        first, second = 1 + 4 * (self.mode - self.low) / width, 1 + 4 * (self.high - self.mode) / width
        return np.asarray(self.low + width * np.clip(_beta_inverse(first, second)(ndtri(chance)), 0, 1))


@dataclass(frozen=True, kw_only=True)
class Empirical(Distribution):
    """One of the ``values`` that were seen, each as likely as the next."""

    kind: ClassVar[str] = "empirical"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(("values",), lambda values: len(values) > 1, "values must be two numbers at least"),
    )
    values: tuple[float, ...]

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        ordered = np.sort(np.asarray(self.values, dtype=np.float64))
        return ordered[np.minimum((chance * len(ordered)).astype(np.intp), len(ordered) - 1)]


@dataclass(frozen=True, kw_only=True)
class Chance(Distribution):
    """Yes (1) with the ``probability``, else no (0): a minimum condition that may be met."""

    kind: ClassVar[str] = "chance"
    rules: ClassVar[tuple[Rule, ...]] = (
        Rule(("probability",), lambda chance: 0 <= chance <= 1, "probability must lie between 0 and 1"),
    )
    probability: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        return (chance < self.probability).astype(np.float64)


@dataclass(frozen=True, kw_only=True)
class Dirichlet(Distribution):
    """Shares that add up to one, around the scenario's; the larger the ``concentration``, the nearer to them."""

    kind: ClassVar[str] = "dirichlet"
    rules: ClassVar[tuple[Rule, ...]] = (above_nil("concentration"),)
    concentration: float

    def parts(self, chance: Floats, shares: Floats) -> Floats:
        """Return shares ``(..., parts)`` for chances of the same shape; a share of nil stays nil."""
        alive = shares > 0
        weights = np.zeros_like(chance)
        weights[..., alive] = gammaincinv(self.concentration * shares[alive], chance[..., alive])
        # All weights of a very small concentration can vanish in floating point; then the shares stay as given.
        whole = weights.sum(axis=-1, keepdims=True)
        return np.where(whole > 0, weights / np.where(whole > 0, whole, 1.0), shares)


DISTRIBUTIONS: Final[Mapping[str, type[Distribution]]] = {
    one.kind: one for one in (Normal, Lognormal, Uniform, Triangular, Pert, Empirical, Chance, Dirichlet)
}


@lru_cache(maxsize=64)
def _beta_inverse(first: float, second: float) -> CubicSpline:
    """Return a beta distribution's quantiles as a spline in the normal score of the chance.

    An exact inverse takes five microseconds a number, more than all else of a draw together. In normal scores the
    quantile is smooth: between 4,097 exact points the spline is off by less than 1e-9 of the range.
    """
    scores = np.linspace(-_FURTHEST_SCORE, _FURTHEST_SCORE, 4097)
    return CubicSpline(scores, betaincinv(first, second, ndtr(scores)))
