"""Say in sentences what was guessed of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.datasets.guess_headings import unguessed
from workbench.datasets.guess_votes import Column
from workbench.datasets.layout import Layout


def report(layout: Layout, columns: Sequence[Column], totals: int) -> Iterator[str]:
    """Say what was guessed, and which columns were headed as made of others that were not found.

    Parameters
    ----------
    layout : Layout
    columns : sequence of Column
        Those of amounts.
    totals : int
        How many rows are totals.
    """
    amounts = [one.column for one in layout.amounts]
    yield f"No layout was given, so it was guessed. Amounts: {', '.join(amounts)}."
    if layout.label:
        yield f"Rows are named by: {', '.join(layout.label)}."
    if layout.totals:
        names = ", ".join(
            dict.fromkeys(f"'{one.equals}'" if one.equals else "without a name" for one in layout.totals[:6])
        )
        stand = "below" if layout.totals_stand == "below" else "above"
        rows = "1 row is a total" if totals == 1 else f"{totals} rows are totals"
        yield f"{rows} ({names}), {stand} the rows that are added up."
        if layout.sections:
            yield "A row without amounts opens a section, and a subtotal adds up rows of its own section."
    else:
        yield "No row looks like a total, so nothing was re-added down the columns."
    if layout.parents:
        rows = ", ".join(str(one.row) for one in layout.parents[:12])
        yield f"Taken for subtotals that stand above their rows, as the numbers bear out: row {rows}."
    if layout.memos:
        yield f"Not added up, for they repeat others: {', '.join(repr(one) for one in layout.memos[:12])}."
    if layout.unit == "count":
        yield "The table counts posts or people: its numbers are exact, none is rounded."
    if layout.group:
        yield f"Printed tables are told apart by: {', '.join(layout.group)}."
    for one in layout.derived:
        if one.sum:
            yield f"'{one.column}' is taken for the sum of {', '.join(one.sum)}."
        if one.difference:
            yield f"'{one.column}' is taken for {one.difference[0]} less {one.difference[1]}."
        if one.ratio:
            yield f"'{one.column}' is taken for {one.ratio[0]} divided by {one.ratio[1]}."
        if one.share_of_total:
            yield f"'{one.column}' is taken for the share of {one.share_of_total} in its total."
    for row in layout.differences:
        yield f"The row '{row.row}' is taken for '{row.of[0]}' less '{row.of[1]}'."
    for name in unguessed(columns, layout.derived):
        yield f"'{name}' is headed as made of other columns; which ones was not found, so it was not checked by them."
