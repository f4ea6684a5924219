"""Checks that look at one problem, or at the same problem with more or less money. Each gives the violation in KES."""

from __future__ import annotations

import numpy as np

from workbench.allocation.axioms.problem import Trial, ascending, difference, excess, where
from workbench.allocation.problems import Array


def balance(t: Trial) -> Array:
    """Check that awards add up to the envelope."""
    return np.asarray(np.abs(t.awards.sum(axis=-1) - t.envelope))


def bounds(t: Trial) -> Array:
    """Check that no award is negative or above its claim."""
    return np.maximum(excess(-t.awards, np.zeros(t.awards.shape)), excess(t.awards, t.claims))


def anonymity(t: Trial) -> Array:
    """Check that the place in the table does not matter."""
    order = t.chance.permutation(t.n)
    return difference(t.share(t.envelope, t.claims[:, order]), t.awards[:, order])


def continuity(t: Trial) -> Array:
    """Check that a tiny change of claims and envelope changes awards by little; a jump is a violation."""
    shake = 1e-9 * np.maximum(t.total, 1.0)
    claims = t.claims + shake[:, None] * t.chance.random(t.claims.shape)
    envelope = np.minimum(t.envelope + shake * t.chance.random(len(shake)), claims.sum(axis=-1))
    moved = difference(t.share(envelope, claims), t.awards)
    return where(moved > 1e-5 * np.maximum(t.total, 1.0), moved)


def homogeneity(t: Trial) -> Array:
    """Check that measured in another unit the awards are the same."""
    factor = np.exp(t.chance.normal(0.0, 3.0, size=len(t.envelope)))
    return difference(t.share(t.envelope * factor, t.claims * factor[:, None]) / factor[:, None], t.awards)


def awards_lower_bound(t: Trial) -> Array:
    """Check that an n-th of the claim, cut to the envelope, is safe."""
    return excess(np.minimum(t.claims, t.envelope[:, None]) / t.n, t.awards)


def losses_lower_bound(t: Trial) -> Array:
    """Check that an n-th of the claim, cut to the deficit, is lost at least."""
    deficit = (t.total - t.envelope)[:, None]
    return excess(np.minimum(t.claims, deficit) / t.n, t.claims - t.awards)


def equal_treatment(t: Trial) -> Array:
    """Check that equal claims get equal awards."""
    order, claims = ascending(t)
    steps = np.abs(np.diff(np.take_along_axis(t.awards, order, -1), axis=-1))
    return np.asarray(where(np.diff(claims, axis=-1) == 0, steps).max(axis=-1, initial=0.0))


def _two_groups(t: Trial) -> tuple[Array, Array, Array, Array]:
    left, right = (t.chance.random(t.claims.shape) < 0.5 for _ in range(2))
    sums = ((t.claims * g).sum(axis=-1) for g in (left, right))
    awards = ((t.awards * g).sum(axis=-1) for g in (left, right))
    return (*sums, *awards)


def equal_groups(t: Trial) -> Array:
    """Check that groups with equal claims together get equal awards together."""
    left, right, gets, other = _two_groups(t)
    return where(np.abs(left - right) < 1e-12 * t.total, np.abs(gets - other))


def order_preservation(t: Trial) -> Array:
    """Check that who claims more gets no less, and loses no less."""
    order, claims = ascending(t)
    gets = np.diff(np.take_along_axis(t.awards, order, -1), axis=-1)
    wants = np.diff(claims, axis=-1)
    return np.maximum(excess(-gets, np.zeros(gets.shape)), excess(gets, wants))


def group_order_preservation(t: Trial) -> Array:
    """Check that a group that claims more gets no less, and loses no less."""
    left, right, gets, other = _two_groups(t)
    in_losses = (left - gets) - (right - other)
    return where(left <= right, np.maximum(np.maximum(gets - other, in_losses), 0.0))


def conditional_null(t: Trial) -> Array:
    """Check that nothing for whom the larger claims' excess over its own takes the whole envelope."""
    over = np.maximum(t.claims[:, None, :] - t.claims[:, :, None], 0.0).sum(axis=-1)
    return np.asarray(where(over >= t.envelope[:, None], t.awards).max(axis=-1))


def conditional_full(t: Trial) -> Array:
    """Check that full payment for whom everyone could get as much as it claims."""
    needed = np.minimum(t.claims[:, None, :], t.claims[:, :, None]).sum(axis=-1)
    return np.asarray(where(needed <= t.envelope[:, None], t.claims - t.awards).max(axis=-1))


def _ratio_steps(t: Trial) -> Array:
    """Award over claim, one claimant after the next larger: how much the ratio rises, in KES of the larger claim."""
    order, claims = ascending(t)
    awards = np.take_along_axis(t.awards, order, -1)
    small, large = claims[:, :-1], claims[:, 1:]
    rise = np.divide(awards[:, :-1] * large, small, out=np.zeros(small.shape), where=small > 0)
    return np.where(small > 0, awards[:, 1:] - rise, 0.0)


def progressivity(t: Trial) -> Array:
    """Check that a larger claim gets at least as large a percentage."""
    return np.asarray(np.maximum(-_ratio_steps(t), 0.0).max(axis=-1, initial=0.0))


def regressivity(t: Trial) -> Array:
    """Check that a larger claim gets at most as large a percentage."""
    return np.asarray(np.maximum(_ratio_steps(t), 0.0).max(axis=-1, initial=0.0))


def _bends(t: Trial) -> Array:
    """Return how far the paths of awards of two claimants bend to the larger claim, and to the smaller."""
    money = np.sort(np.stack([t.envelope, t.part(t.total), t.part(t.total)]), axis=0)
    order, _ = ascending(t)
    first, middle, last = (np.take_along_axis(t.share(e, t.claims), order, -1) for e in money)
    before, after = middle - first, last - middle
    worst = np.zeros((2, len(t.total)))
    for i in range(t.n):
        for j in range(i + 1, t.n):
            noise = 1e-7 * np.maximum(t.total, 1.0)
            defined = (before[:, i] > noise) & (after[:, i] > noise) & (t.claims.min(axis=-1) > 0)
            turn = after[:, j] * before[:, i] - before[:, j] * after[:, i]
            turn = np.where(defined, turn / np.maximum(t.total, 1.0), 0.0)
            worst = np.maximum(worst, [turn, -turn])
    return worst


def concavity(t: Trial) -> Array:
    """Check that of more money the larger claim takes an ever smaller part, compared with the smaller claim."""
    return np.asarray(_bends(t)[0])


def convexity(t: Trial) -> Array:
    """Check that of more money the larger claim takes an ever larger part, compared with the smaller claim."""
    return np.asarray(_bends(t)[1])


def endowment_monotonicity(t: Trial) -> Array:
    """Check that more money means no less for anyone."""
    more = t.envelope + t.part(t.total - t.envelope)
    return excess(t.awards, t.share(more, t.claims))


def endowment_order(t: Trial) -> Array:
    """Check that of more money the larger claim gets no less than the smaller."""
    more = t.envelope + t.part(t.total - t.envelope)
    order, _ = ascending(t)
    gains = np.take_along_axis(t.share(more, t.claims) - t.awards, order, -1)
    return np.asarray(np.maximum(-np.diff(gains, axis=-1), 0.0).max(axis=-1, initial=0.0))


def endowment_convexity(t: Trial) -> Array:
    """Check that of the middle of two envelopes everyone gets the middle."""
    other, weight = t.part(t.total), t.chance.random(len(t.total))
    mixed = t.share(weight * t.envelope + (1 - weight) * other, t.claims)
    return difference(mixed, weight[:, None] * t.awards + (1 - weight[:, None]) * t.share(other, t.claims))


def minimal_rights_first(t: Trial) -> Array:
    """Check that paying first what all others would leave changes nothing."""
    rights = np.maximum(t.claims - (t.total - t.envelope)[:, None], 0.0)
    left = np.maximum(t.envelope - rights.sum(axis=-1), 0.0)
    return difference(t.awards, rights + t.share(left, t.claims - rights))


def truncation_invariance(t: Trial) -> Array:
    """Check that what is claimed beyond the envelope changes nothing."""
    return difference(t.awards, t.share(t.envelope, np.minimum(t.claims, t.envelope[:, None])))


def composition_down(t: Trial) -> Array:
    """Check that after a cut, sharing by the claims or by the awards first promised is the same."""
    less = t.part(t.envelope)
    return difference(t.share(less, t.claims), t.share(np.minimum(less, t.awards.sum(axis=-1)), t.awards))


def composition_up(t: Trial) -> Array:
    """Check that money that comes later can be shared on what is still unpaid, or all can be shared anew."""
    more = t.part(t.total - t.envelope)
    unpaid = np.maximum(t.claims - t.awards, 0.0)
    later = t.share(np.minimum(more, unpaid.sum(axis=-1)), unpaid)
    return difference(t.share(t.envelope + more, t.claims), t.awards + later)


def midpoint(t: Trial) -> Array:
    """Check that half of all claims means half of each."""
    return difference(t.share(t.total / 2, t.claims), t.claims / 2)


def self_duality(t: Trial) -> Array:
    """Check that what is there and what is missing are shared alike."""
    return difference(t.awards, t.claims - t.share(t.total - t.envelope, t.claims))
