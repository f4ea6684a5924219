"""The published tests of alignment, SIGMA's and PEFA's PI-16: which can be scored, and why the others not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from workbench.alignment.gathering import Gathering
from workbench.alignment.pefa import (
    NEEDED,
    PI_16_4_NOT_SCORED,
    PI_16_NOT_SCORED,
    MediumTermEvidence,
    pi_16_1,
    pi_16_2,
    pi_16_3,
    read_evidence,
)
from workbench.alignment.sigma import SIGMA_SAMPLE, SigmaAlignment, sigma_alignment
from workbench.datasets.user_table import Tabular
from workbench.results import Result, records

SIGMA: Final = "https://par-portal.sigmaweb.org/areas/2/indicators/7/subindicators/27/?country1=ALB&year1=2021"
PEFA: Final = "https://www.pefa.org/node/4651"
SCORED, PROVISIONAL, NOT_SCORED = "scored", "provisional", "not scored"
NO_DATA: Final = (
    "The workbench ships no data for these tests: Kenya's costed strategies and its medium-term estimates by ministry "
    "are for the user to bring."
)
TITLES: Final = {
    "SIGMA": "Planned costs in sector policy plans against the medium-term budget",
    "PI-16.1": "Medium-term expenditure estimates",
    "PI-16.2": "Medium-term expenditure ceilings",
    "PI-16.3": "Alignment of strategic plans and medium-term budgets",
    "PI-16.4": "Explanation of changes between the last medium-term budget and the current one",
    "PI-16": "Medium-term perspective in expenditure budgeting, as a whole",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class PublishedTests(Result):
    """SIGMA's test and PEFA's PI-16 on what is known of a country.

    Attributes
    ----------
    tests : DataFrame
        A row a test: ``test``, ``title``, ``score`` (points or a letter; missing where it is not scored), ``standing``
        (``scored``, ``provisional``, ``not scored``), ``reason``, ``source``.
    objectives : DataFrame or None
        SIGMA's sample, objective by objective; None where none was given.
    """

    tests: pd.DataFrame
    objectives: pd.DataFrame | None

    @property
    def table(self) -> pd.DataFrame:
        """The tests."""
        return self.tests

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tests, and the sample where there is one."""
        return {"tests": self.tests} | ({} if self.objectives is None else {"objectives": self.objectives})

    def summary(self) -> str:
        """Return what a committee reads first."""
        said = [
            f"{row['test']}: {row['score']}" + (" (provisional)" if row["standing"] == PROVISIONAL else "")
            for row in records(self.tests)
            if row["score"] is not None
        ]
        without = ", ".join(self.tests.loc[self.tests["standing"] == NOT_SCORED, "test"])
        return ". ".join([*said, f"Not scored: {without}"]) + "."

    def to_dict(self) -> dict[str, Any]:
        """Return the tests for a program."""
        return {"tests": records(self.tests), "objectives": None if self.objectives is None else
                records(self.objectives), "notes": list(self.notes)}  # fmt: skip


def published_tests(
    objectives: Tabular | None = None, evidence: MediumTermEvidence | Tabular | None = None
) -> PublishedTests:
    """Score the published tests of alignment, and say of every one that is not scored why not.

    Parameters
    ----------
    objectives : path or DataFrame, optional
        For SIGMA's test: ``strategy``, ``objective``, ``cost``, ``funding``.
    evidence : MediumTermEvidence, path or DataFrame, optional
        For PI-16: a file has the columns ``item`` and ``value``.

    Raises
    ------
    InputError
        With every fault of both at once.
    """
    gathering = Gathering()
    sample = None if objectives is None else gathering.attempt(lambda: sigma_alignment(objectives))
    known = evidence if isinstance(evidence, MediumTermEvidence) else MediumTermEvidence()
    if evidence is not None and not isinstance(evidence, MediumTermEvidence):
        known = gathering.attempt(lambda: read_evidence(evidence)) or known
    gathering.refuse()
    rows = [_sigma_row(sample), *_pefa_rows(known)]
    tests = pd.DataFrame(rows, columns=["test", "score", "standing", "reason", "source"])
    tests.insert(1, "title", tests["test"].map(TITLES))
    sources = tests[["source"]].drop_duplicates().assign(locator="the test's definition", mark="certain")
    return PublishedTests(
        parameters={"objectives": sample is not None, "evidence": evidence is not None},
        sources=sources[["source", "locator", "mark"]],
        notes=(NO_DATA,),
        tests=tests,
        objectives=None if sample is None else sample.objectives,
    )


def _sigma_row(sample: SigmaAlignment | None) -> tuple[object, ...]:
    if sample is None:
        reason = "needs the three costliest objectives of each of the five newest sector strategies; none is given"
        return ("SIGMA", None, NOT_SCORED, reason, SIGMA)
    found = f"{sample.inconsistencies} of {len(sample.objectives)} objectives are inconsistent"
    if sample.points is None:
        return ("SIGMA", None, NOT_SCORED, f"{found}; points are defined for {SIGMA_SAMPLE} objectives only", SIGMA)
    return ("SIGMA", str(sample.points), SCORED, f"{found}; points from 0 to 3", SIGMA)


def _pefa_rows(known: MediumTermEvidence) -> list[tuple[object, ...]]:
    scores = {
        "PI-16.1": pi_16_1(known),
        "PI-16.2": pi_16_2(known),
        "PI-16.3": pi_16_3(known.costed, known.aligned),
    }
    rows: list[tuple[object, ...]] = []
    for test, score in scores.items():
        reason, standing = "from what is given; A to D", SCORED
        if score is None:
            reason, standing = f"not known: {', '.join(known.unknown(NEEDED[test]))}", NOT_SCORED
        elif test == "PI-16.3":
            reason, standing = "no document that the project holds confirms the thresholds 75, 50, 25%", PROVISIONAL
        rows.append((test, score, standing, reason, PEFA))
    rows.append(("PI-16.4", None, NOT_SCORED, PI_16_4_NOT_SCORED, PEFA))
    rows.append(("PI-16", None, NOT_SCORED, PI_16_NOT_SCORED, PEFA))
    return rows
