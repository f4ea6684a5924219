"""The brief of a comparison of runs: what changed, who gains and who loses."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from workbench.briefs.brief import Brief, Figure, Option
from workbench.briefs.common import DIGITS, Stamp, brief_from, known, marked
from workbench.briefs.of_run import shown_value, single, together
from workbench.briefs.tables import Cell, Field, Formula, Table, difference, rows_of, unknown_unless
from workbench.briefs.words import COMPARISON as WORDS
from workbench.fiscal import fitting_unit, format_money, table_unit
from workbench.results import records
from workbench.scenarios import Comparison
from workbench.scenarios.running import shown_figure
from workbench.views.content import Card, Column, PageContent, grid
from workbench.views.numbers import MINUS, number
from workbench.views.scale import FITTING, scale_in
from workbench.views.scenarios import moves_chart

KES: Final = "KES"


def brief_of_comparison(result: Comparison) -> Brief:
    """Return the brief of a comparison; figures and picture are of the first run against the baseline.

    Raises
    ------
    InputError
        For a comparison of ensembles: medians add up to no total.
    """
    single(*result.compared)
    lines = _lines(result)
    inputs = _inputs(result, lines)
    results = _results(result, inputs, lines)
    figures = _figures(result, results, lines)
    page = _page(result, tuple(figure.card for figure in figures))
    return brief_from(
        page, result, _stamp(result),
        model="comparison",
        question=WORDS["question"].format(runs=", ".join(result.names[1:]), baseline=result.baseline),
        figures=figures,
        options=(tuple(_option(result, name) for name in result.names), WORDS["options_note"]),
        tables=(inputs, results),
        sources=marked(result.sources),
    )  # fmt: skip


def _stamp(result: Comparison) -> Stamp:
    """Return what a comparison was made with: its runs, and what differs between them."""
    runs = tuple(zip(result.names, result.compared, strict=True))
    differing = [(str(row["input"]), _values(row, result.names)) for row in records(result.inputs)]
    return Stamp(
        run_id="; ".join(f"{name} {record.content_hash[:DIGITS]}" for name, record in runs),
        facts=(
            *(("Runs", name, record.content_hash) for name, record in runs),
            *(("What differs", name, told) for name, told in differing),
        ),
        doubts=together(differing, WORDS["differs"], WORDS["differs_many"]),
    )


def _values(row: Mapping[str, Any], names: Sequence[str]) -> str:
    unit = f" {row['unit']}" if row["unit"] else ""
    set_ = {name: WORDS["not_set"] if row[name] is None else f"{shown_value(row[name])}{unit}" for name in names}
    return ", ".join(WORDS["in_run"].format(value=value, name=name) for name, value in set_.items())


def _lines(result: Comparison) -> pd.DataFrame:
    """Return every line of the runs: ``label`` and an amount a run, in the order of the baseline."""
    merged: pd.DataFrame | None = None
    for place, record in enumerate(result.compared):
        key = record.content["keys"][0]
        table = record.tables[key["table"]][[key["label"], key["value"]]].set_axis(["label", f"run_{place}"], axis=1)
        merged = table if merged is None else merged.merge(table, on="label", how="outer", sort=False)
    assert merged is not None, "a comparison has two runs at least"  # noqa: S101 - compare() sees to it
    return merged


def _inputs(result: Comparison, lines: pd.DataFrame) -> Table:
    fields = (
        Field(name="label", title=_what(result)),
        *(Field(name=f"run_{place}", title=_titled(result, name), kind="money")
          for place, name in enumerate(result.names)),
    )  # fmt: skip
    rows = rows_of(lines, [field.name for field in fields])
    return Table(name="inputs", sheet="Inputs", caption=WORDS["inputs_caption"], fields=fields, rows=rows)


def _results(result: Comparison, inputs: Table, lines: pd.DataFrame) -> Table:
    runs = [f"run_{place}" for place in range(len(result.names))]
    fields = (
        *inputs.fields,
        *(Field(name=f"change_{place}", title=WORDS["change"].format(name=name), kind="money")
          for place, name in enumerate(result.names[1:], start=1)),
    )  # fmt: skip
    shape = Table(name="results", sheet="Results", caption="", fields=fields, rows=())
    sums: dict[Hashable, Any] = {run: known(float(lines[run].astype("float64").sum(skipna=False))) for run in runs}
    whole = {"label": WORDS["whole"], **sums}
    last = len(lines)
    rows: list[tuple[Cell, ...]] = []
    for place, record in enumerate([*lines.to_dict("records"), whole]):
        amounts = [known(record[run]) for run in runs]
        formulas = [
            _reference(inputs.cell_elsewhere(run, place)) if place < last else _sum(shape, run, last) for run in runs
        ]
        changes = [None if amount is None or amounts[0] is None else amount - amounts[0] for amount in amounts[1:]]
        at = [shape.cell(run, place) for run in runs]
        rows.append((
            str(record["label"]),
            *(Formula(formula, amount) for formula, amount in zip(formulas, amounts, strict=True)),
            *(Formula(difference(one, at[0]), change) for one, change in zip(at[1:], changes, strict=True)),
        ))  # fmt: skip
    return Table(name="results", sheet="Results", caption=WORDS["results_caption"].format(baseline=result.baseline),
                 fields=fields, rows=tuple(rows), totals=frozenset([last]))  # fmt: skip


def _figures(result: Comparison, results: Table, lines: pd.DataFrame) -> tuple[Figure, ...]:
    last = len(lines)
    unit = str(result.compared[0].content["keys"][0]["unit"])
    totals = [lines[f"run_{place}"].astype("float64").sum(skipna=False) for place in (0, 1)]
    scale = scale_in(FITTING, table_unit(float(pd.Series(totals).abs().max())))
    size, shown_unit, decimals = (scale.size, scale.unit, scale.decimals) if unit == KES else (1.0, unit, 0)
    change = lines["run_1"].astype("float64") - lines["run_0"].astype("float64")
    span = results.column("change_1", last)
    moved = float(change.clip(lower=0).sum())
    figures = []
    for place, total in enumerate(totals):
        card = Card(label=WORDS["together"].format(name=result.names[place]), unit=shown_unit,
                    value=number(total / size, decimals) or WORDS["not_known"])  # fmt: skip
        cell = results.cell_elsewhere(f"run_{place}", last)
        formula = Formula(unknown_unless(f"ISNUMBER({cell})", f"{cell}/{size:.12g}"), known(total / size))
        figures.append(Figure(card=card, formula=formula, decimals=decimals))
    gains = Card(label=WORDS["gained"], value=number(moved / size, decimals), unit=shown_unit)
    figures.append(Figure(card=gains, formula=Formula(f'=SUMIF({span},">0")/{size:.12g}', moved / size),
                          decimals=decimals))  # fmt: skip
    losing = int((change < 0).sum())
    losers = Card(label=WORDS["losers"], value=number(losing), unit=WORDS["of"].format(count=len(lines)),
                  tone="short" if losing else "plain")  # fmt: skip
    figures.append(Figure(card=losers, formula=Formula(f'=COUNTIF({span},"<0")', losing)))
    return tuple(figures)


def _page(result: Comparison, cards: tuple[Card, ...]) -> PageContent:
    name = result.names[1]
    won, lost = len(result.winners(name)), len(result.losers(name))
    keys = {**{one: one for one in result.names},
            **{f"change in {one}": WORDS["change"].format(name=one) for one in result.names[1:]}}  # fmt: skip
    shown = [{"figure": row["figure"], **_headline(row, list(keys))} for row in records(result.headline)]
    columns = [Column(key="figure", title=WORDS["figure"])]
    columns += [Column(key=key, title=title, printed=True) for key, title in keys.items()]
    return PageContent(
        finding=WORDS["finding"].format(name=name, baseline=result.baseline, won=number(won), lost=number(lost)),
        lead=WORDS["lead"].format(year=result.compared[0].financial_year or "", count=len(result.inputs)),
        cards=cards,
        picture=moves_chart(result, name),
        grid=grid(pd.DataFrame(shown), columns, WORDS["grid_caption"]),
        sources=result.sources,
        findings=tuple(result.findings["message"].astype(str)) if len(result.findings) else (),
        notes=result.notes,
        illustrative=result.illustrative,
    )


def _headline(row: Mapping[str, Any], keys: Sequence[str]) -> dict[str, str]:
    """Write a headline figure of all runs in one unit; nought is written as that."""
    unit = str(row["unit"])
    if unit != KES:
        return {key: shown_figure(row[key], unit) for key in keys}
    fitting = _unit(max((abs(row[key]) for key in keys if row[key] is not None), default=0.0))
    return {key: _money(row[key], fitting) for key in keys}


def _unit(largest: float) -> str:
    return fitting_unit(largest, billions_from=1e9)


def _money(amount: float | None, unit: str) -> str:
    if amount is None:
        return WORDS["not_known"]
    return format_money(amount, unit if amount else KES).replace("-", MINUS)


def _option(result: Comparison, name: str) -> Option:
    """Return a run as an option: for it who gains by it, against it who loses."""
    record = result.compared[result.names.index(name)]
    if name == result.baseline:
        return Option(name=name, outcome=record.question, pros=(WORDS["is_baseline"],), cons=())
    sides: list[tuple[str, ...]] = []
    for rows, words in ((result.winners(name), WORDS["gain"]), (result.losers(name), WORDS["lose"])):
        if len(rows):
            unit = str(record.content["keys"][0]["unit"])
            sides.append((words.format(count=len(rows), most=rows["label"].iloc[0],
                                       amount=_amount(float(abs(rows["change"].iloc[0])), unit)),))  # fmt: skip
        else:
            sides.append(())
    return Option(name=name, outcome=record.question, pros=sides[0], cons=sides[1])


def _amount(amount: float, unit: str) -> str:
    return _money(amount, _unit(amount)) if unit == KES else shown_figure(amount, unit)


def _what(result: Comparison) -> str:
    return str(result.compared[0].content["keys"][0]["label"]).replace("_", " ").capitalize()


def _titled(result: Comparison, name: str) -> str:
    return f"{name}, {result.compared[0].content['keys'][0]['unit']}"


def _reference(cell: str) -> str:
    return unknown_unless(f"ISNUMBER({cell})", cell)


def _sum(shape: Table, run: str, count: int) -> str:
    span = shape.span(run, count)
    return unknown_unless(f"COUNT({span})=ROWS({span})", f"SUM({span})")
