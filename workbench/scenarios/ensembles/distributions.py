"""How a driver may turn out: distributions by their quantiles, so that any sequence of points can draw them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, ClassVar, Final, Literal

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicSpline
from scipy.special import betaincinv, gammaincinv, ndtr, ndtri

from workbench.errors import Fault, suggestion

Floats = npt.NDArray[np.float64]
How = Literal["value", "added", "factor"]
_FURTHEST_SCORE: Final = 6.4  # beyond the normal score of a chance of 2 to the power of -32
HOWS: Final = ("value", "added", "factor")


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
    how: How = "value"
    reference: str = ""

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances strictly between 0 and 1, of the same shape."""
        raise NotImplementedError

    def mistakes(self) -> list[str]:
        """Return what is wrong with its parameters."""
        return []

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
    mean: float
    sd: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        return np.asarray(self.mean + self.sd * ndtri(chance))

    def mistakes(self) -> list[str]:
        """Return what is wrong with its parameters."""
        return [] if self.sd > 0 else ["sd must be above 0"]


@dataclass(frozen=True, kw_only=True)
class Lognormal(Distribution):
    """A quantity above nil with the ``median``, whose logarithm has the standard deviation ``sigma``."""

    kind: ClassVar[str] = "lognormal"
    median: float
    sigma: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        return np.asarray(self.median * np.exp(self.sigma * ndtri(chance)))

    def mistakes(self) -> list[str]:
        """Return what is wrong with its parameters."""
        below = [("median", self.median), ("sigma", self.sigma)]
        return [f"{name} must be above 0" for name, value in below if value <= 0]


@dataclass(frozen=True, kw_only=True)
class Uniform(Distribution):
    """Anything from ``low`` to ``high``, all alike."""

    kind: ClassVar[str] = "uniform"
    low: float
    high: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        return self.low + (self.high - self.low) * chance

    def mistakes(self) -> list[str]:
        """Return what is wrong with its parameters."""
        return [] if self.low < self.high else ["low must be below high"]


@dataclass(frozen=True, kw_only=True)
class Triangular(Distribution):
    """From ``low`` to ``high``, most likely ``mode``, falling off in straight lines."""

    kind: ClassVar[str] = "triangular"
    low: float
    mode: float
    high: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        width, left = self.high - self.low, self.mode - self.low
        rising = self.low + np.sqrt(chance * width * left)
        falling = self.high - np.sqrt((1 - chance) * width * (self.high - self.mode))
        return np.where(chance * width < left, rising, falling)

    def mistakes(self) -> list[str]:
        """Return what is wrong with its parameters."""
        return _ordered(self.low, self.mode, self.high)


@dataclass(frozen=True, kw_only=True)
class Pert(Distribution):
    """From ``low`` to ``high``, most likely ``mode``: a beta distribution with mean (low + 4 mode + high) / 6.

    Malcolm, Roseboom, Clark and Fazar (1959), Operations Research 7.
    """

    kind: ClassVar[str] = "pert"
    low: float
    mode: float
    high: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        width = self.high - self.low
        first, second = 1 + 4 * (self.mode - self.low) / width, 1 + 4 * (self.high - self.mode) / width
        return np.asarray(self.low + width * np.clip(_beta_inverse(first, second)(ndtri(chance)), 0, 1))

    def mistakes(self) -> list[str]:
        """Return what is wrong with its parameters."""
        return _ordered(self.low, self.mode, self.high)


@dataclass(frozen=True, kw_only=True)
class Empirical(Distribution):
    """One of the ``values`` that were seen, each as likely as the next."""

    kind: ClassVar[str] = "empirical"
    values: tuple[float, ...]

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        ordered = np.sort(np.asarray(self.values, dtype=np.float64))
        return ordered[np.minimum((chance * len(ordered)).astype(np.intp), len(ordered) - 1)]

    def mistakes(self) -> list[str]:
        """Return what is wrong with its parameters."""
        return [] if len(self.values) > 1 else ["values must be two numbers at least"]


@dataclass(frozen=True, kw_only=True)
class Chance(Distribution):
    """Yes (1) with the ``probability``, else no (0): a minimum condition that may be met."""

    kind: ClassVar[str] = "chance"
    probability: float

    def ppf(self, chance: Floats) -> Floats:
        """Return the quantiles at some chances."""
        return (chance < self.probability).astype(np.float64)

    def mistakes(self) -> list[str]:
        """Return what is wrong with its parameters."""
        return [] if 0 <= self.probability <= 1 else ["probability must lie between 0 and 1"]


@dataclass(frozen=True, kw_only=True)
class Dirichlet(Distribution):
    """Shares that add up to one, around the scenario's; the larger the ``concentration``, the nearer to them."""

    kind: ClassVar[str] = "dirichlet"
    concentration: float

    def parts(self, chance: Floats, shares: Floats) -> Floats:
        """Return shares ``(..., parts)`` for chances of the same shape; a share of nil stays nil."""
        alive = shares > 0
        weights = np.zeros_like(chance)
        weights[..., alive] = gammaincinv(self.concentration * shares[alive], chance[..., alive])
        # All weights of a very small concentration can vanish in floating point; then the shares stay as given.
        whole = weights.sum(axis=-1, keepdims=True)
        return np.where(whole > 0, weights / np.where(whole > 0, whole, 1.0), shares)

    def mistakes(self) -> list[str]:
        """Return what is wrong with its parameters."""
        return [] if self.concentration > 0 else ["concentration must be above 0"]


DISTRIBUTIONS: Final[Mapping[str, type[Distribution]]] = {
    one.kind: one for one in (Normal, Lognormal, Uniform, Triangular, Pert, Empirical, Chance, Dirichlet)
}


def read_distribution(name: str, given: object) -> Distribution | list[Fault]:
    """Read a distribution, as a scenario file writes it: ``{distribution: uniform, low: 120, high: 160}``.

    Returns
    -------
    Distribution or list of Fault
        The distribution, or everything that is wrong with it.
    """
    if isinstance(given, Distribution):
        return given if not given.mistakes() else [Fault(what=one, value=name) for one in given.mistakes()]
    if not isinstance(given, Mapping) or "distribution" not in given:
        remedy = "write {distribution: uniform, low: 120, high: 160}"
        return [Fault(what="is no distribution", column=name, value=str(given), remedy=remedy)]
    kind = str(given["distribution"])
    if kind not in DISTRIBUTIONS:
        return [Fault(what="is no known distribution", column=name, value=kind,
                      remedy=suggestion(kind, list(DISTRIBUTIONS)))]  # fmt: skip
    known = {one.name: one for one in fields(DISTRIBUTIONS[kind])}
    faults = [Fault(what=f"is no parameter of a {kind} distribution", column=name, value=str(key),
                    remedy=suggestion(str(key), list(known)))
              for key in given if key not in known and key != "distribution"]  # fmt: skip
    values: dict[str, Any] = {}
    for key in known:
        if key not in given:
            if key not in ("how", "reference"):
                faults.append(Fault(what=f"'{key}' is missing from the {kind} distribution", column=name))
            continue
        read = _read(key, given[key])
        if isinstance(read, str) and key not in ("how", "reference"):
            faults.append(Fault(what=read, column=f"{name}.{key}", value=str(given[key])))
        else:
            values[key] = read
    if values.get("how", "value") not in HOWS:
        faults.append(Fault(what="is not allowed here", column=f"{name}.how", value=values["how"],
                            remedy=suggestion(str(values["how"]), HOWS)))  # fmt: skip
    if faults:
        return faults
    made = DISTRIBUTIONS[kind](**values)
    return made if not made.mistakes() else [Fault(what=one, column=name) for one in made.mistakes()]


def _read(key: str, value: object) -> Any:  # noqa: ANN401 - a number, numbers, a text, or what is wrong as a text
    if key in ("how", "reference"):
        return str(value)
    if key == "values":
        if isinstance(value, (list, tuple)) and all(_is_number(one) for one in value):
            return tuple(float(one) for one in value)
        return "is no list of numbers"
    return float(value) if _is_number(value) else "is no number"  # type: ignore[arg-type]  # just seen to be one


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


@lru_cache(maxsize=64)
def _beta_inverse(first: float, second: float) -> CubicSpline:
    """Return a beta distribution's quantiles as a spline in the normal score of the chance.

    An exact inverse takes five microseconds a number, more than all else of a draw together. In normal scores the
    quantile is smooth: between 4,097 exact points the spline is off by less than 1e-9 of the range.
    """
    scores = np.linspace(-_FURTHEST_SCORE, _FURTHEST_SCORE, 4097)
    return CubicSpline(scores, betaincinv(first, second, ndtr(scores)))


def _ordered(low: float, mode: float, high: float) -> list[str]:
    return [] if low <= mode <= high and low < high else ["low, mode and high must stand in this order"]
