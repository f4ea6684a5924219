"""Checks in which claimants come, go, merge or are copied. Each gives the violation in KES."""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np

from workbench.allocation.axioms.problem import Trial, ascending, difference, excess, where
from workbench.allocation.problems import Array

CONVERSE_PROBLEMS: Final = 100
CONVERSE_SWEEPS: Final = 120
"""Each problem takes many sweeps over all pairs, so few problems are tried for converse consistency."""


def _rest(t: Trial, at_least: int = 1) -> tuple[int, Array, Array]:
    """Draw how many stay; return that, their claims, and an envelope that they could use up."""
    stay = t.stay(at_least)
    claims = t.claims[:, :stay]
    total = claims.sum(axis=-1)
    return stay, claims, np.where(t.envelope <= total, t.envelope, t.part(total))


def population_monotonicity(t: Trial) -> Array:
    """Check that when somebody leaves and the envelope stays, nobody gets less."""
    stay, claims, money = _rest(t)
    return excess(t.share(money, t.claims)[:, :stay], t.share(money, claims))


def linked_population(t: Trial) -> Array:
    """Check that when somebody comes and brings the money for its whole claim, nobody gets less."""
    stay, claims, money = _rest(t)
    with_more = t.share(money + t.claims[:, stay:].sum(axis=-1), t.claims)[:, :stay]
    return excess(t.share(money, claims), with_more)


def population_order(t: Trial) -> Array:
    """Check that when somebody leaves, of two who stay the larger claim gains no less."""
    _, claims = ascending(t)
    chosen = np.sort(t.chance.permutation(t.n)[: t.stay(2)])
    kept = claims[:, chosen]
    total = kept.sum(axis=-1)
    money = np.where(t.envelope <= total, t.envelope, t.part(total))
    gains = t.share(money, kept) - t.share(money, claims)[:, chosen]
    return np.asarray(np.maximum(-np.diff(gains, axis=-1), 0.0).max(axis=-1, initial=0.0))


def population_uniformity(t: Trial) -> Array:
    """Check that when others come and the envelope changes, those who were there all gain or all lose."""
    stay = t.stay(2)
    claims = t.claims[:, :stay]
    change = t.share(t.part(claims.sum(axis=-1)), claims) - t.awards[:, :stay]
    return np.asarray(np.maximum(np.minimum(change.max(axis=-1), -change.min(axis=-1)), 0.0))


def _again(t: Trial, stay: int) -> Array:
    chosen = t.chance.permutation(t.n)[:stay]
    claims, awards = t.claims[:, chosen], t.awards[:, chosen]
    money = np.minimum(awards.sum(axis=-1), claims.sum(axis=-1))
    return difference(t.share(money, claims), awards)


def consistency(t: Trial) -> Array:
    """Check that when some take their awards and go, the others share what is left as before."""
    return _again(t, t.stay())


def bilateral_consistency(t: Trial) -> Array:
    """Check that the same when all but two go."""
    return _again(t, 2)


def converse_consistency(t: Trial) -> Array:
    """Check that awards that are right for every two claimants are right for all.

    Such awards are looked for from proportional awards by letting the rule share anew between two claimants at a time
    until nothing moves; where something still moves nothing is concluded.
    """
    if t.n < 3:
        return np.zeros(len(t.total))
    few = slice(0, CONVERSE_PROBLEMS)
    all_claims, total = t.claims[few], np.maximum(t.total[few], 1.0)
    part = np.divide(t.envelope, t.total, out=np.zeros(len(t.total)), where=t.total > 0)[few]
    awards = all_claims * part[:, None]
    pairs = [list(pair) for pair in combinations(range(t.n), 2)]
    moved = np.zeros(len(total))
    for _ in range(CONVERSE_SWEEPS):
        moved = np.zeros(len(total))
        for pair in pairs:
            claims = all_claims[:, pair]
            money = np.minimum(awards[:, pair].sum(axis=-1), claims.sum(axis=-1))
            shared = t.share(money, claims)
            moved = np.maximum(moved, difference(shared, awards[:, pair]))
            awards[:, pair] = shared
        if np.all(moved <= 1e-13 * total):
            break
    violation = np.zeros(len(t.total))
    violation[few] = where(moved <= 1e-13 * total, difference(awards, t.awards[few]))
    return violation


def null_claims_consistency(t: Trial) -> Array:
    """Check that who claims nothing can be left out."""
    keep = t.claims > 0
    return difference(t.among(keep, t.envelope, t.claims), np.where(keep, t.awards, 0.0))


def null_compensation_consistency(t: Trial) -> Array:
    """Check that who gets nothing can be left out."""
    keep = t.awards > 1e-12 * np.maximum(t.total, 1.0)[:, None]
    money = np.minimum(t.envelope, np.where(keep, t.claims, 0.0).sum(axis=-1))
    return difference(t.among(keep, money, t.claims), np.where(keep, t.awards, 0.0))


def full_compensation_consistency(t: Trial) -> Array:
    """Check that who gets all it claims can be paid and left out."""
    keep = t.awards < t.claims - 1e-12 * np.maximum(t.total, 1.0)[:, None]
    paid = np.where(keep, 0.0, t.claims).sum(axis=-1)
    money = np.clip(t.envelope - paid, 0.0, np.where(keep, t.claims, 0.0).sum(axis=-1))
    return difference(t.among(keep, money, t.claims), np.where(keep, t.awards, 0.0))


def _merged(t: Trial) -> Array:
    """Return what the first claimant gains by taking over the claims of those who stand last."""
    stay = t.stay()
    claims = t.claims[:, :stay].copy()
    claims[:, 0] += t.claims[:, stay:].sum(axis=-1)
    apart = t.awards[:, 0] + t.awards[:, stay:].sum(axis=-1)
    return np.asarray(t.share(t.envelope, claims)[:, 0] - apart)


def no_advantageous_merging(t: Trial) -> Array:
    """Check that nobody gains by merging."""
    return np.maximum(_merged(t), 0.0)


def no_advantageous_splitting(t: Trial) -> Array:
    """Check that nobody gains by splitting."""
    return np.maximum(-_merged(t), 0.0)


def _copied(t: Trial) -> Array:
    """Return the awards when everyone is there two or three times, with as much more money: (b, copies, n)."""
    copies = int(t.chance.integers(2, 4))
    awards = t.share(t.envelope * copies, np.tile(t.claims, (1, copies)))
    return awards.reshape(len(awards), copies, t.n)


def replication_invariance(t: Trial) -> Array:
    """Check that everyone twice, and twice the money: everyone gets what it got."""
    return np.asarray(np.abs(_copied(t) - t.awards[:, None, :]).max(axis=(1, 2)))


def division_invariance(t: Trial) -> Array:
    """Check that where copies all get the same, the original gets that too."""
    copied = _copied(t)
    alike = np.ptp(copied, axis=1).max(axis=-1) <= 1e-10 * np.maximum(t.total, 1.0)
    return where(alike, difference(copied[:, 0], t.awards))
