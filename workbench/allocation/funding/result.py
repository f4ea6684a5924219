"""What constrained funding gives: awards, what binds, shadow prices, and the reasons in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from workbench.allocation.funding import words
from workbench.allocation.funding.amounts import NEAR, UNIT, Floats
from workbench.allocation.funding.limits import AT_LEAST
from workbench.allocation.funding.matrices import segments_of
from workbench.allocation.funding.objectives import Leximin
from workbench.allocation.funding.prices import Price, Prices, is_tight, slack
from workbench.allocation.funding.shillings import whole_shillings
from workbench.allocation.funding.solve import best_awards
from workbench.allocation.funding.statement import Problem
from workbench.allocation.funding.unspent import Unspent, unspent_of
from workbench.errors import Fault, InputError, unknown_name
from workbench.results import Result, records


@dataclass(frozen=True, kw_only=True, eq=False)
class FundingResult(Result):
    """Awards under limits. All amounts are KSh millions unless a method says otherwise.

    Attributes
    ----------
    problem : Problem
        The lines, limits and objective as they were read.
    amounts : ndarray
        ``(n,)`` awards in the order of the requests.
    """

    problem: Problem = field(repr=False)
    amounts: Floats = field(repr=False)

    @cached_property
    def awards(self) -> pd.Series:
        """Awards by line, KSh millions."""
        return pd.Series(self.amounts, index=self.problem.lines.label, name="award")

    @cached_property
    def ratios(self) -> pd.Series:
        """Awards over requests, by line; unknown where nothing was asked."""
        request = self.problem.lines.request
        asked = np.where(request > 0, request, np.nan)
        return pd.Series(self.amounts / asked, index=self.problem.lines.label, name="ratio")

    @property
    def value(self) -> float | None:
        """What the objective comes to: weighted KSh millions, or minus the distance; None for leximin."""
        if isinstance(self.problem.objective, Leximin):
            return None
        return segments_of(self.problem).value(self.amounts)

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row a line: its labels, request, floor, ceiling, award, what is unmet, the ratio and the reason."""
        lines = self.problem.lines
        lower, _ = self.problem.limits.bounds(lines.request)
        ceiling = self._ceilings()
        amounts = np.stack([lines.request, self.amounts, lower, ceiling], axis=1).tolist()
        whole = (self.problem.lump >= 0).tolist()
        return lines.table.assign(
            request=lines.request,
            floor=np.where(lower > 0, lower, np.nan),
            ceiling=np.where(np.isfinite(ceiling), ceiling, np.nan),
            award=self.amounts,
            unmet=lines.request - self.amounts,
            ratio=self.ratios.to_numpy(),
            unit=UNIT,
            reason=[
                words.reason_for(*row, lump=lump, held=held, left=left)
                for row, lump, held, left in zip(
                    amounts, whole, self.unspent.held, self.unspent.left.tolist(), strict=True
                )
            ],
        )

    @cached_property
    def unspent(self) -> Unspent:
        """What of the envelopes stays unspent, and which limits hold it."""
        return unspent_of(self.problem, self.amounts)

    def _ceilings(self) -> Floats:
        without = np.full(len(self.problem.lines), np.inf)
        return self.problem.limits.bounds(without)[1]

    @cached_property
    def limits(self) -> pd.DataFrame:
        """One row a limit: its kind, amount, what it uses, its slack, and whether it binds."""
        limits = self.problem.limits
        free = slack(limits, self.amounts)
        return pd.DataFrame(
            {
                "limit": [limit.name for limit in limits.all],
                "kind": [limit.kind for limit in limits.all],
                "bound": ["at least" if limit.sense == AT_LEAST else "at most" for limit in limits.all],
                "amount": [limit.amount for limit in limits.all],
                "used": [limit.amount - limit.sense * left for limit, left in zip(limits.all, free, strict=True)],
                "slack": np.where(np.abs(free) <= NEAR / 10, 0.0, free),
                "binds": is_tight(limits, self.amounts),
                "unit": UNIT,
            }
        )

    @property
    def binding(self) -> pd.DataFrame:
        """The limits that bind."""
        return self.limits[self.limits["binds"]].drop(columns="binds").reset_index(drop=True)

    @property
    def no_prices(self) -> str | None:
        """Why there are no shadow prices; None where there are."""
        if self.problem.has_lumps:
            return words.NO_PRICE_LUMPS
        return words.NO_PRICE_LEXIMIN if isinstance(self.problem.objective, Leximin) else None

    @cached_property
    def shadow_prices(self) -> pd.DataFrame:
        """What one KSh million more, and one less, of each binding limit does; computed when asked for.

        Columns: ``limit``, ``kind``, ``one_more`` (the shadow price: the change of the objective's value when the
        limit's amount rises by one; a share or growth rule may then be missed by one), ``one_less`` (the change when it
        falls by one; minus infinity where no awards would be left), ``two_sided`` (whether one less loses what one more
        gains), ``holds_for`` (KSh millions for which ``one_more`` holds at least) and ``words``. A limit that does not
        bind has no row: moving it a little changes nothing. Empty where :attr:`no_prices` says why.
        """
        columns = ["limit", "kind", "one_more", "one_less", "two_sided", "holds_for", "words"]
        rows = [
            (
                limit.name,
                limit.kind,
                price.one_more,
                price.one_less,
                price.two_sided,
                price.holds_for,
                self._say(at, price),
            )
            for at, price in self._all_prices.items()
            for limit in [self.problem.limits.all[at]]
        ]
        return pd.DataFrame(rows, columns=columns)

    def price(self, limit: str) -> Price:
        """Return the shadow price of one limit by name, also of one that does not bind.

        Raises
        ------
        UnknownNameError
            For a name that is no limit of this problem.
        InputError
            Where there are no shadow prices; :attr:`no_prices` says why.
        """
        at = self.problem.limits.position(limit)
        if self.no_prices:
            raise InputError(self.no_prices)
        return self._prices.of(at)

    @cached_property
    def _prices(self) -> Prices:
        return Prices(self.problem.limits, segments_of(self.problem), self.amounts)

    @cached_property
    def _all_prices(self) -> dict[int, Price]:
        if self.no_prices:
            return {}
        # An envelope that does not bind still moves the share rules that are linked to it.
        linked = [at for at, limit in enumerate(self.problem.limits.all) if limit.linked]
        wanted = sorted({*self._prices.tight.tolist(), *linked})
        return {at: self._prices.of(at) for at in wanted}

    def _say(self, at: int, price: Price) -> str:
        lines, objective = self.problem.lines, self.problem.objective
        return words.price_in_words(self.problem.limits.all[at], price, lines.names, objective)

    @property
    def price_words(self) -> tuple[str, ...]:
        """The shadow prices as sentences, or the one that says why there are none."""
        return (self.no_prices,) if self.no_prices else tuple(self.shadow_prices["words"])

    def moved(self, limit: str, by: float) -> FundingResult:
        """Solve again with one limit moved by KSh millions (negative: less), and all else the same.

        Raises
        ------
        UnknownNameError
            For a name that is no limit of this problem.
        FundingInfeasibleError
            Where nothing is feasible after the move.
        """
        at = self.problem.limits.position(limit)
        problem = dataclasses.replace(self.problem, limits=self.problem.limits.moved(at, by))
        notes = (*self.notes, f"The {limit} is moved by KSh {by:,.6g} million.")
        return dataclasses.replace(self, problem=problem, amounts=best_awards(problem), notes=notes)

    def frontier(self, more: Sequence[float], limit: str | None = None) -> pd.DataFrame:
        """Say what more money buys: solve again at each addition to an envelope.

        Parameters
        ----------
        more : sequence of float
            Additions in KSh millions.
        limit : str, optional
            Which limit to move; without it the only envelope.

        Returns
        -------
        DataFrame
            ``more``, ``amount`` of the limit, ``awarded``, ``value`` (unknown for leximin), ``lowest_ratio``,
            ``lines_in_full`` and ``next_million``: the shadow price there, unknown where there is none.

        Raises
        ------
        InputError
            Where there are several envelopes and none is named.
        """
        names = [known.name for known in self.problem.limits.all if known.kind == "envelope"]
        if limit is None and len(names) > 1:
            what = f"does not say which of {len(names)} envelopes grows"
            raise InputError(
                Fault(what=what, value="frontier", remedy=f"limit='{names[0]}', or {', '.join(names[1:])}")
            )
        chosen = names[0] if limit is None else limit
        at = self.problem.limits.position(chosen)
        rows = []
        for extra in more:
            there = self.moved(chosen, float(extra))
            price = np.nan if there.no_prices else there.price(chosen).one_more
            value = np.nan if there.value is None else there.value
            amount = there.problem.limits.all[at].amount
            full, lowest = there.lines_in_full, float(there.ratios.min())
            rows.append((float(extra), amount, float(there.amounts.sum()), value, lowest, full, price))
        columns = ["more", "amount", "awarded", "value", "lowest_ratio", "lines_in_full", "next_million"]
        return pd.DataFrame(rows, columns=columns)

    def whole_shillings(self) -> pd.Series:
        """Return the awards in whole shillings (int64, KES) that add up to the awards' total to the last shilling.

        Largest remainders, within every limit; see :func:`workbench.allocation.funding.shillings.whole_shillings`.
        """
        whole = whole_shillings(self.problem, self.amounts)
        return pd.Series(whole, index=self.problem.lines.label, name="award_kes", dtype="int64")

    def explain(self, line: object) -> str:
        """Say what a line asked for, what it gets and what holds it there.

        Parameters
        ----------
        line : label
            As in :attr:`awards`: ``"Roads"``, or ``("Roads", "2010/11")``; or the name ``"Roads in 2010/11"``.

        Raises
        ------
        UnknownNameError
            For a label that is no line, with the nearest right one.
        """
        lines = self.problem.lines
        labels = lines.label.tolist()
        if line not in labels and line not in lines.names:
            said = " in ".join(map(str, line)) if isinstance(line, tuple) else str(line)
            raise unknown_name("line of this problem", said, lines.names)
        at = labels.index(line) if line in labels else lines.names.index(str(line))
        matrix, _ = self.problem.limits.everything_at_most()
        tight = is_tight(self.problem.limits, self.amounts)
        over = [
            limit.name
            for position, limit in enumerate(self.problem.limits.all)
            if tight[position] and limit.line < 0 and matrix[position, at] > 0
            and limit.name not in self.unspent.held[at]
        ]  # fmt: skip
        reason = str(self.table["reason"].iloc[at])
        amounts = (float(lines.request[at]), float(self.amounts[at]))
        return words.line_in_words(lines.names[at], amounts, reason, over)

    @property
    def lines_in_full(self) -> int:
        """How many lines get all they asked for."""
        return int((self.amounts >= self.problem.lines.request - NEAR).sum())

    def summary(self) -> str:
        """Return what a committee reads first."""
        request = self.problem.lines.request
        totals = (float(self.amounts.sum()), float(request.sum()), self.lines_in_full, len(request))
        unspent = self.unspent if self.unspent.amount > NEAR else None
        return words.headline(self.problem.objective, totals, float(self.ratios.min()), unspent)

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The awards, the limits and the shadow prices."""
        return {"awards": self.table, "limits": self.limits, "shadow_prices": self.shadow_prices}

    def to_dict(self) -> dict[str, Any]:
        """Return the result for a program; amounts in KSh millions, ``awards_kes`` in whole shillings.

        What is infinite is None here, since JSON has no infinity: ``one_less`` that is impossible, ``holds_for``
        without end.
        """
        prices = self.shadow_prices.replace([np.inf, -np.inf], np.nan)
        return {
            "unit": UNIT,
            "objective": self.problem.objective.name,
            "value": self.value,
            "awarded": float(self.amounts.sum()),
            "requested": float(self.problem.lines.request.sum()),
            "unspent": self.unspent.amount,
            "awards_kes": [int(award) for award in self.whole_shillings()],
            "lines": records(self.table),
            "limits": records(self.limits),
            "shadow_prices": records(prices),
            "no_shadow_prices": self.no_prices,
            "parameters": dict(self.parameters),
            "sources": records(self.sources),
            "notes": list(self.notes),
        }
