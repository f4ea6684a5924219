"""Expected awards when claimants arrive in random order and each takes what it can.

A claimant's expected award is a sum over the sets that may arrive before it. There are 2^(n-1) of them, but few
different sums where claims are whole numbers: then they are counted, which is exact. Other claims are enumerated while
that is possible, and sampled, with a standard error, where it is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Final

import numpy as np
import numpy.typing as npt

from workbench.allocation.problems import Array

ENUMERATED_CLAIMANTS: Final = 20
"""Up to so many claimants with claims that cannot be scaled to whole numbers, all sets are enumerated."""

BATCHED_CLAIMANTS: Final = 8
"""Up to so many claimants enumeration is cheaper than counting, and a batch of problems is enumerated at once."""

BATCH_SETS: Final = 1_000_000

COUNTED_CELLS: Final = 25_000_000
"""The largest table of set sizes by sums that is counted: 200 MB."""

DRAWS: Final = 100_000
"""Orders of arrival that are drawn where nothing exact is possible."""

BLOCK_ORDERS: Final = 2_000
_DECIMALS: Final = 6
_WHOLE_NOISE: Final = 1e-14


@dataclass(frozen=True, eq=False)
class Arrival:
    """Expected awards of one problem.

    Attributes
    ----------
    awards : ndarray, shape (n,)
        KES.
    standard_error : ndarray, shape (n,)
        KES; 0 where the awards are exact.
    method : {"counted", "enumerated", "sampled"}
        How they were found; the first two are exact.
    """

    awards: Array
    standard_error: Array
    method: str


def expected_arrival(envelope: float, claims: Array, *, draws: int = DRAWS, seed: int = 0) -> Arrival:
    """Compute the expected awards of one problem.

    Parameters
    ----------
    envelope : float
        KES, between 0 and the sum of the claims.
    claims : ndarray, shape (n,)
        KES, none negative.
    draws, seed : int
        For the sampling, which is used only where nothing exact is possible.

    Notes
    -----
    The rule is self-dual, so the smaller of envelope and deficit is shared; and a claim counts as the envelope where it
    is larger (O'Neill 1982; Aumann and Maschler 1985). Both keep the tables small.
    """
    deficit = max(float(claims.sum()) - envelope, 0.0)
    money = min(envelope, deficit)
    exact = np.zeros(len(claims))
    whole = _whole(money, claims)
    if money == 0.0:
        shared, error, method = exact, exact, "counted"
    elif whole is not None:
        units, size = whole
        shared, error, method = counted_arrival(money / size, units) * size, exact, "counted"
    elif len(claims) <= ENUMERATED_CLAIMANTS:
        shared, error, method = enumerated_arrival(np.array([money]), claims[None])[0], exact, "enumerated"
    else:
        shared, error = sampled_arrival(money, claims, draws=draws, seed=seed)
        method = "sampled"
    return Arrival(shared if envelope <= deficit else claims - shared, error, method)


def _whole(money: float, claims: Array) -> tuple[npt.NDArray[np.int64], float] | None:
    """Claims in whole units, cut to the envelope, and the size of a unit; None where that cannot be or is too large."""
    for decimals in range(_DECIMALS + 1):
        scaled = claims * 10.0**decimals
        near = np.rint(scaled)
        if np.all(np.abs(scaled - near) <= _WHOLE_NOISE * near) and near.max() < 2.0**53:
            divisor = int(np.gcd.reduce(near.astype(np.int64)))
            if divisor == 0:
                return None
            size = divisor / 10.0**decimals
            units = np.minimum(near.astype(np.int64) // divisor, int(np.ceil(money / size)))
            return (units, size) if _countable(money / size, units) else None
    return None


def _countable(money: float, units: npt.NDArray[np.int64]) -> bool:
    n = len(units)
    fits = comb(n - 1, (n - 1) // 2) * int(units.max()) < 2**63
    return fits and (_largest_set(money, units) + 1) * (int(money) + 1) <= COUNTED_CELLS


def _largest_set(money: float, units: npt.NDArray[np.int64]) -> int:
    return int((np.cumsum(np.sort(units)) <= money).sum())


def counted_arrival(money: float, units: npt.NDArray[np.int64]) -> Array:
    """Compute expected awards by counting sets by size and sum.

    Parameters
    ----------
    money : float
        The envelope in units; need not be whole.
    units : ndarray of int64, shape (n,)
        Claims in units, whole numbers.

    Notes
    -----
    ``table[k, s]`` counts the sets of k claimants whose claims add up to s. The sets without claimant i follow from it
    by an alternating sum over i's claim. All counts are integers modulo 2^64 and the last ones are smaller, so they are
    right to the last digit; only the final weighted mean is in floating point.
    """
    n, whole = len(units), int(money)
    part = money - whole
    table = _sets_by_size_and_sum(_largest_set(money, units), whole, np.sort(units))
    np.cumsum(table, axis=1, out=table)
    sizes = len(table)
    weights = np.array([1.0 / (n * comb(n - 1, k)) for k in range(min(sizes, n))])
    awards = np.zeros(n)
    kinds = [int(unit) for unit in np.unique(units) if unit > 0]
    counts = {unit: _without_one(table, whole, unit) for unit in kinds} if part else {}
    np.cumsum(table, axis=1, out=table)
    for unit in kinds:
        # The sum over sums below a of (a - s) times the count is the second running sum just before a.
        expected = _without_one(table, whole - 1, unit).astype(np.float64)
        if part:
            expected += part * counts[unit].astype(np.float64)
        awards[units == unit] = weights @ expected[: len(weights)]
    return awards


def _sets_by_size_and_sum(largest: int, whole: int, ascending: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    table = np.zeros((largest + 1, whole + 1), dtype=np.uint64)
    table[0, 0] = 1
    below = [0, *(int(total) for total in np.cumsum(ascending))]
    for number, unit in enumerate(int(u) for u in ascending):
        for k in range(min(number + 1, largest), 0, -1):
            # The k - 1 claimants before this one have at least the smallest claims, and at most the largest so far.
            least, most = below[k - 1], min(below[number] - below[number - k + 1], whole - unit)
            if least <= most:
                table[k, least + unit : most + unit + 1] += table[k - 1, least : most + 1]
    return table


def _without_one(running: npt.NDArray[np.uint64], end: int, unit: int) -> npt.NDArray[np.uint64]:
    """By size, the running sum at ``end`` less that at ``end - unit``, in sets without one claim of ``unit``."""
    sizes = len(running)
    points = end - unit * np.arange(sizes + 1)
    values = np.where(points >= 0, running[:, np.maximum(points, 0)], np.uint64(0))
    steps = values[:, :-1] - values[:, 1:]
    total = np.zeros(sizes, dtype=np.uint64)
    for taken in range(sizes):
        if taken % 2:
            total[taken:] -= steps[: sizes - taken, taken]
        else:
            total[taken:] += steps[: sizes - taken, taken]
    return total


def enumerated_arrival(money: Array, claims: Array) -> Array:
    """Compute expected awards over all sets of earlier claimants: time and memory double with each claimant.

    Parameters
    ----------
    money : ndarray, shape (b,)
        KES.
    claims : ndarray, shape (b, n)
        KES.

    Returns
    -------
    ndarray, shape (b, n)
        KES.
    """
    rows, n = claims.shape
    sums, sizes = np.zeros((rows, 1)), np.zeros(1, dtype=np.int64)
    for claim in claims.T:
        sums, sizes = np.concatenate([sums, sums + claim[:, None]], axis=1), np.concatenate([sizes, sizes + 1])
    weights = np.array([1.0 / (n * comb(n - 1, k)) if k < n else 0.0 for k in range(n + 1)])[sizes]
    left = np.maximum(money[:, None] - sums, 0.0)
    awards = np.empty(claims.shape)
    for i in range(n):
        before = np.minimum(left.reshape(rows, -1, 2, 1 << i)[:, :, 0], claims[:, i, None, None])
        # No matrix product: its rounding would depend on how many problems stand in the batch.
        awards[:, i] = (before.reshape(rows, -1) * weights.reshape(-1, 2, 1 << i)[:, 0].reshape(-1)).sum(axis=-1)
    return awards


def batch_arrival(envelope: Array, claims: Array) -> Array:
    """Compute expected awards, (b, n), of many problems with at most :data:`BATCHED_CLAIMANTS` claimants."""
    awards = np.empty(claims.shape)
    rows = max(1, BATCH_SETS >> claims.shape[1])
    for start in range(0, len(claims), rows):
        part = slice(start, start + rows)
        awards[part] = enumerated_arrival(envelope[part], claims[part])
    return awards


def sampled_arrival(money: float, claims: Array, *, draws: int, seed: int) -> tuple[Array, Array]:
    """Estimate expected awards from random orders, each taken forwards and backwards.

    Returns
    -------
    awards, standard_error : ndarray, shape (n,)
        KES. Every order shares the whole envelope, so the awards add up to it. Claimants are drawn in the order of
        their claims and equal claims get their mean, so the estimate depends on no one's place in the table.
    """
    order = np.argsort(claims, kind="stable")
    wanted = claims[order]
    random = np.random.default_rng(seed)
    pairs = max(2, (draws + 1) // 2)
    total, squares, done = np.zeros(len(claims)), np.zeros(len(claims)), 0
    while done < pairs:
        block = min(BLOCK_ORDERS, pairs - done)
        places = np.argsort(random.random((block, len(claims))), axis=-1)
        mean = 0.5 * (_served(money, wanted, places) + _served(money, wanted, places[:, ::-1]))
        total += mean.sum(axis=0)
        squares += (mean * mean).sum(axis=0)
        done += block
    mean = total / pairs
    error = np.sqrt(np.maximum(squares / pairs - mean * mean, 0.0) / (pairs - 1))
    _, kind = np.unique(wanted, return_inverse=True)
    mean = (np.bincount(kind, mean) / np.bincount(kind))[kind]
    awards, standard_error = np.empty(len(claims)), np.empty(len(claims))
    awards[order], standard_error[order] = mean, error
    return awards, standard_error


def _served(money: float, wanted: Array, places: npt.NDArray[np.int64]) -> Array:
    in_turn = wanted[places]
    before = np.cumsum(in_turn, axis=-1) - in_turn
    paid = np.clip(money - before, 0.0, in_turn)
    awards = np.empty(paid.shape)
    np.put_along_axis(awards, places, paid, axis=-1)
    return awards
