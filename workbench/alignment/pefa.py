"""PEFA 2016, PI-16: the medium-term perspective in expenditure budgeting, dimension by dimension.

The project holds the texts of the scores of 16.1 and 16.2 (https://www.pefa.org/node/4651). Of 16.3 it holds the text
of A in part; the thresholds are from recollection, so a score of it is provisional. Of 16.4 it holds no score text, nor
the table by which PI-16's dimensions are averaged: neither is scored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Final

from workbench.datasets.user_table import Columns, Tabular, read_cells, read_decimal
from workbench.errors import Fault, InputError, suggestion

WORDS: Final[Mapping[str, bool]] = {"yes": True, "no": False, "true": True, "false": False}
PI_16_3_BANDS: Final = ((0.75, "A"), (0.50, "B"), (0.25, "C"))
"""Most, a majority, some: 75, 50, 25 per cent by value. The project's facts hold them from recollection only."""

PI_16_4_NOT_SCORED: Final = (
    "the texts of its scores A to D are not among the project's documents; only what data it needs is"
)
PI_16_NOT_SCORED: Final = "16.4 is not scored, and the table by which the four are averaged is not held"


@dataclass(frozen=True)
class MediumTermEvidence:
    """What a country's medium-term budget has; None is unknown.

    Parameters
    ----------
    years_of_estimates : int
        The budget year and the years after it for which estimates are presented.
    administrative, economic, programme : bool
        By which classifications they are.
    years_of_aggregate_ceilings, years_of_ministry_ceilings : int
        The years for which ceilings are set.
    ceilings_before_circular : bool
        Whether they were approved before the first budget circular.
    costed : float
        The share of spending of the ministries that have costed medium-term strategic plans, 0 to 1.
    aligned : float
        The share of expenditure policy proposals, by value, that align with them, 0 to 1.
    """

    years_of_estimates: int | None = None
    administrative: bool | None = None
    economic: bool | None = None
    programme: bool | None = None
    years_of_aggregate_ceilings: int | None = None
    years_of_ministry_ceilings: int | None = None
    ceilings_before_circular: bool | None = None
    costed: float | None = None
    aligned: float | None = None

    def unknown(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return which of some items are not known."""
        return tuple(name for name in names if getattr(self, name) is None)


NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "PI-16.1": ("years_of_estimates", "administrative", "economic", "programme"),
    "PI-16.2": ("years_of_aggregate_ceilings", "years_of_ministry_ceilings", "ceilings_before_circular"),
    "PI-16.3": ("costed", "aligned"),
}
"""The items without which a dimension has no score."""


def pi_16_1(evidence: MediumTermEvidence) -> str | None:
    """Score medium-term expenditure estimates, A to D; None where an item is not known (PEFA 2016, PI-16.1)."""
    if evidence.years_of_estimates is None or evidence.unknown(NEEDED["PI-16.1"]):
        return None
    if evidence.years_of_estimates < 3:
        return "D"
    if evidence.administrative and evidence.economic:
        return "A" if evidence.programme else "B"
    return "C" if evidence.administrative or evidence.economic or evidence.programme else "D"


def pi_16_2(evidence: MediumTermEvidence) -> str | None:
    """Score medium-term expenditure ceilings, A to D; None where an item is not known (PEFA 2016, PI-16.2)."""
    aggregate, ministry = evidence.years_of_aggregate_ceilings, evidence.years_of_ministry_ceilings
    if aggregate is None or ministry is None or evidence.ceilings_before_circular is None:
        return None
    if aggregate < 3 or not evidence.ceilings_before_circular:
        return "D"
    if ministry >= 3:
        return "A"
    return "B" if ministry >= 1 else "C"


def pi_16_3(costed: float | None, aligned: float | None) -> str | None:
    """Score the alignment of strategic plans and medium-term budgets, A to D, provisionally (PEFA 2016, PI-16.3).

    Parameters
    ----------
    costed, aligned : float or None
        As in :class:`MediumTermEvidence`.

    Returns
    -------
    str or None
        The lower of the two scores; None where either is not known. No document that the project holds confirms the
        thresholds: a score is never to be quoted as PEFA's.
    """
    if costed is None or aligned is None:
        return None
    faults = [
        Fault(what="is no share from 0 to 1", value=share, remedy="write three quarters as 0.75")
        for share in (costed, aligned)
        if not 0 <= share <= 1
    ]
    if faults:
        raise InputError(faults)
    least = min(costed, aligned)
    return next((score for floor, score in PI_16_3_BANDS if least >= floor), "D")


def read_evidence(table: Tabular) -> MediumTermEvidence:
    """Read a table ``item,value``: an item is one of those of :class:`MediumTermEvidence`, a blank value is unknown.

    Raises
    ------
    InputError
        With every fault at once: items that are none or stand twice, values that are not what the item needs.
    """
    read = read_cells(table, Columns(("item", "value")), kind="table of evidence")
    readers = _readers()
    faults: list[Fault] = []
    found: dict[str, object] = {}
    for number, cells in read.records.items():
        item, text = cells["item"], cells["value"]
        if item not in readers or item in found:
            what = "stands twice" if item in found else "is no item of PI-16"
            remedy = "keep one of the two rows" if item in found else suggestion(item, list(readers))
            faults.append(read.fault(what, row=number, column="item", value=item, remedy=remedy))
            continue
        reader, remedy = readers[item]
        found[item] = reader(text) if text else None
        if text and found[item] is None:
            what = "is not what this item needs"
            faults.append(read.fault(what, row=number, column="value", value=text, remedy=remedy))
    if faults:
        raise InputError(faults)
    return MediumTermEvidence(**found)  # type: ignore[arg-type]  # each item was read by its own reader


def _readers() -> dict[str, tuple[Callable[[str], object], str]]:
    shares: tuple[Callable[[str], object], str] = (_share, "write three quarters as 0.75")
    years: tuple[Callable[[str], object], str] = (_years, "write a number of years, such as 3")
    answer: tuple[Callable[[str], object], str] = (lambda text: WORDS.get(text.casefold()), "write yes or no")
    return {
        field.name: shares if field.name in ("costed", "aligned") else years if "years" in field.name else answer
        for field in fields(MediumTermEvidence)
    }


def _years(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _share(text: str) -> float | None:
    try:
        number = read_decimal(text)
    except InputError:
        return None
    return float(number) if number is not None and 0 <= number <= 1 else None
