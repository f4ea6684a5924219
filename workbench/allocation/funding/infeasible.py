"""Say in words why a problem has no solution, and what would mend it."""

from __future__ import annotations

from workbench.allocation.funding.amounts import in_words, listed
from workbench.allocation.funding.clash import Clash, Member, Mend
from workbench.allocation.funding.limits import AT_LEAST, Limit
from workbench.allocation.funding.statement import Problem
from workbench.errors import Fault, InfeasibleError


class FundingInfeasibleError(InfeasibleError):
    """Limits of a funding problem that cannot hold together.

    Attributes
    ----------
    clashes : tuple of tuple of str
        For each clash the names of the limits and requests in it; drop any one of them and that clash is gone.
    needed : float
        The smallest amount of money that would mend it, KSh millions.
    money_alone : bool
        Whether that much more in the envelopes mends it; else limits of other kinds have to give way by it.
    changes : dict
        KSh millions by name of the limit: what the smallest mend changes.
    """

    def __init__(self, problem: Problem, clashes: list[tuple[Member, ...]], mend: Mend) -> None:
        limits = problem.limits.all
        self.clashes = tuple(tuple(_name(member, problem) for member in clash) for clash in clashes)
        self.needed = mend.total
        self.money_alone = mend.money_alone
        self.changes = {limits[at].name: amount for at, amount in mend.amounts.items()}
        faults = [
            Fault(what=_says(member, problem), value=name, column=f"clash {number}" if len(clashes) > 1 else None)
            for number, (clash, names) in enumerate(zip(clashes, self.clashes, strict=True), start=1)
            for member, name in zip(clash, names, strict=True)
        ]
        faults.append(Fault(what=_mending(problem, mend)))
        several = f"{len(clashes)} sets of limits that" if len(clashes) > 1 else "These limits"
        super().__init__(faults, summary=f"No awards keep all limits. {several} cannot hold together")


def explain_infeasible(problem: Problem) -> FundingInfeasibleError:
    """Return the error that names what clashes in a problem without a feasible award."""
    clash = Clash(problem)
    return FundingInfeasibleError(problem, clash.clashes(), clash.mend())


def _name(member: Member, problem: Problem) -> str:
    limits, names = problem.limits.all, problem.lines.names
    if member.project >= 0:
        lines = [names[at] for at in range(len(names)) if problem.lump[at] == member.project]
        return f"project {listed(lines)}"
    if member.requests:
        lines = [names[at] for at in member.requests]
        return f"request of {lines[0]}" if len(lines) == 1 else f"requests of {listed(lines)}"
    if len(member.limits) == 1:
        return limits[member.limits[0]].name
    said = listed([limits[at].name for at in member.limits])
    return f"{len(member.limits)} {limits[member.limits[0]].kind} limits ({said})"


def _says(member: Member, problem: Problem) -> str:
    limits, request = problem.limits.all, problem.lines.request
    if member.project >= 0:
        asked = in_words(float(request[problem.lump == member.project].sum()))
        return f"is funded whole, with {asked}, or not at all"
    if member.requests:
        asked = in_words(float(request[list(member.requests)].sum()))
        return f"asks for {asked}, and no award may be above its request"
    if len(member.limits) > 1:
        total = in_words(sum(limits[at].amount for at in member.limits))
        return f"add up to {total}"
    return _limit_says(limits[member.limits[0]])


def _limit_says(limit: Limit) -> str:
    if limit.kind in ("share", "growth") and limit.amount == 0:
        return "must hold"
    bound = "at least" if limit.sense == AT_LEAST else "at most"
    return (
        f"allows {bound} {in_words(limit.amount)}" if bound == "at most" else f"wants {bound} {in_words(limit.amount)}"
    )


def _mending(problem: Problem, mend: Mend) -> str:
    limits = problem.limits.all
    if mend.money_alone:
        parts = [f"{in_words(amount)} more in the {limits[at].name}" for at, amount in mend.amounts.items()]
        total = f" ({in_words(mend.total)} together)" if len(parts) > 1 else ""
        return f"the smallest amount of money that mends it: {listed(parts, most=8)}{total}"
    parts = [f"{limits[at].name} by {in_words(amount)}" for at, amount in mend.amounts.items()]
    return (
        "more money in the envelope alone does not mend it; "
        f"the smallest change that does is {in_words(mend.total)}: ease {listed(parts, most=8)}"
    )
