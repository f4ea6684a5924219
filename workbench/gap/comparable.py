"""Which lines of two sides can be set against each other, and sums of those lines alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.gap.align import LINE_KEYS, SIDES, group_codes, measured
from workbench.gap.overlap import doubled_groups, overlap_notes, overlapping
from workbench.gap.sides import LEVELS

ALONE = tuple(f"{side}_alone" for side in SIDES)
"""The columns of what stands on one side only."""

BOTH, DIFFERENT, OVERLAPPING = "both", "different lines", "overlapping lines"

_NO_PAIRS = pd.DataFrame({"whole": [], "part": []}, dtype="int64")


@dataclass(frozen=True, eq=False)
class Comparison:
    """The counted rows of two sides, each with the levels at which it meets a row of the other side.

    Attributes
    ----------
    sides : tuple of DataFrame
        The rows with ``meets``: True where the very line stands on the other side, and ``meets_at``: else the levels,
        joined by commas, up to which a wider line holds it or it holds narrower ones; None where nothing is met.
    pairs : tuple of DataFrame
        By side, the rows that may hold the same money.
    """

    sides: tuple[pd.DataFrame, pd.DataFrame]
    pairs: tuple[pd.DataFrame, pd.DataFrame]

    @classmethod
    def of(cls, requirements: pd.DataFrame, allocations: pd.DataFrame, *, nested: bool = True) -> Comparison:
        """Compare two sides.

        Parameters
        ----------
        requirements, allocations : DataFrame
            Counted rows with the line's keys and ``kes``.
        nested : bool
            Whether a line with fewer keys is the whole of those below it. In a ledger it is what no key names.
        """
        sides = [side.reset_index(drop=True) for side in (requirements, allocations)]
        codes = group_codes(pd.concat([side[list(LINE_KEYS)] for side in sides], ignore_index=True))
        lines = np.split(codes, [len(sides[0])])
        sides = [
            side.assign(meets=np.isin(own, other), meets_at=pd.Series([None] * len(side), dtype=object))
            for side, own, other in zip(sides, lines, lines[::-1], strict=True)
        ]
        if nested:
            for wide, narrow in ((0, 1), (1, 0)):
                _meet_parts(sides[wide], sides[narrow])
        pairs = [overlapping(side) if nested else _NO_PAIRS for side in sides]
        return cls((sides[0], sides[1]), (pairs[0], pairs[1]))

    def compared(self, side: int, levels: Sequence[str]) -> pd.Series:
        """Say of each row of a side whether its amount meets one of the other side in a sum by some levels."""
        rows, wanted = self.sides[side], set(levels) & set(LEVELS)
        if rows["meets"].all():
            return rows["meets"]
        held = rows["meets_at"].map(lambda at: at is not None and wanted <= set(at.split(",")))
        return rows["meets"] | held.astype("bool")

    def at(self, levels: Sequence[str]) -> pd.DataFrame:
        """Add the two sides up by financial year and some levels.

        Returns
        -------
        DataFrame
            The keys; ``requirement`` and ``allocation``, KES over the lines that stand on both sides, or of one side
            where the other has no line; ``gap``, ``funding_ratio``, ``share_of_gap`` (of the year's gap over such
            lines), ``kind``, ``stands_on``; ``requirement_alone`` and ``allocation_alone``, KES over the lines on that
            side only, 0 where there is none. A group of lines that may hold the same money has no sum.
        """
        year = self._years
        groups = year if not levels else self._groups(["financial_year", *levels], levels)
        gaps = (year["requirement"] - year["allocation"]).round(2)
        return measured(groups, dict(zip(year["financial_year"], gaps, strict=True)))

    def summed(self, side: int, levels: Sequence[str]) -> pd.DataFrame:
        """Return the rows of a side that the sums by some levels are made of: those of :meth:`at`, and no others."""
        keys = ["financial_year", *levels]
        groups = self._years if not levels else self._groups(keys, levels)
        rows = self.sides[side]
        stands_on = (
            rows[keys].merge(groups[[*keys, "stands_on"]], on=keys, how="left")["stands_on"].set_axis(rows.index)
        )
        return rows[(stands_on.eq(BOTH) & self.compared(side, levels)) | stands_on.eq(f"{SIDES[side]} only")]

    @property
    def without_sum(self) -> list[str]:
        """The financial years whose lines may hold the same money or are different lines, so that they have no sum."""
        years = self._years
        return years.loc[years["stands_on"].isin((DIFFERENT, OVERLAPPING)), "financial_year"].tolist()

    @property
    def overlapping_years(self) -> list[str]:
        """The financial years with lines that may hold the same money."""
        held = [side.loc[pairs["part"], "financial_year"] for side, pairs in zip(self.sides, self.pairs, strict=True)]
        return sorted({year for side in held for year in side})

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of lines that overlap, and of wholes that are set against their parts."""
        found = [
            note for side, pairs in zip(self.sides, self.pairs, strict=True) for note in overlap_notes(side, pairs)
        ]
        held = [side.loc[~side["meets"] & side["meets_at"].notna(), "financial_year"] for side in self.sides]
        years = sorted({year for side in held for year in side})
        if years:
            found.append(
                f"One side has a whole where the other has its parts ({', '.join(years)}): they are set against each "
                "other as sums, which is right only where the parts are all that there are."
            )
        return tuple(dict.fromkeys(found))

    @cached_property
    def _years(self) -> pd.DataFrame:
        return self._groups(["financial_year"], ())

    def _groups(self, keys: list[str], levels: Sequence[str]) -> pd.DataFrame:
        stacked = pd.concat([rows[keys] for rows in self.sides], ignore_index=True)
        codes = group_codes(stacked)
        own = np.split(codes, [len(self.sides[0])])
        groups = stacked[~pd.Series(codes).duplicated()].reset_index(drop=True)
        told = {}
        for place, name in enumerate(SIDES):
            rows, met = self.sides[place]["kes"].to_numpy(), self.compared(place, levels).to_numpy(dtype=bool)
            told[f"{name}_all"] = _sums(rows, own[place], len(groups))
            told[name] = told[f"{name}_all"] if met.all() else _sums(rows[met], own[place][met], len(groups))
            told[f"{name}_alone"] = _sums(rows[~met], own[place][~met], len(groups))
        held = zip(self.sides, self.pairs, strict=True)
        doubled = [group for rows, pairs in held for group in doubled_groups(rows, pairs, keys)]
        return _told(groups, told, doubled, _places(own, len(groups)))


@dataclass(frozen=True, eq=False)
class _Sum:
    """What one side holds in each group: KES, NaN where any of it is unknown, and whether it holds anything."""

    kes: npt.NDArray[np.float64]
    there: npt.NDArray[np.bool_]


def _sums(kes: npt.NDArray[np.float64], codes: npt.NDArray[np.int64], groups: int) -> _Sum:
    added = pd.Series(kes).groupby(codes).sum().reindex(range(groups)).to_numpy(dtype="float64").round(2)
    unknown = np.bincount(codes[np.isnan(kes)], minlength=groups) > 0
    return _Sum(np.where(unknown, np.nan, added), np.bincount(codes, minlength=groups) > 0)


def _places(codes: Sequence[npt.NDArray[np.int64]], groups: int) -> npt.NDArray[np.float64]:
    """Return where each group first stands: by the first side, and half a row further by the second."""
    place = np.full(groups, np.inf)
    for at, of_side in ((0.5, codes[1]), (0.0, codes[0])):
        found, first = np.unique(of_side, return_index=True)
        place[found] = first + at
    return place


def _told(
    groups: pd.DataFrame,
    told: Mapping[str, _Sum],
    doubled: Sequence[tuple[object, ...]],
    places: npt.NDArray[np.float64],
) -> pd.DataFrame:
    held_twice = set(doubled)
    rows = groups.itertuples(index=False, name=None)
    twice = np.array([row in held_twice for row in rows]) if held_twice else np.zeros(len(groups), dtype=bool)
    there = [told[f"{side}_all"].there for side in SIDES]
    met = [told[side].there for side in SIDES]
    out = groups.copy()
    for side, name in enumerate(SIDES):
        only = there[side] & ~there[1 - side]
        whole, alone = told[f"{name}_all"].kes, told[ALONE[side]]
        out[name] = np.where(twice, np.nan, np.where(only, whole, np.where(met[side], told[name].kes, np.nan)))
        out[ALONE[side]] = np.where(twice, np.nan, np.where(alone.there, alone.kes, 0.0))
    out["stands_on"] = np.select(
        [twice, met[0] & met[1], there[0] & there[1], there[0]],
        [OVERLAPPING, BOTH, DIFFERENT, "requirement only"],
        "allocation only",
    )
    order = pd.DataFrame({"year": groups["financial_year"], "at": places}).sort_values(["year", "at"], kind="stable")
    return out.loc[order.index].reset_index(drop=True)


def _meet_parts(wide: pd.DataFrame, narrow: pd.DataFrame) -> None:
    """Let the lines of one side that meet nothing meet the narrower ones of the other that meet nothing either."""
    alone = wide[~wide["meets"] & wide["meets_at"].isna() & (wide["line_label"] == "")]
    if alone.empty:
        return
    patterns = (alone[list(LEVELS)] != "").apply(tuple, axis=1)
    for pattern in sorted(patterns.unique(), key=sum, reverse=True):
        shared = [level for level, there in zip(LEVELS, pattern, strict=True) if there]
        open_rows = narrow[~narrow["meets"] & narrow["meets_at"].isna()]
        deeper = [level for level in LEVELS if level not in shared]
        parts = open_rows[(open_rows[deeper] != "").any(axis=1) | (open_rows["line_label"] != "")]
        keys = ["financial_year", "economic_class", *shared]
        wholes = alone[patterns == pattern]
        found = [pd.MultiIndex.from_frame(rows[keys]) for rows in (wholes, parts)]
        levels = ",".join(shared)
        wide.loc[wholes.index[found[0].isin(found[1])], "meets_at"] = levels
        narrow.loc[parts.index[found[1].isin(found[0])], "meets_at"] = levels
