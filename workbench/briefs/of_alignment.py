"""The brief of an alignment of a budget with a plan."""

from __future__ import annotations

from typing import Final

import pandas as pd

from workbench.alignment import Alignment, shipped_plans
from workbench.briefs.brief import Brief, Figure, Option
from workbench.briefs.common import Stamp, brief_from, known, marked
from workbench.briefs.tables import Cell, Field, Formula, Table, difference, rows_of, unknown_unless
from workbench.briefs.words import ALIGNMENT as WORDS
from workbench.briefs.words import FIELDS
from workbench.datasets.titles import titled
from workbench.fiscal import format_money
from workbench.views import text
from workbench.views.alignment_page import BILLION, alignment_page
from workbench.views.content import Card
from workbench.views.numbers import percent

STEPS: Final = (1, 3)
"""How many of the largest moves are told as options of their own, beside none and all of them."""


def brief_of_alignment(result: Alignment, stamp: Stamp) -> Brief:
    """Return the brief of an alignment.

    Parameters
    ----------
    result : Alignment
    stamp : Stamp
        What it was made with.
    """
    plan, links = plan_table(result), links_table(result)
    results = results_table(result, plan, links)
    page = alignment_page(result, "shares", _plan_title(result), {})
    options = options_of(result)
    return brief_from(
        page, result, stamp,
        model="alignment",
        question=WORDS["question"].format(year=result.financial_year or WORDS["its_year"]),
        figures=_figures(result, results, page.cards),
        options=(options, WORDS["options_note"] if options else WORDS["no_options"]),
        tables=(links, plan, results),
        sources=marked(result.sources),
    )  # fmt: skip


def links_table(result: Alignment) -> Table:
    """Return every link of a budget line to a plan sector, numbered by the plan sector; 0 is left out of the plan."""
    numbers = {code: number for number, code in enumerate(result.plan["plan_code"], start=1)}
    known_lines = result.budget.lines.set_index("budget_code")
    frame = result.links.assign(
        plan_number=result.links["plan_code"].map(numbers).fillna(0).astype("int64"),
        document=titled(known_lines["source"].reindex(result.links["budget_code"]).fillna("")),
        locator=known_lines["locator"].reindex(result.links["budget_code"]).to_numpy(),
    )
    fields = (
        Field(name="plan_number", title=WORDS["plan_number"], kind="count", description=WORDS["plan_number_means"]),
        Field(name="budget_code", title=WORDS["budget_line"]),
        Field(name="sector", title=WORDS["working_group"]),
        Field(name="plan_code", title=WORDS["plan_code"]),
        Field(name="share", title=WORDS["link_share"], kind="share", decimals=0),
        Field(name="amount", title=WORDS["linked_amount"], kind="money"),
        Field(name="reason", title=WORDS["reason"]),
        Field(name="mark", title=WORDS["link_mark"]),
        Field(name="document", title=FIELDS["source"]),
        Field(name="locator", title=FIELDS["locator"]),
    )
    rows = rows_of(frame, [field.name for field in fields])
    return Table(name="inputs", sheet="Inputs", caption=WORDS["links_caption"], fields=fields, rows=rows)


def plan_table(result: Alignment) -> Table:
    """Return the plan's sectors and their money."""
    frame = result.plan.assign(
        number=range(1, len(result.plan) + 1), document=titled(result.plan["source"].fillna("").astype(str))
    )
    fields = (
        Field(name="number", title=WORDS["plan_number"], kind="count"),
        Field(name="plan_code", title=WORDS["plan_code"]),
        Field(name="label", title=text.ALIGNMENT["column_plan_sector"]),
        Field(name="amount", title=WORDS["plan_amount"], kind="money"),
        Field(name="document", title=FIELDS["source"]),
        Field(name="locator", title=FIELDS["locator"]),
        Field(name="mark", title=FIELDS["mark"]),
    )
    rows = rows_of(frame, [field.name for field in fields])
    return Table(name="inputs_plan", sheet="Inputs plan", caption=WORDS["plan_caption"], fields=fields, rows=rows)


def results_table(result: Alignment, plan: Table, links: Table) -> Table:
    """Return the plan sectors with their money in the budget, their shares, and the whole, by formula."""
    fields = (
        Field(name="number", title=WORDS["plan_number"], kind="count"),
        Field(name="label", title=text.ALIGNMENT["column_plan_sector"]),
        Field(name="budget_amount", title=WORDS["budget_amount"], kind="money"),
        Field(name="budget_share", title=text.ALIGNMENT["column_budget_share"], kind="share"),
        Field(name="plan_amount", title=WORDS["plan_amount"], kind="money"),
        Field(name="plan_share", title=text.ALIGNMENT["column_plan_share"], kind="share"),
        Field(name="difference", title=WORDS["difference"], kind="share"),
    )
    shape = Table(name="results", sheet="Results", caption="", fields=fields, rows=())
    count = len(result.plan)
    linked, planned = (shape.span(name, count) for name in ("budget_amount", "plan_amount"))
    rows: list[tuple[Cell, ...]] = []
    for place, record in enumerate(result.by_plan.to_dict("records")):
        at = {field.name: shape.cell(field.name, place) for field in fields}
        source = plan.cell_elsewhere("amount", place)
        rows.append((
            place + 1,
            str(record["label"]),
            Formula(_linked_to(links, at["number"]), int(record["budget_amount"])),
            Formula(f'=IF(SUM({linked})>0,{at["budget_amount"]}/SUM({linked}),"")', known(record["budget_share"])),
            Formula(unknown_unless(f"ISNUMBER({source})", source), known(record["plan_amount"])),
            Formula(_share_of_all(at["plan_amount"], planned), known(record["plan_share"])),
            Formula(difference(at["budget_share"], at["plan_share"]), known(record["difference"])),
        ))  # fmt: skip
    sums = (
        (WORDS["linked"], f"=SUM({linked})", result.linked),
        (WORDS["left_out"], _linked_to(links, "0"), result.unlinked),
        (WORDS["whole"], f"=SUM({links.column('amount')})", result.total),
    )
    rows += [(None, label, Formula(formula, amount), *[None] * 4) for label, formula, amount in sums]
    return Table(name="results", sheet="Results", caption=WORDS["results_caption"], fields=fields,
                 rows=tuple(rows), totals=frozenset(range(count, count + 3)))  # fmt: skip


def options_of(result: Alignment) -> tuple[Option, ...]:
    """Return the largest moves of money between plan sectors as options: none, the first few, all of them."""
    if result.distance is None or result.moves.empty:
        return ()
    steps = sorted({0, *(step for step in STEPS if step < len(result.moves)), len(result.moves)})
    return tuple(_moving(result, step) for step in steps)


def _moving(result: Alignment, step: int) -> Option:
    moves = result.moves.head(step)
    labels = dict(zip(result.plan["plan_code"], result.plan["label"], strict=True))
    left = float(result.moves["amount"].iloc[step:].sum()) / result.linked
    if not step:
        share = percent(result.distance)
        return Option(name=WORDS["none_moves"], outcome=WORDS["distance_stays"].format(share=share),
                      pros=(WORDS["nobody_loses"],), cons=(WORDS["apart"].format(share=share),))  # fmt: skip
    given = moves.groupby("from", sort=False)["amount"].sum()
    taken = moves.groupby("to", sort=False)["amount"].sum()
    held = dict(zip(result.by_plan["plan_code"], result.by_plan["budget_amount"], strict=True))
    return Option(
        name=WORDS["all_move"] if step == len(result.moves) else WORDS["some_move"][step],
        outcome=WORDS["outcome"].format(
            money=_billions(float(moves["amount"].sum())), before=percent(result.distance), after=percent(left)
        ),
        pros=tuple(
            WORDS["gains"].format(label=labels[str(code)], money=_billions(float(amount)))
            for code, amount in taken.items()
        ),
        cons=tuple(
            WORDS["loses"].format(
                label=labels[str(code)], money=_billions(float(amount)), share=percent(float(amount) / held[str(code)])
            )
            for code, amount in given.items()
        ),
    )


def _figures(result: Alignment, results: Table, cards: tuple[Card, ...]) -> tuple[Figure, ...]:
    count = len(result.plan)
    budget, linked = (results.cell_elsewhere("budget_amount", row) for row in (count + 2, count))
    present, shares = (results.column(name, count) for name in ("budget_amount", "plan_share"))
    excess = f"({present}-{linked}*{shares})"
    moved = f"SUMPRODUCT({excess}*({excess}>0))/{BILLION:.0f}"
    apart = None if result.distance is None else float(result.moves["amount"].sum()) / BILLION
    formulas = (
        (Formula(f"={budget}/{BILLION:.0f}", result.total / BILLION), 1),
        (Formula(f"={linked}/{BILLION:.0f}", result.linked / BILLION), 1),
        (Formula(unknown_unless(f"COUNT({shares})=ROWS({shares})", moved), apart), 1),
        (Formula(f"=COUNTIF({present},0)", len(result.orphans)), 0),
    )
    return tuple(
        Figure(card=card, formula=formula, decimals=decimals)
        for card, (formula, decimals) in zip(cards, formulas, strict=True)
    )


def _linked_to(links: Table, number: str) -> str:
    return f"=SUMIFS({links.column('amount')},{links.column('plan_number')},{number})"


def _share_of_all(part: str, parts: str) -> str:
    return f'=IF(COUNT({parts})=ROWS({parts}),IF(SUM({parts})>0,{part}/SUM({parts}),""),"")'


def _plan_title(result: Alignment) -> str:
    listed: pd.DataFrame = shipped_plans().set_index("plan")
    name = str(result.parameters["plan"])
    return str(listed["title"][name]) if name in listed.index else name


def _billions(amount: float) -> str:
    return format_money(amount, "KES billion", decimals=1)
