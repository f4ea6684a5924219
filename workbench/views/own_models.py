"""Scores and crosswalks that a user brings: read from the form that is edited, checked by the models' own readers."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final, TypeVar

import pandas as pd

from workbench.datasets.crosswalk import Crosswalk, open_crosswalk
from workbench.datasets.form_reading import FilledForm
from workbench.errors import WorkbenchError
from workbench.grants.scores import SCORE_COLUMNS, Scores, read_scores
from workbench.results import SOURCE_COLUMNS
from workbench.views import text_own
from workbench.views.content import PageContent
from workbench.views.own_faults import at_its_rows, in_the_form

WORDS: Final = text_own.PAGE
Made = TypeVar("Made")


def own_scores(form: FilledForm) -> Scores:
    """Read an assessment from a filled form.

    Raises
    ------
    InputError
        With every fault of the form, located in it.
    """
    scores = _read(form, lambda table: read_scores(table[list(SCORE_COLUMNS)]))
    return replace(scores, name=WORDS["given"].format(file=form.file))


def own_crosswalk(form: FilledForm, budget_codes: Collection[str], plan_codes: Collection[str]) -> Crosswalk:
    """Read a crosswalk from a filled form, and check it whole against a budget and a plan.

    Raises
    ------
    InputError
        With every fault of the form, located in it.
    """
    bridge = _read(form, lambda table: open_crosswalk(table, budget_codes, plan_codes))
    return replace(bridge, file=form.file)


def _read(form: FilledForm, reader: Callable[[pd.DataFrame], Made]) -> Made:
    """Read a form by a model's own reader; the faults of its cells and those of the reader are told together."""
    table, faults = form.read()
    try:
        made = reader(at_its_rows(table))
    except WorkbenchError as refused:
        raise form.refusal([*faults, *in_the_form(refused, form)]) from None
    if faults:
        raise form.refusal(faults)
    return made


def with_given(content: PageContent, file: str) -> PageContent:
    """Return a page that says which of its figures were given by the viewer."""
    given = WORDS["given"].format(file=file)
    named = content.sources["source"].astype(str).str.startswith(given)
    sources = content.sources
    if not named.any():
        own = pd.DataFrame([[given, None, "one source"]], columns=list(SOURCE_COLUMNS))
        sources = pd.concat([own, sources], ignore_index=True)
    return replace(content, sources=sources, notes=(WORDS["given_note"].format(file=file), *content.notes))


def changed_shares(own: Crosswalk, shipped: Crosswalk) -> dict[str, float]:
    """Return the shares in which a crosswalk differs from the shipped one, as a scenario names them.

    Parameters
    ----------
    own, shipped : Crosswalk
        Of the same budget and plan.

    Returns
    -------
    dict of str to float
        ``shares.LINE.CODE``: of a line that differs in anything, every share in either crosswalk.
    """
    before, after = _shares(shipped), _shares(own)
    return {
        f"shares.{line}.{code}": after.get(line, {}).get(code, 0.0)
        for line in after
        if after[line] != before.get(line)
        for code in {**before.get(line, {}), **after[line]}
    }


def _shares(bridge: Crosswalk) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in bridge.rows:
        found.setdefault(row.budget_code, {})[row.plan_code] = row.share
    return found
