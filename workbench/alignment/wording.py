"""Rank plan codes for a budget line by its wording: a suggestion, and no more than that.

Each plan code is described by its own label and by the names and reasons of the lines that are linked to it already.
Words are weighted by how few plan codes use them (term frequency, inverse document frequency) and compared by the
cosine of the angle between the two descriptions; Salton and Buckley (1988).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workbench.alignment.align import choose, is_shipped
from workbench.alignment.gathering import Gathering, subject_of
from workbench.alignment.inputs import BUDGET_COLUMNS, gather_plan
from workbench.datasets.crosswalk import UNLINKED, Crosswalk, read_crosswalk
from workbench.datasets.user_table import Tabular, read_cells
from workbench.errors import InputError

STEM = 6
"""Words are compared by their first letters: irrigation and irrigated are one word."""

NO_WORD = "No suggestion: no word in common with any plan sector"

LABEL_WEIGHT = 3
"""How many times a plan sector's own words count against those of a line linked to it."""

COMMON = frozenset(
    {"a", "and", "are", "as", "at", "by", "department", "for", "from", "halves", "in", "is", "it", "its",
     "judgement", "ministry", "named", "names", "national", "none", "not", "of", "office", "on", "or", "other",
     "programme", "sector", "sectors", "share", "split", "state", "the", "this", "to", "under", "want", "which",
     "with"}
)  # fmt: skip
"""Words that say nothing of what a line is for."""


def words_of(text: str) -> list[str]:
    """Return a text's words that say something, in small letters."""
    return [word for word in re.findall(r"[a-z]+", text.casefold()) if word not in COMMON and len(word) > 1]


def _stems(text: str) -> list[str]:
    return [word[:STEM] for word in words_of(text)]


def suggest(
    names: Sequence[str],
    plan: pd.DataFrame,
    crosswalk: Crosswalk | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    most: int = 3,
) -> pd.DataFrame:
    """Rank plan codes for budget lines by their wording.

    Parameters
    ----------
    names : sequence of str
        Budget codes; where ``labels`` has one, its label is read too.
    plan : DataFrame
        ``plan_code`` and ``label``.
    crosswalk : Crosswalk, optional
        Links that exist: their lines' names and reasons help; a line's own links are never used for it.
    labels : mapping, optional
        Labels by budget code.
    most : int
        How many plan codes to give for each.

    Returns
    -------
    DataFrame
        ``budget_code``, ``rank``, ``plan_code``, ``label``, ``score`` (0 to 1), ``reason``, ``mark``, which is always
        ``illustrative``: a suggestion stays one until a person accepts it. A line that shares no word with any plan
        sector has one row without a plan code.

    Raises
    ------
    InputError
        Where a name is blank.
    """
    if not all(name.strip() for name in names):
        raise InputError("a budget line without a name has no words to go by")
    labels = labels or {}
    plan_labels = dict(zip(plan["plan_code"], plan["label"], strict=True))
    rows = []
    for name in names:
        text = name if labels.get(name, name) == name else f"{name} {labels[name]}"
        written = {word[:STEM]: word for word in words_of(text)}
        ranked = _ranked(Counter(_stems(text)), _descriptions(plan_labels, crosswalk, without=name))
        if not ranked:
            rows.append({"budget_code": name, "score": 0.0, "reason": NO_WORD, "mark": "illustrative"})
        for rank, (score, code, shared) in enumerate(ranked[:most], start=1):
            reason = f"Suggested by wording: {', '.join(written[stem] for stem in shared)}"
            rows.append({"budget_code": name, "rank": rank, "plan_code": code, "label": plan_labels[code],
                         "score": score, "reason": reason, "mark": "illustrative"})  # fmt: skip
    table = pd.DataFrame(rows, columns=["budget_code", "rank", "plan_code", "label", "score", "reason", "mark"])
    return table.astype({"rank": "Int64"})


def _descriptions(plan_labels: Mapping[str, str], crosswalk: Crosswalk | None, without: str) -> dict[str, Counter[str]]:
    described = {
        code: Counter({word: LABEL_WEIGHT * times for word, times in Counter(_stems(f"{label} {code}")).items()})
        for code, label in plan_labels.items()
    }
    for row in crosswalk.rows if crosswalk else ():
        if row.plan_code in described and row.plan_code != UNLINKED and row.budget_code != without:
            described[row.plan_code].update(_stems(f"{row.budget_code} {row.reason}"))
    return described


def _ranked(asked: Counter[str], described: Mapping[str, Counter[str]]) -> list[tuple[float, str, list[str]]]:
    rarity = _rarity(described.values())
    wanted = {word: times * rarity[word] for word, times in asked.items() if word in rarity}
    found = []
    for code, words in described.items():
        weights = {word: math.log1p(times) * rarity[word] for word, times in words.items()}
        shared = sorted(wanted.keys() & weights.keys(), key=lambda word: -wanted[word] * weights[word])
        if shared:
            product = sum(wanted[word] * weights[word] for word in shared)
            found.append((product / (_length(wanted.values()) * _length(weights.values())), code, shared))
    return sorted(found, key=lambda one: (-one[0], one[1]))


def _rarity(documents: Iterable[Counter[str]]) -> dict[str, float]:
    kept = [set(document) for document in documents]
    used = Counter(word for words in kept for word in words)
    return {word: math.log((1 + len(kept)) / (1 + times)) + 1 for word, times in used.items()}


def _length(weights: Iterable[float]) -> float:
    return math.sqrt(sum(weight * weight for weight in weights))


@dataclass(frozen=True)
class Open:
    """What there is to work on: a plan, the links that there are, and the budget lines that have none.

    Attributes
    ----------
    plan : DataFrame
        As :func:`workbench.alignment.inputs.gather_plan` returns it.
    crosswalk : Crosswalk
        Without rows where there is none yet.
    labels : dict
        The labels of the budget's lines by their codes.
    """

    plan: pd.DataFrame
    crosswalk: Crosswalk
    labels: dict[str, str]

    @property
    def unmapped(self) -> list[str]:
        """The codes of the lines without a link."""
        mapped = set(self.crosswalk.budget_codes)
        return [code for code in self.labels if code not in mapped]


def open_work(
    *, plan: Tabular | None = None, budget: Tabular | None = None, crosswalk: Tabular | Crosswalk | None = None
) -> Open:
    """Read a plan, a budget and a crosswalk that need not be complete; a plan of one's own needs none.

    Parameters are those of :func:`workbench.align`.

    Raises
    ------
    InputError
        With the faults of the plan and of the crosswalk's cells, all at once.
    """
    nothing_yet = crosswalk is None and plan is not None and not is_shipped(plan)
    chosen = choose(None, plan, budget, Crosswalk(()) if nothing_yet else crosswalk)
    gathering = Gathering()
    listed = gather_plan(chosen.plan, gathering)
    cells = gathering.attempt(lambda: read_cells(chosen.budget, BUDGET_COLUMNS, kind="budget"))
    bridge = gathering.attempt(lambda: read_crosswalk(chosen.crosswalk))
    if bridge is not None:
        gathering.add(bridge[1], subject_of("crosswalk", bridge[0].file))
    gathering.refuse()
    if listed is None or cells is None or bridge is None:
        raise RuntimeError("a table that was not refused was not read either")
    labels = {one["budget_code"]: one["label"] for one in cells.records.values() if one["budget_code"]}
    return Open(listed, bridge[0], labels)


def suggest_unmapped(
    names: Sequence[str] = (),
    *,
    plan: Tabular | None = None,
    budget: Tabular | None = None,
    crosswalk: Tabular | Crosswalk | None = None,
    most: int = 3,
) -> pd.DataFrame:
    """Rank plan codes for every budget line that a crosswalk does not name, or for the lines or wordings given.

    Parameters are those of :func:`workbench.align` and :func:`suggest`. A crosswalk that is still being written need
    not be complete; a plan of one's own needs none.
    """
    work = open_work(plan=plan, budget=budget, crosswalk=crosswalk)
    return suggest(list(names) or work.unmapped, work.plan, work.crosswalk, labels=work.labels, most=most)
