"""Align a budget with a plan: the model's front door."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from workbench.alignment.bridges import gather_crosswalk
from workbench.alignment.gathering import Gathering
from workbench.alignment.inputs import Budget, gather_budget, gather_plan
from workbench.alignment.linking import Links, link
from workbench.alignment.measures import shares
from workbench.alignment.membership import Membership
from workbench.alignment.result import Alignment
from workbench.alignment.transport import least_moves, unlikeness
from workbench.allocation.rounding import largest_remainder
from workbench.datasets import Package, open_package
from workbench.datasets.crosswalk import Crosswalk
from workbench.datasets.user_table import Tabular
from workbench.errors import Fault, InputError, unknown_name
from workbench.fiscal import FiscalYear
from workbench.results import source_table

SHIPPED = "mtp-mtef"
"""The package that is aligned where none is given."""

NOT_OFFICIAL = "The measures are the workbench's own: Kenya publishes no alignment index."


@dataclass(frozen=True)
class Chosen:
    """The three tables of an alignment, and what must be said of them."""

    plan: Tabular
    budget: Tabular
    crosswalk: Tabular | Crosswalk
    plan_name: str
    cautions: tuple[str, ...] = ()


def align(
    package: Package | None = None,
    *,
    plan: Tabular | None = None,
    budget: Tabular | None = None,
    crosswalk: Tabular | Crosswalk | None = None,
    financial_year: str | FiscalYear | None = None,
    stage: str | None = None,
    sectors_of: str | FiscalYear | None = None,
) -> Alignment:
    """Measure how far a budget follows a plan.

    Parameters
    ----------
    package : Package, optional
        Plan lists and crosswalks; the shipped ``mtp-mtef`` where none is given.
    plan : str, path or DataFrame, optional
        The name of one of the package's plan lists, or a table of one's own with the columns
        ``plan_code, label, amount, unit`` (a blank amount is unknown).
    budget : path or DataFrame, optional
        ``budget_code, label, sector, amount, unit``, with ``financial_year`` and ``stage`` where there are several; the
        81 votes where none is given.
    crosswalk : path, DataFrame or Crosswalk, optional
        ``budget_code, plan_code, share, reason, mark, valid_from, valid_to``; the package's own for its plan list where
        none is given. The rows that hold on the year's 1 July are used.
    financial_year : str or FiscalYear, optional
        Needed where the budget holds several.
    stage : str, optional
        ``revised`` where the budget holds several and none is given.
    sectors_of : str or FiscalYear, optional
        Place the votes in the sectors that held them in another financial year, where the package's
        ``sector_membership`` shows that they have moved since.

    Returns
    -------
    Alignment

    Raises
    ------
    InputError
        With every fault of a table at once.
    UnknownNameError
        For a plan list, year or stage that is not there.
    """
    chosen = choose(package, plan, budget, crosswalk)
    year = FiscalYear(financial_year) if financial_year is not None else None
    placing = FiscalYear(sectors_of) if sectors_of is not None else None
    gathering = Gathering()
    plan_table = gather_plan(chosen.plan, gathering)
    lines = gather_budget(chosen.budget, gathering, year, stage)
    codes = None if plan_table is None else tuple(plan_table["plan_code"])
    held = gather_crosswalk(chosen.crosswalk, lines, codes, gathering)
    gathering.refuse()
    if plan_table is None or lines is None or codes is None or held is None:
        raise RuntimeError("a table that was not refused was not read either")
    placed: tuple[str, ...] = ()
    if placing is not None:
        lines, placed = Membership.of(package or open_package(SHIPPED)).place(lines, placing)
    links = link(lines.lines, held, codes)
    return assemble(
        plan_table, lines, links, crosswalk=held, plan_name=chosen.plan_name, cautions=(*chosen.cautions, *placed)
    )


def assemble(
    plan: pd.DataFrame, budget: Budget, links: Links, *, crosswalk: Crosswalk, plan_name: str,
    cautions: tuple[str, ...] = (),
) -> Alignment:  # fmt: skip
    """Build the result from a plan, a budget and the links between them."""
    year = str(budget.financial_year) if budget.financial_year else None
    notes = [*cautions, NOT_OFFICIAL]
    if crosswalk.illustrative:
        judged = "every link is a judgement" + ("" if crosswalk.no_reason else " with its reason")
        notes.append(f"The crosswalk is illustrative: {judged}, none is published.")
    if crosswalk.no_reason:
        notes.append(crosswalk.no_reason)
    marks = links.table["mark"].drop_duplicates()
    bridge = pd.DataFrame({"source": crosswalk.file, "locator": crosswalk.locator, "mark": marks})
    result = Alignment(
        parameters={"plan": plan_name, "financial_year": year, "stage": budget.stage, "crosswalk": crosswalk.file},
        sources=source_table(budget.lines, plan, bridge),
        notes=tuple(notes),
        financial_year=year,
        stage=budget.stage,
        plan=plan,
        budget=budget,
        crosswalk=crosswalk,
        linked_lines=links,
        moves=plan_moves(links, plan["amount"].to_numpy(np.float64)),
    )
    return replace(result, notes=(*notes, result.no_distance)) if result.no_distance else result


def plan_moves(links: Links, plan_amounts: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> pd.DataFrame:
    """Return the least moves between plan codes: ``from``, ``to``, ``amount`` (int64, KES), the largest first."""
    present = links.shillings().sum(axis=0)
    wanted_shares = shares(plan_amounts)
    empty = pd.DataFrame({"from": [], "to": [], "amount": []}).astype({"from": "str", "to": "str", "amount": "int64"})
    if np.isnan(wanted_shares).any() or not present.sum():
        return empty
    wanted = largest_remainder(wanted_shares, int(present.sum()))
    flows = least_moves(present, wanted, unlikeness(links.arrays.money()))
    rows = [
        {"from": links.plan_codes[giver], "to": links.plan_codes[taker], "amount": int(flows[giver, taker])}
        for giver, taker in zip(*np.nonzero(flows), strict=True)
    ]
    moves = pd.concat([empty, pd.DataFrame(rows)]) if rows else empty
    return moves.sort_values("amount", ascending=False, kind="stable", ignore_index=True)


def shipped_plans(package: Package | None = None) -> pd.DataFrame:
    """List the plan lists of a package: ``plan``, ``title``, ``caution`` and the names of its tables."""
    return (package or open_package(SHIPPED)).table("plans")


def choose(
    package: Package | None, plan: Tabular | None, budget: Tabular | None, crosswalk: Tabular | Crosswalk | None
) -> Chosen:
    """Find the tables that are to be used, the shipped ones where none are given; see :func:`align`."""
    if isinstance(plan, str) and not is_shipped(plan, package) and not (Path(plan).suffix or Path(plan).exists()):
        raise unknown_name("plan list", plan, list(shipped_plans(package)["plan"]))
    if plan is not None and budget is not None and crosswalk is not None and not is_shipped(plan, package):
        return Chosen(plan, budget, crosswalk, "a plan of one's own")
    source = package or open_package(SHIPPED)
    role = source.descriptor.workbench.get("align")
    if role is None:
        remedy = 'name a "plan" and a "budget" in datapackage.json under "workbench", "align"'
        raise InputError(Fault(what="names no plan to align with", value=source.name, remedy=remedy))
    lines = shipped_votes(open_package(role["budget"])) if budget is None else budget
    if plan is None or is_shipped(plan, source):
        name = role["plan"] if plan is None else str(plan)
        row = source.table("plans").set_index("plan").loc[name]
        bridge = _from_package(source, str(row["crosswalk_table"])) if crosswalk is None else crosswalk
        return Chosen(source.table(str(row["plan_table"])), lines, bridge, name, (str(row["caution"]),))
    if crosswalk is None:
        raise InputError(
            Fault(what="a plan of one's own needs a crosswalk of its own", remedy="give the crosswalk too")
        )
    return Chosen(plan, lines, crosswalk, "a plan of one's own")


def is_shipped(plan: Tabular, package: Package | None = None) -> bool:
    """Tell whether a plan is the name of a package's plan list."""
    return isinstance(plan, str) and plan in set((package or open_package(SHIPPED)).table("plans")["plan"])


def _from_package(package: Package, table: str) -> Crosswalk:
    from workbench.datasets.crosswalk import read_crosswalk

    crosswalk, faults = read_crosswalk(package.table(table))
    if faults:
        raise InputError(faults)
    return replace(crosswalk, file=f"{package.name}/{table}.csv")


def shipped_votes(package: Package) -> pd.DataFrame:
    """Return the votes of the national budget as budget lines, recurrent and development together.

    Returns
    -------
    DataFrame
        ``budget_code``, ``label``, ``sector``, ``amount``, ``unit``, ``financial_year``, ``stage``, ``source``,
        ``locator``, ``mark``.
    """
    votes = package.table("votes")
    votes = votes[votes["line"] == "item"].assign(basis=lambda frame: frame["basis"].fillna(""))
    keys = ["vote", "sector", "financial_year", "stage", "basis", "unit", "source", "locator", "mark"]
    whole = votes.groupby(keys, sort=False)["amount"].sum(min_count=2).reset_index()
    # The cells have two decimals: their sum in floating point must not grow more.
    return whole.assign(amount=whole["amount"].round(2)).rename(columns={"vote": "budget_code"}).assign(
        label=lambda frame: frame["budget_code"]
    ).drop(columns="basis")  # fmt: skip
