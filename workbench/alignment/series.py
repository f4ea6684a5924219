"""The same measures by financial year and stage: whether the estimate follows the plan less than the ceiling did."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pandas as pd

from workbench.alignment.align import align, shipped_votes
from workbench.alignment.inputs import BUDGET_COLUMNS
from workbench.alignment.result import Alignment
from workbench.datasets import open_package
from workbench.datasets.crosswalk import Crosswalk
from workbench.datasets.crosswalk_faults import Row
from workbench.datasets.user_table import Tabular, read_cells
from workbench.results import Result, records, source_table

STAGE_ORDER = (
    "requirement", "ceiling", "estimate", "allocation", "supplementary_1", "supplementary_2", "supplementary_3",
    "revised", "exchequer_issue", "expenditure",
)  # fmt: skip

STAGE_WORDS = {
    "revised": "revised estimate",
    "supplementary_1": "first supplementary estimate",
    "supplementary_2": "second supplementary estimate",
    "supplementary_3": "third supplementary estimate",
}
"""The stages whose names are no noun of their own."""

SAME_DISTANCE = 5e-4
"""Distances nearer than this read the same to three decimals."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Series(Result):
    """Alignments of several years and stages.

    Attributes
    ----------
    alignments : tuple of Alignment
        In the order of years, then of the budget's stages.
    """

    alignments: tuple[Alignment, ...]

    @property
    def table(self) -> pd.DataFrame:
        """A row a year and stage: ``total``, ``linked`` (int64, KES) and the measures."""
        rows = [
            {"financial_year": one.financial_year, "stage": one.stage, "total": one.total, "linked": one.linked,
             **dict(zip(one.measures["measure"], one.measures["value"], strict=True))}
            for one in self.alignments
        ]  # fmt: skip
        return pd.DataFrame(rows)

    @property
    def steps(self) -> pd.DataFrame:
        """A row a step from one stage to the next of a year: whether the later follows the plan more or less.

        ``financial_year``, ``from``, ``to`` (stages), ``distance_from``, ``distance_to``, ``difference`` (positive:
        farther from the plan than before).
        """
        rows = [
            {"financial_year": one.financial_year, "from": one.stage, "to": other.stage, "distance_from": one.distance,
             "distance_to": other.distance, "difference": other.distance - one.distance}
            for one, other in pairwise(self.alignments)
            if one.financial_year == other.financial_year and one.distance is not None and other.distance is not None
        ]  # fmt: skip
        columns = ["financial_year", "from", "to", "distance_from", "distance_to", "difference"]
        return pd.DataFrame(rows, columns=columns)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The measures by year and stage, and the steps from stage to stage."""
        return {"series": self.table, "steps": self.steps}

    def summary(self) -> str:
        """Return what a committee reads first."""
        known = [one for one in self.alignments if one.distance is not None]
        said = [f"{one.distance:.3f} ({_when(one)})" for one in known]
        parts = ["Distance: " + ", ".join(said) + "." if said else "The distance is not given for any year or stage."]
        for step in self.steps.to_dict("records"):
            year = f"In FY {step['financial_year']} the" if step["financial_year"] else "The"
            follows = "less" if step["difference"] > 0 else "more"
            how = f"follows the plan {follows} than the {_words(step['from'])} did"
            if abs(step["difference"]) < SAME_DISTANCE:
                how = f"follows the plan as the {_words(step['from'])} did"
            parts.append(f"{year} {_words(step['to'])} {how} ({step['difference']:+.3f}).")
        return " ".join(parts) + (" Illustrative: the links are judgements." if self.illustrative else "")

    def to_dict(self) -> dict[str, Any]:
        """Return the table for a program."""
        return {
            "series": records(self.table),
            "steps": records(self.steps),
            "illustrative": self.illustrative,
            "notes": list(self.notes),
        }


def _when(one: Alignment) -> str:
    said = [f"FY {one.financial_year}" if one.financial_year else "", _words(one.stage or "")]
    return ", ".join(filter(None, said)) or "no year given"


def _words(stage: str) -> str:
    return STAGE_WORDS.get(stage, stage.replace("_", " "))


def over_time(
    *, plan: Tabular | None = None, budget: Tabular | None = None, crosswalk: Tabular | Crosswalk | None = None
) -> Series:
    """Measure every year and stage of a budget.

    Parameters are those of :func:`workbench.align`; without a budget the 81 votes of FY 2024/25, revised and spent.
    """
    table = shipped_votes(open_package("national-budget")) if budget is None else budget
    return _series(_years_and_stages(table), plan, table, crosswalk, ())


def sectors_over_time(alignment: Alignment) -> Series:
    """Measure the ten sectors over the years and stages for which all ten are published.

    Votes are published for FY 2024/25 only; by sector there are ceilings, revised estimates and expenditure for more
    years. Each sector's money is carried to the plan as its votes' money was in the given alignment.

    Parameters
    ----------
    alignment : Alignment
        Of votes: it gives the sectors' links.
    """
    bridge = sector_crosswalk(alignment)
    figures = open_package("national-budget").table("sector_stages")
    keys = ["financial_year", "stage"]
    whole = figures.groupby(keys)["sector"].transform("nunique") == len(alignment.linked_lines.sectors)
    figures = figures[whole & figures["sector"].isin(alignment.linked_lines.sectors) & (figures["stage"] != "unstated")]
    lines = figures.assign(budget_code=figures["sector"])[
        ["budget_code", "label", "sector", "amount", "unit", *keys, "source", "locator", "mark"]
    ]
    plan = alignment.plan.assign(unit="KES")
    note = (
        f"A sector's links are those of its votes in FY {alignment.financial_year}, weighted by their money "
        f"({alignment.stage}), and held fixed: what moves here is money between sectors, not within them."
    )
    series = _series(_years_and_stages(lines), plan, lines, bridge, (note, *alignment.notes))
    named = {"plan": alignment.parameters["plan"]}
    alignments = tuple(replace(one, parameters={**one.parameters, **named}) for one in series.alignments)
    return replace(series, parameters={**series.parameters, **named}, alignments=alignments)


def sector_crosswalk(alignment: Alignment) -> Crosswalk:
    """Return the crosswalk from sectors to the plan that an alignment of votes implies."""
    money = alignment.links.groupby(["sector", "plan_code"], sort=False)["amount"].sum()
    shares = (money / money.groupby("sector").transform("sum")).reset_index()
    reason = f"Its votes' links in FY {alignment.financial_year}, weighted by their money"
    rows = tuple(
        Row(number, row["sector"], row["plan_code"], row["amount"], reason, "illustrative", None, None, True)
        for number, row in enumerate(shares[shares["amount"] > 0].to_dict("records"), start=2)
    )
    return Crosswalk(rows, f"sectors as in {alignment.crosswalk.file}")


def _years_and_stages(table: Tabular) -> list[tuple[str | None, str | None]]:
    records = read_cells(table, BUDGET_COLUMNS, kind="budget").records
    found = {(one.get("financial_year") or None, one.get("stage") or None) for one in records.values()}
    order = {stage: place for place, stage in enumerate(STAGE_ORDER)}
    return sorted(found, key=lambda key: (key[0] or "", order.get(key[1] or "", len(order)), key[1] or ""))


def _series(
    keys: list[tuple[str | None, str | None]], plan: Tabular | None, budget: Tabular,
    crosswalk: Tabular | Crosswalk | None, notes: tuple[str, ...],
) -> Series:  # fmt: skip
    alignments = tuple(
        align(plan=plan, budget=budget, crosswalk=crosswalk, financial_year=year, stage=stage) for year, stage in keys
    )
    said = dict.fromkeys(note for one in alignments for note in one.notes)
    return Series(
        parameters={"plan": alignments[0].parameters["plan"], "crosswalk": alignments[0].parameters["crosswalk"]},
        sources=source_table(*(one.sources for one in alignments)),
        notes=tuple(dict.fromkeys((*notes, *said))),
        alignments=alignments,
    )
