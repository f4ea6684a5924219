"""Assessment results by county: minimum conditions and scores, read from a form and checked in one pass."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from workbench.datasets import data_root
from workbench.errors import WorkbenchError, suggestion
from workbench.fiscal import parse_number
from workbench.grants.facts import county_names_by_code
from workbench.grants.forms import CODE, COUNTY, CountyForm, Source, read_county_form
from workbench.grants.values import Origin

MET: Final = "met"
NOT_MET: Final = "not met"
UNKNOWN: Final = "unknown"

CONDITIONS: Final = "conditions_met"
SCORE: Final = "score"
NOTE: Final = "note"
SCORE_COLUMNS: Final = (CODE, COUNTY, CONDITIONS, SCORE)

_DASHES = frozenset("-–—−")
_SCIENTIFIC: Final = re.compile(r"\d+(?:\.\d+)?[eE]-\d{1,3}")
"""How programs write numbers next to nothing: 5e-07."""

ANSWERS: Final[Mapping[str, str]] = {
    "yes": MET, "y": MET, "met": MET, "true": MET,
    "no": NOT_MET, "n": NOT_MET, "not met": NOT_MET, "false": NOT_MET,
    "": UNKNOWN, "unknown": UNKNOWN,
}  # fmt: skip
"""How a form says that a condition is met, not met or unknown."""


@dataclass(frozen=True)
class Scores:
    """What an assessment found, in code order.

    Attributes
    ----------
    name : str
        The form that it was read from.
    conditions : tuple of str, (47,)
        ``met``, ``not met`` or ``unknown``.
    scores : (47,)
        Points, 0 to 100; NaN is unknown.
    mark : str
        ``one source``, the form itself; ``illustrative`` where its note says so, or where nobody filled in a form.
    locator : str
        What of it is used; without it, that it is a score form, and whose.
    """

    name: str
    conditions: tuple[str, ...]
    scores: npt.NDArray[np.float64]
    mark: str = "one source"
    locator: str = ""

    def __post_init__(self) -> None:
        self.scores.setflags(write=False)

    @property
    def origin(self) -> Origin:
        """Where it comes from."""
        told = "made up to show how the design works" if self.mark == "illustrative" else "supplied by the user"
        return Origin(self.name, self.locator or f"score form {told}", self.mark)

    def with_score(self, place: int, score: float) -> Scores:
        """Return the same assessment with another score for the county at a place in code order."""
        changed = self.scores.copy()
        changed[place] = score
        return replace(self, scores=changed)

    def with_condition(self, place: int, state: str) -> Scores:
        """Return the same assessment with another answer for the county at a place in code order."""
        changed = list(self.conditions)
        changed[place] = state
        return replace(self, conditions=tuple(changed))

    @property
    def tied(self) -> dict[float, list[str]]:
        """Scores that more than one county has, with the counties."""
        return equal_scores(county_names_by_code(), self.scores)


def equal_scores(names: Sequence[str], scores: npt.NDArray[np.float64]) -> dict[float, list[str]]:
    """Return the scores that more than one county has, from the highest, with the counties."""
    found: dict[float, list[str]] = {}
    for name, score in zip(names, scores.tolist(), strict=True):
        if not math.isnan(score):
            found.setdefault(score, []).append(name)
    return {score: who for score, who in sorted(found.items(), reverse=True) if len(who) > 1}


def read_scores(source: Source) -> Scores:
    """Read a score form.

    Parameters
    ----------
    source : path or DataFrame
        The columns ``code, county, conditions_met, score``: ``yes``, ``no`` or blank; 0 to 100 or blank. One row for
        each of the 47 counties.

    Raises
    ------
    InputError
        With every fault: a county that is missing, misspelt or named twice, a score outside 0 to 100, an answer that
        is neither yes nor no.
    """
    form = read_county_form(source, required=(CONDITIONS, SCORE), optional=(NOTE,))
    conditions = read_answers(form, CONDITIONS)
    scores = read_points(form, SCORE, most=100)
    form.raise_faults()
    return Scores(form.name, conditions, scores, mark_of(form))


def mark_of(form: CountyForm) -> str:
    """Return ``illustrative`` where a note of the form says so, else ``one source``."""
    return (
        "illustrative" if any(note.casefold() == "illustrative" for note in form.cells.get(NOTE, ())) else "one source"
    )


def illustrative_scores() -> Scores:
    """Return the made-up assessment that shows how the designs work; whatever uses it says that it is illustrative."""
    return read_scores(data_root() / "grants" / "illustrative-scores.csv")


def read_answers(form: CountyForm, column: str) -> tuple[str, ...]:
    """Read a column of yes, no and blank; note every other answer as a fault of the form."""
    states = []
    for place, text in enumerate(form.cells[column]):
        answer = ANSWERS.get(text.casefold())
        if answer is None:
            form.refuse(place, column, "is neither yes nor no", suggestion(text, ["yes", "no"]) + " or leave it blank")
        states.append(answer or UNKNOWN)
    return tuple(states)


def read_points(form: CountyForm, column: str, *, most: float) -> npt.NDArray[np.float64]:
    """Read a column of points from 0 to ``most``, blank for unknown; note everything else as a fault of the form."""
    points = np.full(len(form.cells[column]), np.nan)
    allowed = f"0 to {most:g}, or blank where it is not known"
    for place, text in enumerate(form.cells[column]):
        if text in _DASHES:
            form.refuse(place, column, "does not say whether it is 0 or not known", allowed)
            continue
        if not text:
            continue
        number = _number(text)
        if number is None:
            form.refuse(place, column, "is no number", allowed)
        elif not 0 <= number <= most:
            form.refuse(place, column, f"is not from 0 to {most:g}", allowed)
        else:
            points[place] = number
    return points


def _number(text: str) -> float | None:
    """Read points as people and programs write them; words for the unknown are no number, for a form has blanks."""
    if _SCIENTIFIC.fullmatch(text):
        return float(text)
    try:
        number = parse_number(text)
    except WorkbenchError:
        return None
    return None if number is None else float(number)
