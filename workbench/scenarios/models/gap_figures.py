"""The figures of two stages by dotted name: ``ceilings.Health.2025/26``, ``revised.….development.2024/25``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from workbench.datasets import Package
from workbench.errors import Fault, InputError
from workbench.gap import sides_of
from workbench.gap.changed import change, items
from workbench.scenarios.models.base import SET_BY_SCENARIO, Parameter, Value

PLURALS: Final = {
    "requirement": "requirements",
    "ceiling": "ceilings",
    "estimate": "estimates",
    "allocation": "allocations",
    "exchequer_issue": "exchequer_issues",
}
NAME: Final = "scenario_name"
"""The column that holds a row's dotted name."""

_PLACE: Final = ("resource", "table", "row", "stage", "basis", "economic_class", "financial_year")
_KEYS: Final = ("sector", "vote", "programme", "sub_programme", "county", "line_label")


@dataclass(frozen=True, eq=False)
class Figures:
    """Two stages and what in them has a name.

    Attributes
    ----------
    sides : tuple of DataFrame
        Rows of the one table, with :data:`NAME` where a scenario can change the row's amount.
    parameters : mapping of str to Parameter
        Every figure of the tables concerned, of other stages too, by dotted name.
    years : tuple of str
        The financial years that both stages have.
    """

    sides: tuple[pd.DataFrame, pd.DataFrame]
    parameters: Mapping[str, Parameter]
    years: tuple[str, ...]


def figures_of(package: Package, start: Value | None, end: Value | None, table: Value | None) -> Figures:
    """Take the figures of two stages out of a package, and name them."""
    asked = (None if one is None else str(one) for one in (start, end))
    first, second = sides_of(package, *asked, table=None if table is None else str(table))
    sides = (_named(first), _named(second))
    shared = sorted(set(first["financial_year"].dropna()) & set(second["financial_year"].dropna()))
    if not shared:
        raise InputError(Fault(what="has no financial year in which both stages have figures", value=package.name))
    used = {resource for side in sides for resource in side["resource"]}
    others = _named(package.figures[package.figures["resource"].isin(used)].reset_index(drop=True))
    parameters = {}
    for figures in (others, *sides):
        rows = figures[figures[NAME] != ""]
        for row in rows[[NAME, "label", "stage", "financial_year", "amount", "unit"]].to_dict("records"):
            value = None if pd.isna(row["amount"]) else float(row["amount"])
            name, description = str(row[NAME]), f"{row['label']}, {row['stage']} {row['financial_year']}"
            parameters[name] = Parameter(name=name, description=description, unit=str(row["unit"]), value=value, low=0)
    return Figures(sides, parameters, tuple(shared))


def _named(figures: pd.DataFrame) -> pd.DataFrame:
    """Name the items; what two rows would share is told apart by gross or net, and at last by the row's number."""
    usable = figures["line"].fillna("item").eq("item") & figures["stage"].notna() & figures["label"].notna()
    rows = figures[usable]
    stage = rows["stage"].map(lambda one: PLURALS.get(one, one))
    label = rows["label"].str.replace(".", "", regex=False)
    basis = rows["basis"].fillna("") if "basis" in rows else pd.Series("", index=rows.index)
    economic_class = rows["economic_class"].fillna("").replace("total", "")
    year = rows["financial_year"].fillna("undated")
    short = _joined(stage, label, economic_class, year)
    bases = basis.groupby(short).transform("nunique")
    names = short.where(bases == 1, _joined(stage, label, basis, economic_class, year))
    numbered = names + ".row " + rows["row"].astype("str") + " of table " + rows["table"].astype("str")
    names = names.mask(names.duplicated(), numbered)
    return figures.assign(**{NAME: names.reindex(figures.index).fillna("")})


def _joined(*parts: pd.Series[str]) -> pd.Series[str]:
    texts = [".".join(part for part in row if part) for row in zip(*parts, strict=True)]
    return pd.Series(texts, index=parts[0].index, dtype="str")


def set_amounts(side: pd.DataFrame, values: Mapping[str, Value]) -> pd.DataFrame:
    """Return one side with the amounts that a scenario sets; printed sums of changed rows are left out.

    A printed total over changed rows would contradict them.
    """
    given = side[NAME].map(lambda name: values.get(name) if name else None)
    changed = given.notna()
    if not changed.any():
        return side
    amounts = pd.to_numeric(given[changed], errors="coerce")
    source, locator = SET_BY_SCENARIO["source"], SET_BY_SCENARIO["locator"]
    return items(change(side, amounts, source=source, locator=locator))


def is_set(
    findings: pd.DataFrame, sides: tuple[pd.DataFrame, pd.DataFrame], values: Mapping[str, Value]
) -> pd.Series[bool]:
    """Say of each finding whether it is about a row whose amount a scenario sets."""
    places = [place for place in _PLACE if place in findings and all(place in side for side in sides)]
    rows = pd.concat([side.loc[side[NAME].map(lambda name: bool(name) and name in values), places] for side in sides])
    changed = set(rows.astype(object).where(rows.notna(), "").astype(str).itertuples(index=False, name=None))
    shown = findings[places].astype(object).where(findings[places].notna(), "").astype(str)
    told = [row in changed for row in shown.itertuples(index=False, name=None)]
    return pd.Series(told, index=findings.index, dtype="bool")


def named(lines: pd.DataFrame) -> pd.Series[str]:
    """Name the lines of a gap by what tells them apart."""
    keys = [key for key in _KEYS if key in lines and lines[key].ne("").any()]
    varied = [key for key in keys if len(lines[key].unique()) > 1] or keys
    last = [key for key in varied if key != "sector"] or varied
    shown = last[-1:] if not lines.duplicated(["financial_year", *last[-1:], "economic_class"]).any() else last
    shown = [*shown, "economic_class"] if len(lines["economic_class"].unique()) > 1 else shown
    texts = [" / ".join(part for part in row if part) for row in lines[shown].itertuples(index=False, name=None)]
    return pd.Series(texts, index=lines.index, dtype="str")
