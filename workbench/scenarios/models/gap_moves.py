"""Moves of money that a scenario asks for: a cut by rule, a least development share, money found for the gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from workbench.allocation import allocate, largest_remainder
from workbench.errors import Fault, InputError
from workbench.fiscal import UNITS, format_money
from workbench.gap import gap
from workbench.gap.changed import items
from workbench.gap.deficits import payable_lines
from workbench.scenarios.models.base import SET_BY_SCENARIO, Parameter, Value
from workbench.scenarios.models.gap_figures import named

MOVES: Final = (
    Parameter(name="cut.percent", description="How much the allocation is cut by, in all", unit="percent", value=0,
              low=0, high=100),
    Parameter(name="development.least_percent", description="The least share of development in the allocation; what it"
              " lacks is moved from recurrent, each line in proportion", unit="percent", value=0, low=0, high=100),
    Parameter(name="extra.amount", description="Money that is found and shared among the gaps", unit="KES", value=0,
              low=0),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Moved:
    """The two sides after the moves, of one financial year.

    Attributes
    ----------
    tables : mapping of str to DataFrame
        What each move gave whom: ``cut``, ``extra``.
    """

    requirements: pd.DataFrame
    allocations: pd.DataFrame
    year: str
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def move(requirements: pd.DataFrame, allocations: pd.DataFrame, year: str, values: Mapping[str, Value]) -> Moved:
    """Make the moves that a scenario asks for, in the order cut, development, extra."""
    requirements, allocations = (
        side[side["financial_year"] == year].reset_index(drop=True) for side in (requirements, allocations)
    )
    tables: dict[str, pd.DataFrame] = {}
    notes: list[str] = []
    percent, least, extra = (float(values.get(one.name, 0)) for one in MOVES)
    if percent:
        allocations, tables["cut"], note = _cut(
            items(allocations), percent, str(values.get("cut.rule", "proportional"))
        )
        notes.append(note)
    if least:
        allocations, note = _development(items(allocations), least)
        notes.append(note)
    if extra:
        rule = str(values.get("extra.rule", "proportional"))
        allocations, tables["extra"], note = _extra(requirements, items(allocations), extra, rule)
        notes.append(note)
    return Moved(requirements, allocations, year, tables, tuple(notes))


def _kes(side: pd.DataFrame) -> pd.Series[float]:
    return (side["amount"].astype("float64") * side["unit"].map(UNITS)).round(2)


def _with_kes(side: pd.DataFrame, amounts: pd.Series[float], how: str) -> pd.DataFrame:
    changed = amounts != _kes(side)
    texts = {**SET_BY_SCENARIO, "locator": how}
    marked = {column: side[column].mask(changed, text) for column, text in texts.items()}
    return side.assign(amount=amounts, unit="KES", **marked)


def _words(rule: str) -> str:
    return rule.replace("_", " ")


def _labels(side: pd.DataFrame) -> pd.Index[str]:
    classes = side["economic_class"].fillna("").where(side["economic_class"].ne("total"), "")
    labels = side["label"].where(classes.fillna("") == "", side["label"] + " / " + classes.fillna(""))
    numbered = labels + " (row " + side["row"].astype("str") + ")"
    unique: pd.Index[str] = pd.Index(labels.where(~labels.duplicated(), numbered))
    return unique


def _cut(side: pd.DataFrame, percent: float, rule: str) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    amounts = _kes(side)
    if amounts.isna().any():
        raise InputError(Fault(what="cannot be cut: an allocation is unknown", value=f"cut.percent={percent:g}"))
    claims = pd.Series(amounts.round().to_numpy(), index=_labels(side))
    envelope = round(float(claims.sum()) * (100 - percent) / 100)
    shared = allocate(envelope, claims, rule=rule)
    awards = pd.Series(shared.awards.to_numpy(dtype=np.float64), index=side.index)
    table = pd.DataFrame({"line": claims.index, "before": claims.to_numpy(), "after": shared.awards.to_numpy()})
    table["cut"] = table["before"] - table["after"]
    note = (
        f"The allocation is cut by {percent:g} per cent, from {format_money(float(claims.sum()), 'KES')} to"
        f" {format_money(envelope, 'KES')}, which the rule {_words(rule)} shares with the allocations as claims."
    )
    return _with_kes(side, awards, f"a cut of {percent:g} per cent by the rule {_words(rule)}"), table, note


def _development(side: pd.DataFrame, least: float) -> tuple[pd.DataFrame, str]:
    amounts = _kes(side)
    is_development = side["economic_class"].eq("development")
    is_recurrent = side["economic_class"].eq("recurrent")
    if not (is_development.any() and (is_development | is_recurrent).all()) or amounts.isna().any():
        what = "needs allocations that are all known and all recurrent or development"
        raise InputError(Fault(what=what, value=f"development.least_percent={least:g}"))
    development, whole = float(amounts[is_development].sum()), float(amounts.sum())
    wanted = whole * least / 100
    if development >= wanted:
        return side, f"Development is {development / whole:.1%} of the allocation already; nothing is moved."
    factors = np.where(is_development, wanted / development, (whole - wanted) / (whole - development))
    moved = format_money(wanted - development, "KES billion", decimals=2)
    note = (
        f"To raise development from {development / whole:.1%} to {least:g} per cent of the allocation, {moved} is moved"
        " from recurrent, each line in proportion. The law's share is over the medium term; this is one year."
    )
    whole_shillings = largest_remainder(amounts.to_numpy(np.float64) * factors, round(whole))
    shared = pd.Series(whole_shillings.astype(np.float64), index=side.index)
    return _with_kes(side, shared, f"development raised to {least:g} per cent"), note


def _extra(
    requirements: pd.DataFrame, allocations: pd.DataFrame, extra: float, rule: str
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    lines = payable_lines(gap(requirements, allocations), None)
    short = lines[(lines["gap"] > 0) & (lines["stands_on"] == "both")]
    claims = pd.Series(short["gap"].round().to_numpy(), index=pd.Index(named(lines)[short.index]))
    if claims.sum() == 0:
        nobody = pd.DataFrame({"line": [], "gap": [], "award": [], "reason": []})
        return allocations, nobody, f"No line goes short: {format_money(extra, 'KES')} stays where it is."
    # More than all gaps together is not handed out: nobody asked for it.
    wanted = min(extra, float(claims.sum()))
    shared = allocate(wanted, claims, rule=rule)
    rows = _rows_of(short, allocations)
    amounts = _kes(allocations)
    amounts.loc[rows] += shared.awards.to_numpy(dtype=np.float64)
    table = pd.DataFrame({"line": claims.index, "gap": claims.to_numpy(), "award": shared.awards.to_numpy(),
                          "reason": shared.reasons.to_numpy()})  # fmt: skip
    note = f"{format_money(extra, 'KES')} is found and shared by the rule {_words(rule)} among the lines that go short."
    if extra > wanted:
        note += f" They are short of {format_money(wanted, 'KES')} only: {format_money(extra - wanted, 'KES')} is left."
    return _with_kes(allocations, amounts, f"money found, shared by the rule {_words(rule)}"), table, note


def _rows_of(lines: pd.DataFrame, side: pd.DataFrame) -> list[int]:
    """Return the row of an allocation that stands for each line; the first, where a line has several."""
    keys = ["sector", "vote", "programme", "sub_programme", "county", "economic_class"]
    texts = side[keys].astype("str").where(side[keys].notna(), "")
    first = {
        tuple(row): place for place, row in zip(reversed(side.index), reversed(texts.values.tolist()), strict=True)
    }
    return [int(first[tuple(row)]) for row in lines[keys].values.tolist()]
