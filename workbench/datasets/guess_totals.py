"""Which rows of a table are totals, by their labels, and of which level: sub-totals, totals, grand totals."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.datasets.grid import Grid, is_figure
from workbench.datasets.heading_words import words
from workbench.datasets.layout import TotalRows

_TOTAL = words(
    r"^(grand|overall|national|sub)?[\s-]*totals?\b\s*[:.]?$|\btotals?\s*[:.]?$|^sub[\s-]*totals?\b|"
    r"^grand\b.*\btotal|^(gross|net) total|"
    r"^(jumla|sum|aggregate)\b\s*(kuu|ndogo)?\s*[:.]?$"
)
_LOOSE = words(r"^totals?\b")
_SUB = words(r"\bsub[\s-]*total|^jumla ndogo\b")
_BARE = words(r"^(totals?|gross total|net total|jumla|sum|aggregate)\s*[:.]?$")
_GRAND = words(r"^(grand|overall|national|jumla kuu)\b")


def names_total(text: str) -> bool:
    """Whether a text names a total wherever it stands."""
    return bool(_TOTAL.search(_plain(text)))


def total_rules(grid: Grid, texts: Sequence[int], amounts: Sequence[int]) -> tuple[TotalRows, ...]:
    """Return which rows are totals: each distinct text that names one, with its level."""
    found: dict[tuple[str, str], int] = {}
    for row in grid.body:
        if not any(is_figure(grid.text(row, place)) for place in amounts):
            continue
        for place in texts:
            text = grid.text(row, place)
            loose = bool(_LOOSE.match(_plain(text))) and _first_text(grid, row, texts) == place
            if names_total(text) or loose:
                found[grid.headings[place], text] = _level_of(_plain(text))
                break
    levels = sorted(set(found.values()))
    return tuple(
        TotalRows(column=column, equals=text, level=levels.index(level) + 1)
        for (column, text), level in found.items()
    )  # fmt: skip


def _level_of(text: str) -> int:
    if _GRAND.search(text):
        return 4
    if _SUB.search(text):
        return 1
    return 3 if _BARE.search(text) else 2


def _first_text(grid: Grid, row: int, texts: Sequence[int]) -> int | None:
    return next((place for place in texts if grid.text(row, place)), None)


def total_level(grid: Grid, row: int, texts: Sequence[int], rules: Sequence[TotalRows]) -> int:
    """Return the level of a row by the rules that were guessed; 0 where it is no total."""
    names = {(rule.column, rule.equals): rule.level for rule in rules}
    if not any(grid.text(row, place) for place in texts):
        return next((rule.level for rule in rules if rule.equals == "" and row == grid.body[-1]), 0)
    return max((names.get((grid.headings[place], grid.text(row, place)), 0) for place in texts), default=0)


def _plain(text: str) -> str:
    return text.replace("_", " ")
