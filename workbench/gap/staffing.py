"""Staff as a requirement: posts approved, proposed and missing, costed with a pay scale that the user supplies."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.datasets import data_root
from workbench.errors import Fault, UnknownNameError, unknown_name
from workbench.gap.amounts import money, moneys
from workbench.gap.checks import Checks
from workbench.gap.establishment import Pick, check_pick, pay_of, read_pay, read_posts
from workbench.gap.frames import known
from workbench.results import Result, records, source_table

_LEVELS = ("unit", "section", "job_group")


@dataclass(frozen=True, kw_only=True, eq=False)
class Staffing(Result):
    """Posts and what the missing ones cost.

    Attributes
    ----------
    posts : DataFrame
        The establishment with ``missing`` (proposed - approved; NaN where either is unknown), ``variance_agrees``
        (whether the printed variance is that; blank where none is printed or it is unknown), ``annual_pay`` for one
        post and ``cost`` of the missing posts (KES a year; nil where none is missing, unknown where there is no pay).
    """

    posts: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The posts by unit: approved, proposed, missing, cost (KES a year)."""
        return self.by("unit")

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """By unit, by job group, and every post."""
        return {"units": self.by("unit"), "job_groups": self.by("job_group"), "posts": self.posts}

    @property
    def missing(self) -> int:
        """New posts where both numbers are known; posts that are given up are not taken off."""
        return int(self.posts["missing"].clip(lower=0).sum())

    @property
    def costed(self) -> int:
        """New posts of which the pay is known."""
        return int(self.posts["missing"].clip(lower=0)[self.posts["cost"].notna()].sum())

    @property
    def cost(self) -> float:
        """Cost of the new posts whose number and pay are known, KES a year; NaN where none of them is."""
        return float(_cost_of(self.posts))

    def by(self, *levels: str) -> pd.DataFrame:
        """Add the posts up by ``unit``, ``section`` or ``job_group``, or by several of them.

        Returns
        -------
        DataFrame
            ``approved``, ``proposed``, ``missing`` (new posts), ``given_up`` and ``cost`` (KES a year), each over the
            rows that give it, blank where none does; ``not_known``: the rows that the cost leaves out, for a number
            or the pay is unknown.

        Raises
        ------
        UnknownNameError
            For a level that is none.
        """
        levels = tuple(dict.fromkeys(levels))
        faults = [
            fault for level in levels if level not in _LEVELS
            for fault in unknown_name("level of the establishment", level, _LEVELS).faults
        ]  # fmt: skip
        if faults or not levels:
            raise UnknownNameError(faults or Fault(what="name a level", remedy=", ".join(_LEVELS)))
        groups = self.posts.assign(
            given_up=self.posts["missing"].clip(upper=0).abs(),
            missing=self.posts["missing"].clip(lower=0),
            not_known=self.posts["cost"].isna(),
        ).groupby([self.posts[level].fillna("") for level in levels], sort=False)
        added = groups[["approved", "proposed", "missing", "given_up"]].sum(min_count=1)
        cost = groups[["missing", "cost"]].apply(_cost_of).astype("float64")
        return added.assign(cost=cost, not_known=groups["not_known"].sum()).rename_axis(list(levels)).reset_index()

    def requirements(self, financial_year: str) -> pd.DataFrame:
        """Return the costs by unit as requirements, rows of the one table, for ``wb.gap``.

        A unit of whose new posts no pay is known stands there with a blank amount.
        """
        units = self.by("unit")
        costed = units[units["cost"].isna() | (units["cost"] > 0)]
        left_out = [f", {rows} rows not costed" if rows else "" for rows in costed["not_known"]]
        return pd.DataFrame(
            {
                "label": costed["unit"],
                "line": "item",
                "stage": "requirement",
                "economic_class": "recurrent",
                "financial_year": financial_year,
                "amount": costed["cost"],
                "unit": "KES",
                "source": "establishment and pay scale",
                "locator": [
                    f"{count:.0f} new posts{left}"
                    for count, left in zip(costed["missing"].fillna(0), left_out, strict=True)
                ],
                "mark": "illustrative" if self.illustrative else "inferred",
            }
        ).reset_index(drop=True)

    def against(self, printed: float | str) -> str:
        """Set the cost against what the plan prints for new staff: KES, or ``"KSh 132 million"``.

        Raises
        ------
        InputError
            For what is no amount of 0 or more.
        """
        checks = Checks()
        amount = checks.number(printed, "what the plan prints for new staff", least=0.0, money=True, unknown=True)
        checks.raise_any()
        difference = round(self.cost - amount, 2)
        cost, said, apart = moneys(self.cost, amount, abs(difference))
        text = f"{self._new} {cost} a year by the scale '{self.parameters['scale']}'; the plan prints {said}"
        if math.isnan(difference):
            text += ", so that the two cannot be compared."
        else:
            word = "more" if difference > 0 else "less"
            text += f", so that the costing gives {apart} {word}." if difference else ", the same."
        return " ".join([text, *self.notes])

    @property
    def _new(self) -> str:
        """Begin a sentence on what the new posts cost: all of them, or those whose pay is known."""
        if self.costed in (self.missing, 0):
            return f"{self.missing} new posts cost"
        return f"Of {self.missing} new posts the {self.costed} whose pay is known cost"

    def summary(self) -> str:
        """Say how many posts are approved, proposed and new, and what the new ones cost."""
        approved, proposed = (
            "an unknown number of" if math.isnan(number) else f"{number:.0f}"
            for number in self.posts[["approved", "proposed"]].sum(min_count=1)
        )
        wrong = int(self.posts["variance_agrees"].eq(False).sum())
        text = (
            f"{approved} posts are approved and {proposed} proposed. {self._new} {money(self.cost)} a year by the "
            f"scale '{self.parameters['scale']}'. The printed variance is wrong in {wrong} rows."
        )
        return " ".join([text[:1].upper() + text[1:], *self.notes])

    def to_dict(self) -> dict[str, Any]:
        """Return the posts for a program, KES a year."""
        return {
            **self.parameters,
            "unit": "KES a year",
            "missing": self.missing,
            "cost": known(self.cost),
            "units": records(self.by("unit")),
            "posts": records(self.posts),
            "notes": list(self.notes),
            "illustrative": self.illustrative,
        }


def staffing(establishment: pd.DataFrame, pay: pd.DataFrame, *, scale: str, pick: Pick = "lowest") -> Staffing:
    """Cost the posts that are missing.

    Parameters
    ----------
    establishment : DataFrame
        ``package.table("staffing")``: ``unit``, ``post``, ``job_group``, ``approved``, ``proposed``, ``variance`` (as
        printed).
    pay : DataFrame
        The pay scale: ``job_group``, ``annual_kes`` (KES a year for one post, all its costs), ``mark``; optionally
        ``source`` and ``locator``.
    scale : str
        What the pay scale is called.
    pick : {"lowest", "middle", "highest"}
        Which group of a post that may stand in several (``J/K/L``) it is costed in.

    Raises
    ------
    InputError
        For tables without their columns, numbers of posts that are none or below 0, pay that is no amount above 0,
        a mark or a pick that is none.
    """
    checks = Checks()
    posts, by_group = read_posts(establishment, checks), read_pay(pay, checks)
    check_pick(pick, checks)
    checks.raise_any(summary="The posts cannot be costed")
    missing = posts["proposed"] - posts["approved"]
    printed = posts["variance"]
    annual = posts["job_group"].map(lambda groups: pay_of(groups, by_group, pick)).astype("float64")
    cost = (missing.clip(lower=0) * annual).mask(missing <= 0, 0.0)
    posts = posts.assign(
        missing=missing,
        variance_agrees=(printed == missing).astype("boolean").mask(printed.isna() | missing.isna()),
        annual_pay=annual,
        cost=cost,
    )
    return Staffing(
        parameters={"scale": scale, "pick": pick},
        sources=source_table(posts, pay.assign(**_lacking(pay, scale))),
        notes=_notes(posts, pay),
        posts=posts,
    )


def illustrative_pay_scale() -> pd.DataFrame:
    """Return the pay scale that shows how the costing works; it is made up, and whatever uses it says so."""
    return pd.read_csv(data_root() / "gap" / "pay-scale-illustrative.csv")


def _cost_of(posts: pd.DataFrame) -> float:
    """Add up the cost of new posts, KES: nil where there is none, NaN where there may be some and no cost is known."""
    new = ~(posts["missing"] <= 0)
    return round(float(posts.loc[new, "cost"].sum(min_count=1)), 2) if new.any() else 0.0


def _lacking(pay: pd.DataFrame, scale: str) -> dict[str, str]:
    given = {"source": scale, "locator": "pay scale"}
    return {column: value for column, value in given.items() if column not in pay}


def _notes(posts: pd.DataFrame, pay: pd.DataFrame) -> tuple[str, ...]:
    notes = []
    unknown = posts[posts["cost"].isna()]
    if len(unknown):
        notes.append(
            f"{len(unknown)} rows are not in the cost: their posts or their pay are unknown "
            f"({', '.join(unknown['post'].head(4))}{', ...' if len(unknown) > 4 else ''})."
        )
    if (pay["mark"] == "illustrative").any():
        notes.append("The pay scale is illustrative: the cost shows how the costing works and is no published figure.")
    return tuple(notes)
