"""Many draws of a scenario within the brief of its comparison: the answer, a table, and what they stand on."""

from __future__ import annotations

from dataclasses import replace

from workbench.briefs.brief import Brief
from workbench.briefs.tables import Field, Kind, Table
from workbench.briefs.words import DRAWS as WORDS
from workbench.views.content import PageContent


def with_draws(brief: Brief, draws: PageContent) -> Brief:
    """Return the brief of a comparison that answers with the draws of its scenario.

    Parameters
    ----------
    brief : Brief
        Of the central case against what it is compared with.
    draws : PageContent
        As :func:`workbench.views.scenario_draws.draws_page` gives them.
    """
    label, *bands = draws.grid.columns
    fields = [Field(name=label.key, title=label.title)]
    for band in bands:
        kind: Kind = "number" if band.decimals else "money"
        fields.append(Field(name=band.key, title=band.title, kind=kind, decimals=band.decimals or 0))
    fields.append(Field(name="mark", title=WORDS["mark"]))
    rows = tuple((*row, mark) for row, mark in zip(draws.grid.values, draws.grid.marks, strict=True))
    table = Table(name="draws", sheet=WORDS["sheet"], caption=draws.grid.caption, fields=tuple(fields), rows=rows)
    return replace(
        brief,
        answer=WORDS["answer"].format(draws=draws.finding, central=brief.answer),
        inputs=(*brief.inputs, table),
        doubts=tuple(dict.fromkeys((*brief.doubts, draws.lead, *draws.notes))),
        illustrative=brief.illustrative or draws.illustrative,
    )
