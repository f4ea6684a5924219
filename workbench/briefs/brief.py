"""A brief as plain data: what a committee is told, and the tables that a finance team works with."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from workbench.briefs.tables import Formula, Table
from workbench.views.content import Card, Grid
from workbench.views.picture import Picture


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A headline figure: the card that the page shows, and how a spreadsheet works it out.

    Attributes
    ----------
    card : Card
        Label, figure, unit and note, as on the page.
    formula : Formula
        The same figure in the card's unit, not rounded, from the sheet of results; its value is None where unknown.
    decimals : int
        As many as the card shows.
    """

    card: Card
    formula: Formula
    decimals: int = 0


@dataclass(frozen=True, kw_only=True)
class Option:
    """Something that could be decided, as a model worked it out.

    Attributes
    ----------
    name, outcome : str
        What it is, and in one sentence what comes of it.
    pros, cons : tuple of str
        Whole sentences; every figure in them is the model's.
    """

    name: str
    outcome: str
    pros: tuple[str, ...]
    cons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What a committee is told of one result.

    Attributes
    ----------
    model : str
        ``gap``, ``alignment``, ``grants``, ``audit``, ``requests`` or ``comparison``.
    question, answer, lead : str
        One sentence each: the question, what was found, and of what, when and in which unit.
    figures : tuple of Figure
        The headline figures.
    picture : Picture
        The main picture, with the text that says what it shows.
    drawing : str
        The picture as SVG, where it is another one on paper; empty where paper draws the picture itself.
    grid : Grid
        The table behind it, as on the page.
    options : tuple of Option
        What could be decided; empty where the model offers nothing.
    options_note : str
        What the options stand on, or why there are none.
    doubts : tuple of str
        What is doubtful, in whole sentences.
    inputs, results : tuple of Table, Table
        What went in, and what a spreadsheet makes of it.
    findings : DataFrame
        Audit findings that touch the figures.
    sources : DataFrame
        ``source`` (the document's title), ``locator``, ``stage``, ``unit``, ``mark``.
    record : tuple of (str, str, str)
        What the result was made with: section, name, value.
    run_id : str
        The run's id or, of what is not kept, the hash of its content.
    illustrative : bool
        Whether anything it stands on is illustrative.
    """

    model: str
    question: str
    answer: str
    lead: str
    figures: tuple[Figure, ...]
    picture: Picture
    grid: Grid
    options: tuple[Option, ...]
    options_note: str
    doubts: tuple[str, ...]
    inputs: tuple[Table, ...]
    results: Table
    findings: pd.DataFrame
    sources: pd.DataFrame
    record: tuple[tuple[str, str, str], ...]
    run_id: str
    drawing: str = ""
    illustrative: bool = False
