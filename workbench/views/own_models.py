"""Scores and crosswalks that a user brings: read from the form that is edited, checked by the models' own readers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from workbench.datasets.crosswalk import Crosswalk, open_crosswalk
from workbench.datasets.form_reading import FilledForm
from workbench.errors import WorkbenchError
from workbench.grants.scores import SCORE_COLUMNS, Scores, read_scores
from workbench.results import SOURCE_COLUMNS
from workbench.views import text_own
from workbench.views.content import PageContent
from workbench.views.own_faults import in_the_form

WORDS = text_own.PAGE


def own_scores(form: FilledForm) -> Scores:
    """Read an assessment from a filled form.

    Raises
    ------
    InputError
        With every fault of the form, located in it.
    """
    table = form.table()
    try:
        scores = read_scores(table[list(SCORE_COLUMNS)].reset_index(drop=True))
    except WorkbenchError as refused:
        raise in_the_form(refused, form, table.index.tolist()) from None
    return replace(scores, name=WORDS["given"].format(file=form.file))


def own_crosswalk(form: FilledForm, budget_codes: Collection[str], plan_codes: Collection[str]) -> Crosswalk:
    """Read a crosswalk from a filled form, and check it whole against a budget and a plan.

    Raises
    ------
    InputError
        With every fault of the form, located in it.
    """
    table = form.table()
    try:
        bridge = open_crosswalk(table.reset_index(drop=True), budget_codes, plan_codes)
    except WorkbenchError as refused:
        raise in_the_form(refused, form, table.index.tolist()) from None
    return replace(bridge, file=form.file)


def with_given(content: PageContent, file: str) -> PageContent:
    """Return a page that says which of its figures were given by the viewer."""
    given = WORDS["given"].format(file=file)
    named = content.sources["source"].astype(str).str.startswith(given)
    sources = content.sources
    if not named.any():
        own = pd.DataFrame([[given, None, "one source"]], columns=list(SOURCE_COLUMNS))
        sources = pd.concat([own, sources], ignore_index=True)
    return replace(content, sources=sources, notes=(WORDS["given_note"].format(file=file), *content.notes))
