"""An allocation: the awards in whole shillings, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbench.allocation.registry import Rule
from workbench.allocation.request import Asked
from workbench.errors import unknown_name
from workbench.fiscal import format_money
from workbench.results import Result, records


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Allocation(Result):
    """Awards that add up to the envelope to the last shilling.

    Attributes
    ----------
    awards : Series of int64
        KES by claimant.
    reasons : Series of str
        One plain sentence by claimant.
    asked : Asked
        The checked request that it answers.
    """

    awards: pd.Series
    reasons: pd.Series
    asked: Asked

    @property
    def rule(self) -> Rule:
        """The rule that shared the envelope out."""
        return self.asked.request.rule

    @property
    def envelope(self) -> int:
        """KES; the awards add up to it."""
        return self.asked.envelope

    @property
    def unit(self) -> int:
        """KES; every award is a multiple of it."""
        return self.asked.unit

    @property
    def claims(self) -> pd.Series:
        """KES by claimant, float64."""
        return self.asked.claims

    @property
    def shares(self) -> pd.Series:
        """Each award's share of the envelope, between 0 and 1; unknown where the envelope is 0."""
        return self.awards / (self.envelope or np.nan)

    @property
    def coverage(self) -> pd.Series:
        """The part of each claim that is met, between 0 and 1; unknown where nothing is claimed."""
        return self.awards / self.claims.where(self.claims > 0)

    @property
    def table(self) -> pd.DataFrame:
        """Columns ``claimant, claim, award, share, coverage, reason``: amounts in KES, the others as fractions."""
        return pd.DataFrame(
            {
                "claimant": self.claims.index,
                "claim": self.claims.to_numpy(),
                "award": self.awards.to_numpy(),
                "share": self.shares.to_numpy(),
                "coverage": self.coverage.to_numpy(),
                "reason": self.reasons.to_numpy(),
            }
        )

    def __repr__(self) -> str:
        return f"{self.summary()}\n{self.table.drop(columns='reason').to_string(index=False, na_rep='')}"

    def summary(self) -> str:
        """Say how much was shared out, by which rule, and how far it goes."""
        total = float(self.claims.sum())
        met = f", {100 * self.envelope / total:.1f} per cent of them" if total else ""
        return (
            f"{format_money(self.envelope, 'KES')} shared out by {self.rule.name.replace('_', ' ')} among "
            f"{len(self.claims)} claims of {format_money(total, 'KES')} together{met}."
        )

    def explain(self, claimant: object) -> str:
        """Say in plain words why a claimant gets what it gets."""
        places = [i for i, label in enumerate(self.reasons.index) if label == claimant]
        if not places:
            raise unknown_name("claimant", str(claimant), [str(label) for label in self.reasons.index])
        award = format_money(int(self.awards.iloc[places[0]]), "KES")
        return f"{claimant} gets {award}. {self.reasons.iloc[places[0]]}"

    def schedule(self, steps: int = 100) -> pd.DataFrame:
        """Give the awards as the envelope grows from nothing to all claims.

        Parameters
        ----------
        steps : int
            Equal steps between the least and the most that can be shared out within the limits.

        Returns
        -------
        DataFrame
            Index ``envelope``, a column a claimant, KES, float64 and not rounded to whole units. The allocation's own
            envelope has a row too.
        """
        from workbench.allocation.schedule import awards_schedule

        return awards_schedule(self.asked, steps)

    def compare(self, rules: Iterable[str | Rule] | None = None) -> pd.DataFrame:
        """Put the awards of several rules side by side, each within the same limits and in the same unit.

        Parameters
        ----------
        rules : iterable of str or Rule, optional
            Without it all registered rules that can share this problem.

        Returns
        -------
        DataFrame
            Index claimant; ``claim`` and a column a rule, KES; awards are int64. The options of this allocation are
            handed to those rules that know them; ``attrs["without"]`` names the rules that shared without them.
        """
        from workbench.allocation.schedule import side_by_side

        return side_by_side(self, rules)

    def axioms(self) -> pd.DataFrame:
        """Say which properties the rule keeps and which it breaks, in words that a committee understands.

        Returns
        -------
        DataFrame
            Columns ``axiom, keeps, meaning, basis``; ``keeps`` is True, False or unknown.
        """
        from workbench.allocation.axioms import axioms_of

        return axioms_of(self.rule)

    def to_dict(self) -> dict[str, Any]:
        """Return ``rule, envelope, unit, claims, awards, notes, parameters``; amounts of awards are whole KES."""
        return {
            "rule": self.rule.name,
            "envelope": self.envelope,
            "unit": self.unit,
            "claims": float(self.claims.sum()),
            "awards": records(self.table),
            "notes": list(self.notes),
            "parameters": _plain(self.parameters),
        }


def _plain(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: records(v.reset_index()) if isinstance(v, pd.Series) else v for name, v in parameters.items()}
