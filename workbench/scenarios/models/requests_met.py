"""Requests of one year met from an envelope: the result, and how it is worked out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from workbench.allocation import Allocation, allocate, find_rule
from workbench.errors import Fault, InputError
from workbench.results import Result, source_table
from workbench.scenarios.models.requests_form import Requests

UNMET: Final = "is not known, and an unknown request cannot be shared out for"


@dataclass(frozen=True, kw_only=True, eq=False)
class Met(Result):
    """Requests of one financial year, met from an envelope by a rule.

    Attributes
    ----------
    requests : Requests
        Those of all years, as they were given.
    financial_year : str
        The year that is met.
    allocation : Allocation
        What each line gets, in whole shillings, and why.
    """

    requests: Requests
    financial_year: str
    allocation: Allocation

    @property
    def requested(self) -> float:
        """KES that are asked for."""
        return math.fsum(self.allocation.claims)

    @property
    def gap(self) -> float:
        """KES that are asked for and not there."""
        return self.requested - self.allocation.envelope

    @property
    def covered(self) -> float | None:
        """The part of all requests that is met, between 0 and 1; unknown where nothing is asked for."""
        return self.allocation.envelope / self.requested if self.requested else None

    @property
    def lowest_coverage(self) -> float | None:
        """The smallest part of a request that is met, between 0 and 1; unknown where nothing is asked for."""
        known = self.allocation.coverage.dropna()
        return float(known.min()) if len(known) else None

    @property
    def lines(self) -> pd.DataFrame:
        """The requests of the year, as :attr:`Requests.lines` has them."""
        return of_year(self.requests, self.financial_year)

    @property
    def table(self) -> pd.DataFrame:
        """A row a line: ``line, request, floor, ceiling, weight, award, gap, coverage, reason``; amounts in KES."""
        shared, lines = self.allocation.table, self.lines
        return pd.DataFrame(
            {
                "line": shared["claimant"],
                "request": shared["claim"],
                "floor": lines["floor"].to_numpy(),
                "ceiling": lines["ceiling"].to_numpy(),
                "weight": lines["weight"].to_numpy(),
                "award": shared["award"],
                "gap": shared["claim"] - shared["award"],
                "coverage": shared["coverage"],
                "reason": shared["reason"],
            }
        )

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The awards."""
        return {"awards": self.table}

    def summary(self) -> str:
        """Say how much was shared out, by which rule, and how far it goes."""
        return f"{self.financial_year}: {self.allocation.summary()}"

    def explain(self, line: str) -> str:
        """Say why a line gets what it gets.

        Raises
        ------
        UnknownNameError
            For a line that nobody asks for.
        """
        return self.allocation.explain(line)

    def to_dict(self) -> dict[str, Any]:
        """Return the result for a program."""
        return {"financial_year": self.financial_year, "file": self.requests.file, **self.allocation.to_dict()}


def of_year(requests: Requests, year: str) -> pd.DataFrame:
    """Return the requests of one year."""
    return requests.lines[requests.lines["financial_year"] == year]


def meet(requests: Requests, year: str, envelope: str | float, rule: str) -> Met:
    """Meet the requests of one year from an envelope.

    Parameters
    ----------
    requests : Requests
    year : str
        One of the requests' years.
    envelope : str or number
        KES, or as people write it: ``KSh 500 million``.
    rule : str
        One of :data:`workbench.allocation.RULES`.

    Raises
    ------
    InputError
        For an unknown amount, with its row, and for an envelope that cannot be shared out.
    """
    lines = of_year(requests, year)
    if lines.empty:
        what = "holds no request of this financial year"
        raise InputError(Fault(what=what, value=requests.file, remedy=", ".join(requests.years)))
    unknown = [
        Fault(what=UNMET, row=int(row), column="amount", remedy="fill it in, or take the row out")
        for row in lines.index[lines["claim"].isna()]
    ]
    if unknown:
        raise InputError(unknown)
    by_line = lines.set_index("line")
    given: dict[str, Any] = {
        f"{name}s": by_line[name].dropna() for name in ("floor", "ceiling") if by_line[name].notna().any()
    }  # fmt: skip
    weighs = "weights" in find_rule(rule).per_claimant
    weighted = bool(by_line["weight"].notna().any())
    if weighs and weighted:
        given["weights"] = by_line["weight"].fillna(1.0)
    allocation = allocate(envelope, by_line["claim"], rule=rule, sources=source_table(lines), **given)
    brought = f"Figures brought by the user ({requests.file}) stand in this result; they are no published figures."
    unused = f"The weights are not used: the rule {rule.replace('_', ' ')} knows none."
    return Met(
        requests=requests,
        financial_year=year,
        allocation=allocation,
        parameters={
            "financial_year": year,
            "requests": requests.file,
            **{name: allocation.parameters[name] for name in ("rule", "envelope", "unit")},
        },
        sources=allocation.sources,
        notes=(brought, allocation.rule.meaning, *allocation.notes, *((unused,) if weighted and not weighs else ())),
    )
