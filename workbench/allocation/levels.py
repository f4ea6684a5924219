"""Levels: the common amount at which what everyone gets adds up to the envelope.

Each is found exactly. What a group of claims takes up at a level is piecewise linear in the level, with the sorted
claims as breakpoints; where it is concave, its inverse is the largest of the straight lines between them, so no search
is needed.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from workbench.allocation.problems import Array

NEWTON_STEPS: Final = 12
"""Steps after which the few problems that have not settled are solved by sorting all their breakpoints."""


def equal_level(envelope: Array, claims: Array) -> Array:
    """Find the level with ``sum(min(claim, level)) = envelope``.

    Parameters
    ----------
    envelope : ndarray, shape (b,)
        KES, between 0 and the sum of the claims.
    claims : ndarray, shape (b, n)
        KES, none negative.

    Returns
    -------
    ndarray, shape (b,)
        KES. With the k smallest claims paid in full the level is (envelope - their sum) / (n - k), and the right k is
        the one that makes it largest.
    """
    n = claims.shape[-1]
    ascending = np.ascontiguousarray(np.sort(claims, axis=-1).T)
    lines = running_sums_before(ascending)
    np.subtract(envelope, lines, out=lines)
    lines *= 1.0 / np.arange(n, 0, -1)[:, None]
    level: Array = lines.max(axis=0)
    return level


def running_sums_before(columns: Array) -> Array:
    """Sum what stands above each row of an (n, b) table; claimants run down, so each addition is a long one."""
    sums = np.empty(columns.shape)
    sums[0] = 0.0
    for k in range(1, len(columns)):
        np.add(sums[k - 1], columns[k - 1], out=sums[k])
    return sums


def weighted_awards(envelope: Array, claims: Array, weights: Array) -> Array:
    """Give everyone the level times its weight, but none more than its claim, at the level that spends the envelope.

    Shapes as in :func:`weighted_level`; the awards have the shape (b, n) and stand in KES.
    """
    level = weighted_level(envelope, claims, weights)
    with np.errstate(over="ignore"):
        return np.minimum(claims, weights * level[:, None])


def weighted_level(envelope: Array, claims: Array, weights: Array) -> Array:
    """Find the level with ``sum(min(claim, level * weight)) = envelope``.

    ``weights`` has the shape (b, n); a weight may be 0 only where the claim is 0. The level is KES for one unit of
    weight.
    """
    # A weight next to nothing makes quotients beyond what a float holds: minus infinity is never the largest line, and
    # plus infinity is held to the largest float, so that a claimant without weight gets nothing rather than NaN.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        breakpoints = np.where(claims > 0, claims / weights, 0.0)
        order = np.argsort(breakpoints, axis=-1, kind="stable")
        paid = np.zeros(claims.shape)
        np.cumsum(np.take_along_axis(claims, order, -1)[:, :-1], axis=-1, out=paid[:, 1:])
        waiting = np.cumsum(np.take_along_axis(weights, order, -1)[:, ::-1], axis=-1)[:, ::-1]
        lines = np.divide(envelope[:, None] - paid, waiting, out=np.zeros(claims.shape), where=waiting > 0)
    level: Array = np.minimum(lines.max(axis=-1), np.finfo(np.float64).max)
    return level


def doubling_level(extra: Array, halves: Array) -> Array:
    """Find the level with ``sum(clip(level - half, 0, half)) = extra``.

    Parameters
    ----------
    extra : ndarray, shape (b,)
        KES, between 0 and the sum of the halves: what the claimants get beyond half their claims.
    halves : ndarray, shape (b, n)
        KES, half of each claim.

    Notes
    -----
    Each half is a breakpoint where a claimant joins, its double one where it leaves, so the sum is neither convex nor
    concave. Newton's step is exact as soon as the level stands on the right straight line, which takes about four
    steps; the few problems that jump to and fro are solved by sorting all 2n breakpoints.
    """
    level = np.empty(len(extra))
    todo = np.arange(len(extra))
    columns, wanted = np.ascontiguousarray(halves.T), extra.astype(np.float64)
    total, doubles = columns.sum(axis=0), 2.0 * columns
    wanted += total
    low, high, noise = np.zeros(len(extra)), doubles.max(axis=0), 1e-15 * len(columns) * total
    # Most claimants move when the level stands near one and a half times the mean half; from there
    # Newton seldom strays.
    filled = np.divide(extra, total, out=np.zeros(len(extra)), where=total > 0)
    guess = np.minimum(total / len(columns) * (1.4 + 1.2 * filled), high)
    counter = np.int8 if len(columns) < 128 else np.int64
    for _ in range(NEWTON_STEPS):
        reached = np.maximum(guess, columns)
        np.minimum(reached, doubles, out=reached)
        moving = guess > columns
        moving &= guess < doubles
        short = wanted - reached.sum(axis=0)
        keep = np.abs(short) > noise
        low, high = np.where(short > 0, guess, low), np.where(short > 0, high, guess)
        guess = guess + short / np.maximum(moving.view(np.int8).sum(axis=0, dtype=counter), 1)
        level[todo[~keep]] = guess[~keep]
        if not keep.any():
            return level
        guess = np.where(~keep | ((guess > low) & (guess < high)), guess, 0.5 * (low + high))
        if np.count_nonzero(keep) < 0.8 * len(keep):
            todo, guess, wanted, columns = todo[keep], guess[keep], wanted[keep], columns[:, keep]
            doubles = 2.0 * columns
            low, high, noise = low[keep], high[keep], noise[keep]
    level[todo] = doubling_level_by_sorting(wanted - columns.sum(axis=0), columns.T)
    return level


def doubling_level_by_sorting(extra: Array, halves: Array) -> Array:
    """Find the level of :func:`doubling_level` from all 2n sorted breakpoints."""
    breakpoints = np.concatenate([halves, 2.0 * halves], axis=-1)
    turns = np.concatenate([np.ones(halves.shape), -np.ones(halves.shape)], axis=-1)
    order = np.argsort(breakpoints, axis=-1, kind="stable")
    breakpoints, turns = np.take_along_axis(breakpoints, order, -1), np.take_along_axis(turns, order, -1)
    slopes = np.cumsum(turns, axis=-1)
    gained = np.zeros(breakpoints.shape)
    np.cumsum(np.diff(breakpoints, axis=-1) * slopes[:, :-1], axis=-1, out=gained[:, 1:])
    last = np.maximum((gained <= extra[:, None]).sum(axis=-1) - 1, 0)[:, None]
    here, reached, slope = (np.take_along_axis(table, last, -1)[:, 0] for table in (breakpoints, gained, slopes))
    return np.asarray(here + np.divide(extra - reached, slope, out=np.zeros(len(extra)), where=slope > 0))
