"""Quantiles of more draws than can be kept: counts in bins that grow with the number, which add up exactly.

DDSketch (Masson, Rim and Lee 2019, VLDB 12): a number falls into the bin ceil(log(x) / log(gamma)); a quantile read
from the bins is off by at most :data:`ACCURACY` of itself. Counts are whole numbers, so that the order of merging
changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

ACCURACY: Final = 0.0005
_LOG_GAMMA: Final = float(np.log((1 + ACCURACY) / (1 - ACCURACY)))
_NIL: Final = 1e-9
"""Numbers nearer to nil than this are counted as nil."""

_MIDDLE: Final = 200_000
"""The key of nil; keys of positive numbers lie above, of negative ones below."""


@dataclass(frozen=True)
class Sketch:
    """Counts of numbers by bin, label by label, with what sums need.

    Attributes
    ----------
    bins, numbers : ndarray
        The bins that hold anything and how many numbers each holds, label after label: two arrays travel between
        machines far faster than two for each label.
    ends : ndarray
        Where each label's bins end.
    total, squares, least, most : (labels,)
        Sum, sum of squares, smallest and largest number of each label.
    size : int
        Numbers a label.
    """

    bins: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    total: npt.NDArray[np.float64]
    squares: npt.NDArray[np.float64]
    least: npt.NDArray[np.float64]
    most: npt.NDArray[np.float64]
    size: int

    @property
    def keys(self) -> list[npt.NDArray[np.int32]]:
        """The bins that hold anything, by label, in order."""
        return np.split(self.bins, self.ends[:-1])

    @property
    def counts(self) -> list[npt.NDArray[np.int64]]:
        """How many numbers each of :attr:`keys` holds."""
        return np.split(self.numbers, self.ends[:-1])

    def quantiles(self, chances: Sequence[float]) -> npt.NDArray[np.float64]:
        """Return quantiles, ``(chances, labels)``, each off by at most :data:`ACCURACY` of itself."""
        found = np.empty((len(chances), len(self.ends)))
        for label, (keys, counts) in enumerate(zip(self.keys, self.counts, strict=True)):
            upto = np.cumsum(counts)
            places = np.searchsorted(upto, np.asarray(chances) * (self.size - 1), side="right")
            found[:, label] = np.clip(
                _value(keys[np.minimum(places, len(keys) - 1)].astype(np.int64)), self.least[label], self.most[label]
            )
        found[:, np.isnan(self.total)] = np.nan
        return found

    def share_below(self, threshold: float) -> npt.NDArray[np.float64]:
        """Return the share of numbers below a threshold, ``(labels,)``, as exactly as the bins tell."""
        key = _key(np.array([threshold]))[0]
        below = [counts[keys < key].sum() for keys, counts in zip(self.keys, self.counts, strict=True)]
        return np.where(np.isnan(self.total), np.nan, np.array(below) / self.size)


def sketch(values: npt.NDArray[Any]) -> Sketch:
    """Sketch numbers ``(count, labels)``."""
    numbers = np.asarray(values, dtype=np.float64)
    # A label with an unknown number has an unknown sum, and from that unknown quantiles; its bins are not read.
    keys = _key(np.nan_to_num(numbers))
    lowest = int(keys.min())
    width = int(keys.max()) - lowest + 1
    labels = numbers.shape[1]
    flat = (keys - lowest) + np.arange(labels) * width
    counts = np.bincount(flat.ravel(), minlength=labels * width).reshape(labels, width)
    row, place = np.nonzero(counts)
    return Sketch(
        bins=(place + lowest).astype(np.int32),
        numbers=counts[row, place].astype(np.int64),
        ends=np.searchsorted(row, np.arange(labels), side="right"),
        total=numbers.sum(axis=0),
        squares=(numbers * numbers).sum(axis=0),
        least=numbers.min(axis=0),
        most=numbers.max(axis=0),
        size=len(numbers),
    )


def merged(sketches: Sequence[Sketch]) -> Sketch:
    """Merge sketches of the same labels; sums are added in the order given."""
    keys, counts = [], []
    for parts in zip(*(zip(one.keys, one.counts, strict=True) for one in sketches), strict=True):
        every = np.concatenate([part[0] for part in parts])
        weights = np.concatenate([part[1] for part in parts])
        found, inverse = np.unique(every, return_inverse=True)
        added = np.zeros(len(found), dtype=np.int64)
        np.add.at(added, inverse, weights)
        keys.append(found)
        counts.append(added)
    return Sketch(
        bins=np.concatenate(keys),
        numbers=np.concatenate(counts),
        ends=np.cumsum([len(of_label) for of_label in keys]),
        total=np.sum([one.total for one in sketches], axis=0),
        squares=np.sum([one.squares for one in sketches], axis=0),
        least=np.min([one.least for one in sketches], axis=0),
        most=np.max([one.most for one in sketches], axis=0),
        size=sum(one.size for one in sketches),
    )


def _key(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    size = np.abs(numbers)
    bins = np.ceil(np.log(np.maximum(size, _NIL) / _NIL) / _LOG_GAMMA).astype(np.int64)
    return np.where(size <= _NIL, _MIDDLE, np.where(numbers > 0, _MIDDLE + bins, _MIDDLE - bins))


def _value(keys: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    bins = np.abs(keys - _MIDDLE)
    size = _NIL * np.exp(bins * _LOG_GAMMA) * (2 / (1 + np.exp(_LOG_GAMMA)))
    return np.where(keys == _MIDDLE, 0.0, np.sign(keys - _MIDDLE) * size)
