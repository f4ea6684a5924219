"""Guess the layout of a table, and say what was guessed.

Headings say what a column is; where they do not, the numbers do: a column is taken for a sum, a difference or a
ratio of others only where most of its rows bear it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.audit.cells import Interval
from workbench.datasets.amounts import is_empty, read_amount, unit_in, year_in
from workbench.datasets.grid import Grid, is_figure
from workbench.datasets.guess_derived import SAMPLE, derived_columns
from workbench.datasets.guess_memos import label_of, memo_labels
from workbench.datasets.guess_parents import parent_rows, unlabelled_total
from workbench.datasets.guess_report import report
from workbench.datasets.guess_rows import difference_rows
from workbench.datasets.guess_totals import names_total, total_level, total_rules
from workbench.datasets.guess_votes import LEAST_ROWS, Column
from workbench.datasets.heading_words import CLASSES, KEY, PEOPLE, RATIO, STAGES
from workbench.datasets.layout import AmountColumn, Layout

FRACTION = 2
"""A column of rates of which none is above 2 holds fractions: 0.98 for 98 per cent."""
LARGEST_PERCENTAGE = 1000
"""A column with larger numbers is no percentage, whatever its heading: 'equitable share' holds shillings."""


@dataclass(frozen=True)
class Guess:
    """A guessed layout, and what was guessed, in sentences."""

    layout: Layout
    report: tuple[str, ...]


def guess_layout(grid: Grid) -> Guess | None:
    """Guess how a table is to be read; None where it has no column of amounts."""
    texts = [place for place in range(len(grid.headings)) if not _is_amount(grid, place)]
    amounts = [place for place in range(len(grid.headings)) if _is_amount(grid, place)]
    totals = total_rules(grid, texts, amounts)
    totals = totals or unlabelled_total(grid, amounts, texts)
    total_rows = [row for row in grid.body if total_level(grid, row, texts, totals)]
    amounts = [place for place in amounts if not _is_repeated_key(grid, place, total_rows)]
    if not amounts:
        return None
    texts = [place for place in range(len(grid.headings)) if place not in amounts and not _all_figures(grid, place)]
    group = _groups(grid, texts, total_rows)
    voters = _voters(grid, total_rows)
    columns = [_column(grid, place, voters) for place in amounts]
    derived = tuple(derived_columns(grid, columns, total_rows))
    labels = _labels(grid, texts, total_rows, group)
    plain = [column.place for column in columns if not column.percent]
    memos = memo_labels(grid, labels)
    aside = {row for row in grid.body if label_of(grid, row, labels) in memos}
    parents = tuple(parent_rows(grid, plain, labels, [row for row in total_rows if row not in aside], aside))
    differences = tuple(difference_rows(grid, labels, columns, total_rows))
    named = {one.row.casefold() for one in differences}
    totals = tuple(one for one in totals if (one.equals or "").casefold() not in named)
    total_rows = [row for row in total_rows if total_level(grid, row, texts, totals)]
    layout = Layout(
        title="guessed", label=tuple(grid.headings[place] for place in labels),
        group=tuple(grid.headings[place] for place in group), totals=totals,
        table=next((grid.headings[place] for place in group if "table" in grid.headings[place].casefold()), None),
        amounts=tuple(_amount(column) for column in columns), derived=derived, parents=parents, memos=memos,
        differences=differences,
    )  # fmt: skip
    layout = _standing(grid, layout.model_copy(update={"unit": "count"}) if _counts_people(grid, columns) else layout)
    return Guess(layout, tuple(report(layout, columns, len(total_rows))))


def _is_amount(grid: Grid, place: int) -> bool:
    if _is_key(grid, place):
        return False
    cells = [grid.text(row, place) for row in grid.body]
    filled = [cell for cell in cells if not is_empty(cell)]
    return sum(map(is_figure, filled)) * 2 > len(filled)


def _is_key(grid: Grid, place: int) -> bool:
    return bool(KEY.match(grid.headings[place].replace("_", " ").strip()))


def _all_figures(grid: Grid, place: int) -> bool:
    filled = [cell for row in grid.body if (cell := grid.text(row, place))]
    return bool(filled) and all(map(is_figure, filled))


def _is_repeated_key(grid: Grid, place: int, total_rows: Sequence[int]) -> bool:
    """Whether the total rows only repeat what stands above them: a page, a vote number."""
    if len(total_rows) < 2:
        return False
    before = {row: grid.body[position - 1] for position, row in enumerate(grid.body) if position and row in total_rows}
    pairs = [(grid.text(row, place), grid.text(above, place)) for row, above in before.items()]
    return len(pairs) > 1 and all(one and one == other for one, other in pairs)


def _voters(grid: Grid, total_rows: Sequence[int]) -> tuple[int, ...]:
    """Return the places of the rows that say how columns hang together: the items, unless there are too few."""
    sample = grid.body[:SAMPLE]
    totals = set(total_rows)
    items = tuple(place for place, row in enumerate(sample) if row not in totals)
    return items if len(items) >= LEAST_ROWS else tuple(range(len(sample)))


def _column(grid: Grid, place: int, voters: tuple[int, ...]) -> Column:
    sample = grid.body[:SAMPLE]
    readings = [read_amount(grid.text(row, place)) for row in sample]
    scales = {"KES thousand": 3, "KES million": 6, "KES billion": 9}
    heading = unit_in(grid.headings[place])
    intervals: list[Interval | None] = []
    for read in readings:
        value, half = read.reading.value, read.reading.half
        shift = scales.get(read.unit or heading or "", 0)
        intervals.append(
            None if value is None else Interval((value - half).scaleb(shift), (value + half).scaleb(shift))
        )
    signed = any(read.unit == "percent" for read in readings)
    small = all(one is None or abs(one.middle) <= LARGEST_PERCENTAGE for one in intervals)
    named = heading is None and small and bool(RATIO.search(grid.headings[place].replace("_", " ")))
    percent = heading == "percent" or signed or named
    return Column(grid.headings[place], place, tuple(intervals), percent, voters)


def _amount(column: Column) -> AmountColumn:
    words = column.name.replace("_", " ")
    stage = next((name for name, pattern in STAGES if pattern.search(words)), None)
    economic_class = next((name for name, pattern in CLASSES if pattern.search(words)), None)
    unit = unit_in(column.name)
    if column.percent and all(one is None or abs(one.middle) <= FRACTION for one in column.intervals):
        unit = "ratio"
    elif column.percent:
        unit = "percent"
    return AmountColumn.model_validate(
        {"column": column.name, "stage": None if column.percent else stage, "economic_class": economic_class,
         "unit": unit, "financial_year": year_in(column.name)}
    )  # fmt: skip


def _counts_people(grid: Grid, columns: Sequence[Column]) -> bool:
    """Whether a table counts posts or people: its headings say so, no unit of money stands anywhere, all is whole."""
    around = " ".join((*grid.titles, *grid.headings, grid.sheet.name)).replace("_", " ")
    money = any(unit_in(text) not in (None, "percent") for text in (*grid.titles, *grid.headings))
    whole = all(
        one is None or one.middle == one.middle.to_integral_value() for column in columns for one in column.intervals
    )
    return bool(PEOPLE.search(around)) and not money and whole


def _groups(grid: Grid, texts: Sequence[int], total_rows: Sequence[int]) -> list[int]:
    """Return the columns that say the same on a total and on the row before it: they name the printed table."""
    if not total_rows:
        return []
    before = {row: grid.body[position - 1] for position, row in enumerate(grid.body) if position and row in total_rows}
    found = []
    for place in texts:
        pairs = [(grid.text(row, place), grid.text(above, place)) for row, above in before.items()]
        repeated = pairs and all(one and one == other for one, other in pairs)
        if repeated and not any(names_total(one) for one, _ in pairs):
            found.append(place)
    return found


def _labels(grid: Grid, texts: Sequence[int], total_rows: Sequence[int], group: Sequence[int]) -> list[int]:
    """Return the columns that name a row: the most different texts first, those that only number the rows last."""
    items = [row for row in grid.body if row not in set(total_rows)]
    others = [place for place in texts if place not in group]

    def variety(place: int) -> int:
        return len({grid.text(row, place) for row in items if grid.text(row, place)})

    def numbers(place: int) -> bool:
        filled = [text for row in items if (text := grid.text(row, place))]
        return _is_key(grid, place) or (bool(filled) and all(map(is_figure, filled)))

    ordered = sorted(others, key=lambda place: (numbers(place), -variety(place), place))
    return ordered or list(texts)


def _standing(grid: Grid, layout: Layout) -> Layout:
    """Say whether totals stand above their rows, and whether they keep to sections: where more of them foot so."""
    from workbench.audit.book import Book
    from workbench.datasets.table_relations import relate
    from workbench.datasets.table_rows import table_rows
    from workbench.datasets.tabular import read_cells

    if not layout.totals:
        return layout
    others = ({"sections": True}, {"totals_stand": "above"}, {"totals_stand": "above", "sections": True})
    best, most = layout, -1
    rows = table_rows(grid, layout)
    cells, number_of, _ = read_cells(grid, layout, rows)
    for candidate in (layout, *(layout.model_copy(update=other) for other in others)):
        related = relate(rows, candidate, number_of, cells)
        footing = [one for one in related if one.check in ("footing", "envelope")]
        book = Book.of(cells, footing)
        states = [book.status(relation) for relation in footing]
        held = sum(state in ("right", "rounding") for state in states)
        if held > most:
            best, most = candidate, held
    return best
