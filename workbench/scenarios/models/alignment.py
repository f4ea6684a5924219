"""Alignment as scenarios see it: the plan list, each vote's sector, amount and shares, the plan's money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.alignment import Alignment, align, measures
from workbench.alignment.align import SHIPPED, shipped_votes
from workbench.datasets import Package
from workbench.datasets.crosswalk import UNLINKED
from workbench.errors import unknown_name
from workbench.fiscal import UNITS
from workbench.scenarios.models.base import (
    SET_BY_SCENARIO,
    Core,
    Floats,
    Given,
    Headline,
    InYear,
    KeyColumn,
    NotDrawnError,
    Outcome,
    Output,
    Parameter,
    in_known_years,
)
from workbench.scenarios.models.files import opened, package_hashes


@dataclass(frozen=True, eq=False)
class _Base:
    """What a run starts from."""

    package: Package
    budget_package: Package
    plan_name: str
    plan: pd.DataFrame
    crosswalk: pd.DataFrame
    budget: pd.DataFrame
    year: str
    stage: str

    @property
    def votes(self) -> pd.DataFrame:
        """The lines of the year and stage."""
        return self.budget[(self.budget["financial_year"] == self.year) & (self.budget["stage"] == self.stage)]


class AlignmentModel:
    """The adapter of :func:`workbench.alignment.align`."""

    name = "alignment"

    def bases(self) -> Sequence[str]:
        """Return the shipped packages of plan lists."""
        return [SHIPPED]

    def parameters(self, given: Given) -> Mapping[str, Parameter]:
        """Return the plan list, the year, the stage; each vote's sector, amount and shares; the plan's amounts."""
        base = _base(given)
        plans = tuple(base.package.table("plans")["plan"])
        years = tuple(sorted(base.budget["financial_year"].unique()))
        stages = tuple(sorted(base.budget["stage"].unique()))
        found = [
            Parameter(name="plan", description="The plan list", kind="choice", value=base.plan_name, choices=plans),
            Parameter(name="year", description="Financial year", kind="choice", value=base.year, choices=years),
            Parameter(name="stage", description="Stage of the budget", kind="choice", value=base.stage, choices=stages),
            *_vote_parameters(base),
            *_share_parameters(base),
            *_plan_parameters(base),
        ]  # fmt: skip
        return {parameter.name: parameter for parameter in found}

    def inputs(self, given: Given) -> Mapping[str, str]:
        """Return the hashes of the plan lists, the crosswalks and the budget."""
        base = _base(given)
        return package_hashes(base.package, base.budget_package)

    def run(self, given: Given) -> Outcome:
        """Measure how far the budget follows the plan, after the scenario's changes."""
        result = _aligned(given)
        tables = {name: table for name, table in result.tables.items() if name != "links"}
        return Outcome(
            financial_year=result.financial_year,
            tables=tables,
            headline=(
                Headline("linked", "Linked to the plan", result.linked, "KES"),
                Headline("distance", "Distance from the plan's shares", result.distance, ""),
                Headline("homogeneity", "Homogeneity", result.homogeneity, ""),
                Headline("completeness", "Completeness", result.completeness, ""),
            ),
            keys=(
                KeyColumn("by_plan", "label", "budget_amount", "KES"),
                KeyColumn("by_sector", "sector", "amount", "KES"),
            ),
            result=result,
        )

    def core(self, given: Given, drawn: Iterable[str]) -> Core:
        """Make the crosswalk ready to draw shares, amounts and the plan's money."""
        units = {name: UNITS[one.unit] for name, one in self.parameters(given).items() if one.unit in UNITS}
        return _AlignmentCore(_aligned(given), units).core(frozenset(drawn))

    def in_years(self, given: Given, years: Sequence[str]) -> Sequence[InYear]:
        """Return the scenario in each of several years that have the stage."""
        base = _base(given)
        known = sorted(base.budget.loc[base.budget["stage"] == base.stage, "financial_year"].unique())
        return in_known_years(given, years, known)


def _base(given: Given) -> _Base:
    package = opened(given.base)
    role = package.descriptor.workbench.get("align")
    if role is None:
        raise unknown_name("base of the model alignment", given.base, [SHIPPED])
    budget_package = opened(role["budget"])
    budget = shipped_votes(budget_package)
    name = str(given.values.get("plan", role["plan"]))
    row = package.table("plans").set_index("plan").loc[name]
    return _Base(
        package=package,
        budget_package=budget_package,
        plan_name=name,
        plan=package.table(str(row["plan_table"])),
        crosswalk=package.table(str(row["crosswalk_table"])),
        budget=budget,
        year=str(given.values.get("year", budget["financial_year"].max())),
        stage=str(given.values.get("stage", "revised")),
    )


def _vote_parameters(base: _Base) -> Iterator[Parameter]:
    sectors = tuple(dict.fromkeys(base.budget["sector"]))
    for vote in base.votes.to_dict("records"):
        code = str(vote["budget_code"])
        yield Parameter(name=f"sectors.{code}", description=f"The sector working group of {code}", kind="choice",
                        value=str(vote["sector"]), choices=sectors)  # fmt: skip
    for vote in base.votes.to_dict("records"):
        code = str(vote["budget_code"])
        yield Parameter(name=f"amounts.{code}", description=f"The money of {code}, {base.stage} {base.year}",
                        unit=str(vote["unit"]), value=float(vote["amount"]), low=0)  # fmt: skip


def _share_parameters(base: _Base) -> Iterator[Parameter]:
    codes = [*base.plan["plan_code"], UNLINKED]
    given = {(row["budget_code"], row["plan_code"]): float(row["share"]) for row in base.crosswalk.to_dict("records")}
    for vote in base.votes["budget_code"]:
        for code in codes:
            yield Parameter(name=f"shares.{vote}.{code}", description=f"The part of {vote} that serves {code}",
                            value=given.get((vote, code), 0.0), low=0, high=1, shares=f"shares.{vote}")  # fmt: skip


def _plan_parameters(base: _Base) -> Iterator[Parameter]:
    for row in base.plan.to_dict("records"):
        known = pd.notna(row["amount"])
        yield Parameter(name=f"plan_amounts.{row['plan_code']}", description=f"What the plan gives {row['label']}",
                        unit=str(row["unit"]) if known else "KES billion", low=0,
                        value=float(row["amount"]) if known else None)  # fmt: skip


def _aligned(given: Given) -> Alignment:
    base = _base(given)
    changed = {name.partition(".")[0] for name in given.values}
    plan: Any = base.plan_name
    crosswalk: pd.DataFrame | None = None
    if "plan_amounts" in changed:
        plan = _changed_plan(base, given)
        crosswalk = base.crosswalk
    if "shares" in changed:
        crosswalk = _changed_crosswalk(base, given)
    if plan is not base.plan_name and crosswalk is None:
        crosswalk = base.crosswalk
    return align(base.package, plan=plan, budget=_changed_budget(base, given), crosswalk=crosswalk,
                 financial_year=base.year, stage=base.stage)  # fmt: skip


def _changed_budget(base: _Base, given: Given) -> pd.DataFrame:
    budget = base.votes.reset_index(drop=True)
    for kind, column in (("sectors", "sector"), ("amounts", "amount")):
        after = budget["budget_code"].map(lambda code, kind=kind: given.values.get(f"{kind}.{code}"))
        touched = after.notna()
        budget[column] = budget[column].mask(touched, after.infer_objects())
        for name, text in SET_BY_SCENARIO.items():
            budget[name] = budget[name].mask(touched, text)
    return budget


def _changed_plan(base: _Base, given: Given) -> pd.DataFrame:
    after = base.plan["plan_code"].map(lambda code: given.values.get(f"plan_amounts.{code}"))
    plan = base.plan.assign(amount=base.plan["amount"].mask(after.notna(), pd.to_numeric(after)))
    plan["unit"] = plan["unit"].fillna("KES billion").where(plan["amount"].notna())
    return plan.assign(**{name: plan[name].mask(after.notna(), text) for name, text in SET_BY_SCENARIO.items()})


def _changed_crosswalk(base: _Base, given: Given) -> pd.DataFrame:
    rows = base.crosswalk.copy()
    codes = [*base.plan["plan_code"], UNLINKED]
    touched = {
        vote for vote in base.votes["budget_code"] if any(f"shares.{vote}.{code}" in given.values for code in codes)
    }
    kept = rows[~rows["budget_code"].isin(touched)]
    old = {(row["budget_code"], row["plan_code"]): row for row in rows.to_dict("records")}
    new = []
    for vote in sorted(touched):
        period = rows[rows["budget_code"] == vote].iloc[0]
        for code in codes:
            before = old.get((vote, code), {})
            share = float(given.values.get(f"shares.{vote}.{code}", before.get("share", 0.0)))
            if share > 0:
                new.append({"budget_code": vote, "plan_code": code, "share": share, "mark": "illustrative",
                            "reason": before.get("reason", SET_BY_SCENARIO["source"]),
                            "valid_from": period["valid_from"], "valid_to": period["valid_to"]})  # fmt: skip
    return pd.concat([kept, pd.DataFrame(new, columns=rows.columns)], ignore_index=True)


class _AlignmentCore:
    """One alignment, with what is drawn in the place of what it says."""

    def __init__(self, result: Alignment, units: Mapping[str, int]) -> None:
        self.units = units
        self.links = result.linked_lines.arrays
        self.plan = result.plan
        codes = result.linked_lines.table["budget_code"].to_numpy()
        # In the order of the plan's codes, the unlinked part last: the order in which shares are drawn.
        of_line = {code: np.flatnonzero((codes == code) & (self.links.shares > 0)) for code in dict.fromkeys(codes)}
        self.rows = {
            code: rows[np.argsort(self.links.plan[rows], kind="stable")] for code, rows in of_line.items() if len(rows)
        }

    def core(self, drawn: frozenset[str]) -> Core:
        """Return the core, or refuse what cannot be drawn."""
        plans = {f"plan_amounts.{code}" for code in self.plan["plan_code"]}
        known = {code for code, rows in self.rows.items() if self.links.amounts[self.links.line[rows[0]]] > 0}
        allowed = {f"shares.{code}" for code in self.rows} | {f"amounts.{code}" for code in known} | plans
        refused = sorted(drawn - allowed)
        if refused:
            remedy = "draw shares.VOTE (all shares of a vote together), amounts.VOTE or plan_amounts.CODE"
            raise NotDrawnError(refused, remedy)
        labels = tuple(str(label) for label in self.plan["label"])
        outputs = (
            Output("by_plan", "Money linked to a plan sector", "KES", "plan sector", labels),
            Output("linked", "Linked to the plan", "KES"),
            Output("distance", "Distance from the plan's shares", "", better="less"),
            Output("homogeneity", "Homogeneity", ""),
            Output("completeness", "Completeness", ""),
            Output("v_measure", "V-measure", ""),
        )
        return Core(outputs, self.evaluate, drawn)

    def evaluate(self, drawn: Mapping[str, Floats], count: int) -> Mapping[str, npt.NDArray[Any]]:
        """Work out every draw's measures: ``by_plan`` (count, plan codes), the others (count,)."""
        shares = np.repeat(self.links.shares[None, :], count, axis=0)
        plan = np.repeat(self.plan["amount"].to_numpy(np.float64)[None, :], count, axis=0)
        for name, values in drawn.items():
            kind, _, code = name.partition(".")
            if kind == "shares":
                shares[:, self.rows[code]] = values
        for name, values in drawn.items():
            kind, _, code = name.partition(".")
            if kind == "amounts":
                line = self.links.line[self.rows[code][0]]
                # A line's money is its amount times its shares: another amount is as good as larger shares.
                shares[:, self.rows[code]] *= (values * self.units[name] / self.links.amounts[line])[:, None]
            elif kind == "plan_amounts":
                plan[:, list(self.plan["plan_code"]).index(code)] = values * self.units[name]
        money = self.links.money(shares)
        by_plan = money.sum(axis=-2)
        return {
            "by_plan": by_plan,
            "linked": by_plan.sum(axis=-1),
            "distance": measures.distance(by_plan, plan),
            "homogeneity": measures.homogeneity(money),
            "completeness": measures.completeness(money),
            "v_measure": measures.v_measure(money),
        }


ADAPTER: Final = AlignmentModel()
