"""The brief of requests that a user brought, met from an envelope."""

from __future__ import annotations

from workbench.briefs.brief import Brief, Figure, Option
from workbench.briefs.common import Stamp, brief_from, known, marked
from workbench.briefs.of_gap_options import RULES, by_rule, outcome_of
from workbench.briefs.tables import Cell, Field, Formula, Table, difference, ratio, rows_of
from workbench.briefs.words import REQUESTS as WORDS
from workbench.scenarios.models.requests_met import Met
from workbench.views.content import Card
from workbench.views.own_requests import requests_page
from workbench.views.text_own import REQUESTS as SHOWN


def brief_of_requests(result: Met, stamp: Stamp) -> Brief:
    """Return the brief of requests that were met.

    Parameters
    ----------
    result : Met
    stamp : Stamp
        What it was made with.
    """
    inputs = inputs_of(result)
    results = results_of(result, inputs)
    page = requests_page(result)
    return brief_from(
        page, result, stamp,
        model="requests",
        question=WORDS["question"].format(year=result.financial_year),
        figures=_figures(result, results, page.cards),
        options=options_of(result),
        tables=(inputs, results),
        sources=marked(result.sources),
    )  # fmt: skip


def inputs_of(result: Met) -> Table:
    """Return every request with its limits, what it is awarded, and why."""
    limits = [name for name in ("floor", "ceiling") if result.table[name].notna().any()]
    fields = (
        Field(name="line", title=SHOWN["line"]),
        Field(name="request", title=WORDS["request"], kind="money"),
        *(Field(name=name, title=WORDS[name], kind="money") for name in limits),
        *((Field(name="weight", title=WORDS["weight"], kind="number", decimals=2),) if _weighted(result) else ()),
        Field(name="award", title=WORDS["award"], kind="money"),
        Field(name="reason", title=WORDS["why"]),
    )
    caption = WORDS["inputs_caption"].format(rule=_said(result))
    rows = rows_of(result.table, [field.name for field in fields])
    return Table(name="inputs", sheet="Inputs", caption=caption, fields=fields, rows=rows)


def results_of(result: Met, inputs: Table) -> Table:
    """Return what each request gets and lacks, and the sums of all, by formula."""
    fields = (
        Field(name="line", title=SHOWN["line"]),
        Field(name="request", title=WORDS["request"], kind="money"),
        Field(name="award", title=WORDS["award"], kind="money"),
        Field(name="gap", title=WORDS["gap"], kind="money"),
        Field(name="coverage", title=WORDS["covered"], kind="share"),
    )
    caption = WORDS["results_caption"].format(year=result.financial_year)
    shape = Table(name="results", sheet="Results", caption=caption, fields=fields, rows=())
    table, last = result.table, len(result.table)

    def row(place: int, name: str, amounts: tuple[Formula, Formula], shown: tuple[float, float | None]) -> list[Cell]:
        request, award = (shape.cell(one, place) for one in ("request", "award"))
        gap, coverage = shown
        return [name, *amounts, Formula(difference(request, award), gap), Formula(ratio(award, request), coverage)]

    rows = []
    for place, one in enumerate(table.to_dict("records")):
        request, award = (f"={inputs.cell_elsewhere(name, place)}" for name in ("request", "award"))
        amounts = (Formula(request, float(one["request"])), Formula(award, int(one["award"])))
        rows.append(row(place, str(one["line"]), amounts, (one["gap"], known(one["coverage"]))))
    sums = [f"=SUM({shape.cell(name, 0)}:{shape.cell(name, last - 1)})" for name in ("request", "award")]
    whole = (Formula(sums[0], result.requested), Formula(sums[1], result.allocation.envelope))
    rows.append(row(last, SHOWN["total"], whole, (result.gap, result.covered)))
    return Table(name="results", sheet="Results", caption=caption, fields=fields, rows=tuple(map(tuple, rows)),
                 totals=frozenset([last]))  # fmt: skip


def options_of(result: Met) -> tuple[tuple[Option, ...], str]:
    """Return the same envelope shared by other rules, and what the options stand on; none where limits bind a rule."""
    allocation = result.allocation
    if result.gap < 1 or not allocation.envelope:
        return (), WORDS["nothing_to_share"]
    if _weighted(result) or allocation.asked.given_floors or allocation.asked.given_ceilings:
        return (), WORDS["limited"]
    claims, awards = allocation.claims, allocation.awards.astype("float64")
    chosen = Option(name=WORDS["chosen"].format(rule=_said(result)), outcome=outcome_of(claims, awards),
                    pros=(allocation.rule.meaning,), cons=())  # fmt: skip
    others = (by_rule(claims, awards, rule) for rule in RULES if rule != allocation.rule.name)
    return (chosen, *others), WORDS["options_note"]


def _weighted(result: Met) -> bool:
    return bool(result.table["weight"].notna().any())


def _said(result: Met) -> str:
    return result.allocation.rule.name.replace("_", " ")


def _figures(result: Met, results: Table, cards: tuple[Card, ...]) -> tuple[Figure, ...]:
    last = len(results.rows) - 1
    requested, awarded, gap, covered = (
        results.cell_elsewhere(name, last) for name in ("request", "award", "gap", "coverage")
    )
    share = None if result.covered is None else 100 * result.covered
    formulas = (
        (Formula(f"={requested}", result.requested), 0),
        (Formula(f"={awarded}", float(result.allocation.envelope)), 0),
        (Formula(f"={gap}", result.gap), 0),
        (Formula(f'=IF(ISNUMBER({covered}),100*{covered},"")', share), 1),
    )
    return tuple(
        Figure(card=card, formula=formula, decimals=decimals)
        for card, (formula, decimals) in zip(cards, formulas, strict=True)
    )
