"""Why a claimant gets what it gets, in one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.allocation.problems import Array
from workbench.allocation.registry import Rule
from workbench.fiscal import format_money


@dataclass(frozen=True, eq=False)
class Shared:
    """What a reason is told about: one problem and its awards before rounding, arrays of shape (n,), KES.

    ``limited`` says that others stand at a floor or ceiling, so that this is what the rule shared among the rest.
    """

    rule: Rule
    envelope: float
    claims: Array
    awards: Array
    weighted: bool = False
    limited: bool = False

    @property
    def everyone(self) -> str:
        """Who shares alike."""
        return "everyone within the limits" if self.limited else "everyone"

    @property
    def noise(self) -> float:
        """KES below which two amounts count as the same."""
        return 1e-12 * max(float(self.claims.max(initial=0.0)), 1.0)

    def same(self, left: float, right: float) -> bool:
        """Whether two amounts are the same but for binary noise."""
        return abs(left - right) <= self.noise


def reason(shared: Shared, i: int) -> str:
    """Say in one sentence why claimant ``i`` gets its award under the rule."""
    claim, award = float(shared.claims[i]), float(shared.awards[i])
    if claim == 0:
        return "It claims nothing and gets nothing."
    if shared.same(shared.envelope, float(shared.claims.sum())):
        what = "What is left" if shared.limited else "The envelope"
        return (
            f"{what} pays {'these' if shared.limited else 'all'} claims, so it gets its whole claim of {_kes(claim)}."
        )
    if shared.envelope == 0:
        what = "Floors leave nothing" if shared.limited else "There is nothing"
        return f"{what} to share, so it gets nothing of its {_kes(claim)}."
    if shared.weighted:
        return _weighted(shared, claim, award)
    tell = _TELLERS.get(shared.rule.name, _general)
    return tell(shared, claim, award)


def _kes(amount: float) -> str:
    return format_money(round(amount), "KES")


def _percent(award: float, claim: float) -> str:
    return f"{100 * award / claim:.1f} per cent"


def _general(shared: Shared, claim: float, award: float) -> str:
    meaning = shared.rule.meaning.rstrip(".")
    return f"It gets {_kes(award)}, {_percent(award, claim)} of its claim of {_kes(claim)} ({meaning})."


def _weighted(shared: Shared, claim: float, award: float) -> str:
    if shared.same(award, claim):
        return f"Its weight brings it its whole claim of {_kes(claim)}."
    return f"By its weight it gets {_kes(award)}, {_percent(award, claim)} of its claim of {_kes(claim)}."


def _proportional(shared: Shared, claim: float, award: float) -> str:
    return f"Like {shared.everyone} it gets {_percent(award, claim)} of its claim of {_kes(claim)}."


def _equal_awards(shared: Shared, claim: float, award: float) -> str:
    level = float(shared.awards.max())
    if shared.same(award, claim):
        return f"It claims {_kes(claim)}, no more than the common award of {_kes(level)}, and is paid in full."
    return f"It claims more than the common award of {_kes(level)} and gets that."


def _equal_losses(shared: Shared, claim: float, award: float) -> str:
    loss = float((shared.claims - shared.awards).max())
    if shared.same(award, 0.0):
        return f"It claims {_kes(claim)}, no more than the common loss of {_kes(loss)}, and gets nothing."
    return f"Like {shared.everyone} who gets something it goes short by {_kes(loss)} of its claim of {_kes(claim)}."


def _halves(shared: Shared, claim: float, award: float) -> str:
    """Talmud: what the halves decide, below and above half of all claims."""
    scarce = shared.envelope <= shared.claims.sum() / 2
    if shared.same(award, claim / 2):
        return "It gets half its claim: no more while others wait for their half, no less once all have it."
    if scarce:
        return f"There is less than half of all claims; it gets {_kes(award)}, like everyone who waits for its half."
    return f"It goes short by {_kes(claim - award)}, like everyone who gets more than half its claim."


def _two_halves(shared: Shared, claim: float, award: float) -> str:
    """Piniles: equal awards on each half."""
    if shared.same(award, claim):
        return f"Both halves of its claim of {_kes(claim)} are paid."
    if shared.same(award, claim / 2):
        return f"It gets half its claim of {_kes(claim)}, the part that is shared equally first."
    if shared.envelope <= shared.claims.sum() / 2:
        return f"It waits for the first half of its claim; it gets {_kes(award)}, like everyone who waits with it."
    return f"It has the first half of its claim and {_kes(award - claim / 2)} of the second, shared equally."


def _egalitarian(shared: Shared, claim: float, award: float) -> str:
    if shared.same(award, claim / 2):
        return "It gets half its claim, the least in plenty and the most in scarcity."
    if shared.same(award, claim):
        return f"Its whole claim of {_kes(claim)} is no more than the common award, and is paid."
    return f"It gets the common award of {_kes(award)}, which lies between half its claim and the whole."


def _minimal_rights(shared: Shared, claim: float, award: float) -> str:
    right = max(shared.envelope - (float(shared.claims.sum()) - claim), 0.0)
    if right > shared.noise:
        return f"All others would leave it {_kes(right)}; with its part of the rest it gets {_kes(award)}."
    cut = min(claim, shared.envelope)
    return f"The others claim the whole envelope; for the {_kes(cut)} it can claim of it, it gets {_kes(award)}."


def _overlap(_: Shared, claim: float, award: float) -> str:
    return f"Of its {_kes(claim)} it gets {_kes(award)}: each shilling is split among those who claim that one."


def _arrival(_: Shared, claim: float, award: float) -> str:
    return f"Over all orders in which the claimants could come it gets {_kes(award)} of its {_kes(claim)} on average."


def _average(_: Shared, claim: float, award: float) -> str:
    return f"It gets {_kes(award)} of its {_kes(claim)}, the middle between equal awards and equal losses."


def _tiers(shared: Shared, claim: float, award: float) -> str:
    if shared.same(award, claim):
        return f"Its tier is served in full: it gets its claim of {_kes(claim)}."
    if shared.same(award, 0.0):
        return "The tiers before it take the whole envelope, so it gets nothing."
    return f"The money ends in its tier; it gets {_kes(award)}, {_percent(award, claim)} of its claim of {_kes(claim)}."


_TELLERS = {
    "proportional": _proportional,
    "constrained_equal_awards": _equal_awards,
    "constrained_equal_losses": _equal_losses,
    "talmud": _halves,
    "piniles": _two_halves,
    "constrained_egalitarian": _egalitarian,
    "adjusted_proportional": _minimal_rights,
    "concede_and_divide": _minimal_rights,
    "minimal_overlap": _overlap,
    "random_arrival": _arrival,
    "average_of_cea_and_cel": _average,
    "priority": _tiers,
}
