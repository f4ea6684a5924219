"""The one question that is put to a ledger's database: sums by group, with the counts that tell whether they hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any, Final

from workbench.gap.asking import as_number, as_text
from workbench.gap.layouts import Layout
from workbench.gap.line_checks import tells_known_stages
from workbench.gap.mixed import counted_twice
from workbench.gap.stage_names import KNOWN_STAGES

UNIT: Final = "ledger_unit"
ODD_STAGES: Final = "odd_stages"


def sums_asked(
    lines: Any,  # noqa: ANN401 - an ibis table
    layout: Layout,
    stages: Sequence[str],
    levels: Sequence[str],
    *,
    nan_is_blank: bool = False,
) -> Any:  # noqa: ANN401 - an ibis table
    """Return the question for the sums of stages by financial year, levels and, where lines say it, unit.

    Parameters
    ----------
    lines : ibis Table
        The lines.
    layout : Layout
        What their columns are called.
    stages, levels : sequence of str
        What is added up, and by what.
    nan_is_blank : bool
        Whether an amount that is no number to the database itself is to be unknown, and no part of a sum.

    Returns
    -------
    ibis Table
        ``ledger_year``, the levels, ``ledger_unit`` where lines say it; ``lines``, how many there are; for each stage
        ``sum_...``, ``known_...`` (lines with an amount), ``there_...`` (lines of that stage, where a line has one);
        ``odd_stages``, lines of a stage that is none.
    """
    kept = spending(lines, layout, [layout.keys[level] for level in levels])
    keys = {"ledger_year": kept[layout.year]}
    keys |= {level: kept[layout.keys[level]] for level in levels}
    if layout.unit in kept.columns:
        keys[UNIT] = as_text(kept[layout.unit])
    sums: dict[str, Any] = {"lines": kept.count()}
    for stage in stages:
        amount, here = _amount_of(kept, layout, stage)
        amount = amount.nullif(float("nan")) if nan_is_blank else amount
        sums[f"sum_{stage}"] = amount.sum(where=here)
        sums[f"known_{stage}"] = amount.count(where=here)
        if here is not None:
            sums[f"there_{stage}"] = kept.count(where=here)
            sums |= counted_twice(kept, stage, here)
    if tells_known_stages(layout):
        written = as_text(kept[layout.stage])
        odd = written.isnull() | ~written.isin(KNOWN_STAGES)
        sums[ODD_STAGES] = kept.count(where=odd)
    return kept.group_by(**keys).aggregate(**sums)


def spending(lines: Any, layout: Layout, grouped_by: Sequence[str] = ()) -> Any:  # noqa: ANN401 - ibis tables
    """Leave the lines out that are no spending; a column that is grouped by is looked at after the grouping."""
    for column, beginnings in layout.left_out.items():
        if column in lines.columns and column not in grouped_by:
            text = as_text(lines[column])
            out = reduce(or_, [text.startswith(beginning) for beginning in beginnings])
            lines = lines.filter(text.isnull() | ~out)
    return lines


def _amount_of(kept: Any, layout: Layout, stage: str) -> tuple[Any, Any]:  # noqa: ANN401 - ibis columns
    """Return the column of a stage's amounts, and which lines are of that stage; None where all are."""
    if layout.stages:
        return as_number(kept[layout.stages[stage]]), None
    words = [word for word, known in layout.stage_names.items() if known == stage] or [stage]
    return as_number(kept[layout.amount]), as_text(kept[layout.stage]).isin(words)
