"""The brief of a grant's awards to the counties."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from workbench.briefs.brief import Brief, Figure
from workbench.briefs.common import Stamp, brief_from, known, marked
from workbench.briefs.county_tiles import tiles
from workbench.briefs.of_grants_options import options_of
from workbench.briefs.tables import Cell, Field, Formula, Table, ratio, rows_of
from workbench.briefs.words import FIELDS
from workbench.briefs.words import GRANTS as WORDS
from workbench.grants import GrantsResult
from workbench.grants.level import LevelAwards
from workbench.results import records
from workbench.views import text
from workbench.views.content import Card
from workbench.views.grants import county_map
from workbench.views.grants_page import grants_page


def brief_of_grants(result: GrantsResult, stamp: Stamp) -> Brief:
    """Return the brief of a grant in one financial year.

    Parameters
    ----------
    result : GrantsResult
    stamp : Stamp
        What it was made with.
    """
    counties, pools = counties_table(result), pools_table(result)
    results = results_table(result, counties)
    # The page's own picture speaks of its map on a screen; a brief draws tiles.
    page = replace(grants_page(result), picture=county_map(result))
    return brief_from(
        page, result, stamp,
        model="grants",
        question=WORDS["question"].format(title=result.design.title, year=str(result.financial_year)),
        figures=_figures(result, results, pools, page.cards),
        options=options_of(result),
        tables=(counties, pools, terms_table(result), results),
        sources=_sources(result),
        drawing=tiles(result),
    )  # fmt: skip


def counties_table(result: GrantsResult) -> Table:
    """Return what is known of each county, and what each level of the design pays it."""
    levels = _paying(result)
    fields = (
        Field(name="code", title=WORDS["code"], kind="count"),
        Field(name="county", title=text.GRANTS["county"]),
        Field(name="conditions", title=WORDS["conditions"]),
        Field(name="score", title=WORDS["score"], kind="number"),
        *_level_fields(levels),
        Field(name="mark", title=FIELDS["mark"]),
    )
    rows = rows_of(result.table.assign(mark=result.marks.to_numpy()), [field.name for field in fields])
    return Table(name="inputs", sheet="Inputs", caption=WORDS["counties_caption"], fields=fields, rows=rows)


def pools_table(result: GrantsResult) -> Table:
    """Return the pool of each level."""
    fields = (
        Field(name="level", title=WORDS["level"]),
        Field(name="title", title=WORDS["level_title"]),
        Field(name="pool", title=WORDS["pool"], kind="money"),
    )
    # A level without a pool in the year pays nothing: it is no unknown.
    rows = rows_of(result.level_table, [field.name for field in fields])
    return Table(name="inputs_pools", sheet="Inputs pools", caption=WORDS["pools_caption"], fields=fields, rows=rows)


def terms_table(result: GrantsResult) -> Table:
    """Return every value of the design that was used, with its source."""
    # A design may use words too, such as the name of a rule: then the column is one of texts.
    figures = all(isinstance(value, (int, float)) for value in result.terms["value"])
    fields = (
        Field(name="name", title=WORDS["term"]),
        Field(name="value", title=WORDS["term_value"], kind="number" if figures else "text", decimals=2),
        Field(name="unit", title=FIELDS["unit"]),
        Field(name="source", title=FIELDS["source"]),
        Field(name="locator", title=FIELDS["locator"]),
        Field(name="mark", title=FIELDS["mark"]),
    )
    terms = result.terms if figures else result.terms.assign(value=result.terms["value"].astype(str))
    rows = tuple(tuple(row.values()) for row in records(terms))
    return Table(name="inputs_values", sheet="Inputs values", caption=WORDS["terms_caption"], fields=fields, rows=rows)


def results_table(result: GrantsResult, counties: Table) -> Table:
    """Return the awards, level by level and together, and the totals that they add up to, by formula."""
    levels = [level.name for level in _paying(result)]
    fields = (
        Field(name="code", title=WORDS["code"], kind="count"),
        Field(name="county", title=text.GRANTS["county"]),
        *_level_fields(_paying(result)),
        Field(name="award", title=text.GRANTS["award"], kind="money"),
        Field(name="share", title=WORDS["share"], kind="share", decimals=2),
    )
    shape = Table(name="results", sheet="Results", caption="", fields=fields, rows=())
    table = result.table
    last = len(table)
    rows: list[tuple[Cell, ...]] = []
    for place, record in enumerate(table.to_dict("records")):
        first, final = (shape.cell(name, place) for name in (levels[0], levels[-1]))
        share = record["award"] / result.awarded if result.awarded else None
        rows.append((
            int(record["code"]),
            str(record["county"]),
            *(Formula(f"={counties.cell_elsewhere(name, place)}", int(record[name])) for name in levels),
            Formula(f"=SUM({first}:{final})", int(record["award"])),
            Formula(ratio(shape.cell("award", place), shape.cell("award", last)), known(share)),
        ))  # fmt: skip
    sums = {name: f"=SUM({shape.span(name, last)})" for name in (*levels, "award", "share")}
    whole = {**{name: int(table[name].sum()) for name in (*levels, "award")}, "share": 1.0 if result.awarded else 0.0}
    rows.append((None, text.GRANTS["total"], *(Formula(sums[name], whole[name]) for name in sums)))
    return Table(name="results", sheet="Results", caption=WORDS["results_caption"].format(year=result.financial_year),
                 fields=fields, rows=tuple(rows), totals=frozenset([last]))  # fmt: skip


def _figures(result: GrantsResult, results: Table, pools: Table, cards: tuple[Card, ...]) -> tuple[Figure, ...]:
    last = len(results.rows) - 1
    pool = f"SUM({pools.column('pool')})"
    awarded = results.cell_elsewhere("award", last)
    formulas = (
        Formula(f"={pool}", result.pool),
        Formula(f"={awarded}", result.awarded),
        Formula(f"={pool}-{awarded}", result.unallocated),
        Formula(f'=COUNTIF({results.column("award", last)},">0")', int((result.awards > 0).sum())),
    )
    return tuple(Figure(card=card, formula=formula) for card, formula in zip(cards, formulas, strict=True))


def _paying(result: GrantsResult) -> list[LevelAwards]:
    return [level for level in result.levels if level.terms.pool is not None]


def _level_fields(levels: list[LevelAwards]) -> tuple[Field, ...]:
    return tuple(
        Field(name=level.name, title=text.GRANTS["level"].format(title=level.terms.level.title), kind="money")
        for level in levels
    )


def _sources(result: GrantsResult) -> pd.DataFrame:
    """Return the sources, with the unit of those that give a value of the design."""
    units = result.terms[["source", "locator", "unit"]].drop_duplicates(["source", "locator"])
    return marked(result.sources.merge(units, on=["source", "locator"], how="left"))
