"""What commands print: a table for people, JSON for programs."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from rich.console import Console

    from workbench.results import Result

NUMERIC = (int, float)

WIDTH_OF_A_FILE: Final = 160
"""Columns to write when no terminal says how wide it is: into a file, or into another program."""


def print_json(value: object) -> None:
    """Print a value as JSON on standard output, and nothing else; unknown is null, never NaN."""
    print(json.dumps(_plain(value), indent=2, ensure_ascii=False, allow_nan=False))


def console() -> Console:
    """Return what people's tables are written to: as wide as the terminal, or as a file may be."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE)


def shown_width() -> int:
    """Return how many columns there are to write in."""
    return console().width


def print_table(
    rows: Sequence[Mapping[str, object]],
    *,
    title: str,
    decimals: int = 1,
    notes: Iterable[str] = (),
    unbroken: Collection[str] = (),
) -> None:
    """Print rows as a table, numbers to the right with thousands commas, unknown as a blank.

    Columns that are named ``unbroken`` are never folded, as numbers never are.
    """
    from rich.markup import escape
    from rich.table import Table

    paper = console()
    table = Table(title=escape(title), title_justify="left", show_edge=False, pad_edge=False)
    columns = list(rows[0]) if rows else []
    for column in columns:
        numeric = any(isinstance(row[column], NUMERIC) for row in rows)
        justify: Literal["right", "left"] = "right" if numeric else "left"
        table.add_column(
            escape(column.replace("_", " ")), justify=justify, no_wrap=numeric or column in unbroken, overflow="fold"
        )
    for row in rows:
        table.add_row(*[escape(cell_text(row[column], decimals)) for column in columns])
    paper.print(table)
    for note in notes:
        paper.print(escape(note), highlight=False)


def print_sources(result: Result) -> None:
    """Print the documents that a result stands on by their titles."""
    from workbench.datasets.titles import titled

    named = result.sources["source"].dropna()
    print("Sources: " + "; ".join(dict.fromkeys(titled(name for name in named if name))) + ".")


def inferred_notes(result: Result) -> list[str]:
    """Return a line for people that names what is inferred, and none where nothing is."""
    from workbench.datasets.titles import titled
    from workbench.results import inferred_in

    sources = result.sources.assign(source=titled(result.sources["source"]))
    return [f"Inferred, not published: {what}." for what in inferred_in(sources)]


def cell_text(value: object, decimals: int = 1) -> str:
    """Write one cell for people: 3,162 and 1,264.7, blank for unknown."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        text = f"{value:,.{decimals}f}"
        return text.rstrip("0").rstrip(".") if "." in text and float(value).is_integer() else text
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if hasattr(value, "item"):
        return _plain(value.item())
    return str(value)
