"""Checks that change claims. Each gives the violation in KES."""

from __future__ import annotations

import numpy as np

from workbench.allocation.axioms.problem import Trial, ascending, difference, where
from workbench.allocation.problems import Array


def _raised(t: Trial, column: int) -> tuple[Array, Array]:
    more = t.part(2.0 * np.maximum(t.total, 1.0))
    claims = t.claims.copy()
    claims[:, column] += more
    return more, claims


def claim_monotonicity(t: Trial) -> Array:
    """Check that a larger claim never brings less."""
    _, claims = _raised(t, 0)
    return np.maximum(t.awards[:, 0] - t.share(t.envelope, claims)[:, 0], 0.0)


def linked_claim_endowment(t: Trial) -> Array:
    """Check that when a claim and the envelope rise by the same amount, the award rises by no more than that."""
    more, claims = _raised(t, 0)
    return np.maximum(t.share(t.envelope + more, claims)[:, 0] - t.awards[:, 0] - more, 0.0)


def claims_order(t: Trial) -> Array:
    """Check that when one claim rises, of two others the larger gives up no less."""
    if t.n < 3:
        return np.zeros(len(t.total))
    _, sorted_claims = ascending(t)
    column = int(t.chance.integers(t.n))
    sorted_trial = Trial(t.share, t.envelope, sorted_claims, t.chance)
    _, claims = _raised(sorted_trial, column)
    given_up = np.delete(sorted_trial.awards - t.share(t.envelope, claims), column, axis=1)
    return np.asarray(np.maximum(-np.diff(given_up, axis=-1), 0.0).max(axis=-1))


def _transferred(t: Trial) -> tuple[Array, Array]:
    moved = t.part(t.claims[:, 1])
    claims = t.claims.copy()
    claims[:, 0] += moved
    claims[:, 1] -= moved
    return moved, t.share(t.envelope, claims) - t.awards


def no_transfer_paradox(t: Trial) -> Array:
    """Check that who hands over a part of its claim gets no more, who takes it gets no less."""
    _, change = _transferred(t)
    return np.maximum(np.maximum(-change[:, 0], change[:, 1]), 0.0)


def bounded_transfers(t: Trial) -> Array:
    """Check that a claim handed over moves no more money than its size."""
    moved, change = _transferred(t)
    return np.maximum(np.maximum(change[:, 0] - moved, -change[:, 1] - moved), 0.0)


def no_advantageous_transfer(t: Trial) -> Array:
    """Check that a group cannot gain by moving claims among its members."""
    _, change = _transferred(t)
    return np.abs(change[:, 0] + change[:, 1])


def summation_independence(t: Trial) -> Array:
    """Check that how the others' claims are spread among them does not matter."""
    if t.n < 3:
        return np.zeros(len(t.total))
    _, change = _transferred(t)
    return np.asarray(np.abs(change[:, 2:]).max(axis=-1))


def _others_changed(t: Trial, stay: int) -> Array:
    claims = t.claims.copy()
    claims[:, stay:] = t.part(np.broadcast_to(2.0 * t.claims.max(axis=-1)[:, None] + 1.0, claims[:, stay:].shape))
    return claims


def uniformity(t: Trial) -> Array:
    """Check that when others' claims and the envelope change, those who stay all gain or all lose."""
    if t.n < 3:
        return np.zeros(len(t.total))
    stay = t.stay(2)
    claims = _others_changed(t, stay)
    change = (t.share(t.part(claims.sum(axis=-1)), claims) - t.awards)[:, :stay]
    return np.asarray(np.maximum(np.minimum(change.max(axis=-1), -change.min(axis=-1)), 0.0))


def claims_separability(t: Trial) -> Array:
    """Check that when others' claims change and those who stay get the same together, each of them gets the same.

    The last claim is set, by halving, so that those who stay get the same together as before.
    """
    if t.n < 4:
        return np.zeros(len(t.total))
    stay = t.stay(2) if t.n > 4 else 2
    before = t.awards[:, :stay].sum(axis=-1)
    claims = _others_changed(t, stay)
    low = np.maximum(t.envelope - claims[:, :-1].sum(axis=-1), 0.0)
    high = low + 4.0 * t.total + 4.0
    for _ in range(60):
        claims[:, -1] = 0.5 * (low + high)
        much = t.share(t.envelope, claims)[:, :stay].sum(axis=-1) > before
        low, high = np.where(much, claims[:, -1], low), np.where(much, high, claims[:, -1])
    awards = t.share(t.envelope, claims)[:, :stay]
    same = np.abs(awards.sum(axis=-1) - before) <= 1e-11 * np.maximum(t.total, 1.0)
    return where(same, difference(awards, t.awards[:, :stay]))


def claims_endowment_separability(t: Trial) -> Array:
    """Check that the same when the envelope changes as well; here it is the envelope that is set by halving."""
    if t.n < 3:
        return np.zeros(len(t.total))
    stay = t.stay(2)
    before = t.awards[:, :stay].sum(axis=-1)
    claims = _others_changed(t, stay)
    low, high = np.zeros(len(before)), claims.sum(axis=-1)
    for _ in range(60):
        middle = 0.5 * (low + high)
        few = t.share(middle, claims)[:, :stay].sum(axis=-1) < before
        low, high = np.where(few, middle, low), np.where(few, high, middle)
    awards = t.share(0.5 * (low + high), claims)[:, :stay]
    same = np.abs(awards.sum(axis=-1) - before) <= 1e-11 * np.maximum(t.total, 1.0)
    return where(same, difference(awards, t.awards[:, :stay]))
