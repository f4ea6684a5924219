"""Constrained funding: state the problem, solve it, say what came out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from workbench.allocation.funding.amounts import UNIT
from workbench.allocation.funding.gather import Gathered
from workbench.allocation.funding.keyed import Given
from workbench.allocation.funding.limits import LimitBuilder
from workbench.allocation.funding.lines import Lines, read_lines
from workbench.allocation.funding.objectives import Leximin, Nearest, Objective, Weighted, read_objective
from workbench.allocation.funding.result import FundingResult
from workbench.allocation.funding.ruled import add_growth, add_shares
from workbench.allocation.funding.rules import GrowthLimit, ShareLimit
from workbench.allocation.funding.solve import best_awards
from workbench.allocation.funding.statement import (
    Envelope,
    Problem,
    add_envelopes,
    add_floors_and_ceilings,
    read_lumps,
    read_proposal,
    read_weights,
)
from workbench.fiscal.money import unit_size


def fund(
    requests: pd.Series | pd.DataFrame,
    envelope: Envelope,
    *,
    floors: Given = None,
    ceilings: Given = None,
    weights: Given = None,
    shares: Sequence[ShareLimit] | ShareLimit = (),
    growth: Sequence[GrowthLimit] | GrowthLimit = (),
    lumps: Sequence[object] = (),
    objective: Objective | str = "weighted",
    unit: str = UNIT,
    lines: Sequence[str] | None = None,
) -> FundingResult:
    """Share an envelope among requests under limits, as well as an objective can be met.

    Parameters
    ----------
    requests : Series or DataFrame
        What each line asks for: a Series indexed by programme (and financial_year), or a long table with ``amount`` and
        any further columns (sector, economic_class) that limits can speak of. A column ``unit`` counts where it is.
    envelope : float, or by financial year
        The money there is. One number is one pool for all lines and years together.
    floors, ceilings : Series, mapping, table, or several of them, optional
        Least and greatest awards. A mapping is keyed by line. A Series whose index levels are columns of the requests
        (``sector``, ``financial_year``) limits the sum of the lines that share those values; ``each year`` and
        ``all years`` may stand for a year. No award is above its request in any case.
    weights : Series or mapping, optional
        How much a KSh million counts, a line; 1 for all where none are given. Not used by leximin, which refuses them.
    shares : sequence of ShareLimit
        Least and greatest shares, such as development at least 30 per cent.
    growth : sequence of GrowthLimit
        How fast awards may grow or fall from year to year.
    lumps : sequence of labels
        Projects that are funded whole or not at all; a label without the year means all its years, decided together.
    objective : {"weighted", "leximin"} or Weighted, Leximin, Nearest
        The most weighted funding with diminishing returns, the worst-funded first, or nearest to a proposal.
    unit : str
        The unit of every amount given; awards are always KSh millions.
    lines : sequence of str, optional
        The columns that name a line; without it ``programme`` and ``financial_year``, or the table's index.

    Returns
    -------
    FundingResult
        Awards, what binds, shadow prices in words.

    Raises
    ------
    InputError, LabelError
        For input that cannot be used, all faults at once; an unknown request is refused, and is never zero.
    FundingInfeasibleError
        An InfeasibleError: the limits that clash, by name, and the smallest amount of money that would mend it.

    Notes
    -----
    ``docs/methods/funding.md`` has the formulas and their sources. HiGHS (Huangfu and Hall 2018) solves the linear and
    mixed-integer programmes, through SciPy.

    Examples
    --------
    >>> import pandas as pd
    >>> asked = pd.Series({"Roads": 60.0, "Clinics": 40.0})
    >>> fund(asked, 50.0, floors={"Clinics": 30.0}).awards.to_dict()
    {'Roads': 20.0, 'Clinics': 30.0}
    """
    gathered = Gathered()
    unit_size(unit)
    wanted = read_objective(objective)
    read = read_lines(requests, lines, unit, gathered)
    share_rules = (shares,) if isinstance(shares, ShareLimit) else tuple(shares)
    growth_rules = (growth,) if isinstance(growth, GrowthLimit) else tuple(growth)
    problem = Problem(
        lines=read,
        limits=_limits(read, envelope, (floors, ceilings), (share_rules, growth_rules), gathered).build(),
        objective=wanted,
        weights=read_weights(weights, read, gathered),
        proposal=read_proposal(wanted, read, gathered),
        lump=read_lumps(lumps, read, gathered),
    )
    _check_fit(problem, weights is not None, gathered)
    gathered.raise_any()
    return FundingResult(
        problem=problem,
        amounts=best_awards(problem),
        parameters=_parameters(problem, unit, weights is not None),
        sources=_sources(read, share_rules),
        notes=_notes(problem),
    )


def _limits(
    lines: Lines,
    envelope: Envelope,
    bounds: tuple[Given, Given],
    rules: tuple[Sequence[ShareLimit], Sequence[GrowthLimit]],
    gathered: Gathered,
) -> LimitBuilder:
    builder = LimitBuilder(lines=len(lines))
    add_envelopes(envelope, lines, builder, gathered)
    add_floors_and_ceilings(*bounds, lines, builder, gathered)
    add_shares(rules[0], lines, builder, gathered)
    add_growth(rules[1], lines, builder, gathered)
    return builder


def _check_fit(problem: Problem, weighted: bool, gathered: Gathered) -> None:
    """Note what does not go together."""
    if not isinstance(problem.objective, Leximin):
        return
    if problem.has_lumps:
        what = "cannot raise the worst-funded where projects are funded whole or not at all"
        gathered.value(what, "leximin", remedy="use objective='weighted', or let the projects be funded in part")
    if weighted:
        gathered.value("treats all lines alike and has no use for weights", "leximin", remedy="leave the weights out")


def _parameters(problem: Problem, unit: str, weighted: bool) -> dict[str, Any]:
    limits = problem.limits.all
    parameters: dict[str, Any] = {
        "objective": problem.objective.name,
        "unit_given": unit,
        "envelope": {limit.name: limit.amount for limit in limits if limit.kind == "envelope"},
        "limits": {kind: sum(limit.kind == kind for limit in limits) for kind in sorted({at.kind for at in limits})},
        "projects": int(problem.lump.max(initial=-1)) + 1,
        "weighted": weighted,
    }
    if isinstance(problem.objective, Weighted):
        parameters["steps"] = [[float(end), float(worth)] for end, worth in problem.objective.steps]
    return parameters


def _sources(lines: Lines, shares: Sequence[ShareLimit]) -> pd.DataFrame:
    laws = [{"source": rule.law, "locator": rule.name, "mark": rule.mark} for rule in shares if rule.law]
    if not laws:
        return lines.sources
    rows = [*lines.sources.to_dict("records"), *laws]
    return pd.DataFrame(rows, columns=["source", "locator", "mark"]).drop_duplicates(ignore_index=True)


def _notes(problem: Problem) -> tuple[str, ...]:
    notes = []
    request = float(problem.lines.request.sum())
    envelopes = [limit for limit in problem.limits.all if limit.kind == "envelope"]
    money = sum(limit.amount for limit in envelopes)
    if len(envelopes) == 1 and len(problem.lines.years) > 1:
        notes.append(f"The envelope is one pool for {len(problem.lines.years)} financial years together.")
    if money > 0 and request > 0 and not 1e-4 <= money / request <= 1e4:
        notes.append("The envelope and the requests differ ten-thousandfold: check that both stand in one unit.")
    if isinstance(problem.objective, Weighted):
        notes.append(
            "What a KSh million is worth in each part of a request is a setting (steps), not a published figure."
        )
    if isinstance(problem.objective, Nearest):
        over = int((problem.proposal > problem.lines.request).sum())
        if over:
            notes.append(f"The proposal is above the request in {over} lines; no award is.")
    if problem.has_lumps:
        notes.append("Other choices of projects may be worth as much; the solver's first best one is shown.")
    return tuple(notes)
