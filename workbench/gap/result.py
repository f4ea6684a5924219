"""The result of ``wb.gap``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from workbench.fiscal.money import unit_size
from workbench.gap.frames import blank, known, total
from workbench.gap.sides import KEYS
from workbench.results import Result, records

if TYPE_CHECKING:
    from workbench.allocation import Allocation
    from workbench.allocation.funding import FundingResult
    from workbench.gap.comparable import Comparison
    from workbench.gap.deflator import Deflator
    from workbench.gap.financing import Financing, Source
    from workbench.gap.frontier import Frontier
    from workbench.gap.moved import Moved


@dataclass(frozen=True, kw_only=True, eq=False)
class Gap(Result):
    """What was required against what was allocated, line by line.

    Attributes
    ----------
    lines : DataFrame
        Every line: ``financial_year``, the classification (blank text where there is none), ``line_label`` (the
        printed label where no key names the line), ``requirement``, ``allocation``, ``gap`` (KES), ``funding_ratio``,
        ``share_of_gap``, ``kind`` (deficit, surplus, balanced, unknown), ``stands_on`` (both, or one side only).
        ``requirement`` stands for the first stage and ``allocation`` for the second, whatever the stages are.
    readings : DataFrame
        What the document says of each year's two totals: added up, sub-totals added up, printed, restated; ``amount``
        in KES, and ``used``.
    comparison : Comparison
        The rows that the sums are made of, by side, and which of them meet.
    sides : tuple of DataFrame
        All rows, by side.
    printed_gaps : mapping
        The deficit that the counted table prints itself, KES by financial year.
    items : DataFrame
        The items that the document lists for a printed deficit, rows of the one table; what :meth:`share_out` takes.
    """

    lines: pd.DataFrame
    readings: pd.DataFrame
    comparison: Comparison
    sides: tuple[pd.DataFrame, pd.DataFrame]
    printed_gaps: Mapping[str, float] = field(default_factory=dict)
    items: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def counted(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The rows that lines are made of, by side; ``comparison.summed`` gives those that a sum is made of."""
        return self.comparison.sides

    @property
    def stages(self) -> tuple[str, str]:
        """The stages of the two sides: ``("requirement", "allocation")``, ``("ceiling", "estimate")``."""
        return self.parameters["from_stage"], self.parameters["to_stage"]

    @property
    def financial_years(self) -> list[str]:
        """The financial years, in order."""
        return sorted(year for year in self.lines["financial_year"].unique() if year)

    @cached_property
    def years(self) -> pd.DataFrame:
        """The whole by financial year, on the result's basis: requirement, allocation, gap (KES), funding ratio.

        Over the lines that stand on both sides; ``requirement_alone`` and ``allocation_alone`` tell what else there is.
        """
        return self.at_levels(())

    @property
    def printed_years(self) -> list[str]:
        """The financial years whose whole gap is the deficit that the document prints."""
        return list(self.printed_gaps) if self.parameters["basis"] == "as_printed" else []

    @property
    def requirement(self) -> float:
        """The whole required over all years on lines that stand on both sides, KES; NaN where any is unknown.

        Where a year has one side only, it is all of that side, and NaN unless all that is required meets an allocation
        in the other years.
        """
        return self._whole("requirement")

    @property
    def allocation(self) -> float:
        """The whole allocated over all years on lines that stand on both sides, KES; NaN as for the requirement."""
        return self._whole("allocation")

    @property
    def gap(self) -> float:
        """Requirement - allocation over all years, KES: positive is a deficit, negative a surplus.

        On the basis ``as_printed`` a year's deficit is the printed one, where the same table prints it.
        """
        return total(self.years["gap"])

    @property
    def funding_ratio(self) -> float:
        """Allocation / requirement over all years; NaN where either is unknown or no more than nothing is required."""
        return self.allocation / self.requirement if self.requirement > 0 else float("nan")

    @property
    def table(self) -> pd.DataFrame:
        """The lines, or the levels that were asked for with ``by``; the sides' columns are called by their stages."""
        asked = self.parameters["by"]
        if asked is not None:
            return self.by(*asked)
        used = [
            column for column in self.lines.columns if column not in _CLASSIFICATION or self.lines[column].ne("").any()
        ]
        return self._for_people(self.lines[used])

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """All tables by name: the lines, the years, the readings."""
        return {
            "gap": self.table,
            "years": self._for_people(self.years),
            "readings": blank(self.readings),
            "sources": self.sources,
        }

    def by(self, *levels: str, unit: str = "KES") -> pd.DataFrame:
        """Add the gap up to some levels; the financial year is always one of them.

        Parameters
        ----------
        *levels : str
            ``sector``, ``vote``, ``programme``, ``sub_programme``, ``county``, ``economic_class``. Without any, the
            whole by year. On the basis ``as_printed`` the sub-totals and totals are the printed ones; where none is
            printed the figure is unknown.
        unit : str
            The unit of the amounts: ``KES``, ``KES million``, ``KES billion``.

        Returns
        -------
        DataFrame
            The levels and the measures of ``lines``, over the lines that stand on both sides; the sides' columns are
            called by their stages. ``..._alone``, where there is such, is what stands on that side only.
        """
        from workbench.gap.asked import check_levels

        added = self.at_levels(check_levels(levels))
        amounts = [*_AMOUNTS, "requirement_alone", "allocation_alone"]
        return self._for_people(added.assign(**{name: added[name] / unit_size(unit) for name in amounts}))

    def summary(self) -> str:
        """Return the headline: what was required, allocated and is missing, in the first year; and the doubts."""
        from workbench.gap.explain import headline

        return headline(self)

    def explain(self, line: str, financial_year: str | None = None) -> str:
        """Say in two or three sentences what happened to a line, a programme, a vote or a sector.

        Raises
        ------
        UnknownNameError
            For a line or a year that is not in the result, with the nearest right name.
        """
        from workbench.gap.explain import explain_line

        return explain_line(self, line, financial_year)

    def change(self, *levels: str, deflator: Deflator | None = None) -> pd.DataFrame:
        """Return what changed against the year before, by some levels, KES; in real shillings with a deflator.

        A change is that of the lines that stand in both years; ``..._left_out`` counts the others. With a deflator
        ``attrs["notes"]`` says which, and of what day.
        """
        from workbench.gap.asked import check_levels
        from workbench.gap.compare import changes

        table = self._for_people(changes(self, check_levels(levels), deflator))
        table.attrs["notes"] = () if deflator is None else (deflator.words,)
        return table

    def per_head(self, population: pd.Series | Mapping[str, float] | None = None) -> pd.DataFrame:
        """Return requirement, allocation and gap per inhabitant, KES by county.

        ``population`` is persons by county; without it that of the census of 2019.
        """
        from workbench.gap.compare import per_head

        return self._for_people(per_head(self, population))

    def share_out(
        self,
        extra: float | str,
        rule: str = "proportional",
        *,
        financial_year: str | None = None,
        items: pd.DataFrame | None = None,
        **options: Any,  # noqa: ANN401 - handed to the rule
    ) -> Allocation:
        """Share extra money out among the lines in deficit, in whole shillings with a reason a line.

        Parameters
        ----------
        extra : float or str
            KES, or ``"KSh 500 million"``; at most all deficits together.
        rule : str
            A claims rule: ``proportional``, ``talmud``, ``constrained_equal_awards``, ...
        financial_year : str, optional
            Needed where the gap spans several years.
        items : DataFrame, optional
            Claims of the document's own instead of the lines' deficits: the items that it lists for its deficit.
        **options
            The rule's own, and ``weights``, ``floors``, ``ceilings``, ``unit``.
        """
        from workbench.gap.closing import share_out

        return share_out(self, extra, rule, financial_year=financial_year, items=items, **options)

    def fund(self, envelope: float | str, **limits: Any) -> FundingResult:  # noqa: ANN401 - told in the docstring
        """Fund the requirements anew from one envelope (KES), within limits and as well as an objective allows.

        Parameters
        ----------
        envelope : float or str
            All money there is: KES, or ``"KSh 2,200 million"``.
        **limits
            ``financial_year``; ``floors`` (``"allocated"``, or KES million by line), ``ceilings``, ``weights``,
            ``shares``, ``lumps``, ``objective`` as :func:`workbench.allocation.funding.fund` reads them;
            ``development_share``, a row of the fiscal rules; ``priorities``, ranks by line from 1, or what
            :func:`workbench.gap.priorities_of` makes of a plan's list and the lines that serve it.
        """
        from workbench.gap.closing import fund_gap

        return fund_gap(self, envelope, **limits)

    def finance(
        self, sources: Sequence[Source], *, rule: str = "proportional", financial_year: str | None = None
    ) -> Financing:
        """Pay the deficits from sources, tied money first, and tell what remains unfunded."""
        from workbench.gap.financing import finance

        return finance(self, sources, rule=rule, financial_year=financial_year)

    def frontier(
        self,
        rule: str = "constrained_equal_awards",
        *,
        steps: int = 20,
        financial_year: str | None = None,
        **options: Any,  # noqa: ANN401 - handed to the rule
    ) -> Frontier:
        """Follow what each further shilling buys, from nothing to where it stops buying anything."""
        from workbench.gap.frontier import frontier

        return frontier(self, rule, steps=steps, financial_year=financial_year, **options)

    def moved_since(self, before: Gap) -> Moved:
        """Say why this gap is not what another was: every line's part in the move.

        Parameters
        ----------
        before : Gap
            Of the same two stages and basis, such as the published figures where this has one of them changed
            (:func:`workbench.gap.with_amount`), or last year's plan.
        """
        from workbench.gap.moved import moved_since

        return moved_since(self, before)

    def to_dict(self) -> dict[str, Any]:
        """Return the result for a program; every amount in KES, None for unknown.

        The keys are told in ``docs/methods/gap.md``.
        """
        from workbench.gap.explain import headline

        rows = self.at_levels(self.parameters["by"]) if self.parameters["by"] is not None else self.lines
        whole = {"requirement": self.requirement, "allocation": self.allocation, "gap": self.gap}
        return {
            "financial_years": self.financial_years,
            "unit": "KES",
            **{key: value if key in ("measure", "from_stage", "to_stage", "basis") else list(value or ())
               for key, value in self.parameters.items() if key != "financial_year"},
            **{key: known(value) for key, value in whole.items()},
            "funding_ratio": known(self.funding_ratio),
            "years": records(blank(self.years)),
            "rows": records(blank(rows)),
            "readings": records(blank(self.readings)),
            "summary": headline(self),
            "notes": list(self.notes),
            "findings": records(self.findings),
            "sources": records(blank(self.sources)),
            "illustrative": self.illustrative,
        }  # fmt: skip

    def at_levels(self, levels: tuple[str, ...]) -> pd.DataFrame:
        """Return what :meth:`by` does, with the columns called ``requirement`` and ``allocation`` whatever the stages.

        Texts that are blank are empty, not missing.
        """
        from workbench.gap.measure import at_levels

        return at_levels(self, levels)

    def _whole(self, side: str) -> float:
        both = self.years["stands_on"] == "both"
        if not both.all() and self.years.loc[both, f"{side}_alone"].ne(0).any():
            return float("nan")  # some years of one kind of lines, others of another: their sum means nothing
        return total(self.years[side])

    def _for_people(self, frame: pd.DataFrame) -> pd.DataFrame:
        alone = [f"{side}_alone" for side in ("requirement", "allocation")]
        idle = [name for name in alone if name in frame and "stands_on" in frame and _tells_nothing(frame, name)]
        shown = blank(frame.drop(columns=idle)).rename(columns={"line_label": "label"})
        if self.stages[0] == self.stages[1]:  # before and after: two columns of one name could not be told apart
            return shown
        named = dict(zip(("requirement", "allocation"), self.stages, strict=True))
        return shown.rename(columns=lambda name: _of_stage(str(name), named))


def _tells_nothing(frame: pd.DataFrame, alone: str) -> bool:
    """Say whether no group holds lines on one side beside lines on both."""
    nothing_beside = ("requirement only", "allocation only", "overlapping lines")
    return bool((frame[alone].eq(0) | frame["stands_on"].isin(nothing_beside)).all())


def _of_stage(column: str, stages: Mapping[str, str]) -> str:
    side, mark, rest = column.partition("_")
    return stages[side] + mark + rest if side in stages else column


_AMOUNTS = ("requirement", "allocation", "gap")
_CLASSIFICATION = (*KEYS, "line_label")
