"""Staff as a requirement: posts approved, proposed and missing, costed with a pay scale that the user supplies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from workbench.datasets import data_root
from workbench.errors import Fault, InputError, UnknownNameError, suggestion, unknown_name
from workbench.gap.amounts import money
from workbench.gap.frames import total
from workbench.results import Result, records, source_table

_LEVELS = ("unit", "section", "job_group")
Pick = Literal["lowest", "middle", "highest"]


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
    def cost(self) -> float:
        """Cost of the new posts whose number and pay are known, KES a year."""
        return total(self.posts["cost"].dropna())

    def by(self, *levels: str) -> pd.DataFrame:
        """Add the posts up by ``unit``, ``section`` or ``job_group``, or by several of them.

        Returns
        -------
        DataFrame
            ``approved`` and ``proposed`` over the rows that give them, ``missing`` (new posts), ``given_up``, ``cost``
            (KES a year), ``not_known``: the rows of which a number or the pay is unknown.

        Raises
        ------
        UnknownNameError
            For a level that is none.
        """
        faults = [
            fault for level in levels if level not in _LEVELS
            for fault in unknown_name("level of the establishment", level, _LEVELS).faults
        ]  # fmt: skip
        if faults or not levels:
            raise UnknownNameError(faults or Fault(what="name a level", remedy=", ".join(_LEVELS)))
        groups = self.posts.assign(
            given_up=-self.posts["missing"].clip(upper=0),
            missing=self.posts["missing"].clip(lower=0),
            not_known=self.posts["cost"].isna(),
        ).groupby([self.posts[level].fillna("") for level in levels], sort=False)
        added = groups[["approved", "proposed", "missing", "given_up", "cost", "not_known"]].sum()
        return added.rename_axis(list(levels)).reset_index()

    def requirements(self, financial_year: str) -> pd.DataFrame:
        """Return the costs by unit as requirements, rows of the one table, for ``wb.gap``."""
        units = self.by("unit")
        costed = units[units["cost"] > 0]
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
                "locator": [f"{count:.0f} new posts" for count in costed["missing"]],
                "mark": "illustrative" if self.illustrative else "inferred",
            }
        ).reset_index(drop=True)

    def against(self, printed: float) -> str:
        """Set the cost against what the plan prints for new staff (KES)."""
        difference = self.cost - printed
        word = "more" if difference > 0 else "less"
        text = (
            f"{self.missing} new posts cost {money(self.cost)} a year by the scale '{self.parameters['scale']}'; "
            f"the plan prints {money(printed)}"
        )
        text += f", so that the costing gives {money(abs(difference))} {word}." if difference else ", the same."
        return " ".join([text, *self.notes])

    def summary(self) -> str:
        """Say how many posts are approved, proposed and new, and what the new ones cost."""
        approved, proposed = (int(self.posts[name].sum()) for name in ("approved", "proposed"))
        wrong = int(self.posts["variance_agrees"].eq(False).sum())
        text = (
            f"{approved} posts are approved and {proposed} proposed; {self.missing} are new and cost "
            f"{money(self.cost)} a year by the scale '{self.parameters['scale']}'. The printed variance is wrong "
            f"in {wrong} rows."
        )
        return " ".join([text, *self.notes])

    def to_dict(self) -> dict[str, Any]:
        """Return the posts for a program, KES a year."""
        return {
            **self.parameters,
            "unit": "KES a year",
            "missing": self.missing,
            "cost": self.cost,
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
        For a pay scale without its columns, with a group twice or with pay that is no number above 0.
    """
    known = _pay_by_group(pay)
    missing = establishment["proposed"].astype("float64") - establishment["approved"].astype("float64")
    printed = establishment["variance"].astype("float64")
    annual = establishment["job_group"].map(lambda groups: _pay_of(groups, known, pick)).astype("float64")
    cost = (missing.clip(lower=0) * annual).mask(missing <= 0, 0.0)
    posts = establishment.assign(
        missing=missing,
        variance_agrees=(printed == missing).astype("boolean").mask(printed.isna() | missing.isna()),
        annual_pay=annual,
        cost=cost,
    )
    return Staffing(
        parameters={"scale": scale, "pick": pick},
        sources=source_table(establishment, pay.assign(**_lacking(pay, scale))),
        notes=_notes(posts, pay),
        posts=posts,
    )


def illustrative_pay_scale() -> pd.DataFrame:
    """Return the pay scale that shows how the costing works; it is made up, and whatever uses it says so."""
    return pd.read_csv(data_root() / "gap" / "pay-scale-illustrative.csv")


def _pay_by_group(pay: pd.DataFrame) -> dict[str, float]:
    faults = [
        Fault(what="is missing from the pay scale", column=column, remedy=suggestion(column, [*map(str, pay.columns)]))
        for column in ("job_group", "annual_kes", "mark") if column not in pay
    ]  # fmt: skip
    if not faults:
        amounts = pd.to_numeric(pay["annual_kes"], errors="coerce")
        for group, amount, twice in zip(pay["job_group"], amounts, pay["job_group"].duplicated(), strict=True):
            if twice:
                faults.append(Fault(what="stands in the pay scale twice", value=group, column="job_group"))
            if not amount > 0:
                faults.append(Fault(what=f"has no pay above 0 (job group {group})", column="annual_kes"))
    if faults:
        raise InputError(faults, summary="The pay scale cannot be used")
    return {str(group): float(amount) for group, amount in zip(pay["job_group"], amounts, strict=True)}


def _pay_of(groups: object, known: Mapping[str, float], pick: Pick) -> float:
    names = [name.strip() for name in str(groups).split("/")]
    if not all(name in known for name in names):
        return float("nan")
    ordered = sorted(known[name] for name in names)
    return {"lowest": ordered[0], "highest": ordered[-1], "middle": ordered[(len(ordered) - 1) // 2]}[pick]


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
