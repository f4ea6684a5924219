"""The tables of a gap: every figure that went in, and the lines that a spreadsheet adds up from them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Final

import pandas as pd

from workbench.briefs.common import known
from workbench.briefs.tables import Field, Formula, Table, difference, ratio, rows_of, unknown_unless
from workbench.briefs.words import GAP
from workbench.datasets.titles import titled
from workbench.gap import Gap
from workbench.gap.lines import printed_at
from workbench.views import text

SIDES: Final = ("requirement", "allocation")
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
    for number, stage in enumerate(result.stages, start=1):
        counted, whole, rows = _counted(result, number - 1, level)
        sides.append(
            rows.assign(
                side=number,
                stage=rows["stage"].where(rows["stage"] != "", stage),
                counts_to=rows[level].map(numbers).where(rows.index.isin(counted.index)),
                in_whole=["yes" if index in whole.index else "no" for index in rows.index],
                document=titled(rows["source"]),
            )
        )  # fmt: skip
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


def results_of(result: Gap, level: str, lines: pd.DataFrame, inputs: Table) -> Table:
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
    """
    first, second = (text.STAGES[stage] for stage in result.stages)
    gap_name = text.GAP_NAMES.get(result.stages[1], text.GAP_NAMES["allocation"])
    funded = text.FUNDED_NAMES.get(result.stages[1], text.FUNDED_NAMES["allocation"])
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
    gaps = ":".join(shape.cell("gap", place).replace("E", "E$") for place in (0, last - 1))
    # Of lines on one side only the gap is unknown, and the whole is that of the others.
    computed = result.parameters["basis"] == "as_computed"
    whole_gap = shape.cell("gap", last).replace("E", "E$") if computed else ""
    rows = []
    for place, record in enumerate(records):
        at = {field.name: shape.cell(field.name, place) for field in fields}
        condition = (inputs.column("counts_to"), at["number"]) if place < last else (inputs.column("in_whole"), '"yes"')
        share = _share(at["gap"], whole_gap or f"SUM({gaps})", gaps) if place < last else None
        rows.append(
            (
                place + 1 if place < last else None,
                str(record["shown"]),
                *(Formula(_sum(inputs, condition, side), known(record[name])) for side, name in enumerate(SIDES, 1)),
                Formula(difference(at["requirement"], at["allocation"]), known(record["gap"])),
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


def _counted(result: Gap, side: int, level: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the rows that the lines are made of, those that the whole is made of, and all, in no sum or in one."""
    if result.parameters["basis"] == "as_computed":
        summed = [result.comparison.summed(side, levels) for levels in ((level,), ())]
        return summed[0], summed[1], result.counted[side]
    printed = [printed_at(result.sides[side], levels) for levels in ((level,), ())]
    lines = printed[0].reset_index(drop=True)
    whole = printed[1].reset_index(drop=True)
    whole.index += len(lines)
    return lines, whole, pd.concat([lines, whole])


def _sum(inputs: Table, condition: tuple[str, str], side: int) -> str:
    where = f"{condition[0]},{condition[1]},{inputs.column('side')},{side}"
    amounts = inputs.column("kes")
    complete = f'COUNTIFS({where})=COUNTIFS({where},{amounts},"<>")'
    there = f"COUNTIFS({where})>0"
    return unknown_unless(f"AND({there},{complete})", f"ROUND(SUMIFS({amounts},{where}),2)")


def _share(part: str, whole: str, gaps: str) -> str:
    """Return a line's share of the gap: blank where it or the whole is unknown, or where the whole is nil."""
    known_ = f"AND(ISNUMBER({part}),ISNUMBER({whole}))" if whole != f"SUM({gaps})" else f"COUNT({gaps})=ROWS({gaps})"
    return f'=IF({known_},IF(ROUND({whole},2)<>0,{part}/{whole},""),"")'
