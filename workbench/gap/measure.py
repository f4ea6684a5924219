"""``wb.gap``: what was required against what was allocated."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from workbench.errors import Fault, InputError, unknown_name
from workbench.fiscal import FiscalYear
from workbench.gap.align import LINE_KEYS, SIDES, aligned, shares_of, with_gaps
from workbench.gap.asked import YEAR, asked_faults, check_levels, told_together, year_faults
from workbench.gap.comparable import ALONE, Comparison
from workbench.gap.differences import (
    difference_notes,
    difference_readings,
    differences_of,
    printed_gaps,
    split_differences,
)
from workbench.gap.inputs import default_levels, sides_given
from workbench.gap.ledger import LedgerSide, collected, unit_notes
from workbench.gap.lines import common_classes, leaves, printed_at
from workbench.gap.near import unfundable_notes, unmatched_notes
from workbench.gap.readings import readings_of
from workbench.gap.result import Gap
from workbench.gap.sides import different_stages, one_stage, prepare
from workbench.gap.touched import findings_of, repeat_notes, without_repeats
from workbench.results import illustrative_notes, source_table

_MEASURES = {
    ("requirement", "allocation"): "funding gap",
    ("ceiling", "estimate"): "slippage",
    ("estimate", "revised"): "revision",
    ("revised", "expenditure"): "absorption",
    ("estimate", "expenditure"): "outturn",
    ("revised", "exchequer_issue"): "release",
    ("estimate", "exchequer_issue"): "release",
}


def gap(
    requirements: pd.DataFrame | LedgerSide | str | os.PathLike[str] | Any,  # noqa: ANN401 - or an Ibis table
    allocations: pd.DataFrame | LedgerSide | str | os.PathLike[str] | Any | None = None,  # noqa: ANN401
    *,
    from_stage: str | None = None,
    to_stage: str | None = None,
    by: str | Sequence[str] | None = None,
    financial_year: str | FiscalYear | None = None,
    basis: str = "as_computed",
    **opening: Any,  # noqa: ANN401 - handed to open_ledger
) -> Gap:
    """Set what was required against what was allocated; or any two stages of the budget.

    Parameters
    ----------
    requirements, allocations : DataFrame, path, Ibis table or connection, Ledger or LedgerSide
        Rows of the one table, each side of one stage: ``package.requirements`` and ``package.allocations``, or say
        the ceilings and the estimates. A boolean column ``primary`` keeps restatements out of the sums. Or a ledger: a
        Parquet or CSV file, a table of any Ibis connection, ``ledger.stage("revised")``; it is added up by ``by`` (vote
        and economic class without it) where it lies. One ledger or table with both stages may stand alone.
    from_stage, to_stage : str, optional
        The stages to take, where a source holds several: ``wb.gap("boost.parquet", from_stage="revised",
        to_stage="expenditure", year_is="end")``. ``approved`` is the estimate, ``adjusted`` the revised estimate,
        ``released`` the exchequer issue, ``executed`` or ``spent`` the expenditure.
    by : str or sequence of str, optional
        The levels of the result's table: ``sector``, ``vote``, ``programme``, ``sub_programme``, ``county``,
        ``economic_class``. Without it every line stands for itself.
    financial_year : str or FiscalYear, optional
        One year only.
    basis : {"as_computed", "as_printed"}
        Whether sums are added up from the rows, or are the sub-totals and totals that the document prints; then the
        whole gap of a year is the deficit that the same table prints, where it prints one.
    **opening
        How a file or a database is opened: ``table``, ``layout``, ``unit``, ``year_is``, ``blank_is_nil``, ``mark`` as
        :func:`workbench.gap.open_ledger` has them.

    Returns
    -------
    Gap
        Amounts in KES. gap = requirement - allocation: positive is a deficit, negative a surplus.

    Raises
    ------
    InputError
        For figures that cannot be used, with every fault; for a side that mixes stages, or gross and net.
    UnknownNameError
        For a level, basis or financial year that is not known.

    Notes
    -----
    A line on one side only is listed with the other side unknown, and no sum counts it: gaps and ratios are those of
    the lines on both sides, what stands alone is told beside them. A sum over an unknown amount is unknown, and so is
    one over lines that may hold the same money.

    Examples
    --------
    >>> import workbench as wb
    >>> plan = wb.open_package("opm-strategic-plan")
    >>> print(wb.gap(plan.requirements, plan.allocations, financial_year="2009/10").gap / 1e6)
    1247.0
    """
    itself = allocations is requirements
    faults = asked_faults(by, basis)
    with told_together(faults):
        requirements, allocations = sides_given(requirements, allocations, (from_stage, to_stage), opening)
        if faults and isinstance(requirements, pd.DataFrame) and isinstance(allocations, pd.DataFrame):
            faults += year_faults(financial_year, _years_of(requirements, allocations))
    levels = None if by is None else check_levels(by)
    findings = pd.DataFrame()
    assumed: tuple[str, ...] = ()
    in_ledger = isinstance(requirements, LedgerSide) and isinstance(allocations, LedgerSide)
    if isinstance(requirements, LedgerSide) or isinstance(allocations, LedgerSide):
        levels = levels if levels is not None else default_levels((requirements, allocations))
        assumed = unit_notes(requirements, allocations)
        requirements, allocations = collected(requirements, allocations, levels)
    requirements, differences, items = split_differences(requirements)
    sides = (prepare(requirements, "requirements"), prepare(allocations, "allocations"))
    if financial_year is not None:
        sides = _of_year(sides, str(FiscalYear(financial_year)))
    if not in_ledger:
        year = None if financial_year is None else str(FiscalYear(financial_year))
        findings = findings_of(requirements, allocations, year)
        sides = (without_repeats(sides[0], findings), without_repeats(sides[1], findings))
    # What a ledger adds up stands there once already.
    once = [side.assign(line_label="") if in_ledger else leaves(side) for side in sides]
    counted = (once[0], once[1]) if in_ledger else common_classes(once[0], once[1])
    stages = (one_stage(counted[0], "requirement"), one_stage(counted[1], "allocation"))
    if not any(map(len, counted)):
        raise InputError(Fault(what="there are no figures to compare", remedy="give rows with amounts on either side"))
    if itself:
        # Two tables of one stage are fine: the revised estimates before and after a cut.
        different_stages(stages)
    # In a ledger a blank key is what no key names, and not the whole of the others.
    comparison = Comparison.of(*counted, nested=not in_ledger)
    counted = comparison.sides
    lines = comparison.at(LINE_KEYS[1:]).drop(columns=list(ALONE))
    said = [readings_of(side, comparison, place, basis) for place, side in enumerate(sides)]
    printed = differences_of(differences)
    printed = printed[printed["financial_year"].isin(lines["financial_year"])].reset_index(drop=True)
    said.append(difference_readings(printed, used=basis == "as_printed"))
    readings = pd.concat([one for one in said if len(one)], ignore_index=True)
    sources = source_table(*counted, *(side[~side["primary"]] for side in sides))
    found = Gap(
        parameters={
            "from_stage": stages[0],
            "to_stage": stages[1],
            "measure": _MEASURES.get(stages, f"{stages[0]} against {stages[1]}"),
            "basis": basis,
            "by": levels,
            "financial_year": None if financial_year is None else str(FiscalYear(financial_year)),
        },
        sources=sources,
        notes=(
            *comparison.notes,
            *assumed,
            *repeat_notes(findings),
            *_basis_notes(*counted),
            *unmatched_notes(comparison, stages),
            *unfundable_notes(lines, stages),
            *illustrative_notes(sources),
        ),
        lines=lines,
        findings=findings,
        readings=readings,
        comparison=comparison,
        sides=sides,
        printed_gaps=printed_gaps(printed),
        items=items,
    )
    return replace(
        found,
        lines=shares_of(lines, found.years),
        notes=(*found.notes, *difference_notes(printed, found.years, used=found.printed_years)),
    )


def at_levels(result: Gap, levels: Sequence[str]) -> pd.DataFrame:
    """Add a gap up to some levels, on the result's own basis; the core of :meth:`Gap.by`."""
    if result.parameters["basis"] == "as_computed":
        return result.comparison.at(levels)
    whole = with_gaps(_as_printed(result, ()), result.printed_gaps)
    return shares_of(_as_printed(result, levels), whole) if levels else whole


def _as_printed(result: Gap, levels: Sequence[str]) -> pd.DataFrame:
    computed = result.comparison.at(levels)
    keys = ["financial_year", *levels]
    sides = []
    for rows, side in zip((printed_at(side, levels) for side in result.sides), SIDES, strict=True):
        # A group without a printed figure stays in the table, with the figure unknown.
        groups = computed.loc[_stands_on(computed, side), keys].assign(kes=float("nan"))
        sides.append(pd.concat([rows, _missing(groups, rows, keys)], ignore_index=True))
    printed = aligned(sides[0], sides[1], keys)
    alone = {f"{side}_alone": printed[side].where(printed["stands_on"] == f"{side} only", 0.0) for side in SIDES}
    return printed.assign(**alone)


def _stands_on(groups: pd.DataFrame, side: str) -> pd.Series:
    other = SIDES[1 - SIDES.index(side)]
    return groups["stands_on"] != f"{other} only"


def _missing(groups: pd.DataFrame, rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    there = pd.MultiIndex.from_frame(rows.reindex(columns=keys))  # nothing may be printed at a level
    return groups[~pd.MultiIndex.from_frame(groups[keys]).isin(there)]


def _years_of(*sides: pd.DataFrame) -> set[str]:
    return {str(year) for side in sides if "financial_year" in side for year in side["financial_year"].dropna()}


def _of_year(sides: tuple[pd.DataFrame, pd.DataFrame], year: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    known = sorted({one for side in sides for one in side["financial_year"] if one})
    if year not in known:
        raise unknown_name(YEAR, year, known)
    first, second = (side[side["financial_year"] == year].reset_index(drop=True) for side in sides)
    return first, second


def _basis_notes(requirements: pd.DataFrame, allocations: pd.DataFrame) -> tuple[str, ...]:
    first, second = (sorted(set(side["basis"])) for side in (requirements, allocations))
    if first == second or not (first and second):  # a side without rows has no basis to differ by
        return ()
    says = [", ".join(basis or "not stated" for basis in bases) for bases in (first, second)]
    return (f"The two sides stand on different bases (gross or net): {says[0]} against {says[1]}.",)
