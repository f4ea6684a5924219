"""Which rows of a table are counted: each shilling once, and never a total beside what it adds up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from workbench.errors import Fault, InputError
from workbench.gap.sides import LEVELS

_TABLE = ["resource", "table"]
_PARTS = frozenset({"recurrent", "development"})
_LINE_KEYS = ["financial_year", *LEVELS, "line_label"]


def leaves(side: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the others add up from, with ``line_label``, the label where no key names the row.

    These are a table's items, and a sub-total that no row adds up to; sub-totals where a table has no items, totals
    where it has neither. A figure for both economic classes is left out where recurrent and development are both
    known beside it; otherwise it is used and they are left out.
    """
    side = side[side["primary"]]
    kept = pd.concat([_leaves_of_table(table) for _, table in side.groupby(_TABLE, sort=False)] or [side])
    kept = kept.assign(line_label=kept["label"].where(_needs_label(kept), ""))
    return _each_once(_one_class_a_line(kept)).reset_index(drop=True)


def printed_at(side: pd.DataFrame, levels: Sequence[str]) -> pd.DataFrame:
    """Return the rows that the document itself prints for some levels: items, sub-totals or totals.

    A sub-total of programmes answers for ``programme``, a total without any key for the whole.
    """
    deepest = _depth_of(levels)
    counted = leaves(side)
    if deepest >= max(_depths(counted), default=0) and levels:
        return counted
    above = side[side["primary"] & side["line"].isin(("subtotal", "total"))]
    at_level = above[[depth == deepest for depth in _depths(above)]].assign(line_label="")
    return _one_class_a_line(at_level).reset_index(drop=True)


def common_classes(requirements: pd.DataFrame, allocations: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Call recurrent and development ``total`` for the lines that the other side knows only as a total.

    Both sides must know the whole of the line: a part is never set against a whole.
    """
    classes = [_classes_of(side, _LINE_KEYS) for side in (requirements, allocations)]
    whole = (frozenset({"total"}), _PARTS)
    mixed = [
        line
        for line, ours in classes[0].items()
        if (theirs := classes[1].get(line, ours)) != ours and ours in whole and theirs in whole
    ]
    return _as_total(requirements, mixed), _as_total(allocations, mixed)


def _leaves_of_table(table: pd.DataFrame) -> pd.DataFrame:
    present = set(table["line"])
    lowest = next(line for line in ("item", "subtotal", "total") if line in present)
    parents = set(table["parent"].dropna())
    childless = (table["line"] == "subtotal") & ~table["row"].isin(parents) if parents else False
    return table[(table["line"] == lowest) | childless]


def _needs_label(kept: pd.DataFrame) -> pd.Series:
    narrow = (kept[list(LEVELS[1:])] != "").any(axis=1)
    keys = ["financial_year", *LEVELS, "economic_class", "basis", *_TABLE]
    shared = kept.duplicated(keys, keep=False) | (kept["sector"] == "")
    return ~narrow & shared & (kept["line"] != "total")


def _one_class_a_line(rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return rows
    keys = [*_LINE_KEYS, "basis", *_TABLE]
    held = _classes_of(rows[rows["kes"].notna()], keys)
    lines = [held.get(tuple(line), frozenset()) for line in rows[keys].itertuples(index=False)]
    by_parts = pd.Series([line >= _PARTS for line in lines], index=rows.index)
    # Of a line that is wholly unknown the figure for both stands for all.
    held_at_all = _classes_of(rows, keys)
    told = [
        "total" in (line or held_at_all[tuple(row)])
        for line, row in zip(lines, rows[keys].itertuples(index=False), strict=True)
    ]
    by_total = pd.Series(told, index=rows.index) & ~by_parts
    extra = (rows["economic_class"].eq("total") & by_parts) | (rows["economic_class"].isin(_PARTS) & by_total)
    return rows[~extra]


def _each_once(rows: pd.DataFrame) -> pd.DataFrame:
    keys = [*_LINE_KEYS, "economic_class"]
    faults = []
    for column, what, remedy in (
        ("basis", "counts twice", "choose one basis: figures[figures['basis'] == 'gross']"),
        ("table", "counts twice", "choose one table: figures[figures['table'] == ...]"),
    ):
        held = rows[[*keys, column]].drop_duplicates()
        for _, several in held[held.duplicated(keys, keep=False)].groupby(keys, sort=False):
            name = " / ".join(part for part in several.iloc[0][keys] if part)
            listed = ", ".join(sorted(value or "blank" for value in several[column]))
            faults.append(Fault(what=f"{what}: it stands under {column} {listed}", value=name, remedy=remedy))
    if faults:
        raise InputError(faults)
    return rows


def _classes_of(rows: pd.DataFrame, keys: list[str]) -> dict[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for *line, economic_class in rows[[*keys, "economic_class"]].itertuples(index=False):
        found[tuple(line)] = found.get(tuple(line), frozenset()) | {economic_class}
    return found


def _as_total(side: pd.DataFrame, lines: list[tuple[str, ...]]) -> pd.DataFrame:
    if not lines:
        return side
    mixed = pd.MultiIndex.from_frame(side[_LINE_KEYS]).isin(lines)
    return side.assign(economic_class=side["economic_class"].mask(mixed, "total"))


def _depths(rows: pd.DataFrame) -> list[int]:
    return [_depth_of(level for level in LEVELS if row[level]) for row in rows[list(LEVELS)].to_dict("records")]


def _depth_of(levels: Iterable[str]) -> int:
    return max((LEVELS.index(level) + 1 for level in levels if level in LEVELS), default=0)
