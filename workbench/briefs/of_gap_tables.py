"""The tables of a gap: every figure that went in, and the lines that a spreadsheet adds up from them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final

import pandas as pd

from workbench.briefs.common import known
from workbench.briefs.tables import (
    Field,
    Formula,
    Table,
    difference,
    ratio,
    rows_of,
    unknown_unless,
)
from workbench.briefs.words import GAP
from workbench.datasets.titles import titled
from workbench.gap import Gap
from workbench.gap.align import SIDES
from workbench.gap.lines import printed_at
from workbench.views import text

_KEYS: Final = ("sector", "vote", "programme", "sub_programme", "county", "economic_class")


def inputs_of(result: Gap, level: str, lines: pd.DataFrame) -> Table:
    """Return every figure that the sums are made of, numbered by the line that it counts to.

    Parameters
    ----------
    result : Gap
        Of one year.
    level : str
        What a line of the results is.
    lines : DataFrame
        The lines, in the order in which they are numbered from 1.
    """
    numbers = {name: number for number, name in enumerate(lines[level], start=1)}
    sides = []
    for place, stage in enumerate(result.stages):
        rows = _counted(result, place, level)
        sides.append(
            rows.assign(
                side=place + 1,
                stage=rows["stage"].where(rows["stage"] != "", stage),
                counts_to=rows[level].map(numbers).where(rows["in_line"]),
                in_whole=rows["in_whole"].map({True: "yes", False: "no"}),
                document=titled(rows["source"]),
            )
        )
    printed = _printed_gap(result)
    if len(printed):
        sides.append(printed)
    frame = pd.concat(sides, ignore_index=True)
    texts = frame.select_dtypes(exclude=["number", "bool"]).columns
    frame = frame.assign(**{name: frame[name].where(frame[name] != "", None) for name in texts})
    keys = [key for key in _KEYS if frame[key].notna().any()]
    fields = [
        Field(name="counts_to", title=GAP["counts_to"], kind="count", description=GAP["counts_to_means"]),
        Field(name="in_whole", title=GAP["in_whole"], description=GAP["in_whole_means"]),
        Field(name="side", title=GAP["side"], kind="count", description=GAP["side_means"]),
        Field(name="stage", title=GAP["stage"]),
        *(Field(name=key, title=GAP["keys"][key]) for key in keys),
        Field(name="label", title=GAP["label"]),
        Field(name="kes", title=GAP["amount"], kind="money", description=GAP["amount_means"]),
        Field(name="unit", title=GAP["unit"]),
        Field(name="document", title=GAP["source"]),
        Field(name="locator", title=GAP["locator"]),
        Field(name="mark", title=GAP["mark"]),
    ]
    cells = rows_of(frame, [field.name for field in fields])
    return Table(name="inputs", sheet="Inputs", caption=GAP["inputs_caption"], fields=tuple(fields), rows=cells)


def results_of(result: Gap, level: str, lines: pd.DataFrame, inputs: Table, labels: Sequence[str]) -> Table:
    """Return the lines and the whole, each worked out from the inputs by formula.

    Parameters
    ----------
    result : Gap
        Of one year.
    level : str
        What a line is.
    lines : DataFrame
        The lines as :func:`inputs_of` numbers them, with what they are called in ``shown``.
    inputs : Table
        What :func:`inputs_of` gave.
    labels : sequence of str
        What the page calls the two sides, the gap and the ratio.
    """
    first, second, gap_name, funded = labels
    fields = (
        Field(name="number", title=GAP["number"], kind="count", description=GAP["number_means"]),
        Field(name="line", title=text.GAP[level]),
        Field(name="requirement", title=f"{first}, KES", kind="money"),
        Field(name="allocation", title=f"{second}, KES", kind="money"),
        Field(name="gap", title=f"{gap_name}, KES", kind="money", description=GAP["gap_means"]),
        Field(name="funding_ratio", title=f"{funded}, %", kind="share"),
        Field(name="share_of_gap", title=GAP["share_of_gap"], kind="share"),
    )
    shape = Table(name="results", sheet="Results", caption="", fields=fields, rows=())
    whole: dict[Hashable, Any] = {name: getattr(result, name) for name in (*SIDES, "gap", "funding_ratio")}
    whole |= {"shown": text.GAP["whole"], "share_of_gap": None}
    records = [*lines.to_dict("records"), whole]
    last = len(records) - 1
    rows = []
    for place, record in enumerate(records):
        at = {field.name: shape.cell(field.name, place) for field in fields}
        condition = (inputs.column("counts_to"), at["number"]) if place < last else (inputs.column("in_whole"), '"yes"')
        share = _share(shape, at["gap"], last) if place < last else None
        less = difference(at["requirement"], at["allocation"])
        if place == last and len(_printed_gap(result)):
            less = _sum(inputs, condition, 3)
        rows.append(
            (
                place + 1 if place < last else None,
                str(record["shown"]),
                *(Formula(_sum(inputs, condition, side), known(record[name])) for side, name in enumerate(SIDES, 1)),
                Formula(less, known(record["gap"])),
                Formula(ratio(at["allocation"], at["requirement"]), known(record["funding_ratio"])),
                Formula(share, known(record["share_of_gap"])) if share else None,
            )
        )
    caption = GAP["results_caption"].format(year=", ".join(result.financial_years))
    return Table(
        name="results", sheet="Results", caption=caption, fields=fields, rows=tuple(rows), totals=frozenset([last])
    )


def sources_of(result: Gap) -> pd.DataFrame:
    """Return the sources of every figure used or set beside it: source, locator, stage, unit, mark."""
    sides = []
    for side, rows, stage in zip(result.sides, result.counted, result.stages, strict=True):
        others = side[~side["primary"]]
        both = pd.concat([rows, others], ignore_index=True)
        sides.append(both.assign(stage=both["stage"].where(both["stage"] != "", stage)))
    frame = pd.concat(sides, ignore_index=True)
    columns = ["source", "locator", "stage", "unit", "mark"]
    return frame[frame["source"] != ""][columns].drop_duplicates(ignore_index=True)


def _counted(result: Gap, side: int, level: str) -> pd.DataFrame:
    """Return the figures of a side, each with whether it counts to its line (``in_line``) and to the whole."""
    if result.parameters["basis"] == "as_computed":
        rows, comparison = result.counted[side], result.comparison
        return rows.assign(
            in_line=rows.index.isin(comparison.summed(side, (level,)).index),
            in_whole=rows.index.isin(comparison.summed(side, ()).index),
        )
    of_lines, of_whole = (printed_at(result.sides[side], levels) for levels in ((level,), ()))
    return pd.concat(
        [of_lines.assign(in_line=True, in_whole=False), of_whole.assign(in_line=False, in_whole=True)],
        ignore_index=True,
    )


def _printed_gap(result: Gap) -> pd.DataFrame:
    """Return the deficit that the document prints, where the result stands on it; empty elsewhere."""
    if result.parameters["basis"] == "as_computed":
        return pd.DataFrame()
    rows = result.readings[result.readings["side"].eq("gap") & result.readings["used"].eq(True)]
    return pd.DataFrame(
        {"side": 3, "in_whole": "yes", "stage": rows["reading"], "label": rows["label"], "kes": rows["amount"],
         "document": titled(rows["source"]), "locator": rows["locator"], "mark": rows["mark"]}
    )  # fmt: skip


def _sum(inputs: Table, condition: tuple[str, str], side: int) -> str:
    where = f"{condition[0]},{condition[1]},{inputs.column('side')},{side}"
    amounts = inputs.column("kes")
    complete = f'COUNTIFS({where})=COUNTIFS({where},{amounts},"<>")'
    there = f"COUNTIFS({where})>0"
    return unknown_unless(f"AND({there},{complete})", f"ROUND(SUMIFS({amounts},{where}),2)")


def _share(shape: Table, at: str, last: int) -> str:
    """Return a line's share of the whole gap of the same table: blank where either is unknown or the whole is nil."""
    whole = shape.cell("gap", last)
    return f'=IF(COUNT({at},{whole})=2,IF({whole}<>0,{at}/{whole},""),"")'
