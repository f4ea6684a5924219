"""``wb.check_rules``: the numeric fiscal rules, each with its denominator named."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.errors import unknown_name
from workbench.gap.amounts import moneys, per_cent
from workbench.gap.frames import rows
from workbench.gap.measure import gap
from workbench.gap.near import name_of
from workbench.gap.result import Gap
from workbench.gap.rule_amounts import Amount
from workbench.gap.rules_asked import rule_amounts_asked, rules_of
from workbench.results import Result, illustrative_notes, records, source_table

__all__ = ["RulesCheck", "check_change", "check_rules", "check_share", "explain_check", "rules_of", "value_of"]

SHARES = {
    "development_share": "development spending",
    "wage_share": "wages",
    "county_debt": "debt",
    "county_short_term_borrowing": "short-term borrowing",
}
"""The rules that limit one amount as a share of another, with the name of the first."""

AMOUNTS = {"contingencies_fund": "permanent capital of the Contingencies Fund"}
CHANGES = {"programme_reallocation": "reallocation", "ceiling_slippage": "slippage"}


@dataclass(frozen=True, kw_only=True, eq=False)
class RulesCheck(Result):
    """Which fiscal rules hold, and by how many shillings.

    Attributes
    ----------
    checks : DataFrame
        ``rule``, ``level``, ``subject``, ``numerator``, ``numerator_kes``, ``denominator``, ``denominator_kes``,
        ``ratio``, ``limit`` (minimum or maximum), ``value`` (the rule's own, as a fraction or KES), ``passed``,
        ``by_kes`` (KES to spare; negative is what is missing or too much), ``unit`` (what the rule itself is measured
        by), ``law``, ``mark``, ``why`` it was not checked.
    """

    checks: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The checks."""
        return self.checks

    @property
    def failed(self) -> pd.DataFrame:
        """The checks that failed."""
        return self.checks[self.checks["passed"].eq(False).fillna(False)].reset_index(drop=True)

    def summary(self) -> str:
        """Say how many checks passed and failed, each failure with its shillings, and why others were not made."""
        passed = self.checks["passed"]
        counts = [int(passed.eq(True).sum()), int(passed.eq(False).sum()), int(passed.isna().sum())]
        told = [explain_check(row) for row in rows(self.failed.head(3))]
        more = len(self.failed) - len(told)
        return " ".join(
            [f"{counts[0]} passed, {counts[1]} failed, {counts[2]} could not be checked.", *told]
            + ([f"{more} more failed."] if more > 0 else [])
            + self._unchecked()
            + list(illustrative_notes(self.sources))
        )

    def _unchecked(self) -> list[str]:
        open_ = self.checks[self.checks["passed"].isna()]
        told = [
            f"{str(rule).replace('_', ' ')} ({why}{f', {len(same)} times' if len(same) > 1 else ''})"
            for (rule, why), same in open_.groupby(["rule", "why"], sort=False)
        ]
        return [f"Not checked: {'; '.join(told)}."] if told else []

    def explain(self, rule: str) -> str:
        """Say how one rule came out, for every subject that it was checked for."""
        found = self.checks[self.checks["rule"] == rule]
        if found.empty:
            raise unknown_name("rule of this check", rule, list(dict.fromkeys(self.checks["rule"])))
        return " ".join(explain_check(row) for row in rows(found))

    def to_dict(self) -> dict[str, Any]:
        """Return the checks for a program; amounts in KES, None for unknown."""
        return {
            **self.parameters,
            "unit": "KES",
            "checks": records(self.checks),
            "summary": self.summary(),
            "notes": list(self.notes),
            "sources": records(self.sources),
        }


def check_share(rule: Mapping[str, Any], part: Amount, whole: Amount, subject: str = "") -> dict[str, Any]:
    """Check one amount as a share of another.

    Parameters
    ----------
    rule : mapping
        A row of the fiscal rules, ``value`` in per cent.
    part, whole : Amount
        Numerator and denominator; the denominator decides compliance and is named in the result.
    subject : str
        What the check is about: a county, a programme.

    Returns
    -------
    dict
        A row of :attr:`RulesCheck.checks`. ``by_kes`` = the room to the limit in KES of the numerator.
    """
    value = value_of(rule)
    limit = value * whole.kes
    minimum = rule["limit"] == "minimum"
    spare = round(part.kes - limit if minimum else limit - part.kes, 2)
    unknown = [amount.name for amount in (part, whole) if math.isnan(amount.kes)]
    why = f"unknown: {', '.join(unknown)}" if unknown else ""
    if not unknown and whole.kes <= 0:
        why = f"{whole.name} is {'nil' if whole.kes == 0 else 'negative'}, and nothing is a share of it"
    elif not unknown and part.kes < 0:
        why = f"{part.name} is negative, and is no share of anything"
    return _row(rule, subject, (part, whole), math.nan if why else spare, why)


def value_of(rule: Mapping[str, Any]) -> float:
    """Return a rule's own limit: a fraction where it is in per cent, else KES."""
    return float(rule["value"]) / (100 if str(rule["unit"]).startswith("percent") else 1)


def check_change(rule: Mapping[str, Any], before: Amount, after: Amount, subject: str) -> dict[str, Any]:
    """Check how far an amount moved from another, either way, as a share of that other."""
    moved = Amount(f"change from {before.name} to {after.name}", abs(after.kes - before.kes))
    row = check_share(rule, moved, before, subject)
    unknown = [amount.name for amount in (before, after) if math.isnan(amount.kes)]
    return {**row, "why": f"unknown: {', '.join(unknown)}"} if unknown else row


def check_rules(
    rules: pd.DataFrame,
    *,
    level: str = "national",
    shares: Mapping[str, tuple[Amount, Amount] | Sequence[tuple[Amount, Amount]]] | None = None,
    changes: Mapping[str, tuple[pd.DataFrame, pd.DataFrame]] | None = None,
    amounts: Mapping[str, Amount] | None = None,
) -> RulesCheck:
    """Check fiscal rules; a rule without its amounts is listed as not checked, never as passed.

    Parameters
    ----------
    rules : DataFrame
        ``package.table("fiscal_rules")``.
    level : {"national", "county"}
        Whose rules.
    shares : mapping, optional
        By rule, numerator and denominator, or several of them where several denominators are to be compared.
    changes : mapping, optional
        By rule (``programme_reallocation``, ``ceiling_slippage``), the figures before and after, rows of the one table.
    amounts : mapping, optional
        By rule, the amount that it limits in shillings (``contingencies_fund``).

    Raises
    ------
    UnknownNameError
        For every rule that the level does not have, and a level that is none.
    InputError
        For what is no amount with a name, all at once with the unknown names.
    """
    asked = rule_amounts_asked(rules, level, shares, changes, amounts)
    checks: list[dict[str, Any]] = []
    sources: list[pd.DataFrame] = []
    for rule in rows(asked.rules):
        name = rule["rule"]
        if name in asked.shares:
            pairs = asked.shares[name]
            checks += [check_share(rule, *pair) for pair in pairs]
            sources += [amount.figures for pair in pairs for amount in pair if amount.figures is not None]
        elif name in asked.changes:
            moved = gap(*asked.changes[name])
            sources.append(moved.sources)
            checks += list(_changes(rule, moved))
        elif name in asked.amounts:
            checks.append(_fixed(rule, asked.amounts[name]))
        else:
            checks.append(_row(rule, "", (Amount("", math.nan), Amount("", math.nan)), math.nan, _missing(name)))
    used = source_table(_laws(asked.rules), *sources)
    return RulesCheck(
        parameters={"level": level},
        sources=used,
        notes=(*_notes(asked.rules, checks), *illustrative_notes(used)),
        checks=pd.DataFrame(checks).astype({"passed": "boolean"}),
    )


def explain_check(row: Mapping[str, Any]) -> str:
    """Say one check in a sentence."""
    name = str(row["rule"]).replace("_", " ") + (f", {row['subject']}" if row["subject"] else "")
    if pd.isna(row["passed"]):
        return f"{name}: not checked ({row['why']})."
    ratio = "" if math.isnan(row["ratio"]) else f" is {per_cent(row['ratio'])} of {row['denominator']}"
    bound = "at least" if row["limit"] == "minimum" else "at most"
    fixed = [] if row["denominator"] else [row["value"]]
    numerator, spare, *limit = moneys(row["numerator_kes"], abs(row["by_kes"]), *fixed)
    value = limit[0] if limit else per_cent(row["value"])
    verdict = f"passed with {spare} to spare" if row["passed"] else f"failed by {spare}"
    return f"{name}: {row['numerator']} of {numerator}{ratio}, {bound} {value}: {verdict}."


def _laws(rules: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"source": rules["law"], "locator": "rule " + rules["rule"], "mark": rules["mark"]})


def _notes(rules: pd.DataFrame, checks: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Say of which rules a check of one year is not the rule itself."""
    checked = {check["rule"] for check in checks if check["passed"] is not None}
    over_years = rules[rules["unit"].str.contains("medium term") & rules["rule"].isin(checked)]
    single = "a check of single years shows where each stands, and not whether the rule is kept over the term"
    return tuple(
        f"The {str(rule).replace('_', ' ')} is a {unit.replace('percent', 'percentage')}: {single}."
        for rule, unit in zip(over_years["rule"], over_years["unit"], strict=True)
    )


def _changes(rule: Mapping[str, Any], moved: Gap) -> Iterable[dict[str, Any]]:
    several = len(moved.financial_years) > 1
    for line in rows(moved.lines):
        before, after = (Amount(stage, line[side]) for stage, side in
                         zip(moved.stages, ("requirement", "allocation"), strict=True))  # fmt: skip
        subject = f"{name_of(line)}, {line['financial_year']}" if several else name_of(line)
        yield check_change(rule, before, after, subject)


def _fixed(rule: Mapping[str, Any], amount: Amount) -> dict[str, Any]:
    value = value_of(rule)
    spare = round(amount.kes - value if rule["limit"] == "minimum" else value - amount.kes, 2)
    why = f"unknown: {amount.name}" if math.isnan(amount.kes) else ""
    why = f"{amount.name} is negative" if amount.kes < 0 else why
    return _row(rule, "", (amount, Amount("", math.nan)), math.nan if why else spare, why)


def _row(
    rule: Mapping[str, Any], subject: str, amounts: tuple[Amount, Amount], spare: float, why: str
) -> dict[str, Any]:
    part, whole = amounts
    return {
        "rule": rule["rule"],
        "level": rule["level"],
        "subject": subject,
        "numerator": part.name,
        "numerator_kes": part.kes,
        "denominator": whole.name,
        "denominator_kes": whole.kes,
        "ratio": part.kes / whole.kes if whole.kes else math.nan,
        "limit": rule["limit"],
        "value": value_of(rule),
        "passed": None if math.isnan(spare) else spare >= 0,
        "by_kes": spare,
        "unit": rule["unit"],
        "law": rule["law"],
        "mark": rule["mark"],
        "why": why,
    }


def _missing(name: str) -> str:
    needed = SHARES.get(name) or AMOUNTS.get(name) or CHANGES.get(name) or name
    return f"the figures for {needed} are not given"
