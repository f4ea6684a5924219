"""Shares are judgements: draw them around the given ones and see how far every measure moves.

The shares of a line are drawn from a Dirichlet distribution with the given shares as its mean; the concentration says
how sure they are. A share of 0.5 with concentration 20 lies between 0.32 and 0.68 nine times in ten; with 200, between
0.44 and 0.56.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.alignment import measures
from workbench.alignment.linking import LinkArrays
from workbench.alignment.result import Alignment
from workbench.datasets.crosswalk import UNLINKED
from workbench.errors import Fault, InputError, unknown_name
from workbench.results import Result, records

Array = npt.NDArray[np.float64]
HEADLINES = ("distance", "coverage", "homogeneity", "completeness", "v_measure")
ROUNDING = 1e-12
"""A deviation below this is rounding, no variation."""

BLOCK_CELLS = 2_000_000
"""How many drawn shares are held at once."""


@dataclass(frozen=True)
class Draws:
    """How shares are drawn.

    Parameters
    ----------
    number : int
        How many crosswalks.
    concentration : float
        How sure the given shares are, 1 or more; a line's shares vary the less the greater it is.
    elsewhere : float
        The part of every line that is expected to lie on plan codes that the crosswalk does not give it, evenly over
        them, ``unlinked`` among them. With 0 a line that has one link keeps it whole in every draw.
    seed : int
        Of the random numbers.
    interval : float
        The part of the draws that an interval holds.
    """

    number: int = 2000
    concentration: float = 20.0
    elsewhere: float = 0.0
    seed: int = 0
    interval: float = 0.9

    def __post_init__(self) -> None:
        limits = (
            ("number", self.number >= 2, "at least 2"),
            ("concentration", 1 <= self.concentration < np.inf, "1 or more; 20 is a loose judgement, 200 a firm one"),
            ("elsewhere", 0 <= self.elsewhere < 1, "from 0 to less than 1"),
            ("interval", 0 < self.interval < 1, "between 0 and 1, such as 0.9"),
        )
        faults = [
            Fault(what=f"cannot be the {name} of draws", value=getattr(self, name), remedy=remedy)
            for name, sound, remedy in limits
            if not sound
        ]
        if faults:
            raise InputError(faults)


@dataclass(frozen=True, kw_only=True, eq=False)
class Doubt(Result):
    """Intervals for every measure, and the rows whose doubt matters most.

    Attributes
    ----------
    intervals : DataFrame
        ``measure``, ``plan_code`` and ``sector`` (blank where the measure is not of one), ``value`` (as given),
        ``mean``, ``deviation``, ``low``, ``high``.
    rows : DataFrame
        ``budget_code``, ``plan_code``, ``share`` (expected), ``share_low``, ``share_high``, ``amount`` (KES of the
        line), ``money_deviation`` (KES), ``correlation`` with the measure named in the parameters,
        ``part_of_variance`` (the square of it); the greatest first. Rows that no draw changes are left out.
    """

    intervals: pd.DataFrame
    rows: pd.DataFrame

    @property
    def table(self) -> pd.DataFrame:
        """The intervals."""
        return self.intervals

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The intervals and the rows."""
        return {"intervals": self.intervals, "rows": self.rows}

    def summary(self) -> str:
        """Return what a committee reads first."""
        name = self.parameters["measure"]
        row = self.intervals[self.intervals["measure"] == name].iloc[0]
        text = (
            f"The {name.replace('_', '-')} is {row['value']:.3f}; drawn {self.parameters['number']} times, "
            f"{self.parameters['interval']:.0%} of it lies between {row['low']:.3f} and {row['high']:.3f}."
        )
        if len(self.rows):
            first = self.rows.iloc[0]
            text += f" The doubt that matters most: {first['budget_code']} to {first['plan_code']}."
        return text + (" Illustrative: the links are judgements." if self.illustrative else "")

    def to_dict(self) -> dict[str, Any]:
        """Return the intervals and the rows for a program."""
        return {"intervals": records(self.intervals), "rows": records(self.rows), "illustrative": self.illustrative,
                "parameters": dict(self.parameters), "notes": list(self.notes)}  # fmt: skip


def uncertainty(alignment: Alignment, draws: Draws | None = None, *, measure: str | None = None) -> Doubt:
    """Draw crosswalks around the given one and measure each.

    Parameters
    ----------
    alignment : Alignment
    draws : Draws, optional
        How shares are drawn; the same seed gives the same result.
    measure : str, optional
        Which measure the rows are ranked for: one of ``distance``, ``coverage``, ``homogeneity``, ``completeness``,
        ``v_measure``. The distance where it is known, else the V-measure.

    Returns
    -------
    Doubt
    """
    draws = draws or Draws()
    measure = measure or ("distance" if alignment.distance is not None else "v_measure")
    if measure not in HEADLINES:
        raise unknown_name("measure", measure, HEADLINES)
    arrays = spread_elsewhere(alignment.linked_lines.arrays, draws.elsewhere)
    plan_amounts = alignment.plan["amount"].to_numpy(np.float64)
    tallies = _Tallies(len(arrays.shares), HEADLINES.index(measure))
    drawn = []
    for shares in draw_shares(arrays, draws):
        values = _measured(arrays, shares, plan_amounts)
        tallies.add(shares, values)
        drawn.append(values)
    given = _measured(alignment.linked_lines.arrays, alignment.linked_lines.arrays.shares[None], plan_amounts)[0]
    single = int((pd.Series(arrays.line).value_counts() == 1).sum())
    notes = [*alignment.notes]
    if single:
        notes.append(f"{single} budget lines have one link only, the same in every draw; elsewhere doubts them too.")
    if draws.elsewhere:
        notes.append(
            f"The draws expect {draws.elsewhere:.0%} of every line on plan codes that the crosswalk does not give it: "
            "their mean is not the value as given, which may lie outside the interval."
        )
    return Doubt(
        parameters={**alignment.parameters, **vars(draws), "measure": measure},
        sources=alignment.sources,
        notes=tuple(notes),
        intervals=_intervals(alignment, given, np.concatenate(drawn), draws.interval),
        rows=_rows(alignment, arrays, tallies, draws),
    )


def spread_elsewhere(arrays: LinkArrays, part: float) -> LinkArrays:
    """Return the links with a part of every line spread evenly over the plan codes that it is not linked to."""
    if part == 0:
        return arrays
    lines, codes = len(arrays.amounts), arrays.sizes[1] + 1
    shares = np.zeros((lines, codes))
    linked = np.zeros((lines, codes), dtype=bool)
    np.add.at(shares, (arrays.line, arrays.plan), arrays.shares)
    linked[arrays.line, arrays.plan] = True
    others = (~linked).sum(axis=1, keepdims=True)
    taken = np.where(others > 0, part, 0.0)
    shares = np.where(linked, shares * (1 - taken), taken / np.maximum(others, 1))
    sector_of = np.zeros(lines, dtype=np.intp)
    sector_of[arrays.line] = arrays.sector
    line = np.repeat(np.arange(lines), codes)
    plan = np.tile(np.arange(codes), lines)
    return replace(arrays, line=line, plan=plan, sector=sector_of[line], shares=shares.ravel())


def draw_shares(arrays: LinkArrays, draws: Draws) -> Iterator[Array]:
    """Yield blocks of drawn shares, (block, R): every line's add up to 1."""
    random = np.random.default_rng(draws.seed)
    starts = np.flatnonzero(np.r_[True, np.diff(arrays.line) > 0])
    counts = np.diff(np.r_[starts, len(arrays.line)])
    alpha = draws.concentration * arrays.shares
    block = max(1, BLOCK_CELLS // max(1, len(alpha)))
    for first in range(0, draws.number, block):
        gammas = random.standard_gamma(alpha, size=(min(block, draws.number - first), len(alpha)))
        whole = np.add.reduceat(gammas, starts, axis=1)
        yield gammas / np.repeat(whole, counts, axis=1)


def _measured(arrays: LinkArrays, shares: Array, plan_amounts: Array) -> Array:
    """Return the headlines, budget shares by code, effective numbers by code and by sector, (block, 5 + 2P + S)."""
    money = arrays.money(shares)
    by_plan = money.sum(axis=-2)
    with_all = arrays.amounts.sum()
    headlines = np.stack(
        [
            measures.distance(by_plan, plan_amounts),
            by_plan.sum(axis=-1) / with_all if with_all else np.full(len(money), np.nan),
            measures.homogeneity(money),
            measures.completeness(money),
            measures.v_measure(money),
        ],
        axis=-1,
    )
    effective = [measures.effective_numbers(money), measures.effective_numbers(money, axis=-1)]
    return np.concatenate([headlines, measures.shares(by_plan), *effective], axis=-1)


class _Tallies:
    """Running sums of drawn shares and one measure, so that no more than one block of draws is held."""

    def __init__(self, rows: int, column: int) -> None:
        self.column = column
        self.count = 0
        self.shares = np.zeros((3, rows))  # sums of x, x squared, x times y
        self.measure = np.zeros(2)  # sums of y, y squared
        self.anchor: tuple[Array, float] | None = None

    def add(self, shares: Array, values: Array) -> None:
        y = values[:, self.column]
        # Sums are taken from the first draw on, not from zero: less is lost to rounding.
        self.anchor = self.anchor or (shares[0].copy(), float(y[0]))
        x, y = shares - self.anchor[0], y - self.anchor[1]
        self.count += len(y)
        self.shares += np.stack([x.sum(axis=0), (x * x).sum(axis=0), y @ x])
        self.measure += np.array([y.sum(), (y * y).sum()])

    def correlation(self) -> Array:
        """Return the correlation of every row's share with the measure; NaN where either does not vary."""
        mean_x, mean_xx, mean_xy = self.shares / self.count
        mean_y, mean_yy = self.measure / self.count
        of_x, of_y = np.sqrt(np.maximum(mean_xx - mean_x**2, 0)), np.sqrt(max(mean_yy - mean_y**2, 0))
        together = mean_xy - mean_x * mean_y
        varies = (of_x > ROUNDING) & (of_y > ROUNDING)
        return np.asarray(np.divide(together, of_x * of_y, out=np.full_like(of_x, np.nan), where=varies))


def _intervals(alignment: Alignment, given: Array, drawn: Array, interval: float) -> pd.DataFrame:
    codes, sectors = list(alignment.linked_lines.plan_codes), list(alignment.linked_lines.sectors)
    names = [*HEADLINES, *["budget_share"] * len(codes), *["effective_groups"] * len(codes)]
    names += ["effective_plan_codes"] * len(sectors)
    tail = (1 - interval) / 2
    known = ~np.isnan(drawn).any(axis=0)
    low, high = np.full(len(names), np.nan), np.full(len(names), np.nan)
    low[known], high[known] = np.quantile(drawn[:, known], [tail, 1 - tail], axis=0)
    return pd.DataFrame(
        {
            "measure": names,
            "plan_code": [None] * len(HEADLINES) + codes + codes + [None] * len(sectors),
            "sector": [None] * (len(HEADLINES) + 2 * len(codes)) + sectors,
            "value": given,
            "mean": drawn.mean(axis=0),
            "deviation": drawn.std(axis=0, ddof=1),
            "low": low,
            "high": high,
        }
    )


def _rows(alignment: Alignment, arrays: LinkArrays, tallies: _Tallies, draws: Draws) -> pd.DataFrame:
    from scipy.special import betaincinv

    codes = [*alignment.linked_lines.plan_codes, UNLINKED]
    lines = list(alignment.budget.lines["budget_code"])
    share = arrays.shares
    varies = (share > 0) & (share < 1)
    alpha = draws.concentration * np.where(varies, share, 0.5)
    tail = (1 - draws.interval) / 2
    correlation = tallies.correlation()
    amounts = arrays.amounts[arrays.line]
    table = pd.DataFrame(
        {
            "budget_code": [lines[place] for place in arrays.line],
            "plan_code": [codes[place] for place in arrays.plan],
            "share": share,
            "share_low": betaincinv(alpha, draws.concentration - alpha, tail),
            "share_high": betaincinv(alpha, draws.concentration - alpha, 1 - tail),
            "amount": amounts,
            "money_deviation": amounts * np.sqrt(share * (1 - share) / (draws.concentration + 1)),
            "correlation": correlation,
            "part_of_variance": correlation**2,
        }
    )[varies]
    # The two links of a line matter equally but for rounding, which must not decide their order.
    order = table["part_of_variance"].round(9)
    return table.loc[order.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)
