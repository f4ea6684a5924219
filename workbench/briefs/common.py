"""What the briefs of all models share: how a brief is put together, what a result was made with, its doubts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from workbench.briefs.brief import Brief, Figure, Option
from workbench.briefs.paper import shortened
from workbench.briefs.tables import Table
from workbench.briefs.words import BOOK, HEADINGS, RUN
from workbench.datasets.titles import titled
from workbench.results import Result, inferred_in
from workbench.scenarios.canonical import digest
from workbench.scenarios.running import versions
from workbench.views import text
from workbench.views.content import PageContent

LONGEST_TITLE: Final = 200
"""Characters of the documents' titles in a sentence."""

DIGITS: Final = 12
"""How much of a hash people are shown."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a result was made with, beyond what it says itself.

    Attributes
    ----------
    run_id : str
        A run's id, or its content's hash; empty where the result was made straight from the model, which then gets
        the hash of its figures.
    scenario, question : str
        The scenario's name, and the question that it asks; empty without a scenario.
    illustrative : bool
        Whether the run stands on assumptions.
    facts : tuple of (str, str, str)
        Section, name and value.
    doubts : tuple of str
        What the run assumes, in whole sentences.
    """

    run_id: str = ""
    scenario: str = ""
    question: str = ""
    illustrative: bool = False
    facts: tuple[tuple[str, str, str], ...] = ()
    doubts: tuple[str, ...] = ()

    def rows(self, result: Result, content_hash: str) -> tuple[tuple[str, str, str], ...]:
        """Return the run record: the run, the result's parameters and the versions."""
        run = self.facts or (("Run", "id", HEADINGS["not_recorded"]), ("Run", "content hash", content_hash))
        asked = tuple(("Parameters", name, _said(value)) for name, value in sorted(result.parameters.items()))
        made = tuple(("Versions", name, version) for name, version in versions().items())
        return (*run, *asked, *made)


def brief_from(
    page: PageContent,
    result: Result,
    stamp: Stamp,
    *,
    model: str,
    question: str,
    figures: tuple[Figure, ...],
    options: tuple[tuple[Option, ...], str],
    tables: tuple[Table, ...],
    sources: pd.DataFrame,
    drawing: str = "",
) -> Brief:
    """Return the brief of a result: what its page says, what it was made with, and what its model adds.

    Parameters
    ----------
    page : PageContent
        The page of the result: answer, picture, table, remarks.
    result : Result
    stamp : Stamp
        What it was made with; its question, where it has one, is asked in place of the model's.
    model, question : str
    figures : tuple of Figure
        The page's cards with their formulas.
    options : tuple of (tuple of Option, str)
        What could be decided, and what that stands on.
    tables : tuple of Table
        What went in, and last what a spreadsheet makes of it.
    sources : DataFrame
        As :func:`marked` gives them.
    drawing : str
        The picture as SVG where paper shows another one than the page.
    """
    # The same figures, asked for in the same way, have the same hash: that is how two papers are known to agree.
    content_hash = digest({"model": model, "result": result.to_dict()})
    return Brief(
        model=model,
        question=stamp.question or question,
        answer=RUN["answer"].format(finding=page.finding) if stamp.scenario else page.finding,
        lead=RUN["lead"].format(name=stamp.scenario, lead=page.lead) if stamp.scenario else page.lead,
        figures=figures,
        picture=page.picture,
        drawing=drawing,
        grid=page.grid,
        options=options[0],
        options_note=options[1],
        doubts=_doubts(page, sources, stamp),
        inputs=tables[:-1],
        results=tables[-1],
        findings=result.findings,
        sources=sources,
        record=stamp.rows(result, content_hash),
        run_id=stamp.run_id or HEADINGS["hash"].format(hash=content_hash[:DIGITS]),
        illustrative=stamp.illustrative or result.illustrative,
    )


def document_title(result: Result) -> str:
    """Return the titles of the documents that a result stands on, each once, and not at any length."""
    named = [str(name) for name in result.sources["source"].dropna() if str(name)]
    return shortened("; ".join(dict.fromkeys(titled(dict.fromkeys(named)))), LONGEST_TITLE)


def _doubts(page: PageContent, sources: pd.DataFrame, stamp: Stamp) -> tuple[str, ...]:
    """Return what is doubtful: assumptions, what is illustrative or inferred, audit findings, notes."""
    illustrative = [text.PAGE["illustrative"]] if page.illustrative or stamp.illustrative else []
    named = sources.assign(source=titled(sources["source"].fillna("")))
    inferred = [text.PAGE["inferred"].format(what=what) for what in inferred_in(named)]
    told = (*stamp.doubts, *illustrative, *inferred, *page.findings, *page.notes)
    return tuple(dict.fromkeys(told)) or (HEADINGS["no_doubts"],)


def marked(sources: pd.DataFrame) -> pd.DataFrame:
    """Return sources with the five columns of an export, stage and unit blank where nobody gave them."""
    columns = ["source", "locator", "stage", "unit", "mark"]
    return sources.reindex(columns=columns).drop_duplicates(ignore_index=True)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return BOOK["yes"] if value else BOOK["no"]
    if value is None or (isinstance(value, (Mapping, list, tuple)) and not value):
        return BOOK["none"]
    if isinstance(value, (list, tuple)) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, (Mapping, list, tuple)):
        return json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)
    return str(value)


def known(value: float | None) -> float | None:
    """Return a figure, None where it is unknown."""
    return None if value is None or pd.isna(value) else float(value)
