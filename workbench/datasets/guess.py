"""Guess the layout of a table, and say what was guessed.

Headings say what a column is; where they do not, the numbers do: a column is taken for a sum, a difference or a
ratio of others only where most of its rows bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from workbench.audit.cells import HUNDRED, Interval
from workbench.datasets.amounts import is_empty, read_amount, unit_in, year_in
from workbench.datasets.grid import Grid, is_figure
from workbench.datasets.layout import AmountColumn, DerivedColumn, DifferenceRow, Layout, TotalRows

SAMPLE = 200
WIDEST = 40
LEAST_ROWS = 2
FRACTION = 2
"""A column of rates of which none is above 2 holds fractions: 0.98 for 98 per cent."""
LARGEST_PERCENTAGE = 1000
"""A column with larger numbers is no percentage, whatever its heading: 'equitable share' holds shillings."""

_KEY_HEADING = re.compile(
    r"^(#|no\.?|s\s*/?\s*no\.?|sno|ser(ial)?( no\.?)?|id|code|.* code|vote no\.?|page|.* page|row|line( no\.?)?|year|"
    r"financial year|fy|ref(erence)?|item no\.?|rank)$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"^(grand|overall|national|sub)?[\s-]*totals?\b\s*[:.]?$|\btotals?\s*[:.]?$|^sub[\s-]*totals?\b|"
                    r"^grand\b.*\btotal|^(gross|net) total|^jumla$", re.IGNORECASE)  # fmt: skip
_LOOSE_TOTAL = re.compile(r"^totals?\b", re.IGNORECASE)
_SUB = re.compile(r"^sub[\s-]*total|\bsub[\s-]*total", re.IGNORECASE)
_BARE = re.compile(r"^(totals?|gross total|net total|jumla)\s*[:.]?$", re.IGNORECASE)
_GRAND = re.compile(r"^(grand|overall|national)\b", re.IGNORECASE)
_DIFFERENCE = re.compile(
    r"variance|deficit|surplus|difference|shortfall|balance|\bgap\b|deviation|change", re.IGNORECASE
)
_SUM = re.compile(r"total|gross|\bsum\b|\ball\b", re.IGNORECASE)
_RATIO = re.compile(r"%|per\s?cent|\bpct\b|percentage|absorption|\brate\b|ratio|share|utili[sz]ation", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(posts?|designation|job group|staff(ing)?|establishment|headcount|officers)\b", re.IGNORECASE)
_DEMAND = re.compile(r"requirement|required|request|need|demand|resource bid", re.IGNORECASE)
_CLASSES = (("recurrent", re.compile(r"\brec(urrent|\.)?\b", re.IGNORECASE)),
            ("development", re.compile(r"\bdev(elopment|t|\.)?\b", re.IGNORECASE)),
            ("total", re.compile(r"\btotal\b|\bgross\b", re.IGNORECASE)))  # fmt: skip
_STAGES = (("requirement", _DEMAND), ("ceiling", re.compile(r"ceiling", re.IGNORECASE)),
           ("expenditure", re.compile(r"expenditure|\bactual|spent|spending", re.IGNORECASE)),
           ("exchequer_issue", re.compile(r"exchequer|issues?\b|released", re.IGNORECASE)),
           ("revised", re.compile(r"revised", re.IGNORECASE)),
           ("allocation", re.compile(r"allocat|provision", re.IGNORECASE)),
           ("estimate", re.compile(r"estimate|budget|approved", re.IGNORECASE)))  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """A guessed layout, and what was guessed, in sentences."""

    layout: Layout
    report: tuple[str, ...]


@dataclass(frozen=True)
class _Column:
    name: str
    place: int
    intervals: tuple[Interval | None, ...]
    percent: bool


def guess_layout(grid: Grid) -> Guess | None:
    """Guess how a table is to be read; None where it has no column of amounts."""
    texts = [place for place in range(len(grid.headings)) if not _is_amount(grid, place)]
    amounts = [place for place in range(len(grid.headings)) if _is_amount(grid, place)]
    totals = _total_rules(grid, texts, amounts)
    total_rows = [row for row in grid.body if _level(grid, row, texts, totals)]
    amounts = [place for place in amounts if not _is_repeated_key(grid, place, total_rows)]
    if not amounts:
        return None
    texts = [place for place in range(len(grid.headings)) if place not in amounts and not _all_figures(grid, place)]
    group = _groups(grid, texts, total_rows)
    columns = [_column(grid, place) for place in amounts]
    derived = tuple(_derived(grid, columns, total_rows))
    labels = _labels(grid, texts, total_rows, group)
    layout = Layout(
        title="guessed", label=tuple(grid.headings[place] for place in labels),
        group=tuple(grid.headings[place] for place in group), totals=totals,
        table=next((grid.headings[place] for place in group if "table" in grid.headings[place].casefold()), None),
        amounts=tuple(_amount(column) for column in columns), derived=derived,
        differences=tuple(_difference_rows(grid, labels)),
    )  # fmt: skip
    layout = _standing(grid, layout.model_copy(update={"unit": "count"}) if _counts_people(grid, columns) else layout)
    return Guess(layout, tuple(_report(layout, len(total_rows))))


def _is_amount(grid: Grid, place: int) -> bool:
    if _KEY_HEADING.match(grid.headings[place].replace("_", " ").strip()):
        return False
    cells = [grid.text(row, place) for row in grid.body]
    filled = [cell for cell in cells if not is_empty(cell)]
    return sum(map(is_figure, filled)) * 2 > len(filled)


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


def _column(grid: Grid, place: int) -> _Column:
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
    named = heading is None and small and bool(_RATIO.search(grid.headings[place].replace("_", " ")))
    percent = heading == "percent" or signed or named
    return _Column(grid.headings[place], place, tuple(intervals), percent)


def _amount(column: _Column) -> AmountColumn:
    words = column.name.replace("_", " ")
    stage = next((name for name, pattern in _STAGES if pattern.search(words)), None)
    economic_class = next((name for name, pattern in _CLASSES if pattern.search(words)), None)
    unit = unit_in(column.name)
    if column.percent and all(one is None or abs(one.middle) <= FRACTION for one in column.intervals):
        unit = "ratio"
    elif column.percent:
        unit = "percent"
    return AmountColumn.model_validate(
        {"column": column.name, "stage": None if column.percent else stage, "economic_class": economic_class,
         "unit": unit, "financial_year": year_in(column.name)}
    )  # fmt: skip


def _total_rules(grid: Grid, texts: Sequence[int], amounts: Sequence[int]) -> tuple[TotalRows, ...]:
    """Return which rows are totals: each distinct text that names one, with its level."""
    found: dict[tuple[str, str], int] = {}
    for row in grid.body:
        if not any(is_figure(grid.text(row, place)) for place in amounts):
            continue
        for place in texts:
            text = grid.text(row, place)
            words = text.replace("_", " ")
            if _TOTAL.search(words) or (_LOOSE_TOTAL.match(words) and _first_text(grid, row, texts) == place):
                found[grid.headings[place], text] = _level_of(words)
                break
    levels = sorted(set(found.values()))
    return tuple(
        TotalRows(column=column, equals=text, level=levels.index(level) + 1)
        for (column, text), level in found.items()
    )  # fmt: skip


def _level_of(words: str) -> int:
    if _GRAND.search(words):
        return 4
    if _SUB.search(words):
        return 1
    return 3 if _BARE.search(words) else 2


def _first_text(grid: Grid, row: int, texts: Sequence[int]) -> int | None:
    return next((place for place in texts if grid.text(row, place)), None)


def _level(grid: Grid, row: int, texts: Sequence[int], rules: Sequence[TotalRows]) -> int:
    names = {(rule.column, rule.equals): rule.level for rule in rules}
    return max((names.get((grid.headings[place], grid.text(row, place)), 0) for place in texts), default=0)


def _counts_people(grid: Grid, columns: Sequence[_Column]) -> bool:
    """Whether a table counts posts or people: its headings say so, no unit of money stands anywhere, all is whole."""
    around = " ".join((*grid.titles, *grid.headings, grid.sheet.name)).replace("_", " ")
    money = any(unit_in(text) not in (None, "percent") for text in (*grid.titles, *grid.headings))
    whole = all(
        one is None or one.middle == one.middle.to_integral_value() for column in columns for one in column.intervals
    )
    return bool(_PEOPLE.search(around)) and not money and whole


def _groups(grid: Grid, texts: Sequence[int], total_rows: Sequence[int]) -> list[int]:
    """Return the columns that say the same on a total and on the row before it: they name the printed table."""
    if not total_rows:
        return []
    before = {row: grid.body[position - 1] for position, row in enumerate(grid.body) if position and row in total_rows}
    found = []
    for place in texts:
        pairs = [(grid.text(row, place), grid.text(above, place)) for row, above in before.items()]
        repeated = pairs and all(one and one == other for one, other in pairs)
        if repeated and not any(_TOTAL.search(one.replace("_", " ")) for one, _ in pairs):
            found.append(place)
    return found


def _labels(grid: Grid, texts: Sequence[int], total_rows: Sequence[int], group: Sequence[int]) -> list[int]:
    """Return the columns that name a row: the one with the most different texts first, then the others."""
    items = [row for row in grid.body if row not in set(total_rows)]
    others = [place for place in texts if place not in group]

    def variety(place: int) -> int:
        return len({grid.text(row, place) for row in items if grid.text(row, place)})

    ordered = sorted(others, key=lambda place: (-variety(place), place))
    return ordered or list(texts)


def _difference_rows(grid: Grid, labels: Sequence[int]) -> Iterator[DifferenceRow]:
    earlier: list[str] = []
    for row in grid.body:
        label = next((text for place in labels if (text := grid.text(row, place))), "")
        if re.match(r"^(net )?(deficit|surplus|shortfall|funding gap|gap|variance|difference)\b", label, re.IGNORECASE):
            if len(earlier) >= 2:
                first, second = earlier[-2:]
                if _DEMAND.search(second) and not _DEMAND.search(first):
                    first, second = second, first
                if label.casefold().startswith(("surplus", "net surplus")):
                    first, second = second, first
                yield DifferenceRow(row=label, of=(first, second))
        elif label:
            earlier.append(label)


def _derived(grid: Grid, columns: Sequence[_Column], total_rows: Sequence[int]) -> Iterator[DerivedColumn]:
    for column in columns[:WIDEST]:
        others = [one for one in columns[:WIDEST] if one is not column]
        plain = [one for one in others if not one.percent]
        words = column.name.replace("_", " ")
        if column.percent:
            ratio = _ratio_of(column, plain)
            share = None if ratio else _share_of(grid, column, plain, total_rows)
            if ratio:
                yield DerivedColumn(column=column.name, ratio=(ratio[0].name, ratio[1].name))
            elif share:
                yield DerivedColumn(column=column.name, share_of_total=share.name)
        elif _DIFFERENCE.search(words):
            pair = _difference_of(column, plain, words)
            if pair:
                yield DerivedColumn(column=column.name, difference=(pair[0].name, pair[1].name))
        elif _SUM.search(words):
            parts = _sum_of(column, plain)
            if parts:
                yield DerivedColumn(column=column.name, sum=tuple(part.name for part in parts))


def _sum_of(column: _Column, others: Sequence[_Column]) -> Sequence[_Column] | None:
    for parts in (_same_words(column, others), *_neighbours(column, others)):
        if len(parts) > 1 and _borne_out(column, parts, _add):
            return parts
    return None


def _same_words(column: _Column, others: Sequence[_Column]) -> list[_Column]:
    """Return the columns named alike but for recurrent and development in the place of total."""
    stem = _without_class(column.name)
    named = [
        one
        for one in others
        if _without_class(one.name) == stem and _class_of(one.name) in ("recurrent", "development")
    ]
    return named if len(named) == 2 else []


def _without_class(name: str) -> str:
    words = name.replace("_", " ")
    for _, pattern in _CLASSES:
        words = pattern.sub("", words)
    return re.sub(r"\W+", " ", words).strip().casefold()


def _class_of(name: str) -> str | None:
    return next((one for one, pattern in _CLASSES if pattern.search(name.replace("_", " "))), None)


def _neighbours(column: _Column, others: Sequence[_Column]) -> Iterator[list[_Column]]:
    """Yield runs of columns right before, then right after: the longest first, down to two."""
    before = [one for one in others if one.place < column.place]
    after = [one for one in others if one.place > column.place]
    for length in range(min(12, len(before)), 1, -1):
        yield before[-length:]
    for length in range(min(12, len(after)), 1, -1):
        yield after[:length]


def _difference_of(column: _Column, others: Sequence[_Column], words: str) -> tuple[_Column, _Column] | None:
    """Return minuend and subtrahend: the size must be borne out; words settle the sign, then most of the rows."""
    near = sorted(others, key=lambda one: abs(one.place - column.place))[:8]
    for one, other in permutations(near, 2):
        if one.place < other.place and _borne_out(column, (one, other), _apart, sizes=True):
            first = other, one
            if re.search(r"deficit|shortfall|\bgap\b|balance", words, re.IGNORECASE):
                first = (other, one) if _DEMAND.search(other.name) else (one, other)
            elif re.search("surplus", words, re.IGNORECASE):
                first = (one, other) if _DEMAND.search(other.name) else (other, one)
            elif not _borne_out(column, first, _less) and _borne_out(column, (one, other), _less):
                first = one, other
            return first
    return None


def _ratio_of(column: _Column, others: Sequence[_Column]) -> tuple[_Column, _Column] | None:
    near = sorted(others, key=lambda one: abs(one.place - column.place))[:12]
    for combine in (_per_cent, _quotient):
        for pair in permutations(near, 2):
            if _borne_out(column, pair, combine, least=3):
                return pair
    return None


def _share_of(grid: Grid, column: _Column, others: Sequence[_Column], total_rows: Sequence[int]) -> _Column | None:
    sample = list(grid.body[:SAMPLE])
    places = [sample.index(row) for row in total_rows if row in sample]
    if not places:
        return None
    for one in others:
        total = one.intervals[places[-1]]
        if total is None or total.low <= 0:
            continue
        constant = _Column(one.name, one.place, tuple(total for _ in one.intervals), percent=False)
        if any(_borne_out(column, (one, constant), combine, least=3) for combine in (_per_cent, _quotient)):
            return one
    return None


Combine = Callable[[Sequence[Interval]], Interval | None]


def _borne_out(
    column: _Column, parts: Sequence[_Column], combine: Combine, *, least: int = LEAST_ROWS, sizes: bool = False
) -> bool:
    """Whether most of the rows that print the column and its parts bear a relation out.

    A blank part counts as nil here, and a row in which only one part is printed proves nothing of the others.
    """
    held = tried = telling = 0
    for row, printed in enumerate(column.intervals):
        terms = [part.intervals[row] for part in parts]
        stated = [term for term in terms if term is not None]
        if printed is None or not stated:
            continue
        if len(stated) < len(terms) and combine is not _add:
            continue
        nil = Interval(Decimal(0), Decimal(0))
        found = combine([nil if term is None else term for term in terms])
        if found is None:
            continue
        target = _size(printed) if sizes else printed
        tried += 1
        held += found.meets(target)
        telling += found.meets(target) and sum(term.high != 0 for term in stated) > 1
    return tried >= 1 and held * 2 > tried and telling >= min(least, max(1, tried))


def _add(terms: Sequence[Interval]) -> Interval | None:
    return Interval(sum((one.low for one in terms), Decimal(0)), sum((one.high for one in terms), Decimal(0)))


def _less(terms: Sequence[Interval]) -> Interval | None:
    return Interval(terms[0].low - terms[1].high, terms[0].high - terms[1].low)


def _apart(terms: Sequence[Interval]) -> Interval | None:
    low, high = terms[0].low - terms[1].high, terms[0].high - terms[1].low
    return _size(Interval(low, high))


def _size(interval: Interval) -> Interval:
    if interval.low >= 0:
        return interval
    if interval.high <= 0:
        return Interval(-interval.high, -interval.low)
    return Interval(Decimal(0), max(-interval.low, interval.high))


def _quotient(terms: Sequence[Interval]) -> Interval | None:
    top, base = terms
    if base.low <= 0:
        return None
    corners = [one / other for one in top for other in base]
    return Interval(min(corners), max(corners))


def _per_cent(terms: Sequence[Interval]) -> Interval | None:
    found = _quotient(terms)
    return None if found is None else Interval(HUNDRED * found.low, HUNDRED * found.high)


def _standing(grid: Grid, layout: Layout) -> Layout:
    """Say whether totals stand above their rows, and whether they keep to sections: where more of them foot so."""
    from workbench.audit.book import Book
    from workbench.datasets.tabular import read_cells, relate, table_rows

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


def _report(layout: Layout, totals: int) -> Iterator[str]:
    amounts = [one.column for one in layout.amounts]
    yield f"No layout was given, so it was guessed. Amounts: {', '.join(amounts)}."
    if layout.label:
        yield f"Rows are named by: {', '.join(layout.label)}."
    if layout.totals:
        names = ", ".join(dict.fromkeys(f"'{one.equals}'" for one in layout.totals[:6]))
        stand = "below" if layout.totals_stand == "below" else "above"
        rows = "1 row is a total" if totals == 1 else f"{totals} rows are totals"
        yield f"{rows} ({names}), {stand} the rows that are added up."
        if layout.sections:
            yield "A row without amounts opens a section, and a subtotal adds up rows of its own section."
    else:
        yield "No row looks like a total, so nothing was re-added down the columns."
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
