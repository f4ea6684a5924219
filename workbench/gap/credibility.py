"""``wb.credibility``: whether a budget was spent as it was approved, and whether plans cost what budgets give."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.errors import Fault, InputError, UnknownNameError, suggestion
from workbench.fiscal import FiscalYear
from workbench.gap.align import aligned
from workbench.gap.amounts import per_cent
from workbench.gap.asked import check_levels
from workbench.gap.frames import rows
from workbench.gap.measure import gap
from workbench.gap.pefa import (
    PLACES,
    composition_variance,
    contingency_score,
    largest_heads,
    outturn_score,
    ratio,
    variance_score,
)
from workbench.gap.result import Gap
from workbench.gap.settings import CredibilitySettings, credibility_settings
from workbench.gap.stage_names import noun
from workbench.results import Result, illustrative_notes, records

_SCORED = {
    "PI-1": "aggregate expenditure outturn",
    "PI-2.1": "composition by programme, administrative or functional class",
    "PI-2.2": "composition by economic type",
    "PI-2.3": "expenditure from contingency",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Credibility(Result):
    """How a budget was kept, by year, and its PEFA scores.

    Attributes
    ----------
    years : DataFrame
        ``financial_year``, ``budget``, ``actual`` (KES), ``outturn`` (actual / budget), ``variance`` (composition),
        ``contingency_share``, ``heads``.
    scores : DataFrame
        ``dimension``, ``title``, ``score`` (A to D; blank where there are fewer years than the rule asks for),
        ``mark`` and ``reference`` of the rule.
    """

    years: pd.DataFrame
    scores: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The years."""
        return self.years

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The years and the scores."""
        return {"years": self.years, "scores": self.scores}

    def summary(self) -> str:
        """Say the outturn and the variance of each year, and the scores where there are any."""
        told = [self._told(year) for year in rows(self.years)]
        scored = self.scores.dropna(subset="score")
        says = ", ".join(f"{row['dimension']} {row['score']} ({row['mark']})" for row in rows(scored))
        return " ".join([*told, f"Scores: {says}." if says else "No score.", *self.notes])

    def _told(self, year: dict[str, Any]) -> str:
        spent, approved = (noun(self.parameters[f"{side}_stage"]) for side in ("to", "from"))
        start = f"{year['financial_year']}:"
        if np.isnan(year["budget"]) or np.isnan(year["actual"]):
            return f"{start} {spent} or {approved} of some head is unknown, and so is the outturn."
        if np.isnan(year["outturn"]):
            nil = "nil" if year["budget"] == 0 else "negative"
            return f"{start} the {approved} is {nil}, and nothing is a share of it."
        variance = "unknown" if np.isnan(year["variance"]) else per_cent(year["variance"])
        return f"{start} {spent} is {per_cent(year['outturn'])} of the {approved}, composition variance {variance}."

    def to_dict(self) -> dict[str, Any]:
        """Return the years and scores for a program."""
        return {
            **self.parameters,
            "years": records(self.years),
            "scores": records(self.scores),
            "notes": list(self.notes),
            "sources": records(self.sources),
        }


@dataclass(frozen=True, kw_only=True)
class AlignmentScore:
    """The SIGMA/OECD test of planned costs against funding.

    Attributes
    ----------
    table : DataFrame
        ``line``, ``financial_year``, ``cost``, ``funding`` (KES), ``excess`` ((cost - funding) / funding; infinite
        where nothing is funded), ``inconsistent``.
    inconsistencies : int
        How many lines fail.
    points : int or None
        0 to 3; None where there are fewer lines than the method samples, for its bounds count inconsistencies.
    sampled : bool
        Whether the lines number as many as the method samples; otherwise the points do not compare with others'.
    sample : int
        How many objectives the method samples.
    notes : tuple of str
        What of the figures is illustrative.
    """

    table: pd.DataFrame
    inconsistencies: int
    points: int | None
    sampled: bool
    sample: int
    notes: tuple[str, ...] = ()

    def summary(self) -> str:
        """Say how many lines are inconsistent and what the method would give for that."""
        return " ".join([self._told(), *self.notes])

    def _told(self) -> str:
        text = f"{self.inconsistencies} of {len(self.table)} lines are inconsistent"
        if self.sampled:
            return f"{text}: {self.points} points of 3."
        samples = f"The method samples {self.sample} objectives"
        if self.points is None:
            return f"{text}: no points. {samples}, and fewer cannot be scored."
        return f"{text}: {self.points} points of 3. {samples}, so that these points do not compare with anybody's."


def credibility(
    budget: pd.DataFrame,
    actual: pd.DataFrame,
    *,
    by: str | Sequence[str] = "vote",
    contingency: Sequence[str] = (),
    interest: Sequence[str] = (),
    suspense: Mapping[str, float] | None = None,
    settings: CredibilitySettings | str | os.PathLike[str] | None = None,
) -> Credibility:
    """Set what was spent against what was budgeted, head by head, over the years.

    Parameters
    ----------
    budget, actual : DataFrame
        Rows of the one table. PEFA asks for the originally approved budget; another stage is computed all the same, and
        noted.
    by : str or sequence of str
        The heads: ``sector``, ``vote``, ``programme``, or ``economic_class`` for PI-2.2.
    contingency, interest : sequence of str
        The heads that are contingency votes, and those that are interest, as ``by`` calls them. PI-1 counts both;
        PI-2.1 leaves both out, PI-2.2 contingency only. Without a contingency vote PI-2.3 has no share and no score.
    suspense : mapping, optional
        Spending in suspense accounts by financial year, KES.
    settings : CredibilitySettings or path, optional
        The bands; without it the shipped ones.

    Returns
    -------
    Credibility

    Raises
    ------
    UnknownNameError
        For contingency or interest that is no head and suspense accounts of a year that is none, all at once.

    Notes
    -----
    A head whose budget or spending is unknown makes the year's figures unknown. Formulas: :mod:`workbench.gap.pefa`.
    """
    rules = settings if isinstance(settings, CredibilitySettings) else credibility_settings(settings)
    levels = check_levels(by)
    measured = gap(budget, actual, by=levels)
    # PEFA looks at whole heads, and not at the lines that the budget and the spending share.
    heads = aligned(*measured.comparison.sides, ["financial_year", *levels])
    heads = heads.assign(head=heads[list(levels)].agg(" / ".join, axis=1))
    suspended = _checked_names(heads, contingency, interest, suspense or {})
    economic = levels == ("economic_class",)
    out = {*contingency} if economic else {*contingency, *interest}
    years = pd.DataFrame(
        [_year(str(year), of_year, out, set(contingency), rules) for year, of_year in heads.groupby("financial_year")]
    )
    kept = years.tail(rules.pi_1.years)
    dimension = "PI-2.2" if economic else "PI-2.1"
    composition = rules.pi_2_2 if economic else rules.pi_2_1
    variance = variance_score(kept["variance"].tolist(), composition)
    if variance is not None and _suspended(suspended, kept, rules):
        variance = "D"
    scores = [
        ("PI-1", outturn_score(kept["outturn"].tolist(), rules.pi_1), rules.pi_1),
        (dimension, variance, composition),
        ("PI-2.3", contingency_score(kept["contingency_share"].tolist(), rules.pi_2_3), rules.pi_2_3),
    ]
    return Credibility(
        parameters={**measured.parameters, "measure": "credibility", "settings": rules.name},
        sources=measured.sources,
        notes=(*_notes(measured, len(kept), rules), *measured.notes),
        years=years,
        scores=pd.DataFrame(
            [
                {"dimension": name, "title": _SCORED[name], "score": score, "mark": rule.mark,
                 "reference": rule.reference}
                for name, score, rule in scores
            ]
        ),
    )  # fmt: skip


def plan_budget_alignment(
    measured: Gap, *, settings: CredibilitySettings | str | os.PathLike[str] | None = None
) -> AlignmentScore:
    """Test planned costs against funding: inconsistent where the cost is 20 per cent or more above the funding.

    Parameters
    ----------
    measured : Gap
        Planned cost as requirement, funding as allocation, a line an objective.
    settings : CredibilitySettings or path, optional
        The threshold and the points; without it the shipped ones.

    Notes
    -----
    A line without cost or funding counts as inconsistent, one that costs nothing does not. SIGMA/OECD;
    ``docs/methods/credibility.md``.
    """
    rules = (settings if isinstance(settings, CredibilitySettings) else credibility_settings(settings)).alignment
    lines = measured.lines
    funded = lines["allocation"].where(lines["allocation"] != 0)
    excess = ((lines["requirement"] - lines["allocation"]) / funded).mask(
        (lines["allocation"] == 0) & (lines["requirement"] > 0), np.inf
    )
    # What costs nothing needs no funding.
    excess = excess.mask((lines["allocation"] == 0) & (lines["requirement"] == 0), 0.0)
    inconsistent = (excess.round(PLACES) >= rules.excess) | excess.isna()
    count = int(inconsistent.sum())
    from workbench.gap.near import name_of

    table = pd.DataFrame(
        {
            "financial_year": lines["financial_year"],
            "line": [name_of(line) for line in rows(lines)],
            "economic_class": lines["economic_class"],
            "cost": lines["requirement"],
            "funding": lines["allocation"],
            "excess": excess,
            "inconsistent": inconsistent,
        }
    )
    points = next((points for points, most in sorted(rules.points.items(), reverse=True) if count <= most), 0)
    return AlignmentScore(
        table=table,
        inconsistencies=count,
        points=points if len(lines) >= rules.sample else None,
        sampled=len(lines) == rules.sample,
        sample=rules.sample,
        notes=illustrative_notes(measured.sources),
    )


def _year(
    year: str, heads: pd.DataFrame, out: set[str], contingency: set[str], rules: CredibilitySettings
) -> dict[str, Any]:
    amounts = heads.set_index("head")
    inside = amounts[~amounts.index.isin(out)]
    both = largest_heads(inside["requirement"], inside["allocation"], rules.heads)
    budget = float(amounts["requirement"].sum(skipna=False))
    actual = float(amounts["allocation"].sum(skipna=False))
    held = amounts.index.isin(contingency)
    charged = amounts.loc[held, "allocation"].sum(skipna=False) if held.any() else None
    return {
        "financial_year": year,
        "budget": round(budget, 2),
        "actual": round(actual, 2),
        "outturn": ratio(actual, budget),
        "variance": composition_variance(*both),
        "contingency_share": float("nan") if charged is None else ratio(float(charged), budget),
        "heads": len(both[0]),
    }


def _checked_names(
    heads: pd.DataFrame, contingency: Sequence[str], interest: Sequence[str], suspense: Mapping[str, float]
) -> dict[str, float]:
    """Return the suspense accounts by financial year, once every name that was given is one of a head or a year."""
    known = list(dict.fromkeys(heads["head"]))
    faults = [
        Fault(what="is no head of this budget", value=name, column=role, remedy=suggestion(str(name), known))
        for role, names in (("contingency", contingency), ("interest", interest)) for name in names
        if name not in known
    ]  # fmt: skip
    years = sorted(set(heads["financial_year"]))
    suspended: dict[str, float] = {}
    for name, amount in suspense.items():
        try:
            year = str(FiscalYear(name))
        except InputError as refusal:
            faults += [dataclasses.replace(fault, column="suspense") for fault in refusal.faults]
            continue
        if year not in years:
            what, remedy = "is no financial year of this budget", suggestion(year, years)
            faults.append(Fault(what=what, value=name, column="suspense", remedy=remedy))
        suspended[year] = amount
    if faults:
        raise UnknownNameError(faults)
    return suspended


def _suspended(suspense: Mapping[str, float], years: pd.DataFrame, rules: CredibilitySettings) -> bool:
    return any(suspense.get(year["financial_year"], 0.0) > rules.suspense.most * year["actual"] for year in rows(years))


def _notes(measured: Gap, years: int, rules: CredibilitySettings) -> tuple[str, ...]:
    notes = []
    if years < rules.pi_1.years:
        notes.append(
            f"PEFA scores look at {rules.pi_1.years} years; there {'is' if years == 1 else 'are'} {years}, so that "
            "there is no score."
        )
    if measured.stages[0] != "estimate":
        notes.append(
            f"PEFA compares with the originally approved budget; here it is the stage '{measured.stages[0]}', so that "
            "these are not PEFA's figures."
        )
    return tuple(notes)
