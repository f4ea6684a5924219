"""Read a crosswalk and check it against a budget and a plan, which may have faults of their own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from workbench.alignment.gathering import Gathering, subject_of
from workbench.alignment.inputs import Budget
from workbench.datasets.crosswalk import Crosswalk, in_order, read_crosswalk
from workbench.datasets.user_table import Tabular
from workbench.errors import Fault, InputError


def gather_crosswalk(
    table: Tabular | Crosswalk, budget: Budget | None, plan_codes: Collection[str] | None, gathering: Gathering
) -> Crosswalk | None:
    """Return the rows of a crosswalk that hold for a budget, its faults kept for later.

    Parameters
    ----------
    table : path, DataFrame or Crosswalk
    budget : Budget or None
        None where it could not be read: the crosswalk's budget codes are then taken as they are.
    plan_codes : collection of str or None
        The same for the plan.
    gathering : Gathering
        Where the faults go.

    Returns
    -------
    Crosswalk or None
        The rows of the budget's year and lines; None where the table could not be read.
    """
    read = gathering.attempt(lambda: read_crosswalk(table))
    if read is None:
        return None
    whole, cells = read
    lines = whole.budget_codes if budget is None else [code for code in budget.lines["budget_code"] if code]
    known = lines if budget is None else budget.known_codes
    codes = {row.plan_code for row in whole.rows} if plan_codes is None else plan_codes
    faults = [*cells, *whole.faults(list(dict.fromkeys(lines)), codes, known_codes=known)]
    held = whole
    if budget is not None and budget.chosen:
        late, held = _held(whole, budget)
        faults += late
    gathering.add(in_order(faults), subject_of("crosswalk", whole.file))
    return held


def _held(whole: Crosswalk, budget: Budget) -> tuple[list[Fault], Crosswalk]:
    """Return what is wrong with the dates for a budget's year, and the rows of the year and of its lines."""
    there = set(budget.lines["budget_code"])
    of_lines = replace(whole, rows=tuple(row for row in whole.rows if row.budget_code in there))
    try:
        held = of_lines.in_year(budget.financial_year)
    except InputError as refusal:
        return list(refusal.faults), of_lines
    return of_lines.missing_in_year(list(dict.fromkeys(budget.lines["budget_code"])), budget.financial_year), held
